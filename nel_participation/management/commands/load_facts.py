"""Loads the facts: places, organisations, programmes, languages, population, standards."""

from typing import Any

from django.core.management.base import BaseCommand

from core.actions import facts as core_facts
from core.models import User
from standards.actions import facts as standards_facts


class Command(BaseCommand):
    """Load the project's own facts. Loading them again changes nothing."""

    help = "Load places, organisations, programmes, languages, population and the standards."

    def handle(self, *args: Any, **options: Any) -> None:
        system = User.objects.system()
        core_facts.load(by=system)
        standards_facts.load(by=system)
        self.stdout.write("Facts loaded.")
