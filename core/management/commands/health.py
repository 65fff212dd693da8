"""Runs the health checks from the command line, for processes that serve no pages."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import health


class Command(BaseCommand):
    """`health [NAME …]`: exit code 0 if no check finds a fault."""

    help = "Check database, broker, worker and messages."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the names of checks; none means all."""
        parser.add_argument("names", nargs="*", help="for example: worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result of each check; fails if one is a fault."""
        found = health.results(*options["names"])
        for result in found:
            self.stdout.write(f"{result.name}: {result.fault or 'well'}")
        if not found or any(result.fault for result in found):
            raise CommandError("Not well.")
