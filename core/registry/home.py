"""The staff home: the things to do and the panels on it, registered by wings."""

from dataclasses import dataclass
from datetime import date

from core.models import User
from core.registry.slots import Link, Panel, Slot


@dataclass(frozen=True)
class Task:
    """One thing to do. The list is sorted by `since`; `when` is that date in words."""

    since: date
    kind: str
    what: str
    href: str
    when: str
    is_late: bool = False


@dataclass(frozen=True)
class StartingPoints:
    """Links for somebody who has nothing to do, with a sentence before them."""

    sentence: str
    links: tuple[Link, ...]


#: Things to do.
tasks = Slot[[User], Task]("things to do on the staff home")
#: Buttons under the heading.
buttons = Slot[[User], Link]("buttons of the staff home")
#: Links to complete lists, shown when there are more things to do than one page shows.
more = Slot[[User], Link]("lists of things to do")
#: Shown when there is nothing to do.
starting_points = Slot[[User], StartingPoints]("starting points of the staff home")
#: Panels below the things to do.
panels = Slot[[User], Panel]("panels of the staff home")


def tasks_of(user: User) -> list[Task]:
    """Everything this person has to do, oldest first."""
    return sorted(tasks.fill(user), key=lambda task: task.since)
