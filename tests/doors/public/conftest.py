"""Fixtures of the public door."""

from tests.factories.fixtures import today, world

__all__ = ["today", "world"]
