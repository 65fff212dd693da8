"""Levels of the spectrum, levels of the system, and the events of this wing."""

from django.db.models import TextChoices

from core.choices import Event as BaseEvent


class Level(TextChoices):
    """The spectrum from inform to empower, in order of rising influence."""

    INFORM = "inform", "Inform"
    CONSULT = "consult", "Consult"
    INVOLVE = "involve", "Involve"
    CO_PRODUCE = "co-produce", "Co-produce"
    EMPOWER = "empower", "Empower"


class SystemLevel(TextChoices):
    """Where in the system something is done."""

    NEL = "nel", "Across north east London"
    COLLABORATIVE = "collaborative", "Provider collaborative"
    PLACE = "place", "Place (borough)"


class Event(BaseEvent):
    """One thing that somebody did to the standards, in the past tense."""

    STANDARDS_LOADED = "standards loaded"
