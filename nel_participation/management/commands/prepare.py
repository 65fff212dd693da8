"""Prepares the site: static files, tables, reference facts and, with --demo, demo data."""

import argparse
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand

from nel_participation import static_files


class Command(BaseCommand):
    """Runs at every start, and leaves what is there as it is."""

    help = (
        "Collect static files, migrate, load the facts and, with --demo, fill an empty database "
        "with demo data."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take --demo."""
        parser.add_argument(
            "--demo", action="store_true", help="load demo data when there is no activity yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare static files and the database."""
        static_files.collect()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_facts", verbosity=0)
        if options["demo"] and not apps.get_model("activities", "Activity").objects.exists():
            self.stdout.write("Loading demo data …")
            call_command("seed_demo")
