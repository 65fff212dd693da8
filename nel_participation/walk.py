"""The walk: the steps from logging an activity to the Board report of its month, as data.

The same table of steps makes the demo data and drives the end-to-end and browser tests. A new
feature adds its step.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from core import clock
from core.choices import Event, Role
from core.periods import RoughDate
from engagement.activities.actions import activities, contributions, registers, sessions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.choices import AccessFeature, HowItCame
from engagement.activities.choices import Event as ActivityEvent
from engagement.messaging import sending
from engagement.messaging.choices import Event as MessagingEvent
from engagement.people.actions import contacts
from engagement.people.choices import ConsentPurpose, LikenessAnswer
from engagement.people.choices import Event as PeopleEvent
from insight.loop.actions import changes, decisions, findings, loops, notices, publications
from insight.loop.choices import ChangeStage, DecisionKind
from insight.loop.choices import Event as LoopEvent
from insight.reporting.actions import reports
from insight.reporting.choices import Event as ReportEvent
from nel_participation.scenario import Scenario, ScenarioFinding, Walkthrough

#: For steps after which nothing new is public.
NOTHING_YET = "Nothing yet"


@dataclass(frozen=True)
class Step:
    """One step of the walk.

    `role` is who acts, None for the service itself. `act` is called once with each of the `inputs`,
    on the day `after`, counted from the start of the scenario, and leaves `event` in the audit
    trail. The README shows `does`, and `public`, which is what the public can see afterwards.
    """

    key: str
    role: Role | None
    does: str
    act: Callable[..., Any]
    inputs: Callable[[Walkthrough], Iterable[dict[str, Any]]]
    event: Event
    after: Callable[[Scenario], int]
    public: str = NOTHING_YET


def run(
    walkthrough: Walkthrough, *, until: str | None = None, start: str | None = None
) -> Walkthrough:
    """Run the steps in order, each on its own day: from `start` up to `until`, both included."""
    has_started = start is None
    for step in STEPS:
        has_started = has_started or step.key == start
        if has_started:
            run_step(walkthrough, step)
        if step.key == until:
            break
    return walkthrough


def run_step(walkthrough: Walkthrough, step: Step) -> None:
    """Run one step on its day, and keep what it makes."""
    actor = walkthrough.actor(step.role)
    with clock.set_to(walkthrough.scenario.day(step.after(walkthrough.scenario))):
        made = [step.act(by=actor, **inputs) for inputs in step.inputs(walkthrough)]
    walkthrough.made[step.key] = made


def step(key: str) -> Step:
    """The step with this key."""
    return next(step for step in STEPS if step.key == key)


def up_to(key: str) -> list[Step]:
    """The steps up to the one with this key, which is included."""
    keys = [step.key for step in STEPS]
    return STEPS[: keys.index(key) + 1]


def _log(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    yield {
        "source": scenario.source,
        "title": scenario.title,
        "summary": scenario.summary,
        "purpose": scenario.purpose,
        "scope_of_influence": scenario.scope_of_influence,
        "level": scenario.level,
        "level_reason": scenario.level_reason,
        "stage": scenario.stage,
        "methods": list(scenario.methods),
        "communities": list(scenario.communities),
        "lead_organisation": scenario.lead,
        "partners": scenario.partners,
        "places": scenario.places,
        "is_area_wide": scenario.is_area_wide,
        "programmes": scenario.programmes,
        "collaborative": scenario.collaborative,
        "insight_looked_at": "What earlier groups and complaints told us."
        if scenario.looked_at_insight
        else "",
        "reward_offered": scenario.reward,
        "who_to_ask": f"The engagement team at {scenario.lead.name}",
        "team_telephone": "020 7946 0000",
        "team_email": f"{scenario.lead.key}@example.org",
        "start": RoughDate.on(scenario.day(3).date()),
        "end": RoughDate.on(scenario.day(scenario.closes_after).date()),
    }


def _session(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    begins = timezone.make_aware(
        datetime.combine(scenario.day(scenario.session_after).date(), time(10, 30))
    )
    yield {
        "activity": walkthrough.one("log"),
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "venue": scenario.venue,
        "access_features": [AccessFeature.STEP_FREE, AccessFeature.HEARING_LOOP],
        "capacity": 40,
    }


def _people(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    for person in scenario.people:
        yield {
            "organisation": walkthrough.people[Role.OFFICER].organisation,
            "name": person.name,
            "email": person.email,
            "telephone": person.telephone,
            "capacity": person.capacity,
            "place": scenario.places[0] if scenario.places else None,
            "agreed_to": [ConsentPurpose.TOLD_WHAT_CAME] if person.agrees else [],
            # The people of scenarios are all different, even if two share a made-up number.
            "likeness": LikenessAnswer.DIFFERENT,
        }


def _needs(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    for person, contact in zip(walkthrough.scenario.people, walkthrough.made["meet"], strict=True):
        for category, need in person.needs:
            yield {"contact": contact, "category": category, "need": need}


def _said(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    quotes = [quote for planned in scenario.findings for quote in planned.quotes]
    speakers: list[Any] = walkthrough.made["meet"] or [None]
    yield {
        "activity": walkthrough.one("log"),
        "session": walkthrough.one("plan"),
        "contributions": [
            NewContribution(words=text, contact=speakers[n % len(speakers)])
            for n, text in enumerate(quotes)
        ],
        "how_it_came": HowItCame.IN_PERSON,
        "received_on": scenario.day(scenario.session_after).date(),
    }


def _findings(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    recorded = iter(walkthrough.one("listen"))
    for planned in walkthrough.scenario.findings:
        evidence = [next(recorded) for _ in planned.quotes]
        yield {
            "activity": walkthrough.one("log"),
            "sentence": planned.sentence,
            "evidence": evidence,
        }


def _decisions(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    decided = scenario.day(scenario.answered_after - 3).date()
    for planned, finding in zip(scenario.findings, walkthrough.made["find"], strict=True):
        yield {
            "finding": finding,
            "kind": planned.kind,
            "reason": planned.reason,
            "body": scenario.decided_by,
            "decided_on": None if planned.kind == DecisionKind.UNDECIDED else decided,
        }


def _changes(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    for planned, decision in zip(scenario.findings, walkthrough.made["decide"], strict=True):
        if planned.change:
            is_made = planned.stage == ChangeStage.MADE
            yield {
                "activity": walkthrough.one("log"),
                "decision": decision,
                "what": planned.change,
                "stage": planned.stage,
                "impact": planned.impact,
                "made_on": scenario.day(scenario.answered_after - 2).date() if is_made else None,
                "evidence": "Seen on a visit." if is_made else "",
            }


def _notice(walkthrough: Walkthrough) -> Iterable[dict[str, Any]]:
    scenario = walkthrough.scenario
    answer = "\n\n".join(
        f"You said: {planned.sentence}\n{_outcome(planned)}" for planned in scenario.findings
    )
    yield {
        "loop": walkthrough.one("close"),
        "subject": f"What came of “{scenario.title}”"[:150],
        "body": f"Hello,\n\nThank you for taking part. Here is what we heard and what came of "
        f"it.\n\n{answer}",
    }


def _outcome(planned: ScenarioFinding) -> str:
    if planned.change:
        return f"We did: {planned.change}"
    if planned.kind == DecisionKind.NOT_ACCEPTED:
        return f"We cannot, because: {planned.reason}"
    return f"{planned.kind.label}. {planned.reason}".strip()


STEPS: list[Step] = [
    Step(
        "log",
        Role.OFFICER,
        "logs an activity: what it is for, what can change, the level promised and why",
        activities.log,
        _log,
        ActivityEvent.ACTIVITY_LOGGED,
        lambda scenario: 0,
    ),
    Step(
        "plan",
        Role.OFFICER,
        "adds a session, with what the venue offers",
        sessions.add,
        _session,
        ActivityEvent.SESSION_ADDED,
        lambda scenario: 0,
    ),
    Step(
        "offer",
        Role.OFFICER,
        "asks for it to be shown to the public",
        publications.submit_opportunity,
        lambda walkthrough: [{"activity": walkthrough.one("log")}],
        LoopEvent.OPPORTUNITY_SUBMITTED,
        lambda scenario: 1,
    ),
    Step(
        "open",
        Role.LEAD,
        "previews it and publishes it",
        publications.publish_opportunity,
        lambda walkthrough: [{"submission": walkthrough.one("offer")}],
        LoopEvent.OPPORTUNITY_PUBLISHED,
        lambda scenario: 2,
        "It is listed under “Get involved”, with what can change and what the level promises",
    ),
    Step(
        "meet",
        Role.OFFICER,
        "adds the people who come, with what they agree to",
        contacts.add,
        _people,
        PeopleEvent.CONTACT_ADDED,
        lambda scenario: scenario.session_after,
    ),
    Step(
        "needs",
        Role.OFFICER,
        "records their access needs",
        contacts.need,
        _needs,
        PeopleEvent.ACCESS_NEED_RECORDED,
        lambda scenario: scenario.session_after,
    ),
    Step(
        "register",
        Role.OFFICER,
        "takes the register",
        registers.tick,
        lambda walkthrough: [
            {"session": walkthrough.one("plan"), "contacts": walkthrough.made["meet"]}
        ],
        ActivityEvent.ATTENDANCE_RECORDED,
        lambda scenario: scenario.session_after,
    ),
    Step(
        "heads",
        Role.OFFICER,
        "counts the people who were not named",
        registers.count_heads,
        lambda walkthrough: [
            {
                "session": walkthrough.one("plan"),
                "count": walkthrough.scenario.heads,
                "is_estimated": walkthrough.scenario.heads_are_estimated,
            }
        ],
        ActivityEvent.HEADS_COUNTED,
        lambda scenario: scenario.session_after,
    ),
    Step(
        "listen",
        Role.OFFICER,
        "records what was said; personal details are looked for and taken out",
        contributions.record_many,
        _said,
        ActivityEvent.CONTRIBUTIONS_RECORDED,
        lambda scenario: scenario.session_after,
    ),
    Step(
        "check",
        Role.OFFICER,
        "reads each comment and takes out what could still tell who somebody is",
        contributions.check_redaction,
        lambda walkthrough: [
            {"contribution": one, "redacted": one.redacted} for one in walkthrough.one("listen")
        ],
        ActivityEvent.REDACTION_CHANGED,
        lambda scenario: scenario.session_after,
    ),
    Step(
        "close",
        Role.OFFICER,
        "closes listening: an answer is due within 28 days",
        loops.close_listening,
        lambda walkthrough: [
            {
                "activity": walkthrough.one("log"),
                "on": walkthrough.scenario.day(walkthrough.scenario.closes_after).date(),
            }
        ],
        LoopEvent.LOOP_FELL_DUE,
        lambda scenario: scenario.closes_after,
    ),
    Step(
        "find",
        Role.OFFICER,
        "writes the findings, each with its evidence",
        findings.write,
        _findings,
        LoopEvent.FINDING_WRITTEN,
        lambda scenario: scenario.answered_after - 5,
    ),
    Step(
        "decide",
        Role.OFFICER,
        "records what was decided, by whom and why",
        decisions.decide,
        _decisions,
        LoopEvent.DECISION_RECORDED,
        lambda scenario: scenario.answered_after - 2,
    ),
    Step(
        "change",
        Role.OFFICER,
        "records what changed, or will change",
        changes.add,
        _changes,
        LoopEvent.CHANGE_RECORDED,
        lambda scenario: scenario.answered_after - 2,
    ),
    Step(
        "notice",
        Role.OFFICER,
        "writes the notice that each person will get",
        notices.write,
        _notice,
        LoopEvent.LOOP_NOTICE_WRITTEN,
        lambda scenario: scenario.answered_after - 1,
    ),
    Step(
        "submit",
        Role.OFFICER,
        "sends the answer for approval",
        publications.submit_answer,
        lambda walkthrough: [{"loop": walkthrough.one("notice")}],
        LoopEvent.ANSWER_SUBMITTED,
        lambda scenario: scenario.answered_after - 1,
    ),
    Step(
        "publish",
        Role.LEAD,
        "previews, approves and publishes it",
        publications.publish_answer,
        lambda walkthrough: [{"submission": walkthrough.one("submit")}],
        LoopEvent.ANSWER_PUBLISHED,
        lambda scenario: scenario.answered_after,
        "“You said, we did” shows what was said, what was decided and why, and what changed",
    ),
    Step(
        "tell",
        None,
        "sends the notice to each person who took part and agreed to it, once",
        sending.send_waiting,
        lambda walkthrough: [{"record_only": not walkthrough.sends_mail}],
        MessagingEvent.SENDING_STARTED,
        lambda scenario: scenario.answered_after,
        "Each person has one message with a link to the page",
    ),
    Step(
        "draft",
        None,
        "drafts the month's report",
        reports.draft,
        lambda walkthrough: [{"month": walkthrough.month}],
        ReportEvent.REPORT_DRAFTED,
        lambda scenario: scenario.answered_after + 32,
    ),
    Step(
        "write",
        Role.SECRETARY,
        "writes the narrative",
        reports.write,
        lambda walkthrough: [
            {
                "report": walkthrough.one("draft"),
                "highlights": f"People who took part in “{walkthrough.scenario.title}” were told "
                f"what came of it.",
            }
        ],
        ReportEvent.REPORT_WRITTEN,
        lambda scenario: scenario.answered_after + 33,
    ),
    Step(
        "approve",
        Role.SECRETARY,
        "approves the report: it is frozen, with a fingerprint",
        reports.approve,
        lambda walkthrough: [{"report": walkthrough.one("write")}],
        ReportEvent.REPORT_APPROVED,
        lambda scenario: scenario.answered_after + 34,
    ),
    Step(
        "report",
        Role.SECRETARY,
        "publishes the report",
        reports.publish,
        lambda walkthrough: [{"report": walkthrough.one("approve")}],
        ReportEvent.REPORT_PUBLISHED,
        lambda scenario: scenario.answered_after + 35,
        "The report can be read and downloaded under “Reports”",
    ),
]


def in_words() -> str:
    """The steps as the README has them, a numbered line for each."""
    who = {
        Role.OFFICER: "An engagement officer",
        Role.LEAD: "An engagement lead",
        Role.SECRETARY: "The board secretary",
        None: "The worker",
    }
    lines = []
    for number, step in enumerate(STEPS, start=1):
        seen = f" *{step.public}.*" if step.public != NOTHING_YET else ""
        lines.append(f"{number}. {who[step.role]} {step.does}.{seen}")
    return "\n".join(lines)
