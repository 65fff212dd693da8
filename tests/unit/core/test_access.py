"""One policy per entity, two questions."""

import pytest

from core import access
from core.choices import Permission, Role
from core.models import Organisation, User
from tests.factories import people
from tests.factories.world import World


def test_policy_when_an_entity_has_one_already_then_a_second_is_refused() -> None:
    with pytest.raises(RuntimeError, match="has a policy already"):
        access.policy(User)(lambda user, permission: access.NOTHING)


def test_rows_when_the_entity_has_no_policy_then_asking_for_them_is_a_mistake(
    world: World,
) -> None:
    with pytest.raises(KeyError):
        access.rows(world.officer, Permission.ACTIVITY_READ, Organisation)


def test_rows_when_the_system_asks_then_it_has_all_of_them(world: World) -> None:
    people.user(Role.ANALYST)

    assert set(access.rows(world.system, Permission.ACCOUNT_MANAGE, User)) == set(
        User.objects.all()
    )


def test_policies_when_changed_by_their_reader_then_those_kept_stay() -> None:
    access.policies().clear()

    assert access.policies()


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        (Role.OFFICER, Permission.PUBLICATION_APPROVE),
        (Role.OFFICER, Permission.REPORT_PUBLISH),
        (Role.LEAD, Permission.REPORT_WRITE),
        (Role.ANALYST, Permission.CONTACT_READ),
        (Role.SECRETARY, Permission.CONTACT_READ),
        (Role.SECRETARY, Permission.CONTRIBUTION_READ),
        (Role.REVIEWER, Permission.CONTACT_READ),
        (Role.REVIEWER, Permission.FINDING_WRITE),
        (Role.ADMINISTRATOR, Permission.CONTACT_READ),
        (Role.ADMINISTRATOR, Permission.CONTRIBUTION_READ),
    ],
)
def test_role_when_the_design_says_it_may_not_then_it_does_not_hold_the_permission(
    role: Role, permission: Permission
) -> None:
    assert permission not in access.HOLDINGS[role]


def test_holdings_when_compared_with_the_roles_then_each_role_has_its_own() -> None:
    assert set(access.HOLDINGS) == set(Role)
