"""Every act is refused for every role without its permission, and leaves only the refusal."""

import pytest
from django.apps import apps
from django.db import connection

from core import access
from core.acting import Act, Refused
from core.choices import Outcome, Role
from core.models import AuditEvent, User
from engagement.messaging.models import SendingRun
from insight.reporting.models import BoardReport
from tests.factories.world import World
from tests.house.acts import all_acts, entity
from tests.house.rows import Rows, Situation

ACTS = all_acts()
#: Entities whose rows belong to no organisation; None for acts without a row.
OF_EVERYBODY = {User, BoardReport, SendingRun, None}


def row_counts() -> dict[str, int]:
    """The number of rows of every table, including row histories."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f'SELECT count(*) FROM "{table}"' for table in tables))
        return dict(zip(tables, (row[0] for row in cursor.fetchall()), strict=True))


def refuse(act: Act, users: list[User], rows: Rows) -> None:
    """Try the act as each user, and check that it is refused and leaves only the refusals."""
    of = entity(act)
    subject = {act.on: rows.of(of)} if act.on and of else {}
    last = AuditEvent.objects.latest("id").pk if AuditEvent.objects.exists() else 0
    before = row_counts()

    for user in users:
        with pytest.raises(Refused, match=r"You do not have permission to do this"):
            act.perform(by=user, **subject)

    assert row_counts() == before | {"core_auditevent": before["core_auditevent"] + len(users)}
    refusals = AuditEvent.objects.filter(pk__gt=last).order_by("pk")
    assert [(refusal.event, refusal.outcome, refusal.by) for refusal in refusals] == [
        (act.event, Outcome.REFUSED, user) for user in users
    ]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_act_when_the_role_lacks_its_permission_or_the_account_is_closed_then_it_is_refused(
    world: World, act: Act
) -> None:
    rows = Rows(world, Situation.OWN)
    if of := entity(act):
        rows.of(of)

    users = [world.of_role(role) for role in Role]
    for user in users:
        user.is_active = act.needs not in access.permissions_of(Role(user.role))
    refuse(act, users, rows)


@pytest.mark.parametrize(
    "act",
    [act for act in ACTS if entity(act) not in OF_EVERYBODY],
    ids=lambda act: act.name,
)
def test_act_when_the_row_is_of_another_organisation_then_officers_and_leads_are_refused(
    world: World, act: Act
) -> None:
    rows = Rows(world, Situation.OTHERS)

    refuse(act, [world.officer, world.lead], rows)
