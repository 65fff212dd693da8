"""Places on this wing's pages that wings above fill: see `core.registry.slots`."""

from core.actors import Actor
from core.registry.slots import Section, Slot
from engagement.people.models import Person

#: What each wing holds of a person, for their own page and their download.
person_sections = Slot[[Actor, Person], Section]("sections of a person's own page")
