"""The policies as a table: which role has which permission for which rows."""

from enum import StrEnum

import pytest
from django.db.models import Model

from core import access
from core.actors import SERVICE, Actor
from core.choices import Permission, Role
from core.models import AuditEvent, SignInLinkRequest, User
from core.permissions import Permission as CorePermission
from engagement.activities.models import Activity, Contribution, Session
from engagement.activities.permissions import Permission as ActivityPermission
from engagement.messaging.models import Delivery, Message
from engagement.messaging.permissions import Permission as MessagingPermission
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission
from insight.loop.models import Change, Decision, Finding, Loop, Submission
from insight.loop.permissions import Permission as LoopPermission
from insight.reporting.models import BoardReport
from insight.reporting.permissions import Permission as ReportPermission
from tests.factories import engaging
from tests.factories.world import World
from tests.house.rows import Rows, Situation


class Scope(StrEnum):
    """For which of the four rows a role has a permission."""

    ALL = "all"
    WORKED_ON = "those one works on"
    HELD = "those of people one's organisation holds"
    NONE = "none"


ALL, WORKED_ON, HELD, NONE = Scope.ALL, Scope.WORKED_ON, Scope.HELD, Scope.NONE
OFFICER, LEAD, ANALYST, SECRETARY, REVIEWER, ADMINISTRATOR = (
    Role.OFFICER,
    Role.LEAD,
    Role.ANALYST,
    Role.SECRETARY,
    Role.REVIEWER,
    Role.ADMINISTRATOR,
)
_STAFF = dict.fromkeys((OFFICER, LEAD, ANALYST, SECRETARY, REVIEWER), ALL)
_WORKERS = {OFFICER: WORKED_ON, LEAD: WORKED_ON}
_HOLDERS = {OFFICER: HELD, LEAD: HELD}

