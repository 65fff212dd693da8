"""Checks that code of the version before still works after each migration."""

import os
import sys

from nel_participation.embedded.command_database import database_for
from nel_participation.install import wings


def main() -> int:
    """Lint the migrations; the first of each app is left out, as no version came before it.

    Returns 1 when one is not backwards compatible.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "nel_participation.settings"
    with database_for(["lint"]):
        import django
        from django_migration_linter import MigrationLinter

        django.setup()
        linter = MigrationLinter(
            path=".",
            include_apps=[wing.rpartition(".")[2] for wing in wings.order()[1:]],
            ignore_initial_migrations=True,
            no_cache=True,
            quiet=["ignore", "ok"],
        )
        linter.lint_all_migrations()
        linter.print_summary()
        return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
