"""Rows for tests, made as the staff make them: through the acts. Used by tests alone."""
