#!/usr/bin/env python3
"""Runs the project's commands, on the embedded database where no other is named."""

import os
import sys

from nel_participation.embedded.command_database import database_for


def main() -> None:
    """Run one command line; `up` and commands that ask nothing of a database start none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")
    with database_for(sys.argv[1:]):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
