"""Counting measures in the database: one statement for any number of questions.

All figures of one call are of the same instant and agree with each other, however many rows there
are. Each subject carries its groups as a bit mask, so a row is read once for all cuts together and
is still counted once in each group.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
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
    numbers: dict[_Reading, int] = {}
    of_question: list[int] = []
    with_groups: set[int] = set()
    for question in asked:
        reading = _Reading.for_(question)
        number = numbers.setdefault(reading, len(numbers))
        of_question.append(number)
        if question.cuts and mask.covers(reading.source.subject):
            with_groups.add(number)
    totals: list[list[TallyRow]] = [[] for _ in numbers]
    grouped: list[list[list[TallyRow]]] = [[[] for _ in mask.groups] for _ in numbers]
    for number, members, *columns in _fetch(list(numbers), with_groups, mask):
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
        for question, number in zip(asked, of_question, strict=True)
    }


@dataclass(frozen=True)
class _Reading:
    """What is read for a question; those with the same reading are answered by the same rows."""

    source: Source
    period: Period
    reduction: Reduction
    #: Whether different numbers are counted for each kind also; other reductions keep the kinds.
    is_distinct_by_kind: bool

    @classmethod
    def for_(cls, question: Question) -> "_Reading":
        measure = question.measure
        is_distinct = measure.reduction == Reduction.COUNT_DISTINCT
        return cls(
            measure.source, question.period, measure.reduction, is_distinct and bool(measure.kinds)
        )


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
    return [*found, (Group(None, "Area-wide activities"), None)] if cut == Cut.PLACE else found


def _fetch(
    readings: Sequence[_Reading], with_groups: Container[int], mask: GroupMask
) -> list[tuple[Any, ...]]:
    """Rows of the number of the reading, the mask of the groups, and a `TallyRow`."""
    parts: list[str] = []
    parameters: list[Any] = []
    selects = [_COUNTED]
    grouped: dict[Subject, dict[str, list[int]]] = {}
    for number, reading in enumerate(readings):
        rows = reading.source.rows(reading.period)
        subject = reading.source.subject
        if subject and number in with_groups:
            is_distinct = reading.reduction == Reduction.COUNT_DISTINCT
            templates = [_NUMBERS if is_distinct else _ROWS]
            for select in _selects(_GROUPED, reading):
                grouped.setdefault(subject, {}).setdefault(select, []).append(number)
        else:
            templates = _selects(_TOTALS, reading)
        for template in templates:
            parts.append(template.format(reading=number, rows=f"({rows.sql}) {_AS_ROWS}"))
            parameters.extend(rows.parameters)
    tables = [_EVERY.format(parts=" UNION ALL ".join(parts))]
    for subject, by_select in grouped.items():
        masks = mask.sql(subject, f"ids_{subject.key}")
        every = {number for numbers in by_select.values() for number in numbers}
        tables.append(_GROUPS.format(key=subject.key, among=_among(every), masks=masks))
        selects += [
            select.format(key=subject.key, among=_among(numbers))
            for select, numbers in by_select.items()
        ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_SETTINGS} WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", parameters
        )
        return list(cursor.fetchall())


def _selects(templates: Mapping[Any, str], reading: _Reading) -> list[str]:
    by_kind = [templates[_BY_KIND]] if reading.is_distinct_by_kind else []
    return [templates[reading.reduction], *by_kind]


def _among(numbers: Iterable[int]) -> str:
    """The condition for rows of these readings. Of a choice the database expects that it holds for
    half the rows, of a plain condition for one in twenty; it plans badly for so few.
    """
    listed = ", ".join(map(str, sorted(numbers)))
    return f"CASE WHEN reading IN ({listed}) THEN true ELSE false END"


# For this statement, and what follows it in a transaction. What is grouped and sorted stays in
# memory: a month of it goes to disk otherwise. Up to two more processes read sources at the same
# time, where the server has them; they share no hash tables, for containers often give little
# shared memory. Keeping what was found for a key (memoize) takes longer than it saves, as hardly a
# key comes twice.
_SETTINGS = """
SET LOCAL work_mem = '64MB';
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL enable_parallel_hash = off;
SET LOCAL enable_memoize = off;"""

# What is read from each source: counted, where no groups are asked for, or else its rows. Processes
# share the parts of this union between them as long as no part reads a WITH query, and each row
# that one hands to another takes time, so numbers that may be the same go together as an array.
_EVERY = """
every (reading, subject_id, kind, number, how_many, numbers) AS MATERIALIZED ({parts})"""
_AS_ROWS = "AS rows (subject_id, kind, number)"
_ROWS = """
SELECT {reading}, subject_id::bigint, kind::text, number::bigint, NULL::bigint, NULL::bigint[]
FROM {rows}"""
_NUMBERS = """
SELECT {reading}, subject_id::bigint, kind::text, NULL::bigint, NULL::bigint,
    array_agg(number::bigint)
