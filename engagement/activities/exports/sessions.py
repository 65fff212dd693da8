"""Sessions as a file: when and where each is and what it offers, without its people."""

from core.exports import CatalogueResource
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the columns
from engagement.activities.models import Session


class SessionResource(CatalogueResource):
    """One row for each session."""

    model = Session
