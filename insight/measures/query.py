"""Counting measures in the database: one statement for any number of questions.

All figures of one call are of the same instant and agree with each other, however many rows there
are. Each subject carries its groups as a bit mask, so a row is read once for all cuts together and
is still counted once in each group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection

from core.models import Collaborative, Place, Programme
from core.periods import Period
from insight.measures.measure import Measure, Reduction
from insight.measures.sources import Source
from insight.measures.subjects import Cut, GroupRule, Subject
from standards.framework.choices import SystemLevel

#: The figures of one group, by column.
Tally = Mapping[str, float]


@dataclass(frozen=True)
class Question:
    """One measure in one period: over everything, and by each of the cuts."""

    measure: Measure
    period: Period
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True)
class Group:
    """One group of a cut. For places, the one without a key is the whole area."""

    key: str | None
    name: str


@dataclass(frozen=True)
class Result:
    """The tally over everything and of each group, nought where there is nothing, with the groups
    in the order in which they are shown.
    """

    total: Tally
    cuts: Mapping[Cut, Mapping[Group, Tally]]


def count(questions: Iterable[Question]) -> dict[Question, Result]:
    """The result of each question, all counted in one statement."""
    asked = list(dict.fromkeys(questions))
    if not asked:
        return {}
    mask = GroupMask(cut for cut in Cut if any(cut in question.cuts for question in asked))
    totals: list[list[TallyRow]] = [[] for _ in asked]
    grouped: list[list[list[TallyRow]]] = [[[] for _ in mask.groups] for _ in asked]
    for number, members, *columns in _fetch(asked, mask):
        row = TallyRow(*columns)
        totals[number].append(row)
        for position in mask.positions(members):
            grouped[number][position].append(row)
    return {
        question: Result(
            _tally(question.measure, totals[number]),
            {
                cut: {
                    group: _tally(question.measure, grouped[number][position])
                    for position, (of, group) in enumerate(mask.groups)
                    if of == cut
                }
                for cut in question.cuts
            },
        )
        for number, question in enumerate(asked)
    }


@dataclass(frozen=True)
class TallyRow:
    """Rows of one kind with the same groups: their figure, and how many rows there are.

    Without a kind the figure is over all kinds together.
    """

    kind: str | None
    number: int
    how_many: int


def _tally(measure: Measure, rows: Sequence[TallyRow]) -> Tally:
    tally = dict.fromkeys((name for name, _ in measure.columns), 0)
    if measure.reduction == Reduction.MEDIAN:
        numbers = [row.number for row in rows for _ in range(row.how_many)]
        return tally | {measure.main: median(numbers or [0]), measure.whole: len(numbers)}
    for row in rows:
        if row.kind in measure.kinds:
            tally[row.kind] += row.number
    # Somebody of two kinds is one of the whole: different numbers are counted over all apart.
    is_distinct = measure.reduction == Reduction.COUNT_DISTINCT
    whole = sum(row.number for row in rows if row.kind is None or not is_distinct)
    return tally | {measure.whole: whole}


#: How many groups a whole number of the database has room for.
_WORD = 63


class GroupMask:
    """Every group of some cuts, each with its own bit in the mask of a subject."""

    def __init__(self, cuts: Iterable[Cut]) -> None:
        self._known: dict[str, tuple[int, ...]] = {}
        self.groups: list[tuple[Cut, Group]] = []
        # What a rule gives for the group: the id of a row, or the level of the system.
        self._marks: list[int | str | None] = []
        self._cuts = list(cuts)
        for cut in self._cuts:
            for group, mark in _groups(cut):
                self.groups.append((cut, group))
                self._marks.append(mark)

    def positions(self, members: str | None) -> tuple[int, ...]:
        """The groups of a mask as the database writes it, by their place in `groups`."""
        if members is None:
            return ()
        if members not in self._known:
            bits = int(members, 10 if self._fits_a_word else 2)
            self._known[members] = tuple(at for at in range(len(self.groups)) if bits >> at & 1)
        return self._known[members]

    def covers(self, subject: Subject | None) -> bool:
        """Whether the subject falls into any of these groups."""
        return subject is not None and any(cut in subject.rules for cut in self._cuts)

    def sql(self, subject: Subject, ids: str) -> str:
        """The masks of the subject's ids in the table `ids`, part of a mask in each row."""
        parts: dict[str, list[str]] = {}
        for cut in self._cuts:
            if rule := subject.rules.get(cut):
                parts.setdefault(rule.joined, []).append(self._choice(cut, rule))
        return " UNION ALL ".join(
            f"SELECT subject_id, {' | '.join(masks)} FROM {ids} {joined}"
            for joined, masks in parts.items()
        )

    @property
    def _fits_a_word(self) -> bool:
        # The database joins whole numbers a third faster than strings of bits.
        return len(self.groups) <= _WORD

    def _bits(self, bits: int) -> str:
        return f"{bits}::bigint" if self._fits_a_word else f"B'{bits:0{len(self.groups)}b}'"

    def _choice(self, cut: Cut, rule: GroupRule) -> str:
        alone = self._bits(0)
        # Where there is no group at all the choice still needs a branch; this one is never taken.
        options = [f"WHEN NULL THEN {alone}"]
        for position, ((of, _), mark) in enumerate(zip(self.groups, self._marks, strict=True)):
            if of != cut:
                continue
            if mark is None:
                alone = self._bits(1 << position)
            else:
                value = str(mark) if isinstance(mark, int) else f"'{mark}'"
                options.append(f"WHEN {value} THEN {self._bits(1 << position)}")
        return f"CASE {rule.mark} {' '.join(options)} ELSE {alone} END"


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


