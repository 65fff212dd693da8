"""Activities as a file: what is recorded of each, without its people."""

from core.exports import CatalogueResource
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the columns
from engagement.activities.models import Activity


class ActivityResource(CatalogueResource):
    """One row for each activity."""

    model = Activity