FROM {rows} WHERE number IS NOT NULL GROUP BY subject_id, kind"""
_BY_KIND = "different numbers of each kind"
_TOTALS = {
    Reduction.SUM: """
SELECT {reading}, NULL::bigint, kind::text, sum(number)::bigint, count(*), NULL::bigint[]
FROM {rows} GROUP BY kind""",
    Reduction.COUNT_DISTINCT: """
SELECT {reading}, NULL::bigint, NULL::text, count(*), count(*), NULL::bigint[] FROM (
    SELECT number FROM {rows} WHERE number IS NOT NULL GROUP BY number
) AS each""",
    _BY_KIND: """
SELECT {reading}, NULL::bigint, kind::text, count(*), count(*), NULL::bigint[] FROM (
    SELECT kind FROM {rows} WHERE number IS NOT NULL GROUP BY kind, number
) AS each GROUP BY kind""",
    Reduction.MEDIAN: """
SELECT {reading}, NULL::bigint, NULL::text, number::bigint, count(*), NULL::bigint[]
FROM {rows} GROUP BY number""",
}
_COUNTED = "SELECT reading, NULL, kind, number, how_many FROM every WHERE how_many IS NOT NULL"

# A union tells the database to expect as many ids as rows; a DISTINCT, two hundred. In order, they
# are merged with the indexes of what they are joined to, which are neither hashed nor searched for
# each.
_GROUPS = """
ids_{key} AS MATERIALIZED (
    SELECT NULL::bigint AS subject_id WHERE false
    UNION SELECT subject_id FROM every WHERE {among} ORDER BY subject_id
),
groups_{key} (subject_id, bits) AS MATERIALIZED (
    SELECT subject_id, bit_or(part) FROM ({masks}) AS parts (subject_id, part)
    GROUP BY subject_id
)"""
# A row whose subject has no groups, or that has no subject, stays in: it counts in the total.
_GROUPED = {
    Reduction.SUM: """
SELECT reading, bits::text, kind, sum(number)::bigint, count(*)
FROM every LEFT JOIN groups_{key} USING (subject_id) WHERE {among}
GROUP BY reading, bits, kind""",
    Reduction.COUNT_DISTINCT: """
SELECT reading, bits::text, NULL, count(*), count(*) FROM (
    SELECT reading, bit_or(bits) AS bits FROM (
        SELECT reading, bits, unnest(numbers) AS number
        FROM every LEFT JOIN groups_{key} USING (subject_id) WHERE {among}
    ) AS single GROUP BY reading, number
) AS each GROUP BY reading, bits""",
    _BY_KIND: """
SELECT reading, bits::text, kind, count(*), count(*) FROM (
    SELECT reading, kind, bit_or(bits) AS bits FROM (
        SELECT reading, kind, bits, unnest(numbers) AS number
        FROM every LEFT JOIN groups_{key} USING (subject_id) WHERE {among}
    ) AS single GROUP BY reading, kind, number
) AS each GROUP BY reading, bits, kind""",
    Reduction.MEDIAN: """
SELECT reading, bits::text, NULL, number, count(*)
FROM every LEFT JOIN groups_{key} USING (subject_id) WHERE {among}
GROUP BY reading, bits, number""",
}