def _fetch(questions: Sequence[Question], mask: GroupMask) -> list[tuple[Any, ...]]:
    """Rows of the number of the question, the mask of the groups, and a `TallyRow`."""
    tables: dict[tuple[Source, Period], str] = {}
    grouped: dict[Subject, list[str]] = {}
    parts: list[str] = []
    parameters: list[Any] = []
    selects: list[str] = []
    for number, question in enumerate(questions):
        source = question.measure.source
        asked = (source, question.period)
        if asked not in tables:
            tables[asked] = f"rows_{len(tables)}"
            rows = source.rows(question.period)
            parts.append(f"{tables[asked]} (subject_id, kind, number) AS ({rows.sql})")
            parameters.extend(rows.parameters)
        table, subject = tables[asked], source.subject
        groups = ""
        if subject and question.cuts and mask.covers(subject):
            grouped.setdefault(subject, []).append(table)
            groups = f"groups_{subject.key}"
        selects += _selects(question.measure, number, table, groups)
    for subject, wanted in grouped.items():
        # A union tells the database to expect as many ids as rows; a DISTINCT, two hundred. In
        # order, they are merged with the indexes of what they are joined to, which is not hashed.
        ids = " UNION ".join(
            [_NO_IDS, *(f"SELECT subject_id FROM {table}" for table in dict.fromkeys(wanted))]
        )
        masks = mask.sql(subject, f"ids_{subject.key}")
        parts.append(_GROUPS.format(key=subject.key, ids=ids, masks=masks))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {' UNION ALL '.join(selects)}", parameters)
        return list(cursor.fetchall())


#: Begins the union of ids, which takes away repeated ones also where there is one table.
_NO_IDS = "SELECT NULL::bigint AS subject_id WHERE false"
_GROUPS = """
ids_{key} AS MATERIALIZED ({ids} ORDER BY subject_id),
groups_{key} (subject_id, bits) AS MATERIALIZED (
    SELECT subject_id, bit_or(part) FROM ({masks}) AS parts (subject_id, part)
    GROUP BY subject_id
)"""


def _selects(measure: Measure, number: int, table: str, groups: str) -> list[str]:
    """The figures of one question, of its rows with the same groups, or of all without groups."""
    names = {"number": number, "table": table, "groups": groups}
    templates = [_SELECTS[measure.reduction, bool(groups)]]
    if measure.reduction == Reduction.COUNT_DISTINCT and measure.kinds:
        templates.append(_DISTINCT_BY_KIND[bool(groups)])
    return [template.format(**names) for template in templates]


# A row whose subject has no groups, or that has no subject, stays in: it counts in the total.
_SELECTS = {
    (Reduction.SUM, False): """
SELECT {number}, NULL, kind, sum(number)::bigint, count(*) FROM {table} GROUP BY kind""",
    (Reduction.SUM, True): """
SELECT {number}, bits::text, kind, sum(number)::bigint, count(*)
FROM {table} LEFT JOIN {groups} USING (subject_id) GROUP BY bits, kind""",
    (Reduction.COUNT_DISTINCT, False): """
SELECT {number}, NULL, NULL, count(*), count(*) FROM (
    SELECT number FROM {table} WHERE number IS NOT NULL GROUP BY number
) AS each""",
    (Reduction.COUNT_DISTINCT, True): """
SELECT {number}, bits::text, NULL, count(*), count(*) FROM (
    SELECT bit_or(bits) AS bits FROM {table} LEFT JOIN {groups} USING (subject_id)
    WHERE number IS NOT NULL GROUP BY number
) AS each GROUP BY bits""",
    (Reduction.MEDIAN, False): """
SELECT {number}, NULL, NULL, number, count(*) FROM {table} GROUP BY number""",
    (Reduction.MEDIAN, True): """
SELECT {number}, bits::text, NULL, number, count(*)
FROM {table} LEFT JOIN {groups} USING (subject_id) GROUP BY bits, number""",
}
_DISTINCT_BY_KIND = {
    False: """
SELECT {number}, NULL, kind, count(*), count(*) FROM (
    SELECT kind FROM {table} WHERE number IS NOT NULL GROUP BY kind, number
) AS each GROUP BY kind""",
    True: """
SELECT {number}, bits::text, kind, count(*), count(*) FROM (
    SELECT kind, bit_or(bits) AS bits FROM {table} LEFT JOIN {groups} USING (subject_id)
    WHERE number IS NOT NULL GROUP BY kind, number
) AS each GROUP BY bits, kind""",
}
