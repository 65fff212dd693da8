"""What one journey is told with: its people, what they said, and what it has made so far."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.actors import SERVICE, Actor
from core.choices import Role
from core.models import Collaborative, Organisation, Place, Programme, User
from core.periods import Month
from engagement.activities.choices import Method, Source, Stage
from engagement.people.choices import Capacity, NeedCategory
from insight.loop.choices import ChangeStage, DecisionKind, Impact
from standards.framework.choices import Level


@dataclass(frozen=True)
class Person:
    """Somebody who takes part in a story."""

    name: str
    email: str = ""
    telephone: str = ""
    capacity: Capacity = Capacity.RESIDENT
    agrees: bool = True
    needs: tuple[tuple[NeedCategory, str], ...] = ()


@dataclass(frozen=True)
class Heard:
    """One finding of a story: the things said it rests on, what was decided, and what was done."""

    sentence: str
    said: tuple[str, ...]
    kind: DecisionKind
    reason: str = ""
    change: str = ""
    stage: ChangeStage = ChangeStage.PLANNED
    impact: Impact = Impact.EXPERIENCE


@dataclass(frozen=True)
class Story:
    """All the words and numbers of one activity's journey; days are counted from `logged_at`."""

    title: str
    purpose: str
    scope_of_influence: str
    summary: str
    level: Level
    level_reason: str
    stage: Stage
    methods: tuple[Method, ...]
    lead: Organisation
    logged_at: datetime
    people: tuple[Person, ...]
    heard: tuple[Heard, ...]
    places: tuple[Place, ...] = ()
    programmes: tuple[Programme, ...] = ()
    partners: tuple[Organisation, ...] = ()
    collaborative: Collaborative | None = None
    communities: tuple[str, ...] = ()
    venue: str = "Community hall"
    heads: int = 0
    heads_are_estimated: bool = False
    session_after: int = 14
    closes_after: int = 21
    answered_after: int = 35
    looked_at_insight: bool = True
    reward: str = ""
    source: Source = Source.DEMO
    decided_by: str = "The programme board"

    def day(self, after: int) -> datetime:
        return self.logged_at + timedelta(days=after)

    @property
    def is_area_wide(self) -> bool:
        return not self.places


@dataclass
class Journey:
    """One story under way: who acts in each role, whether people are really told, and
    what each step has made.
    """

    story: Story
    people: dict[Role, User]
    tells: bool = True
    made: dict[str, list[Any]] = field(default_factory=dict)

    def one(self, key: str) -> Any:
        """What a step made, where it made one thing."""
        return self.made[key][0]

    def actor(self, role: Role | None) -> Actor:
        """Who acts in a role; without one, the service itself."""
        return SERVICE if role is None else self.people[role]

    @property
    def month(self) -> Month:
        """The month whose report tells of it."""
        return Month.of(self.story.day(self.story.answered_after).date())
