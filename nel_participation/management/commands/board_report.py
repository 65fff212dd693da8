"""Writes the Board report of a month to a file."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.frozen import Altered
from core.periods import Month
from insight.reporting.choices import ReportFormat
from insight.reporting.documents import board, integrity
from insight.reporting.documents.documents import kind_of
from insight.reporting.models import BoardReport


class Command(BaseCommand):
    """`board_report YYYY-MM --format pdf --output PATH`.

    The file of an approved report is made again from its frozen data, and must be the same as the
    file that was approved, byte for byte; else the command fails. A draft is marked as a draft.
    """

    help = "Write the Board report of a month to a file."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("month", help="the month, as YYYY-MM")
        parser.add_argument("--format", choices=ReportFormat.values, default=ReportFormat.PDF)
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, month: str, format: str, output: Path, **options: Any) -> None:  # noqa: A002  # the name of the option is fixed
        try:
            period = Month.parse(month)
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        report = BoardReport.objects.filter(month=period.first).first()
        if report is None:
            raise CommandError(f"There is no report for {period.words} yet. Draft it first.")
        try:
            says = board.content(report)
            kept = integrity.file_of(report, format) if report.is_frozen else None
        except Altered as wrong:
            raise CommandError(str(wrong)) from wrong
        content = kind_of(says).format(format).make(says)
        if kept is not None and content != kept:
            raise CommandError(
                "Made again, this file differs from the one that was approved, because the "
                "programs that make it have changed since. Download the approved file from the "
                "report’s page."
            )
        try:
            output.write_bytes(content)
        except OSError as wrong:
            raise CommandError(f"Cannot write to {output}: {wrong.strerror}.") from wrong
        self.stdout.write(
            f"{output}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"
        )
