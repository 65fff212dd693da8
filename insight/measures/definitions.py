"""Every figure, defined once: what it is called, what it counts and how, and how it may be cut."""

from django.db.models import TextChoices

from core.periods import Period
from engagement.activities.models import Activity
from insight.loop.choices import DecisionKind, Impact
from insight.measures import sources
from insight.measures.measure import Counts, Measure, Reduction, Unit
from insight.measures.subjects import Cut
from standards.framework.choices import Level


def _undated(period: Period) -> list[str]:
    count = Activity.objects.live().filter(start_earliest=None, end_earliest=None).count()
    if not count:
        return []
    what = "activity has" if count == 1 else "activities have"
    return [f"{count} {what} no dates recorded and so cannot be counted in any period."]


def _headings(kinds: type[TextChoices], *, without: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, kind.label) for kind in kinds if kind.value != without)


_EVERY_MEASURE = (
    Measure(
        key="activities",
        title="Activities",
        how="Activities, not cancelled, with any day from start to end inside the period. One with "
        "two places counts once in each and once in the total. Dates known only roughly count "
        "where they leave no doubt.",
        unit=Unit.ACTIVITIES,
        columns=(("count", "Activities"),),
        source=sources.activities,
        notes=_undated,
    ),
    Measure(
        key="spectrum",
        title="Activities by level promised",
        how="The same activities, by the level on the spectrum from inform to empower that people "
        "were promised.",
        unit=Unit.ACTIVITIES,
        columns=(*_headings(Level), ("count", "All levels")),
        source=sources.activities,
    ),
    Measure(
        key="people",
        title="People who took part",
        how="Different named people who came to a session or said something in the period. "
        "Someone who took part in two places counts once in each and once in the total. People "
        "who were only counted are a separate figure.",
        unit=Unit.PEOPLE,
        columns=(("count", "People"),),
        source=sources.people,
        counts=Counts.RESIDENTS,
        reduction=Reduction.COUNT_DISTINCT,
    ),
    Measure(
        key="heads",
        title="People counted but not named",
        how="People at sessions in the period who were counted and not named, with the part that "
        "was estimated. Someone may be counted at more than one session, and may also be among "
        "the people who were named.",
        unit=Unit.PEOPLE,
        columns=(("count", "People counted"), ("estimated", "Of these, estimated")),
        source=sources.heads,
        counts=Counts.RESIDENTS,
    ),
    Measure(
        key="contributions",
        title="Things people said",
        how="Contributions received in the period: what one person, or one group, said at an "
        "activity.",
        unit=Unit.THINGS_SAID,
        columns=(("count", "Contributions"),),
        source=sources.contributions,
        counts=Counts.RESIDENTS,
    ),
    Measure(
        key="loops_closed",
        title="Answers given in time",
        how="Of the answers that fell due in the period, those whose findings and decisions were "
        "published on or before the due date: 28 days after listening closed, unless the activity "
        "promised another time. Activities that never end owe an answer each quarter.",
        unit=Unit.SHARE,
        columns=(
            ("in_time", "In time"),
            ("late", "Late"),
            ("open", "Not yet answered"),
            ("due", "Fell due"),
        ),
        source=sources.loops_due,
        whole="due",
        main="in_time",
        of="due",
    ),
    Measure(
        key="loop_days",
        title="Days to an answer",
        how="The median number of days from the close of listening to the first publication, for "
        "answers first published in the period.",
        unit=Unit.DAYS,
        columns=(("median", "Median days"), ("count", "Answers published")),
        source=sources.loops_answered,
        reduction=Reduction.MEDIAN,
        main="median",
    ),
    Measure(
        key="people_told",
        title="People told what came of it",
        how="Of the people owed an answer that fell due in the period (they took part and agreed "
        "to be told), those to whom it was sent. Those who cannot be reached are counted apart. "
        "Someone owed two answers counts twice.",
        unit=Unit.PEOPLE_SHARE,
        columns=(
            ("told", "Told"),
            ("cannot_reach", "Cannot be reached"),
            ("not_yet", "Not yet told"),
            ("owed", "Owed an answer"),
        ),
        source=sources.people_owed,
        counts=Counts.SERVICE,
        whole="owed",
        main="told",
        of="owed",
    ),
    Measure(
        key="influence",
        title="Decisions on what people said",
        how="Decisions taken in the period on findings, by what was decided.",
        unit=Unit.DECISIONS,
        columns=(
            *_headings(DecisionKind, without=DecisionKind.UNDECIDED),
            ("count", "All decisions"),
        ),
        source=sources.decisions,
    ),
    Measure(
        key="changes_made",
        title="Changes people brought about",
        how="Changes that were made in the period, by what they are for and by level of the "
        "system.",
        unit=Unit.CHANGES,
        columns=(*_headings(Impact), ("not_said", "Not said"), ("count", "All changes")),
        source=sources.changes,
        cuts=(Cut.PLACE, Cut.COLLABORATIVE, Cut.PROGRAMME, Cut.SYSTEM_LEVEL),
    ),
)

#: Every measure by its key, in the order a report tells them.
MEASURES: dict[str, Measure] = {measure.key: measure for measure in _EVERY_MEASURE}
