"""Starts the whole site: database, broker, web server, worker and timetable."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from nel_participation.embedded import supervisor


class Command(BaseCommand):
    """Runs the site until Ctrl-C. Settings come from the environment."""

    help = "Start everything on this machine and stop it all on Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the supervisor and exit with its code."""
        sys.exit(supervisor.run())
