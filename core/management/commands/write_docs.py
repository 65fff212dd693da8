"""Writes the documents in `docs/` that are made from what wings register."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.registry import documents


class Command(BaseCommand):
    """`write_docs`: with --check it writes nothing, and fails if a document is out of date."""

    help = "Write the documents in docs/ that are made from the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take --check and where to write."""
        parser.add_argument("--check", action="store_true", help="write nothing, only compare")
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "docs")

    def handle(self, *args: Any, check: bool, folder: Path, **options: Any) -> None:
        """Write or compare; a document out of date fails the check."""
        stale = []
        for name, text in documents.texts().items():
            file = folder / name
            if file.exists() and file.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not check:
                file.write_text(text, encoding="utf-8")
        if check and stale:
            raise CommandError(
                f"Out of date: {', '.join(stale)}. Run manage.py write_docs and commit the result."
            )
        self.stdout.write(
            f"{', '.join(stale) or 'Nothing'} written." if not check else "Up to date."
        )
