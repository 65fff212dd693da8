"""Writes the CSV files that people can download, from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import access
from core.actors import SERVICE
from engagement.activities.exports.activities import ActivityResource
from engagement.activities.exports.sessions import SessionResource
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission

#: What can be exported: the model, the permission to read its rows, and the resource of the file.
WHAT = {
    "activities": (Activity, Permission.ACTIVITY_READ, ActivityResource),
    "sessions": (Session, Permission.ACTIVITY_READ, SessionResource),
}


class Command(BaseCommand):
    """`export WHAT --output PATH`."""

    help = "Write rows to a CSV file in which no cell is run as a formula."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=sorted(WHAT))
        parser.add_argument("--output", required=True, type=Path, metavar="PATH")

    def handle(self, *args: Any, what: str, output: Path, **options: Any) -> None:
        model, permission, resource = WHAT[what]
        rows = access.rows(SERVICE, permission, model).order_by("pk")
        try:
            output.write_bytes(resource().as_csv(rows))
        except OSError as error:
            raise CommandError(
                f"The file {output} cannot be written: {error.strerror}. Give another path."
            ) from error
        self.stdout.write(f"{rows.count():,} {what} written to {output}")