#: The permissions checked for rows of each entity, and for which rows each role has them. A role
#: that is left out has them for none.
MATRIX: dict[tuple[type[Model], Permission], dict[Role, Scope]] = {
    (Activity, ActivityPermission.ACTIVITY_READ): {**_STAFF, ADMINISTRATOR: ALL},
    (Activity, ActivityPermission.ACTIVITY_CHANGE): _WORKERS,
    (Activity, ActivityPermission.CONTRIBUTION_READ): {**_WORKERS, ANALYST: ALL},
    (Activity, ActivityPermission.CONTRIBUTION_RECORD): _WORKERS,
    (Activity, LoopPermission.FINDING_READ): _STAFF,
    (Activity, LoopPermission.FINDING_WRITE): _WORKERS,
    (Activity, LoopPermission.LOOP_READ): _STAFF,
    (Activity, ActivityPermission.ACTIVITY_ANSWER): {LEAD: WORKED_ON},
    (Session, ActivityPermission.ACTIVITY_READ): {**_STAFF, ADMINISTRATOR: ALL},
    (Session, ActivityPermission.ACTIVITY_CHANGE): _WORKERS,
    (Session, ActivityPermission.CONTRIBUTION_RECORD): _WORKERS,
    (Session, PeoplePermission.CONTACT_READ): _WORKERS,
    (Contact, PeoplePermission.CONTACT_READ): _HOLDERS,
    (Contact, PeoplePermission.CONTACT_CHANGE): _HOLDERS,
    (Contact, PeoplePermission.CONSENT_WITHDRAW): _HOLDERS,
    # The words of this one are not checked yet.
    (Contribution, ActivityPermission.CONTRIBUTION_READ): _WORKERS,
    (Contribution, ActivityPermission.CONTRIBUTION_RECORD): _WORKERS,
    (Message, MessagingPermission.MESSAGE_WRITE): _WORKERS,
    (Message, MessagingPermission.MESSAGE_APPROVE): {LEAD: WORKED_ON},
    (Delivery, MessagingPermission.DELIVERY_READ): _WORKERS,
    (Delivery, MessagingPermission.DELIVERY_SETTLE): _HOLDERS,
    (Delivery, MessagingPermission.DELIVERY_SEND): {},
    (Loop, LoopPermission.LOOP_READ): _STAFF,
    (Loop, LoopPermission.FINDING_WRITE): _WORKERS,
    (Loop, MessagingPermission.MESSAGE_WRITE): _WORKERS,
    (Loop, MessagingPermission.DELIVERY_READ): _WORKERS,
    (Finding, LoopPermission.FINDING_READ): _STAFF,
    (Finding, LoopPermission.FINDING_WRITE): _WORKERS,
    (Decision, LoopPermission.FINDING_READ): _STAFF,
    (Decision, LoopPermission.FINDING_WRITE): _WORKERS,
    (Change, LoopPermission.FINDING_READ): _STAFF,
    (Change, LoopPermission.FINDING_WRITE): _WORKERS,
    (Submission, LoopPermission.PUBLICATION_APPROVE): {LEAD: WORKED_ON},
    (BoardReport, ReportPermission.REPORT_READ): {LEAD: ALL, SECRETARY: ALL, REVIEWER: ALL},
    (BoardReport, ReportPermission.REPORT_WRITE): {SECRETARY: ALL},
    (BoardReport, ReportPermission.REPORT_APPROVE): {SECRETARY: ALL},
    (BoardReport, ReportPermission.REPORT_PUBLISH): {LEAD: ALL, SECRETARY: ALL},
    (User, CorePermission.ACCOUNT_MANAGE): {ADMINISTRATOR: ALL},
    (SignInLinkRequest, CorePermission.ACCOUNT_MANAGE): {},
    (AuditEvent, CorePermission.AUDIT_READ): {ADMINISTRATOR: ALL},
}
#: Which activities officers and leads work on: those of their organisation, or of their place.
WORKS_ON = {
    "officer": {Situation.OWN, Situation.PARTNERED},
    "lead": {Situation.OWN, Situation.PARTNERED},
    "place_lead": {Situation.AT_PLACE},
}
#: Whose people they see: those of their organisation, or of their place.
HOLDS = {
    "officer": {Situation.OWN},
    "lead": {Situation.OWN},
    "place_lead": {Situation.AT_PLACE},
}
#: The members of staff that are tried, with their role.
ACTORS = {
    "officer": OFFICER,
    "lead": LEAD,
    "place_lead": LEAD,
    "analyst": ANALYST,
    "secretary": SECRETARY,
    "reviewer": REVIEWER,
    "administrator": ADMINISTRATOR,
}
ENTITIES = sorted({entity for entity, _ in MATRIX}, key=lambda entity: entity.__name__)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_may_when_asked_by_anybody_for_any_row_then_it_is_as_in_the_table(
    world: World, entity: type[Model]
) -> None:
    rows = {situation: Rows(world, situation).of(entity) for situation in Situation}
    asked = {permission: scopes for (of, permission), scopes in MATRIX.items() if of is entity}

    allowed = {
        (permission.value, actor): {
            situation
            for situation, row in rows.items()
            if access.may(getattr(world, actor), permission, row)
        }
        for permission in asked
        for actor in ACTORS
    }

    meaning = {
        actor: {
            ALL: set(Situation),
            WORKED_ON: WORKS_ON.get(actor, set()),
            HELD: HOLDS.get(actor, set()),
            NONE: set(),
        }
        for actor in ACTORS
    }
    assert allowed == {
        (permission.value, actor): meaning[actor][scopes.get(role, NONE)]
        for permission, scopes in asked.items()
        for actor, role in ACTORS.items()
    }


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_rows_when_compared_with_may_then_they_agree_and_list_each_row_once(
    world: World, entity: type[Model]
) -> None:
    for situation in Situation:
        Rows(world, situation).of(entity)
    everybody: list[Actor] = [*(getattr(world, actor) for actor in ACTORS), SERVICE]
    rows = list(entity._default_manager.order_by("pk"))

    for actor in everybody:
        for permission in (permission for of, permission in MATRIX if of is entity):
            listed = [row.pk for row in access.rows(actor, permission, entity)]
            one_by_one = [row.pk for row in rows if access.may(actor, permission, row)]
            assert sorted(listed) == one_by_one, (actor.name, permission)


def test_policies_when_compared_with_the_table_then_it_has_each_entity() -> None:
    assert set(ENTITIES) == set(access.policies())


def test_rows_when_the_account_is_closed_then_there_are_none(world: World) -> None:
    engaging.activity(world.officer)
    world.officer.is_active = False

    assert not any(
        access.rows(world.officer, permission, Activity).exists()
        for permission in sorted(access.registered())
    )


def test_permission_when_checked_without_a_row_then_only_the_role_decides(world: World) -> None:
    for role in Role:
        for permission in sorted(access.registered()):
            held = permission in access.permissions_of(role)
            assert access.may(world.of_role(role), permission) is held
