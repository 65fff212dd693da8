"""Acts: one transaction and one audit row each; helpers to save, update and lock rows."""

import json
from datetime import timedelta
from enum import StrEnum

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core import acting, clock
from core.acting import Refused, describe, lock, save, update
from core.actors import Actor
from core.choices import CoreEvent, Outcome
from core.models import AuditEvent, Organisation, Place
from core.permissions import Permission
from core.seen import Stale, shown
from engagement.activities.actions import activities
from engagement.activities.choices import Event as ActivityEvent
from engagement.activities.models import Activity
from engagement.activities.permissions import Permission as ActivityPermission
from standards.framework.choices import Event as FrameworkEvent
from tests.factories import engaging
from tests.factories.fixtures import TODAY
from tests.factories.world import World


@pytest.fixture(autouse=True)
def without_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without registered acts, so that acts defined here may use real events."""
    acting.all_acts()
    monkeypatch.setattr(acting, "ACTS", {})


def example_act(*, inner: bool = False, breaks: bool = False):  # type: ignore[no-untyped-def]  # acts of any signature
    """An act that makes a place. `inner` calls another act in it, `breaks` fails at its end."""

    @acting.act(CoreEvent.FACTS_LOADED, needs=Permission.FACTS_LOAD)
    def make_place(*, by: Actor, key: str) -> Place:
        place = save(Place(key=key, name=key, group_key="g", group_name="G"))
        if inner:
            make_organisation(by=by, key=key)
        if breaks:
            raise ValidationError("It broke at the end.")
        describe("a place")
        return place

    @acting.act(CoreEvent.ACCOUNT_MADE, needs=Permission.ACCOUNT_MANAGE)
    def make_organisation(*, by: Actor, key: str) -> Organisation:
        describe("an organisation")
        return save(Organisation(key=key, name=key, kind="vcse"))

    return make_place


def test_act_when_done_then_one_audit_row_says_who_what_and_when(world: World) -> None:
    by = world.administrator
    before = AuditEvent.objects.count()

    place = example_act()(by=by, key="bow")

    row = AuditEvent.objects.get(event=CoreEvent.FACTS_LOADED)
    assert AuditEvent.objects.count() == before + 1
    assert (row.by, row.by_name, row.outcome, row.about) == (by, by.name, Outcome.DONE, "a place")
    assert (row.subject_kind, row.subject_id, row.at) == ("place", str(place.pk), TODAY)


def test_act_when_one_is_inside_another_then_each_leaves_its_own_row(world: World) -> None:
    example_act(inner=True)(by=world.administrator, key="bow")

    rows = {row.event: row for row in AuditEvent.objects.filter(by=world.administrator)}
    assert rows[CoreEvent.FACTS_LOADED].about == "a place"
    assert rows[CoreEvent.ACCOUNT_MADE].about == "an organisation"
    assert rows[CoreEvent.FACTS_LOADED].act != rows[CoreEvent.ACCOUNT_MADE].act


def test_act_when_it_fails_at_the_end_then_it_and_the_inner_one_are_rolled_back(
    world: World,
) -> None:
    by = world.administrator
    before = AuditEvent.objects.count()

    with pytest.raises(ValidationError, match="broke"):
        example_act(inner=True, breaks=True)(by=by, key="bow")

    assert AuditEvent.objects.count() == before
    assert not Place.objects.exists()
    assert not Organisation.objects.filter(key="bow").exists()


def test_act_when_refused_then_the_sentence_is_in_the_trail_and_on_the_refusal(
    world: World,
) -> None:
    with pytest.raises(Refused) as refusal:
        example_act()(by=world.analyst, key="bow")

    row = AuditEvent.objects.get(outcome=Outcome.REFUSED)
    assert row.about == refusal.value.sentence
    assert row.by == world.analyst
    assert not Place.objects.exists()


def test_act_when_an_inner_one_is_refused_then_the_outer_is_rolled_back_and_one_refusal_recorded(
    world: World,
) -> None:
    @acting.act(FrameworkEvent.STANDARDS_LOADED, needs=ActivityPermission.ACTIVITY_READ)
    def outer(*, by: Actor) -> None:
        save(Place(key="bow", name="Bow", group_key="g", group_name="G"))
        example_act()(by=by, key="mile-end")

    with pytest.raises(Refused):
        outer(by=world.analyst)

    assert not Place.objects.exists()
    assert AuditEvent.objects.filter(by=world.analyst).count() == 1
    assert AuditEvent.objects.get(by=world.analyst).outcome == Outcome.REFUSED


def test_act_when_given_a_positional_argument_then_an_error_is_raised(
    world: World,
) -> None:
    with pytest.raises(TypeError, match="keywords only"):
        example_act()(world.administrator)


def test_act_when_finished_then_none_is_running(world: World) -> None:
    example_act()(by=world.administrator, key="bow")

    with pytest.raises(RuntimeError, match="No act is running"):
        describe("late")


def test_act_when_the_clock_is_set_then_its_audit_row_has_that_time(world: World) -> None:
    by = world.administrator

    with clock.set_to(TODAY - timedelta(days=400)):
        example_act()(by=by, key="bow")

    assert AuditEvent.objects.get(event=CoreEvent.FACTS_LOADED).at == TODAY - timedelta(days=400)


def test_act_when_it_changes_a_row_then_the_row_history_has_its_number(world: World) -> None:
    activity = engaging.activity(world.officer)

    activities.change(by=world.officer, activity=activity, title="New title")

    history = activity.events.order_by("pgh_id").last()  # type: ignore[attr-defined]  # kept by pghistory
    context = pghistory.models.Context.objects.get(pk=history.pgh_context_id)
    row = AuditEvent.objects.get(event=ActivityEvent.ACTIVITY_CHANGED)
    metadata = (
        context.metadata if isinstance(context.metadata, dict) else json.loads(context.metadata)
    )
    assert metadata["act"] == str(row.act)
    assert history.title == "New title"


def test_save_when_a_constraint_fails_then_the_error_names_the_field(
    world: World,
) -> None:
    with pytest.raises(ValidationError) as refusal:
        save(Organisation(key=world.own.key, name="Another", kind="vcse"))

    assert set(refusal.value.message_dict) == {"key"}


def test_update_when_nothing_differs_then_nothing_is_saved(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    own = world.own

    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's counter
        assert update(own, name=own.name) == []


def test_update_when_something_differs_then_it_names_what_changed(world: World) -> None:
    assert update(world.own, name="Another name", kind=world.own.kind) == ["name"]
    world.own.refresh_from_db()
    assert world.own.name == "Another name"


def test_lock_when_the_given_row_is_old_then_it_returns_the_current_row(world: World) -> None:
    old = Organisation.objects.get(pk=world.own.pk)
    Organisation.objects.filter(pk=old.pk).update(name="Another name")

    assert connection.in_atomic_block
    assert lock(old).name == "Another name"


def test_lock_when_the_row_is_not_as_a_form_showed_it_then_the_act_is_refused(world: World) -> None:
    activity = engaging.activity(world.officer)
    title = activity.title
    activities.change(by=world.colleague, activity=activity, title="Theirs")

    with pytest.raises(Stale) as stale, shown(activity, lambda row: str(row) == title):
        activities.change(by=world.officer, activity=activity, title="Mine")

    assert str(stale.value.current) == "Theirs"
    assert Activity.objects.get(pk=activity.pk).title == "Theirs"


def test_act_when_it_never_locks_the_row_that_its_form_showed_then_it_is_an_error(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)

    with (
        pytest.raises(RuntimeError, match="did not lock the activity"),
        shown(activity, lambda row: True),
    ):
        engaging.session(activity, by=world.officer)


def test_audit_row_when_the_description_is_too_long_then_it_is_cut(world: World) -> None:
    @acting.act(CoreEvent.FACTS_LOADED, needs=Permission.FACTS_LOAD)
    def describe_at_length(*, by: Actor) -> None:
        describe("word " * 1000)

    describe_at_length(by=world.administrator)

    assert len(AuditEvent.objects.get(event=CoreEvent.FACTS_LOADED).about) == 1000


def test_act_when_another_has_its_event_then_an_error_is_raised() -> None:
    example_act()

    with pytest.raises(RuntimeError, match=r"is the event of .*make_place already"):
        example_act()


def test_act_when_no_wing_registered_its_permission_then_an_error_is_raised() -> None:
    class Unknown(StrEnum):
        THING_DO = "thing.do"

    with pytest.raises(
        RuntimeError, match=r"needs “thing\.do”, a permission no wing has registered"
    ):
        acting.act(CoreEvent.FACTS_LOADED, needs=Unknown.THING_DO)(lambda: None)  # type: ignore[arg-type]  # not one of ours


@pytest.mark.parametrize("changes_public", [True, False])
def test_act_when_it_says_that_public_pages_may_change_then_its_row_says_so(
    world: World, changes_public: bool
) -> None:
    @acting.act(CoreEvent.FACTS_LOADED, needs=Permission.FACTS_LOAD, changes_public=changes_public)
    def load(*, by: Actor) -> None:
        """Nothing at all."""

    load(by=world.administrator)
    with pytest.raises(Refused):
        load(by=world.analyst)

    rows = {row.outcome: row.is_shown for row in AuditEvent.objects.filter(event="facts loaded")}
    assert rows == {Outcome.DONE: changes_public, Outcome.REFUSED: False}
