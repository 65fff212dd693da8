"""The data of one run through the walk: the scenario, and what its steps have made so far."""

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
    """Somebody who takes part in the activity of a scenario."""

    name: str
    email: str = ""
    telephone: str = ""
    capacity: Capacity = Capacity.RESIDENT
    agrees: bool = True
    needs: tuple[tuple[NeedCategory, str], ...] = ()


@dataclass(frozen=True)
class ScenarioFinding:
    """A finding of a scenario: what people said, what was decided, and what changed."""

    sentence: str
    quotes: tuple[str, ...]
    kind: DecisionKind
    reason: str = ""
    change: str = ""
    stage: ChangeStage = ChangeStage.PLANNED
    impact: Impact = Impact.EXPERIENCE


@dataclass(frozen=True)
class Scenario:
    """Everything that is entered about one activity. `…_after` are days since `logged_at`."""

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
    findings: tuple[ScenarioFinding, ...]
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
        """The time this many days after the activity was logged."""
        return self.logged_at + timedelta(days=after)

    @property
    def is_area_wide(self) -> bool:
        """Whether it is for all of north east London."""
        return not self.places


@dataclass
class Walkthrough:
    """One scenario taken through the steps: who acts in each role, and what each step has made.

    `sends_mail` is whether messages are really sent.
    """

    scenario: Scenario
    people: dict[Role, User]
    sends_mail: bool = True
    made: dict[str, list[Any]] = field(default_factory=dict)

    def one(self, key: str) -> Any:
        """The first thing that a step made."""
        return self.made[key][0]

    def actor(self, role: Role | None) -> Actor:
        """The member of staff with this role; without a role, the service."""
        return SERVICE if role is None else self.people[role]

    @property
    def month(self) -> Month:
        """The month whose report includes the answer."""
        return Month.of(self.scenario.day(self.scenario.answered_after).date())
