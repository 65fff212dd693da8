"""Putting measures to the database: one statement for any number of questions, and so one moment.

However many rows there are, the figures of a whole Board report are one statement: they are of the
same instant and agree with each other. Each activity's groups go as a set of bits, so a person is
looked at once for all cuts together and still counts once in each group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection

from core.models import Collaborative, Place, Programme
from core.periods import Month
from insight.measures.measure import Cut, Measure, Reduced
from standards.choices import SystemLevel

#: What one group comes to, by column.
Tally = Mapping[str, float]


@dataclass(frozen=True)
class Question:
    """One measure in one month: over everything, and by each of the cuts."""

    measure: Measure
    month: Month
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True)
class Group:
    """One group of a cut. For places the one without a key is what is in none: area-wide."""

    key: str | None
    name: str


@dataclass(frozen=True)
class Answer:
    """The tally over everything and of each group, nought where there is nothing, in the order in
    which they are shown.
    """

    total: Tally
    cuts: Mapping[Cut, Mapping[Group, Tally]]


def ask(asked: Iterable[Question]) -> dict[Question, Answer]:
    """The answer to each question; all in one statement."""
    questions = list(dict.fromkeys(asked))
    bits = _Bits(cut for cut in Cut if any(cut in question.cuts for question in questions))
    totals: list[list[_Heap]] = [[] for _ in questions]
    grouped: list[list[list[_Heap]]] = [[[] for _ in bits.groups] for _ in questions]
    for number, members, *heap in _heaps(questions, bits):
        totals[number].append(_Heap(*heap))
        for position in bits.positions(members):
            grouped[number][position].append(_Heap(*heap))
    return {
        question: Answer(
            _tally(question.measure, totals[number]),
            {
                cut: {
                    group: _tally(question.measure, grouped[number][position])
                    for position, (of, group) in enumerate(bits.groups)
                    if of == cut
                }
                for cut in question.cuts
            },
        )
        for number, question in enumerate(questions)
    }


@dataclass(frozen=True)
class _Heap:
    """Things of one kind with the same groups: the number for them, and how many bear it."""

    kind: str
    number: int
    how_many: int


def _tally(measure: Measure, heaps: Sequence[_Heap]) -> Tally:
    tally = dict.fromkeys((name for name, _ in measure.columns), 0)
    if measure.reduced == Reduced.MEDIAN:
        numbers = [heap.number for heap in heaps for _ in range(heap.how_many)]
        return tally | {measure.main: median(numbers or [0]), measure.whole: len(numbers)}
    for heap in heaps:
        if heap.kind in tally:
            tally[heap.kind] += heap.number
    return tally | {measure.whole: sum(heap.number for heap in heaps)}


#: How many groups a whole number of the database has room for.
_WORD = 63


class _Bits:
    """Every group of some cuts, each with a bit of its own in the set that an activity bears."""

    def __init__(self, cuts: Iterable[Cut]) -> None:
        self._known: dict[str, tuple[int, ...]] = {}
        self.groups: list[tuple[Cut, Group]] = []
        # What tells an activity's group: the number of a row, or the level of the system.
        self._marks: list[int | str | None] = []
        self._cuts = list(cuts)
        for cut in self._cuts:
            for group, mark in _groups(cut):
                self.groups.append((cut, group))
                self._marks.append(mark)

    def positions(self, members: str | None) -> tuple[int, ...]:
        """The groups, by their place in `groups`, that a set holds, as the database writes it."""
        if members is None:
            return ()
        if members not in self._known:
            bits = int(members, 10 if self._fits_a_word else 2)
            self._known[members] = tuple(at for at in range(len(self.groups)) if bits >> at & 1)
        return self._known[members]

    @property
    def sql(self) -> str:
        """The sets of the activities in `touched`, a part of a set in each row."""
        parts: dict[str, list[str]] = {}
        for cut in self._cuts:
            parts.setdefault(_FROM[cut], []).append(_SET_OF[cut].format(**self._words(cut)))
        return " UNION ALL ".join(
            f"SELECT activity_id, {' | '.join(sets)} FROM touched {joined}"
            for joined, sets in parts.items()
        )

    @property
    def _fits_a_word(self) -> bool:
        # The database joins whole numbers a third faster than strings of bits.
        return len(self.groups) <= _WORD

    def _set(self, bits: int) -> str:
        return f"{bits}::bigint" if self._fits_a_word else f"B'{bits:0{len(self.groups)}b}'"

    def _words(self, cut: Cut) -> dict[str, str]:
        alone = self._set(0)
        # Where there is no group at all the choice still needs a branch; this one is never taken.
        options = [f"WHEN NULL THEN {alone}"]
        for position, ((of, _), mark) in enumerate(zip(self.groups, self._marks, strict=True)):
            if of != cut:
                continue
            if mark is None:
                alone = self._set(1 << position)
            else:
                value = str(mark) if isinstance(mark, int) else f"'{mark}'"
                options.append(f"WHEN {value} THEN {self._set(1 << position)}")
        return {"options": " ".join(options), "alone": alone}


#: What is joined to the activities touched to know their groups, and the set that follows from it.
_FROM = {
    Cut.PLACE: "LEFT JOIN engagement_activity_places USING (activity_id)",
    Cut.COLLABORATIVE: "JOIN engagement_activity AS activity ON activity.id = activity_id",
    Cut.PROGRAMME: "LEFT JOIN engagement_activity_programmes USING (activity_id)",
    Cut.SYSTEM_LEVEL: "JOIN engagement_activity AS activity ON activity.id = activity_id",
}
_SET_OF = {
    Cut.PLACE: "CASE place_id {options} ELSE {alone} END",
    Cut.COLLABORATIVE: "CASE collaborative_id {options} ELSE {alone} END",
    Cut.PROGRAMME: "CASE programme_id {options} ELSE {alone} END",
    Cut.SYSTEM_LEVEL: f"""
