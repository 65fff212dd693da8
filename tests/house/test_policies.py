"""Role × permission × row: who may do what to which rows, as a table."""

from enum import StrEnum

import pytest
from django.db.models import Model

from core import access
from core.choices import Permission, Role
from core.models import AuditEvent, User
from engagement.models import Activity, Contact, Contribution, Delivery, Notice, Session
from insight.models import BoardReport, Change, Decision, Finding, Loop, Submission
from tests.factories import engaging
from tests.factories.world import World
from tests.house.rows import Rows, Situation


class Scope(StrEnum):
    """Which of the four rows somebody may do something to."""

    ALL = "all"
    WORKED_ON = "those one works on"
    NONE = "none"


ALL, WORKED_ON, NONE = Scope.ALL, Scope.WORKED_ON, Scope.NONE
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

#: What each entity is asked for, and who may to which rows; a role left out may to none.
MATRIX: dict[tuple[type[Model], Permission], dict[Role, Scope]] = {
    (Activity, Permission.ACTIVITY_READ): {**_STAFF, ADMINISTRATOR: ALL},
    (Activity, Permission.ACTIVITY_CHANGE): _WORKERS,
    (Activity, Permission.CONTRIBUTION_READ): {**_WORKERS, ANALYST: ALL},
    (Activity, Permission.CONTRIBUTION_RECORD): _WORKERS,
    (Activity, Permission.FINDING_READ): _STAFF,
    (Activity, Permission.FINDING_WRITE): _WORKERS,
    (Activity, Permission.LOOP_READ): _STAFF,
    (Activity, Permission.NOTICE_WRITE): _WORKERS,
    (Activity, Permission.PUBLICATION_APPROVE): {LEAD: WORKED_ON},
    (Session, Permission.ACTIVITY_READ): {**_STAFF, ADMINISTRATOR: ALL},
    (Session, Permission.ACTIVITY_CHANGE): _WORKERS,
    (Session, Permission.CONTRIBUTION_RECORD): _WORKERS,
    (Session, Permission.CONTACT_READ): _WORKERS,
    (Contact, Permission.CONTACT_READ): _WORKERS,
    (Contact, Permission.CONTACT_CHANGE): _WORKERS,
    (Contribution, Permission.CONTRIBUTION_READ): {**_WORKERS, ANALYST: ALL},
    (Contribution, Permission.CONTRIBUTION_RECORD): _WORKERS,
    (Notice, Permission.NOTICE_WRITE): _WORKERS,
    (Notice, Permission.PUBLICATION_APPROVE): {LEAD: WORKED_ON},
    (Delivery, Permission.DELIVERY_READ): _WORKERS,
    (Delivery, Permission.DELIVERY_SETTLE): _WORKERS,
    (Delivery, Permission.DELIVERY_SEND): {},
    (Loop, Permission.LOOP_READ): _STAFF,
    (Loop, Permission.FINDING_WRITE): _WORKERS,
    (Loop, Permission.NOTICE_WRITE): _WORKERS,
    (Loop, Permission.DELIVERY_READ): _WORKERS,
    (Finding, Permission.FINDING_READ): _STAFF,
    (Finding, Permission.FINDING_WRITE): _WORKERS,
    (Decision, Permission.FINDING_READ): _STAFF,
    (Decision, Permission.FINDING_WRITE): _WORKERS,
    (Change, Permission.FINDING_READ): _STAFF,
    (Change, Permission.FINDING_WRITE): _WORKERS,
    (Submission, Permission.PUBLICATION_APPROVE): {LEAD: WORKED_ON},
    (BoardReport, Permission.REPORT_READ): {LEAD: ALL, SECRETARY: ALL, REVIEWER: ALL},
    (BoardReport, Permission.REPORT_WRITE): {SECRETARY: ALL},
    (BoardReport, Permission.REPORT_APPROVE): {SECRETARY: ALL},
    (BoardReport, Permission.REPORT_PUBLISH): {LEAD: ALL, SECRETARY: ALL},
    (User, Permission.ACCOUNT_MANAGE): {ADMINISTRATOR: ALL},
    (AuditEvent, Permission.AUDIT_READ): {ADMINISTRATOR: ALL},
}
#: What “works on” means for each who can: of one's organisation, or of one's place.
WORKS_ON = {
    "officer": {Situation.OWN, Situation.PARTNERED},
    "lead": {Situation.OWN, Situation.PARTNERED},
    "place_lead": {Situation.AT_PLACE},
}
#: Everybody the table speaks of, and the role each has.
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
def test_policy_when_asked_by_anybody_for_any_row_then_it_answers_as_the_table_says(
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
        actor: {ALL: set(Situation), WORKED_ON: WORKS_ON.get(actor, set()), NONE: set()}
        for actor in ACTORS
    }
    assert allowed == {
        (permission.value, actor): meaning[actor][scopes.get(role, NONE)]
        for permission, scopes in asked.items()
        for actor, role in ACTORS.items()
    }


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_policy_when_asked_both_its_questions_then_the_answers_agree_on_every_row_and_list_it_once(
    world: World, entity: type[Model]
) -> None:
    for situation in Situation:
        Rows(world, situation).of(entity)
    everybody = [getattr(world, actor) for actor in ACTORS] + [world.system]
    rows = list(entity._default_manager.order_by("pk"))

    for user in everybody:
        for permission in Permission:
            listed = [row.pk for row in access.rows(user, permission, entity)]
            one_by_one = [row.pk for row in rows if access.may(user, permission, row)]
            assert sorted(listed) == one_by_one, (user.name, permission)


def test_entities_when_compared_with_the_policies_then_the_table_knows_each() -> None:
    assert set(ENTITIES) == set(access.policies())


def test_rows_when_the_account_is_closed_then_there_are_none(world: World) -> None:
    engaging.activity(world.officer)
    world.officer.is_active = False

    assert not any(
        access.rows(world.officer, permission, Activity).exists() for permission in Permission
    )


def test_permission_when_no_row_is_asked_of_then_only_the_role_decides(world: World) -> None:
    for role in Role:
        for permission in Permission:
            held = permission in access.HOLDINGS[role]
            assert access.may(world.of_role(role), permission) is held


def test_the_systems_account_when_administrators_list_accounts_then_it_is_not_among_them(
    world: World,
) -> None:
    system = world.system

    assert not access.may(world.administrator, Permission.ACCOUNT_MANAGE, system)
