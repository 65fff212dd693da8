"""Every act, refused for every role that may not: one refusal, and nothing else anywhere."""

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
#: Entities whose rows belong to no organisation; None where no row is asked of.
OF_EVERYBODY = {User, BoardReport, SendingRun, None}


def counted() -> dict[str, int]:
    """How many rows every table has, row histories included."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f'SELECT count(*) FROM "{table}"' for table in tables))
        return dict(zip(tables, (row[0] for row in cursor.fetchall()), strict=True))


def refuse(act: Act, user: User, rows: Rows) -> None:
    """Ask for the act and see it refused, with the refusal and nothing else left behind."""
    of = entity(act)
    subject = {act.on: rows.of(of)} if act.on and of else {}
    before = counted()

    with pytest.raises(Refused, match=r"You may not do this"):
        act.perform(by=user, **subject)

    assert counted() == before | {"core_auditevent": before["core_auditevent"] + 1}
    refusal = AuditEvent.objects.latest("id")
    assert (refusal.event, refusal.outcome, refusal.by) == (act.event, Outcome.REFUSED, user)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_act_when_the_role_lacks_its_permission_or_the_account_is_closed_then_it_is_refused(
    world: World, act: Act
) -> None:
    rows = Rows(world, Situation.OWN)
    if of := entity(act):
        rows.of(of)

    for role in Role:
        user = world.of_role(role)
        user.is_active = act.needs not in access.permissions_of(role)
        refuse(act, user, rows)


@pytest.mark.parametrize(
    "act",
    [act for act in ACTS if entity(act) not in OF_EVERYBODY],
    ids=lambda act: act.name,
)
def test_act_when_the_row_is_of_another_organisation_then_officers_and_leads_are_refused(
    world: World, act: Act
) -> None:
    rows = Rows(world, Situation.OTHERS)

    for user in (world.officer, world.lead):
        refuse(act, user, rows)
