"""The staff home: what there is to do, and the panels below it, as wings register them."""

from dataclasses import dataclass
from datetime import date

from core.models import User
from core.registry.slots import Link, Panel, Slot


@dataclass(frozen=True)
class Task:
    """One thing somebody has to see to. `since` orders the list; `when` says it in words."""

    since: date
    kind: str
    what: str
    href: str
    when: str
    is_late: bool = False


@dataclass(frozen=True)
class StartingPoints:
    """What somebody whose role owes nothing may look at instead."""

    sentence: str
    links: tuple[Link, ...]


#: Things to do.
tasks = Slot[[User], Task]("things to do on the staff home")
#: Buttons under the heading.
buttons = Slot[[User], Link]("buttons of the staff home")
#: Where the things to do that the home has no room for are listed.
more = Slot[[User], Link]("lists of things to do")
#: What is shown where nothing is owed.
starting_points = Slot[[User], StartingPoints]("starting points of the staff home")
#: Panels below the things to do.
panels = Slot[[User], Panel]("panels of the staff home")


def tasks_of(user: User) -> list[Task]:
    """Everything this person has to see to, oldest first."""
    return sorted(tasks.fill(user), key=lambda task: task.since)
