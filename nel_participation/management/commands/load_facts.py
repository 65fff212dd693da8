"""Loads the reference facts: places, organisations, languages, population, standards and so on."""

from typing import Any

from django.core.management.base import BaseCommand

from core.actions import facts as core_facts
from core.actors import SERVICE
from standards.framework.actions import facts as standards_facts


class Command(BaseCommand):
    """Loads facts from files of the project. Loading them again changes nothing."""

    help = "Load places, organisations, programmes, languages, population and the standards."

    def handle(self, *args: Any, **options: Any) -> None:
        core_facts.load(by=SERVICE)
        standards_facts.load(by=SERVICE)
        self.stdout.write("Facts loaded.")
