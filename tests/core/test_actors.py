"""Each kind of actor, with one real act that it may do and others that it may not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import access, clock
from core.acting import Refused
from core.actors import SERVICE, Actor, Program, Resident
from core.choices import ActorKind, Outcome
from core.models import AuditEvent, User
from core.periods import RoughDate
from engagement.activities.actions import activities
from engagement.activities.choices import Event as ActivityEvent
from engagement.activities.choices import Status
from engagement.activities.models import Activity
from engagement.activities.permissions import Permission as ActivityPermission
from engagement.people.actions import contacts
from engagement.people.choices import ConsentManner, ConsentPurpose
from engagement.people.choices import Event as PeopleEvent
from engagement.people.models import Consent, Contact
from engagement.people.permissions import WITHDRAW_CONSENT
from engagement.people.permissions import Permission as PeoplePermission
from insight.loop.actions import loops
from insight.loop.choices import Event as LoopEvent
from insight.loop.models import Loop
from tests.factories import engaging
from tests.factories.world import World

TOLD = ConsentPurpose.TOLD_WHAT_CAME


def latest_event() -> AuditEvent:
    return AuditEvent.objects.latest("pk")


def consenting_contact(world: World, name: str = "Nia") -> Contact:
    """A contact of the own organisation who agreed to be told the outcome."""
    contact = engaging.contact(world.officer, name=name)
    if not contact.consents.filter(purpose=TOLD, withdrawn_at=None).exists():
        contacts.agree(by=world.officer, contact=contact, purpose=TOLD, how=ConsentManner.IN_PERSON)
    return contact


def by_link(contact: Contact) -> Resident:
    return Resident(person_id=contact.person_id, purpose=WITHDRAW_CONSENT)


def test_resident_when_withdrawing_their_own_consent_then_done_and_in_the_trail(
    world: World,
) -> None:
    contact = consenting_contact(world)

    contacts.withdraw(by=by_link(contact), contact=contact, purpose=TOLD, how=ConsentManner.ONLINE)

    row = latest_event()
    assert not Consent.objects.filter(contact=contact, purpose=TOLD, withdrawn_at=None).exists()
    assert (row.event, row.outcome, row.by) == (PeopleEvent.CONSENT_WITHDRAWN, Outcome.DONE, None)
    assert (row.by_kind, row.by_reference) == (ActorKind.RESIDENT, str(contact.person_id))
    assert contact.name not in f"{row.by_name} {row.about}"


def test_resident_when_withdrawing_the_consent_of_somebody_else_then_refused(world: World) -> None:
    mine, theirs = consenting_contact(world), consenting_contact(world, name="Someone else")

    with pytest.raises(Refused):
        contacts.withdraw(by=by_link(mine), contact=theirs, purpose=TOLD, how=ConsentManner.ONLINE)

    row = latest_event()
    assert Consent.objects.filter(contact=theirs, purpose=TOLD, withdrawn_at=None).exists()
    assert (row.outcome, row.by, row.by_kind) == (Outcome.REFUSED, None, ActorKind.RESIDENT)


def test_resident_when_doing_anything_else_then_refused(world: World) -> None:
    contact = consenting_contact(world)
    resident = by_link(contact)

    with pytest.raises(Refused):
        contacts.change(by=resident, contact=contact, name="Another")
    with pytest.raises(Refused):
        contacts.read(by=resident, contact=contact)
    with pytest.raises(Refused):
        contacts.agree(by=resident, contact=contact, purpose=TOLD, how=ConsentManner.ONLINE)

    contact.refresh_from_db()
    assert contact.name == "Nia"


def test_resident_when_any_rows_are_asked_for_then_only_their_own_for_their_purpose(
    world: World,
) -> None:
    mine, theirs = consenting_contact(world), consenting_contact(world, name="Someone else")
    engaging.activity(world.officer)

    seen = {
        (entity, permission): set(access.rows(by_link(mine), permission, entity))
        for entity in access.policies()
        for permission in access.registered()
    }

    assert {key: rows for key, rows in seen.items() if rows} == {
        (Contact, PeoplePermission.CONSENT_WITHDRAW): {mine}
    }
    assert theirs not in seen[Contact, PeoplePermission.CONSENT_WITHDRAW]


def test_resident_when_the_purpose_of_the_link_is_unknown_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="no links to “rule the world”"):
        Resident(person_id=1, purpose="rule the world")


def program(owner: User, *scopes: str) -> Program:
    return Program.of(owner, reference="survey-1", name="Survey tool", scopes=scopes)


def test_program_when_logging_within_its_scopes_then_its_owner_is_answerable(world: World) -> None:
    tool = program(world.officer, ActivityPermission.ACTIVITY_LOG)

    activity = engaging.activity(tool)

    row = latest_event()
    assert activity.logged_by == world.officer
    assert (row.event, row.by) == (ActivityEvent.ACTIVITY_LOGGED, world.officer)
    assert (row.by_kind, row.by_name, row.by_reference) == (
        ActorKind.PROGRAM,
        "Survey tool",
        "survey-1",
    )


def test_program_when_acting_beyond_its_scopes_then_refused(world: World) -> None:
    activity = engaging.activity(world.officer)
    tool = program(world.officer, ActivityPermission.ACTIVITY_LOG)

    with pytest.raises(Refused):
        activities.change(by=tool, activity=activity, title="Another")

    assert (latest_event().outcome, latest_event().by_name) == (Outcome.REFUSED, "Survey tool")


def test_program_when_its_scopes_go_beyond_its_owners_role_then_they_add_nothing(
    world: World,
) -> None:
    tool = program(world.analyst, ActivityPermission.ACTIVITY_LOG, ActivityPermission.ACTIVITY_READ)

    assert tool.permissions == {ActivityPermission.ACTIVITY_READ}


def test_program_when_its_owner_works_elsewhere_then_it_has_no_row_of_others(world: World) -> None:
    engaging.activity(world.officer)
    tool = program(
        world.other_officer, ActivityPermission.ACTIVITY_CHANGE, ActivityPermission.ACTIVITY_READ
    )

    assert not access.rows(tool, ActivityPermission.ACTIVITY_CHANGE, Activity).exists()
    assert access.rows(tool, ActivityPermission.ACTIVITY_READ, Activity).exists()


def test_program_when_its_owners_account_is_closed_then_it_may_do_nothing(world: World) -> None:
    tool = program(world.officer, ActivityPermission.ACTIVITY_READ)
    world.officer.is_active = False

    assert not tool.permissions


def test_program_when_a_scope_is_unknown_then_it_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="no permission “everything”"):
        program(world.officer, "everything")


def test_service_when_opening_due_loops_then_done_and_nobody_of_the_staff_is_named(
    world: World,
) -> None:
    activity = engaging.activity(world.officer, end=RoughDate.on(clock.today() - timedelta(days=1)))

    loops.open_due(by=SERVICE)

    activity.refresh_from_db()
    rows = AuditEvent.objects.filter(by_kind=ActorKind.SERVICE, by=None)
    assert activity.status == Status.LISTENING_CLOSED
    assert Loop.objects.get(activity=activity).due_on is not None
    assert {LoopEvent.DUE_LOOPS_OPENED, LoopEvent.LOOP_FELL_DUE} <= set(
        rows.values_list("event", flat=True)
    )
    assert not User.objects.exclude(pk__in=[world.officer.pk]).exists()


def test_service_when_a_member_of_staff_is_needed_then_an_error_is_raised(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)

    with pytest.raises(TypeError, match="a member of staff is answerable"):
        engaging.said(activity, by=SERVICE)


def test_service_when_any_permission_is_checked_then_it_holds_it() -> None:
    assert all(SERVICE.holds(permission) for permission in access.registered())


def test_actors_when_compared_then_each_has_every_attribute_of_an_actor(world: World) -> None:
    actors: list[Actor] = [
        world.officer,
        program(world.officer),
        Resident(person_id=1, purpose=WITHDRAW_CONSENT),
        SERVICE,
    ]

    assert {actor.kind for actor in actors} == set(ActorKind)
    assert [actor.user for actor in actors] == [world.officer, world.officer, None, None]
    assert [actor.organisation_id for actor in actors] == [world.own.pk, world.own.pk, None, None]
    assert all(len(actor.name) <= 150 for actor in actors)


def test_trail_when_staff_are_named_for_the_wrong_kind_then_the_database_refuses(
    world: World,
) -> None:
    engaging.activity(world.officer)

    for wrong in ({"by": None}, {"by_kind": ActorKind.SERVICE}, {"by_kind": "nobody"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditEvent.objects.filter(by_kind=ActorKind.STAFF).update(**wrong)
