"""Rules for acts: one event each, keywords only, a registered permission."""

import inspect

import pytest

from core import access
from core.acting import Act
from core.acting import all_acts as by_event
from core.choices import CoreEvent, Role
from tests.house.acts import (
    all_acts,
    entity,
    every_event,
    every_permission,
    is_for_the_service_alone,
    public_functions,
)

ACTS = all_acts()

#: Public functions of modules of actions that are not acts, and why.
NO_ACTS = {
    "core.actions.facts.read": "reads a file of facts; writes nothing",
    "core.actions.refusals.at_door": "a refusal before any act",
    "core.actions.sent_forms.claim": "notes that a form is sent; what the form does is an act",
    "core.actions.sent_forms.keep": "notes where a form led; what the form did was an act",
    "core.actions.sent_forms.led_to": "a question; writes nothing",
    "core.actions.sent_forms.release": "takes back that a form was sent; it did nothing",
    "engagement.messaging.actions.deliveries.release_lock": "lets go of a lock; writes nothing",
    "engagement.people.actions.persons.can_join": "a question; writes nothing",
    "engagement.people.actions.persons.distinguish": "a part of acts that record what was decided",
    "engagement.people.actions.persons.hold_addresses": "takes a lock; writes nothing",
    "engagement.people.actions.persons.join_persons": "the part of `join` that other acts use",
    "engagement.activities.actions.sessions.before_removal": "registers what wings above ask",
    "engagement.people.actions.persons.on_contact_absorbed": "registers what wings above do",
    "engagement.people.actions.persons.on_contact_moved": "registers what wings above do",
    "engagement.activities.actions.registers.save_ticks": "several acts in one transaction",
    "engagement.activities.actions.registers.add_at_session": "two acts in one "
    "transaction, each with its own row",
}
#: Events of no act, and why.
WITHOUT_ACT = {CoreEvent.PAGE_REFUSED: "the door refuses before an act is tried"}
#: Acts that no role may do, and why.
FOR_THE_SERVICE = {
    "engagement.messaging.actions.account_messages.make_sign_in_links": "the worker does it",
    "engagement.messaging.actions.account_messages.write": "whoever owns the account caused it",
    "engagement.messaging.actions.deliveries.start": "messages are sent by the worker",
    "engagement.messaging.actions.deliveries.end": "messages are sent by the worker",
    "engagement.messaging.actions.deliveries.end_dead_runs": "messages are sent by the worker",
}


def test_event_when_compared_with_the_acts_then_it_has_one() -> None:
    assert set(by_event()) == set(every_event()) - set(WITHOUT_ACT)


def test_public_function_of_actions_when_it_is_no_act_then_a_reason_is_given() -> None:
    assert set(public_functions()) - {act.name for act in ACTS} == set(NO_ACTS)


def test_act_when_registered_then_it_is_a_public_function_of_actions() -> None:
    assert {act.name for act in ACTS} <= set(public_functions())


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_act_when_inspected_then_it_takes_keywords_only_and_an_actor(act: Act) -> None:
    parameters = inspect.signature(act.perform).parameters

    assert "by" in parameters
    assert {one.kind for one in parameters.values()} <= {
        inspect.Parameter.KEYWORD_ONLY,
        inspect.Parameter.VAR_KEYWORD,
    }


def test_act_when_no_role_may_do_it_then_a_reason_is_given() -> None:
    assert {act.name for act in ACTS if is_for_the_service_alone(act)} == set(FOR_THE_SERVICE)


@pytest.mark.parametrize(
    "act", [act for act in ACTS if act.on and act.name not in FOR_THE_SERVICE], ids=lambda a: a.name
)
def test_entity_when_an_act_is_checked_for_its_row_then_it_has_a_policy(act: Act) -> None:
    assert entity(act) in access.policies()


def test_role_when_it_may_do_no_act_then_it_only_reads() -> None:
    needed = {act.needs for act in ACTS}

    doing = {role for role in Role if access.permissions_of(role) & needed}

    assert set(Role) - doing == {Role.ANALYST, Role.REVIEWER}


def test_permission_when_declared_then_a_wing_has_registered_it() -> None:
    assert access.registered() == set(every_permission())
