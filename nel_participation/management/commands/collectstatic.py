"""collectstatic, which leaves out what packages bring and no page shows."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic

from nel_participation.static_files import NOT_COLLECTED


class Command(collectstatic.Command):
    """Collects our own static files, the design system's and htmx."""

    def set_options(self, **options: Any) -> None:
        """Read the options, and leave out also what no page shows."""
        super().set_options(**options)
        self.ignore_patterns = [*self.ignore_patterns, *NOT_COLLECTED]