CASE CASE
    WHEN collaborative_id IS NOT NULL THEN '{SystemLevel.COLLABORATIVE}'
    WHEN is_area_wide THEN '{SystemLevel.NEL}' ELSE '{SystemLevel.PLACE}'
END {{options}} ELSE {{alone}} END""",
}


def _groups(cut: Cut) -> list[tuple[Group, int | str | None]]:
    if cut == Cut.SYSTEM_LEVEL:
        return [(Group(level.value, level.label), level.value) for level in SystemLevel]
    rows = {
        Cut.PLACE: Place.objects.all(),
        Cut.COLLABORATIVE: Collaborative.objects.all(),
        Cut.PROGRAMME: Programme.objects.all(),
    }[cut]
    found: list[tuple[Group, int | str | None]] = [
        (Group(key, name), pk) for key, name, pk in rows.values_list("key", "name", "pk")
    ]
    return (
        [*found, (Group(None, "The whole of north east London"), None)]
        if cut == Cut.PLACE
        else found
    )


def _heaps(questions: Sequence[Question], bits: _Bits) -> list[tuple[Any, ...]]:
    """Rows of the question's number, the bits of the groups, and what makes a heap."""
    named: dict[tuple[Any, Month], str] = {}
    parts: list[str] = []
    values: list[Any] = []
    for question in questions:
        asked = (question.measure.things, question.month)
        if asked not in named:
            named[asked] = f"things_{len(named)}"
            things = question.measure.things(question.month.first, question.month.last)
            parts.append(f"{named[asked]} (activity_id, kind, number) AS ({things.sql})")
            values.extend(things.values)
    names = [named[question.measure.things, question.month] for question in questions]
    if any(question.cuts for question in questions):
        cut = {name for name, question in zip(names, questions, strict=True) if question.cuts}
        every = " UNION ALL ".join(f"SELECT activity_id FROM {name}" for name in sorted(cut))
        parts.append(_GROUPS.format(every=every, parts=bits.sql))
    answers = " UNION ALL ".join(
        _HEAPS[question.measure.reduced, bool(question.cuts)].format(number=number, things=name)
        for number, (name, question) in enumerate(zip(names, questions, strict=True))
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {answers}", values)
        return list(cursor.fetchall())


_GROUPS = """
touched AS MATERIALIZED (SELECT DISTINCT activity_id FROM ({every}) AS every),
groups (activity_id, bits) AS MATERIALIZED (
    SELECT activity_id, bit_or(part) FROM ({parts}) AS parts (activity_id, part)
    GROUP BY activity_id
)"""
#: How the things of a question are put together, by what they come to, without groups and with.
_HEAPS = {
    (Reduced.ADDED, False): """
SELECT {number}, NULL, kind, sum(number)::bigint, count(*) FROM {things} GROUP BY kind""",
    (Reduced.ADDED, True): """
SELECT {number}, bits::text, kind, sum(number)::bigint, count(*)
FROM {things} JOIN groups USING (activity_id) GROUP BY bits, kind""",
    (Reduced.DIFFERENT, False): """
SELECT {number}, NULL, '', count(DISTINCT number), count(*) FROM {things}""",
    (Reduced.DIFFERENT, True): """
SELECT {number}, bits::text, '', count(*), count(*) FROM (
    SELECT bit_or(bits) AS bits FROM {things} JOIN groups USING (activity_id) GROUP BY number
) AS each GROUP BY bits""",
    (Reduced.MEDIAN, False): """
SELECT {number}, NULL, '', number, count(*) FROM {things} GROUP BY number""",
    (Reduced.MEDIAN, True): """
SELECT {number}, bits::text, '', number, count(*)
FROM {things} JOIN groups USING (activity_id) GROUP BY bits, number""",
}
