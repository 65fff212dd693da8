"""What a measure is: the things it counts, how they become a figure, and by what it may be cut."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from insight.measures.things import Things


class Cut(StrEnum):
    """What figures may be cut by."""

    PLACE = "place"
    COLLABORATIVE = "collaborative"
    PROGRAMME = "programme"
    SYSTEM_LEVEL = "system_level"


class Unit(StrEnum):
    """What a figure is of; people are protected when few."""

    ACTIVITIES = "activities"
    PEOPLE = "people"
    THINGS_SAID = "things said"
    SHARE = "share"
    PEOPLE_SHARE = "share of people"
    DAYS = "days"
    DECISIONS = "decisions"
    CHANGES = "changes"


class Reduced(StrEnum):
    """How the things of one group become a figure."""

    ADDED = "their numbers are added, kind by kind and together"
    DIFFERENT = "each number counts once, however often it is there"
    MEDIAN = "the middle one of their numbers, and how many there are"


@dataclass(frozen=True)
class Measure:
    """One figure.

    `things` is what it counts in a period, both days included. `columns` are the parts of a tally
    with their headings: the kinds of things, and `whole` for all of them. `main` is the column that
    is the figure, `of` the one it is a share of.
    """

    key: str
    title: str
    how: str
    unit: Unit
    columns: tuple[tuple[str, str], ...]
    things: Callable[[date, date], Things]
    reduced: Reduced = Reduced.ADDED
    whole: str = "count"
    main: str = "count"
    of: str = ""
    cuts: tuple[Cut, ...] = (Cut.PLACE, Cut.COLLABORATIVE, Cut.PROGRAMME)
    notes: Callable[[date, date], list[str]] = field(default=lambda first, last: [])

    @property
    def is_of_people(self) -> bool:
        return self.unit in {Unit.PEOPLE, Unit.PEOPLE_SHARE}
