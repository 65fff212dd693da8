"""Subjects: what the rows of a source belong to, and how a subject falls into groups.

Figures are cut by place, collaborative, programme and level of the system. What falls into those
groups is a subject, such as an activity. A source names the subject of its rows, and the subject
says for each cut how its ids fall into the groups. A source may have no subject, and a subject no
rule for a cut: such rows are in none of the groups and are still counted in the total.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from standards.framework.choices import SystemLevel


class Cut(StrEnum):
    """What figures may be cut by."""

    PLACE = "place"
    COLLABORATIVE = "collaborative"
    PROGRAMME = "programme"
    SYSTEM_LEVEL = "system_level"


@dataclass(frozen=True)
class GroupRule:
    """How the ids of a subject fall into the groups of one cut, in SQL.

    `joined` is joined to a table that has the ids in its column `subject_id`; an id may be joined
    to several rows and then falls into several groups. `mark` is an expression over it that tells
    the group: the id of a place, a collaborative or a programme, or the value of a level. The
    program writes both; nothing that somebody typed may be part of them.
    """

    joined: str
    mark: str


@dataclass(frozen=True)
class Subject:
    """One kind of thing that rows of a source belong to. `key` names it inside a statement."""

    key: str
    rules: Mapping[Cut, GroupRule] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not self.key.isidentifier():
            raise ValueError(f"“{self.key}” cannot name a part of a statement.")


_ACTIVITY_ROW = "JOIN activities_activity AS activity ON activity.id = subject_id"

#: An activity falls into each of its places, or, without any, into the whole area.
ACTIVITY = Subject(
    "activity",
    {
        Cut.PLACE: GroupRule(
            "LEFT JOIN activities_activity_places AS link ON link.activity_id = subject_id",
            "link.place_id",
        ),
        Cut.COLLABORATIVE: GroupRule(_ACTIVITY_ROW, "activity.collaborative_id"),
        Cut.PROGRAMME: GroupRule(
            "JOIN activities_activity_programmes AS link ON link.activity_id = subject_id",
            "link.programme_id",
        ),
        Cut.SYSTEM_LEVEL: GroupRule(
            _ACTIVITY_ROW,
            f"""CASE
                WHEN activity.collaborative_id IS NOT NULL THEN '{SystemLevel.COLLABORATIVE}'
                WHEN activity.is_area_wide THEN '{SystemLevel.NEL}'
                ELSE '{SystemLevel.PLACE}' END""",
        ),
    },
)
