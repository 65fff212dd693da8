"""Findings, decisions and changes: on evidence, with reasons, after acceptance."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from engagement.activities.choices import Source
from insight.loop.actions import changes, decisions, findings
from insight.loop.choices import ChangeStage, DecisionKind
from insight.loop.models import Change, Decision, Evidence, Finding, Loop
from tests.factories import answering, engaging
from tests.factories.world import World

TOMORROW = timedelta(days=1)


def test_finding_when_written_then_it_rests_on_its_evidence_once(world: World) -> None:
    activity = engaging.activity(world.officer)
    said = engaging.said(activity, by=world.officer)

    finding = answering.finding(activity, by=world.officer, evidence=[said, said])

    assert list(finding.contributions.all()) == [said]
    assert (finding.loop.heard_until, finding.order) == (None, 0)


def test_finding_when_it_has_no_evidence_then_it_is_refused_and_no_loop_is_left(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)

    with pytest.raises(ValidationError) as refusal:
        findings.write(by=world.officer, activity=activity, sentence="Late.", evidence=[])

    assert "evidence" in refusal.value.message_dict
    assert not Finding.objects.exists()
    assert not Loop.objects.exists()


def test_finding_when_its_evidence_is_of_another_activity_then_it_is_refused(
    world: World,
) -> None:
    said = engaging.said(engaging.activity(world.officer), by=world.officer)

    with pytest.raises(ValidationError, match="another activity"):
        answering.finding(engaging.activity(world.officer), by=world.officer, evidence=[said])


@pytest.mark.parametrize("sentence", ["", "x" * 401])
def test_finding_when_its_sentence_is_empty_or_too_long_then_it_is_refused(
    world: World, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        answering.finding(engaging.activity(world.officer), by=world.officer, sentence=sentence)

    assert "sentence" in refusal.value.message_dict


def test_finding_when_written_twice_in_a_loop_then_the_form_says_so(world: World) -> None:
    activity = engaging.activity(world.officer)
    answering.finding(activity, by=world.officer)

    with pytest.raises(ValidationError, match="written already"):
        answering.finding(activity, by=world.officer)


def test_finding_when_loops_wait_then_it_joins_the_oldest_that_is_not_answered(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    loop = answering.closed(activity, by=world.officer)

    assert answering.finding(activity, by=world.officer).loop == loop


def test_finding_when_changed_then_words_and_evidence_are_new(world: World) -> None:
    activity = engaging.activity(world.officer)
    finding = answering.finding(activity, by=world.officer)
    other = engaging.said(activity, by=world.officer, words="Tea is cold.")

    changed = findings.change(
        by=world.colleague,
        finding=finding,
        sentence="Tea is cold.",
        evidence=[other],
    )

    assert changed.sentence == "Tea is cold."
    assert Evidence.objects.get().contribution == other


def test_finding_when_taken_back_before_anything_is_decided_then_it_is_gone(
    world: World,
) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)

    findings.remove(by=world.officer, finding=finding)

    assert not Finding.objects.exists()


def test_finding_when_decided_on_then_it_stays(world: World) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    answering.decision(finding, by=world.officer)

    with pytest.raises(ValidationError, match="cannot remove it"):
        findings.remove(by=world.officer, finding=finding)


@pytest.mark.parametrize(
    ("kind", "reason", "days", "words"),
    [
        ("not_accepted", "", 0, "Enter the reason"),
        ("partly", "", 0, "Enter the reason"),
        ("accepted", "", None, "Enter the date"),
        ("undecided", "", 0, "Leave this date empty"),
        ("accepted", "", 1, "today or in the past"),
        ("perhaps", "", 0, "not a valid choice"),
        ("accepted", "", 0, None),
        ("not_accepted", "Too dear.", 0, None),
        ("undecided", "", None, None),
    ],
)
def test_decision_when_recorded_then_it_has_its_reason_and_its_day(
    world: World, kind: str, reason: str, days: int | None, words: str | None
) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    given: dict[str, Any] = {
        "kind": kind,
        "reason": reason,
        "decided_on": None if days is None else clock.today() + timedelta(days=days),
    }

    if words is None:
        assert decisions.decide(by=world.officer, finding=finding, **given).kind == kind
        return
    with pytest.raises(ValidationError) as refusal:
        decisions.decide(by=world.officer, finding=finding, **given)

    assert words in " ".join(refusal.value.messages)
    assert not Decision.objects.exists()


def test_decision_when_it_will_be_looked_at_again_on_a_day_that_is_over_then_refused(
    world: World,
) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    given: dict[str, Any] = {"by": world.officer, "finding": finding, "kind": "undecided"}

    with pytest.raises(ValidationError) as refusal:
        decisions.decide(**given, look_again_on=clock.today() - TOMORROW)

    assert "look_again_on" in refusal.value.message_dict
    assert decisions.decide(**given, look_again_on=clock.today()).look_again_on == clock.today()


def test_decision_when_changed_after_its_look_again_then_that_day_stays(world: World) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    given: dict[str, Any] = {"by": world.officer, "finding": finding, "kind": "undecided"}
    decisions.decide(**given, look_again_on=clock.today())
    day = clock.today() - TOMORROW
    Decision.objects.update(look_again_on=day)

    changed = decisions.decide(**given, body="The ward board", look_again_on=day)

    assert (changed.body, changed.look_again_on) == ("The ward board", day)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "not_accepted", "reason": ""}, {"decided_on": None}, {"kind": "undecided"}],
    ids=str,
)
def test_decision_when_the_database_is_asked_past_the_form_then_it_refuses(
    world: World, wrong: dict[str, Any]
) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    answering.decision(finding, by=world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(**wrong)


def test_decision_when_taken_anew_then_the_finding_still_has_one(world: World) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    answering.decision(finding, by=world.officer, kind=DecisionKind.UNDECIDED)

    answering.decision(finding, by=world.lead)

    assert Decision.objects.get().kind == DecisionKind.ACCEPTED


def changed(world: World, decision: Decision | None, **details: Any) -> Change:
    given: dict[str, Any] = {"what": "Breakfast at eight.", "stage": ChangeStage.PLANNED}
    if "activity" not in details and decision is not None:
        given["activity"] = decision.finding.activity
    return changes.add(by=world.officer, decision=decision, **(given | details))


@pytest.mark.parametrize("kind", DecisionKind)
def test_change_when_it_follows_a_decision_then_only_a_refusal_leads_to_none(
    world: World, kind: DecisionKind
) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    decision = answering.decision(finding, by=world.officer, kind=kind)

    if kind == DecisionKind.NOT_ACCEPTED:
        with pytest.raises(ValidationError, match="cannot record a change"):
            changed(world, decision)
    else:
        assert changed(world, decision).decision == decision


def test_decision_when_a_change_was_recorded_because_of_it_then_it_cannot_become_a_refusal(
    world: World,
) -> None:
    finding = answering.finding(engaging.activity(world.officer), by=world.officer)
    changed(world, answering.decision(finding, by=world.officer))

    with pytest.raises(ValidationError) as refusal:
        answering.decision(finding, by=world.officer, kind=DecisionKind.NOT_ACCEPTED)
    answering.decision(finding, by=world.officer, kind=DecisionKind.PARTLY)

    assert list(refusal.value.message_dict) == ["kind"]
    assert Decision.objects.get().kind == DecisionKind.PARTLY


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"stage": "made"}, "Enter the date the change was done"),
        ({"stage": "planned", "made_on": 0}, "Only enter a date if"),
        ({"stage": "made", "made_on": 1}, "today or in the past"),
        ({"what": ""}, "cannot be blank"),
        ({"impact": "fame"}, "not a valid choice"),
    ],
)
def test_change_when_something_is_wrong_then_the_form_says_what(
    world: World, details: dict[str, Any], words: str
) -> None:
    decision = answering.decision(
        answering.finding(engaging.activity(world.officer), by=world.officer), by=world.officer
    )
    if "made_on" in details:
        details = details | {"made_on": clock.today() + timedelta(days=details["made_on"])}

    with pytest.raises(ValidationError) as refusal:
        changed(world, decision, **details)

    assert words in " ".join(refusal.value.messages)


def test_change_when_it_names_no_decision_or_anothers_then_it_is_refused(world: World) -> None:
    activity = engaging.activity(world.officer)
    elsewhere = answering.decision(
        answering.finding(engaging.activity(world.officer), by=world.officer), by=world.officer
    )

    for decision in (None, elsewhere):
        with pytest.raises(ValidationError) as refusal:
            changed(world, decision, activity=activity)
        assert "decision" in refusal.value.message_dict


def test_change_when_taken_from_the_strategy_then_decision_and_day_may_be_unknown(
    world: World,
) -> None:
    activity = engaging.activity(world.officer, lead_organisation=world.own, source=Source.STRATEGY)

    assert changed(world, None, activity=activity, stage=ChangeStage.MADE).made_on is None


def test_change_when_moved_on_then_it_stands_where_it_is_said_to(world: World) -> None:
    decision = answering.decision(
        answering.finding(engaging.activity(world.officer), by=world.officer), by=world.officer
    )

    moved = changes.move(
        by=world.officer,
        change=changed(world, decision),
        what="Breakfast at half past seven.",
        stage=ChangeStage.MADE,
        impact="experience",
        evidence="We asked again.",
        made_on=clock.today(),
    )

    assert (moved.stage, moved.made_on) == (ChangeStage.MADE, clock.today())
