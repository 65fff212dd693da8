"""The product's one journey, as data: from an activity logged to the month reported to the Board.

The same table drives the demo data, the end-to-end test, the browser test and the growth tests. A
new feature adds its step.
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
from engagement.activities.actions.contributions import Said
from engagement.activities.choices import AccessFeature, HowItCame
from engagement.activities.choices import Event as ActivityEvent
from engagement.messaging import sending
from engagement.messaging.choices import Event as MessagingEvent
from engagement.people.actions import contacts
from engagement.people.choices import ConsentPurpose, LikenessAnswer
from engagement.people.choices import Event as PeopleEvent
from insight.loop.actions import answers, changes, decisions, findings, loops, publications
from insight.loop.choices import ChangeStage, DecisionKind
from insight.loop.choices import Event as LoopEvent
from insight.reporting.actions import reports
from insight.reporting.choices import Event as ReportEvent
from nel_participation.story import Heard, Journey, Story

#: What the public sees after most steps.
NOTHING_YET = "Nothing yet"


@dataclass(frozen=True)
class Step:
    """One step of the walk. `role` is who acts; None where the service itself does.

    `act` is called once with each of the `inputs`; `after` is the day of the story it happens on;
    `event` is what it leaves in the audit trail; `does` and `public` are the words of the README.
    """

    key: str
    role: Role | None
    does: str
    act: Callable[..., Any]
    inputs: Callable[[Journey], Iterable[dict[str, Any]]]
    event: Event
    after: Callable[[Story], int]
    public: str = NOTHING_YET


def walk(journey: Journey, *, until: str | None = None, start: str | None = None) -> Journey:
    """Take a story through the steps in order, each on its own day, up to and with the step
    `until`.
    """
    begun = start is None
    for step in STEPS:
        begun = begun or step.key == start
        if begun:
            take(journey, step)
        if step.key == until:
            break
    return journey


def take(journey: Journey, step: Step) -> None:
    """Take one step."""
    actor = journey.actor(step.role)
    with clock.set_to(journey.story.day(step.after(journey.story))):
        made = [step.act(by=actor, **inputs) for inputs in step.inputs(journey)]
    journey.made[step.key] = made


def step(key: str) -> Step:
    """The step of a key."""
    return next(step for step in STEPS if step.key == key)


def up_to(key: str) -> list[Step]:
    """The steps up to and with the one of the key."""
    keys = [step.key for step in STEPS]
    return STEPS[: keys.index(key) + 1]


def _log(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    yield {
        "source": story.source,
        "title": story.title,
        "summary": story.summary,
        "purpose": story.purpose,
        "scope_of_influence": story.scope_of_influence,
        "level": story.level,
        "level_reason": story.level_reason,
        "stage": story.stage,
        "methods": list(story.methods),
        "communities": list(story.communities),
        "lead_organisation": story.lead,
        "partners": story.partners,
        "places": story.places,
        "is_area_wide": story.is_area_wide,
        "programmes": story.programmes,
        "collaborative": story.collaborative,
        "insight_looked_at": "What earlier groups and complaints told us."
        if story.looked_at_insight
        else "",
        "reward_offered": story.reward,
        "who_to_ask": f"The engagement team at {story.lead.name}",
        "start": RoughDate.on(story.day(3).date()),
        "end": RoughDate.on(story.day(story.closes_after).date()),
    }


def _session(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    begins = timezone.make_aware(
        datetime.combine(story.day(story.session_after).date(), time(10, 30))
    )
    yield {
        "activity": journey.one("log"),
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "venue": story.venue,
        "access_features": [AccessFeature.STEP_FREE, AccessFeature.HEARING_LOOP],
        "capacity": 40,
    }


def _people(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    for person in story.people:
        yield {
            "organisation": journey.people[Role.OFFICER].organisation,
            "name": person.name,
            "email": person.email,
            "telephone": person.telephone,
            "capacity": person.capacity,
            "place": story.places[0] if story.places else None,
            "agreed_to": [ConsentPurpose.TOLD_WHAT_CAME] if person.agrees else [],
            # The people of stories are all different, though they may share a made-up number.
            "likeness": LikenessAnswer.DIFFERENT,
        }


def _needs(journey: Journey) -> Iterable[dict[str, Any]]:
    for person, contact in zip(journey.story.people, journey.made["meet"], strict=True):
        for category, need in person.needs:
            yield {"contact": contact, "category": category, "need": need}


def _said(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    words = [said for heard in story.heard for said in heard.said]
    speakers: list[Any] = journey.made["meet"] or [None]
    yield {
        "activity": journey.one("log"),
        "session": journey.one("plan"),
        "said": [
            Said(words=text, contact=speakers[n % len(speakers)]) for n, text in enumerate(words)
        ],
        "how_it_came": HowItCame.IN_PERSON,
        "received_on": story.day(story.session_after).date(),
    }


def _findings(journey: Journey) -> Iterable[dict[str, Any]]:
    recorded = iter(journey.one("listen"))
    for heard in journey.story.heard:
        evidence = [next(recorded) for _ in heard.said]
        yield {"activity": journey.one("log"), "sentence": heard.sentence, "evidence": evidence}


def _decisions(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    decided = story.day(story.answered_after - 3).date()
    for heard, finding in zip(story.heard, journey.made["find"], strict=True):
        yield {
            "finding": finding,
            "kind": heard.kind,
            "reason": heard.reason,
            "body": story.decided_by,
            "decided_on": None if heard.kind == DecisionKind.UNDECIDED else decided,
        }


def _changes(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    for heard, decision in zip(story.heard, journey.made["decide"], strict=True):
        if heard.change:
            is_made = heard.stage == ChangeStage.MADE
            yield {
                "activity": journey.one("log"),
                "decision": decision,
                "what": heard.change,
                "stage": heard.stage,
                "impact": heard.impact,
                "made_on": story.day(story.answered_after - 2).date() if is_made else None,
                "evidence": "Seen on a visit." if is_made else "",
            }


def _notice(journey: Journey) -> Iterable[dict[str, Any]]:
    story = journey.story
    answer = "\n\n".join(f"You said: {heard.sentence}\n{_answered(heard)}" for heard in story.heard)
    yield {
        "loop": journey.one("close"),
        "subject": f"What came of “{story.title}”"[:150],
        "body": f"Hello,\n\nThank you for taking part. Here is what we heard and what came of "
        f"it.\n\n{answer}",
    }


def _answered(heard: Heard) -> str:
    if heard.change:
        return f"We did: {heard.change}"
    if heard.kind == DecisionKind.NOT_ACCEPTED:
        return f"We cannot, because: {heard.reason}"
    return f"{heard.kind.label}. {heard.reason}".strip()


STEPS: list[Step] = [
    Step(
        "log",
        Role.OFFICER,
        "logs an activity: what it is for, what can change, the level promised and why",
        activities.log,
        _log,
        ActivityEvent.ACTIVITY_LOGGED,
        lambda story: 0,
    ),
    Step(
        "plan",
        Role.OFFICER,
        "adds a session, with what the venue offers",
        sessions.add,
        _session,
        ActivityEvent.SESSION_ADDED,
        lambda story: 0,
    ),
    Step(
        "offer",
        Role.OFFICER,
        "asks for it to be shown to the public",
        publications.submit_opportunity,
        lambda journey: [{"activity": journey.one("log")}],
        LoopEvent.OPPORTUNITY_SUBMITTED,
        lambda story: 1,
    ),
    Step(
        "open",
        Role.LEAD,
        "reads it as the public will and publishes it",
        publications.publish_opportunity,
        lambda journey: [{"submission": journey.one("offer")}],
        LoopEvent.OPPORTUNITY_PUBLISHED,
        lambda story: 2,
        "It is listed under “Get involved”, with what can change and what the level promises",
    ),
    Step(
        "meet",
        Role.OFFICER,
        "adds the people who come, with what they agree to",
        contacts.add,
        _people,
        PeopleEvent.CONTACT_ADDED,
        lambda story: story.session_after,
    ),
    Step(
        "needs",
        Role.OFFICER,
        "records what they need so as to take part",
        contacts.need,
        _needs,
        PeopleEvent.ACCESS_NEED_RECORDED,
        lambda story: story.session_after,
    ),
    Step(
        "register",
        Role.OFFICER,
        "ticks who came",
        registers.tick,
        lambda journey: [{"session": journey.one("plan"), "contacts": journey.made["meet"]}],
        ActivityEvent.ATTENDANCE_RECORDED,
        lambda story: story.session_after,
    ),
    Step(
        "heads",
        Role.OFFICER,
        "counts those who were not named",
        registers.count_heads,
        lambda journey: [
            {
                "session": journey.one("plan"),
                "count": journey.story.heads,
                "is_estimated": journey.story.heads_are_estimated,
            }
        ],
        ActivityEvent.HEADS_COUNTED,
        lambda story: story.session_after,
    ),
    Step(
        "listen",
        Role.OFFICER,
        "writes down what was said; personal details are taken out",
        contributions.record_many,
        _said,
        ActivityEvent.CONTRIBUTIONS_RECORDED,
        lambda story: story.session_after,
    ),
    Step(
        "close",
        Role.OFFICER,
        "closes listening: an answer is due within 28 days",
        loops.close_listening,
        lambda journey: [
            {
                "activity": journey.one("log"),
                "on": journey.story.day(journey.story.closes_after).date(),
            }
        ],
        LoopEvent.LOOP_FELL_DUE,
        lambda story: story.closes_after,
    ),
    Step(
        "find",
        Role.OFFICER,
        "writes what was heard, each finding tied to the words it rests on",
        findings.write,
        _findings,
        LoopEvent.FINDING_WRITTEN,
        lambda story: story.answered_after - 5,
    ),
    Step(
        "decide",
        Role.OFFICER,
        "records what was decided, by whom and why",
        decisions.decide,
        _decisions,
        LoopEvent.DECISION_RECORDED,
        lambda story: story.answered_after - 2,
    ),
    Step(
        "change",
        Role.OFFICER,
        "records what changed and where it stands",
        changes.add,
        _changes,
        LoopEvent.CHANGE_RECORDED,
        lambda story: story.answered_after - 2,
    ),
    Step(
        "notice",
        Role.OFFICER,
        "writes what each person will be told",
        answers.write_notice,
        _notice,
        LoopEvent.LOOP_NOTICE_WRITTEN,
        lambda story: story.answered_after - 1,
    ),
    Step(
        "submit",
        Role.OFFICER,
        "sends the answer for approval",
        publications.submit_answer,
        lambda journey: [{"loop": journey.one("notice")}],
        LoopEvent.ANSWER_SUBMITTED,
        lambda story: story.answered_after - 1,
    ),
    Step(
        "publish",
        Role.LEAD,
        "reads it as the public will, approves and publishes",
        publications.publish_answer,
        lambda journey: [{"submission": journey.one("submit")}],
        LoopEvent.ANSWER_PUBLISHED,
        lambda story: story.answered_after,
        "“You said, we did” tells what was said, what was decided and why, and what changed",
    ),
    Step(
        "tell",
        None,
        "tells each person who took part and agreed to be told, once",
        sending.send_waiting,
        lambda journey: [{"pretend": not journey.tells}],
        MessagingEvent.SENDING_STARTED,
        lambda story: story.answered_after,
        "Each person has one message with a link to the page",
    ),
    Step(
        "draft",
        None,
        "drafts the month's report",
        reports.draft,
        lambda journey: [{"month": journey.month}],
        ReportEvent.REPORT_DRAFTED,
        lambda story: story.answered_after + 32,
    ),
    Step(
        "write",
        Role.SECRETARY,
        "adds the narrative",
        reports.write,
        lambda journey: [
            {
                "report": journey.one("draft"),
                "seen_version": None,
                "highlights": f"People who took part in “{journey.story.title}” were told "
                f"what came of it.",
            }
        ],
        ReportEvent.REPORT_WRITTEN,
        lambda story: story.answered_after + 33,
    ),
    Step(
        "approve",
        Role.SECRETARY,
        "approves the report: it is frozen, with a fingerprint",
        reports.approve,
        lambda journey: [{"report": journey.one("write")}],
        ReportEvent.REPORT_APPROVED,
        lambda story: story.answered_after + 34,
    ),
    Step(
        "report",
        Role.SECRETARY,
        "publishes the report",
        reports.publish,
        lambda journey: [{"report": journey.one("approve")}],
        ReportEvent.REPORT_PUBLISHED,
        lambda story: story.answered_after + 35,
        "The report can be read and downloaded under “Reports”",
    ),
]


def in_words() -> str:
    """The journey as the README tells it, a numbered line for each step."""
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
