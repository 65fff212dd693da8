"""Places on this wing's pages that wings above fill: see `core.registry.slots`."""

from core.actors import Actor
from core.models import User
from core.registry.slots import Panel, Section, Slot
from engagement.people.models import Contact, Person

#: What each wing holds of a person and the actor may see, for the person's own page and their
#: download. The actor is the person themselves, by a link to read what is held of them, or a member
#: of staff, who gets of it what they may see on other pages.
person_sections = Slot[[Actor, Person], Section]("sections of a person's own page")

#: On a contact's page, below what is held of them: what they did, as far as the user may see it.
contact_panels = Slot[[User, Contact], Panel]("panels on a contact's page")
