"""One row of each entity with a policy, in each situation that policies distinguish."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from django.db.models import Model

from core import clock
from core.actors import SERVICE
from core.models import AuditEvent, SignInLinkRequest, User
from engagement.activities.models import Activity, Contribution, Session
from engagement.messaging.actions import messages
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, Message, SendingRun
from engagement.people.models import Contact
from insight.loop.actions import changes, publications
from insight.loop.choices import ChangeStage
from insight.loop.models import Change, Decision, Finding, Loop, Submission
from insight.reporting.models import BoardReport
from tests.factories import answering, engaging
from tests.factories.world import World


class Situation(StrEnum):
    """Which organisation an activity belongs to, seen from the own organisation."""

    OWN = "led by the own organisation"
    PARTNERED = "led by another, the own organisation its partner"
    OTHERS = "of another organisation"
    AT_PLACE = "of another organisation, in the place of the place lead"


class Rows:
    """The rows of one activity, each made when it is first used."""

    def __init__(self, world: World, situation: Situation) -> None:
        self.world, self.situation = world, situation
        self.by: User = world.officer if situation == Situation.OWN else world.other_officer
        self.lead: User = world.lead if situation == Situation.OWN else world.other_lead

    @cached_property
    def activity(self) -> Activity:
        at_place = self.situation == Situation.AT_PLACE
        return engaging.activity(
            self.by,
            title=f"Activity {self.situation}",
            partners=[self.world.own] if self.situation == Situation.PARTNERED else [],
            places=[self.world.there if at_place else self.world.here],
        )

    @cached_property
    def session(self) -> Session:
        return engaging.session(self.activity, by=self.by)

    @cached_property
    def contact(self) -> Contact:
        """A contact of the leading organisation, in the place of the activity, who came."""
        at_place = self.situation == Situation.AT_PLACE
        place = self.world.there if at_place else self.world.here
        person = engaging.contact(self.by, name=f"Person {self.situation.name}", place=place)
        engaging.came(self.session, person, by=self.by)
        return person

    @cached_property
    def contribution(self) -> Contribution:
        return engaging.said(self.activity, by=self.by, contact=self.contact)

    @cached_property
    def loop(self) -> Loop:
        self.contribution  # noqa: B018  # people are heard before listening closes
        return answering.answerable(self.activity, by=self.by)

    @cached_property
    def finding(self) -> Finding:
        return Finding.objects.get(loop=self.loop)

    @cached_property
    def decision(self) -> Decision:
        return Decision.objects.get(finding=self.finding)

    @cached_property
    def change(self) -> Change:
        return changes.add(
            by=self.by,
            activity=self.activity,
            decision=self.decision,
            what="The tea round starts at seven.",
            stage=ChangeStage.PLANNED,
        )

    @cached_property
    def submission(self) -> Submission:
        return publications.submit_answer(by=self.by, loop=self.loop)

    @cached_property
    def notice(self) -> Message:
        notice = self.loop.notice
        assert notice is not None
        return notice

    @cached_property
    def delivery(self) -> Delivery:
        messages.approve(by=self.lead, message=self.notice)
        delivery = Delivery.objects.get(message=self.notice)
        Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.FAILED)
        return delivery

    @cached_property
    def run(self) -> SendingRun:
        return SendingRun.objects.create(started_at=clock.now())

    @cached_property
    def report(self) -> BoardReport:
        return BoardReport.objects.first() or answering.report(by=SERVICE)

    @cached_property
    def person(self) -> User:
        return self.by

    @cached_property
    def sign_in_link_request(self) -> SignInLinkRequest:
        return SignInLinkRequest.objects.create(account=self.by, asked_at=clock.now())

    @cached_property
    def audit_event(self) -> AuditEvent:
        self.activity  # noqa: B018  # its act leaves a row
        row = AuditEvent.objects.first()
        assert row is not None
        return row

    def of(self, entity: type[Model]) -> Model:
        """The row of an entity."""
        parts: dict[type[Model], Callable[[], Model]] = {
            Activity: lambda: self.activity,
            Session: lambda: self.session,
            Contact: lambda: self.contact,
            Contribution: lambda: self.contribution,
            Message: lambda: self.notice,
            Delivery: lambda: self.delivery,
            SendingRun: lambda: self.run,
            Loop: lambda: self.loop,
            Finding: lambda: self.finding,
            Decision: lambda: self.decision,
            Change: lambda: self.change,
            Submission: lambda: self.submission,
            BoardReport: lambda: self.report,
            User: lambda: self.person,
            SignInLinkRequest: lambda: self.sign_in_link_request,
            AuditEvent: lambda: self.audit_event,
        }
        return parts[entity]()
