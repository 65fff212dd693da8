"""Fixtures of the API."""

from tests.factories.fixtures import today, world

__all__ = ["today", "world"]
