"""Loads the facts: places, organisations, programmes, languages, population, standards."""

from typing import Any

from django.core.management.base import BaseCommand

from core.actions import facts as core_facts
from core.actors import SERVICE
from standards.framework.actions import facts as standards_facts


class Command(BaseCommand):
    """Load the project's own facts. Loading them again changes nothing."""

    help = "Load places, organisations, programmes, languages, population and the standards."

    def handle(self, *args: Any, **options: Any) -> None:
        core_facts.load(by=SERVICE)
        standards_facts.load(by=SERVICE)
        self.stdout.write("Facts loaded.")
