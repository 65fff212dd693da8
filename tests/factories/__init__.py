"""Factories of rows for tests. They call the same acts as the pages."""
