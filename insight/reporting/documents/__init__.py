"""Frozen documents made from measures: their schema, their canonical form and their files."""
