"""Asks the questions of /health/ready from a command line, for processes that serve no pages."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import health


class Command(BaseCommand):
    """Exit code 0 when what was asked is well."""

    help = "Say whether database, broker, worker and messages are well."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the names of questions; none means all."""
        parser.add_argument("names", nargs="*", help="for example: worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each answer; refuses when one names a fault."""
        found = health.results(*options["names"])
        for result in found:
            self.stdout.write(f"{result.name}: {result.fault or 'well'}")
        if not found or any(result.fault for result in found):
            raise CommandError("Not well.")
