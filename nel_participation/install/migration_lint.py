"""Looks for migrations that the version before could not live with."""

import os
import sys

from nel_participation.embedded.borrowed import database_for


def main() -> int:
    """Lint every migration of ours but the first of each app, which has no version before it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nel_participation.settings"
    with database_for(["lint"]):
        import django
        from django_migration_linter import MigrationLinter

        django.setup()
        linter = MigrationLinter(
            path=".",
            include_apps=["core", "standards", "engagement", "insight"],
            ignore_initial_migrations=True,
            no_cache=True,
            quiet=["ignore", "ok"],
        )
        linter.lint_all_migrations()
        linter.print_summary()
        return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
