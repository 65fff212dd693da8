"""Frozen documents made from measures: their shape, their canonical form and how they print."""
