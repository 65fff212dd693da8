"""The command `migrate`, which Django wants to know new tables the way `makemigrations` does."""

from django.core.management.commands import migrate

from core.management.commands.makemigrations import Autodetector


class Command(migrate.Command):
    """`manage.py migrate`."""

    autodetector = Autodetector
