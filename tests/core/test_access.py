"""Permissions, roles and policies."""

from enum import StrEnum

import pytest

from core import access
from core.actors import SERVICE
from core.choices import Permission, Role
from core.models import Organisation, User
from core.permissions import Permission as CorePermission
from engagement.activities.permissions import Permission as ActivityPermission
from engagement.people.permissions import WITHDRAW_CONSENT
from engagement.people.permissions import Permission as PeoplePermission
from insight.loop.permissions import Permission as LoopPermission
from insight.reporting.permissions import Permission as ReportPermission
from tests.factories import people
from tests.factories.world import World


def test_policy_when_an_entity_has_one_already_then_a_second_is_refused() -> None:
    with pytest.raises(RuntimeError, match="has a policy already"):
        access.policy(User)(lambda user, permission: access.NOTHING)


def test_rows_when_the_entity_has_no_policy_then_an_error_is_raised(
    world: World,
) -> None:
    with pytest.raises(KeyError):
        access.rows(world.officer, ActivityPermission.ACTIVITY_READ, Organisation)


def test_rows_when_the_service_asks_then_it_has_all_of_them(world: World) -> None:
    people.user(Role.ANALYST)

    assert set(access.rows(SERVICE, CorePermission.ACCOUNT_MANAGE, User)) == set(User.objects.all())


def test_policies_when_the_returned_dict_is_changed_then_the_registered_ones_stay() -> None:
    access.policies().clear()

    assert access.policies()


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        (Role.OFFICER, LoopPermission.PUBLICATION_APPROVE),
        (Role.OFFICER, ReportPermission.REPORT_PUBLISH),
        (Role.LEAD, ReportPermission.REPORT_WRITE),
        (Role.ANALYST, PeoplePermission.CONTACT_READ),
        (Role.SECRETARY, PeoplePermission.CONTACT_READ),
        (Role.SECRETARY, ActivityPermission.CONTRIBUTION_READ),
        (Role.REVIEWER, PeoplePermission.CONTACT_READ),
        (Role.REVIEWER, LoopPermission.FINDING_WRITE),
        (Role.ADMINISTRATOR, PeoplePermission.CONTACT_READ),
        (Role.ADMINISTRATOR, ActivityPermission.CONTRIBUTION_READ),
    ],
)
def test_role_when_a_permission_is_not_for_it_then_it_does_not_hold_it(
    role: Role, permission: Permission
) -> None:
    assert permission not in access.permissions_of(role)


def test_roles_when_every_wing_has_registered_then_each_holds_something() -> None:
    assert all(access.permissions_of(role) for role in Role)


def test_permission_when_registered_already_then_a_second_time_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"“account\.manage” is registered already"):
        access.register([CorePermission.ACCOUNT_MANAGE], roles={})


def test_role_when_given_a_permission_nobody_registered_then_refused() -> None:
    class Unknown(StrEnum):
        THING_DO = "thing.do"

    with pytest.raises(RuntimeError, match=r"No wing has registered the permission thing\.do"):
        access.register([], roles={Role.ANALYST: [Unknown.THING_DO]})  # type: ignore[list-item]  # not one of ours


def test_link_when_its_purpose_is_registered_already_then_refused() -> None:
    with pytest.raises(RuntimeError, match="registered already"):
        access.register_link(WITHDRAW_CONSENT, {PeoplePermission.CONSENT_WITHDRAW})
