"""Every event has one act, every action is an act, and every act says who may."""

import inspect
from collections import Counter

import pytest

from core import access
from core.choices import Event, Role
from tests.house.acts import Act, all_acts, public_functions, registered

ACTS = all_acts()

#: Public functions of actions that are no act themselves, and why.
NO_ACTS = {
    "core.actions.facts.read": "reads a file of facts; writes nothing",
    "engagement.actions.deliveries.release_lock": "lets go of a lock; writes nothing",
    "engagement.actions.deliveries.step": "between claim and end: recorded on the delivery rows, "
    "the audit trail has one row for the batch",
    "engagement.actions.registers.welcome": "two acts in one transaction, each with its own row",
}
#: Acts asked of a row whose entity has no policy, and why.
NO_POLICY = {"engagement.actions.deliveries.end": "sending runs belong to the system alone"}


def test_event_when_counted_over_all_actions_then_each_has_exactly_one_act() -> None:
    acts = Counter(act.event for act in ACTS)

    assert {event: acts[event] for event in Event if acts[event] != 1} == {}


def test_public_function_of_actions_when_it_is_no_act_then_the_reason_is_kept() -> None:
    names = {name for name, _ in public_functions()}

    assert names - {act.name for act in ACTS} == set(NO_ACTS)


def test_act_when_found_by_looking_then_the_decorator_has_kept_it_too() -> None:
    assert {act.name for act in ACTS} == registered()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_act_when_looked_at_then_it_takes_keywords_only_and_says_who_acts(act: Act) -> None:
    parameters = inspect.signature(act.perform).parameters

    assert "by" in parameters
    assert {one.kind for one in parameters.values()} <= {
        inspect.Parameter.KEYWORD_ONLY,
        inspect.Parameter.VAR_KEYWORD,
    }


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_act_when_looked_at_then_somebody_may_do_it(act: Act) -> None:
    assert any(act.needs in access.HOLDINGS[role] for role in Role)


@pytest.mark.parametrize("act", [act for act in ACTS if act.on], ids=lambda act: act.name)
def test_entity_when_an_act_is_asked_of_its_row_then_it_has_a_policy(act: Act) -> None:
    is_of_the_system = {role for role in Role if act.needs in access.HOLDINGS[role]} == {
        Role.SYSTEM
    }

    assert (act.entity in access.policies()) != (act.name in NO_POLICY and is_of_the_system)
