"""manage.py export WHAT --output PATH: the files people download, made from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import access
from core.actors import SERVICE
from engagement.activities.exports.tables import ActivityResource, SessionResource
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission

#: What can be exported: the rows' model, the permission to read them, and the shape of the file.
WHAT = {
    "activities": (Activity, Permission.ACTIVITY_READ, ActivityResource),
    "sessions": (Session, Permission.ACTIVITY_READ, SessionResource),
}


class Command(BaseCommand):
    help = "Write a table of the service as a CSV file whose cells cannot run."

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
