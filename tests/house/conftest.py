"""The small world and its clock."""

from tests.factories.fixtures import today, world  # noqa: F401  # fixtures of this folder
