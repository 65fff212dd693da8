"""What a measure is: the source it counts, how rows become a figure, and by what it may be cut."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from core.periods import Period
from insight.measures.sources import Source
from insight.measures.subjects import Cut


class Counts(StrEnum):
    """What the counts of a measure are of, which says where small ones are held back."""

    THINGS = "things, and what the service did about them: shown as they are"
    SERVICE = "what the service did for people: shown as it is for the whole area, not in cuts"
    RESIDENTS = "residents, and what they said: protected everywhere"


class Unit(StrEnum):
    """What a figure is in."""

    ACTIVITIES = "activities"
    PEOPLE = "people"
    THINGS_SAID = "things said"
    SHARE = "share"
    PEOPLE_SHARE = "share of people"
    DAYS = "days"
    DECISIONS = "decisions"
    CHANGES = "changes"


class Reduction(StrEnum):
    """How the rows of one group become a figure."""

    SUM = "the numbers are added, for each kind and over all"
    COUNT_DISTINCT = "different numbers are counted, for each kind and over all"
    MEDIAN = "the median of the numbers, and how many there are"


@dataclass(frozen=True)
class Measure:
    """One figure, as it is defined once for every page, document and program.

    `columns` are the parts of a tally with their headings: the kinds of rows of the source, and
    `whole` for all of them. `main` is the column that is the figure, `of` the one it is a share of.
    `counts` says whether few of them are protected. `how` is the sentence "how this is counted";
    `notes` says what a reader of one period must know.
    """

    key: str
    title: str
    how: str
    unit: Unit
    columns: tuple[tuple[str, str], ...]
    source: Source
    reduction: Reduction = Reduction.SUM
    whole: str = "count"
    main: str = "count"
    of: str = ""
    counts: Counts = Counts.THINGS
    cuts: tuple[Cut, ...] = (Cut.PLACE, Cut.COLLABORATIVE, Cut.PROGRAMME)
    notes: Callable[[Period], list[str]] = field(default=lambda period: [])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of rows that have a column of their own."""
        return tuple(name for name, _ in self.columns if name != self.whole)

    @property
    def protects_total(self) -> bool:
        """Whether a small figure over everything is held back."""
        return self.counts == Counts.RESIDENTS

    @property
    def protects_cuts(self) -> bool:
        """Whether small figures of places, programmes and other groups are held back."""
        return self.counts != Counts.THINGS
