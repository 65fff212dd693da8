"""Display words of the staff pages of loops, findings, notices and approvals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import clock, disclosure
from core.models import User
from core.nhsuk.environment import in_moment, plural
from core.periods import in_words
from core.registry.home import Task
from engagement.activities.choices import HowItCame
from engagement.activities.models import Activity, Contribution
from engagement.messaging.channels import channel
from engagement.messaging.choices import TO_SETTLE, DeliveryState
from engagement.messaging.models import Delivery
from engagement.people.choices import ContactMethod
from insight.loop.choices import ChangeStage, DecisionKind, PublicationKind, SubmissionState
from insight.loop.models import Finding, Loop, Submission
from insight.loop.selectors import boards, home

#: Colours of the tags of deliveries.
DELIVERY_COLOURS = {
    DeliveryState.SENT: "green",
    DeliveryState.FAILED: "red",
    DeliveryState.IN_DOUBT: "orange",
    DeliveryState.BY_HAND: "yellow",
    DeliveryState.CANNOT_REACH: "grey",
}


CHANGED_SINCE = "Published, changed since"
#: Where the sending for approval stands when an answer may be sent.
OPEN_TO_SEND = {"", "Sent back", CHANGED_SINCE}


def loop_tasks(user: User) -> list[Task]:
    """The tasks of this wing on somebody's staff home."""
    return [
        *map(_task_of_loop, home.unanswered_loops(user)),
        *map(_task_of_sent_back, home.sent_back(user)),
        *map(_task_of_approval, home.waiting_for_approval(user)),
        *map(_task_of_deliveries, home.unsettled_deliveries(user)),
    ]


def due_in_words(loop: Loop) -> str:
    """When the answer is due, or was, or was given."""
    if loop.answered_on is not None and loop.due_on is not None:
        late = (loop.answered_on - loop.due_on).days
        spare = f", {plural(late, 'day')} late" if late > 0 else ", in time"
        return f"Answered {in_words(loop.answered_on)}{spare}"
    if loop.due_on is None:
        return "Still listening"
    late = (clock.today() - loop.due_on).days
    if late > 0:
        return f"Was due {in_words(loop.due_on)}, {plural(late, 'day')} ago"
    return f"Due {in_words(loop.due_on)}, {clock.in_days(loop.due_on)}"


def _task_of_loop(loop: Loop) -> Task:
    return Task(
        loop.due_on or clock.today(),
        "Tell people what happened",
        loop.activity.title,
        reverse("finding-board", args=[loop.activity_id]),
        due_in_words(loop),
        loop.is_overdue,
    )


def _task_of_sent_back(submission: Submission) -> Task:
    day = timezone.localdate(submission.settled_at)
    is_answer = submission.kind == PublicationKind.ANSWER
    return Task(
        day,
        "Make changes that were asked for",
        submission.activity.title,
        reverse(
            "finding-board" if is_answer else "opportunity-submit", args=[submission.activity_id]
        ),
        f"Sent back {clock.in_days(day)}",
    )


def _task_of_approval(submission: Submission) -> Task:
    day = timezone.localdate(submission.submitted_at)
    is_answer = submission.kind == PublicationKind.ANSWER
    return Task(
        day,
        "Approve feedback" if is_answer else "Approve an invitation to take part",
        submission.activity.title,
        reverse("approval-detail", args=[submission.pk]),
        f"Sent {clock.in_days(day)}",
    )


def _task_of_deliveries(unsettled: home.Unsettled) -> Task:
    day = timezone.localdate(unsettled.since)
    return Task(
        day,
        f"Resolve {plural(unsettled.number, 'message')}",
        unsettled.title,
        reverse("loop-detail", args=[unsettled.loop_id]) + "?state=unsettled",
        f"Since {in_words(day)}",
    )


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery of a notice: whom it is for, its status, and what is known of it.

    Of a contact the reader may not see it names only the organisation that knows them, and gives
    no reason, which somebody who knows them may have typed. `settle` is the address of the page to
    settle it, empty where the reader may not; `settled_by` then says who can.
    """

    person: str
    state: str
    colour: str
    facts: str
    settle: str
    settled_by: str


def delivery_line(delivery: Delivery) -> DeliveryLine:
    """A line of the ledger, for a delivery from `selectors.loops.deliveries`."""
    is_seen: bool = delivery.is_seen  # type: ignore[attr-defined]  # annotated by the selector
    may_be_settled: bool = delivery.may_be_settled  # type: ignore[attr-defined]  # likewise
    is_open, organisation = delivery.state in TO_SETTLE, delivery.resident.organisation.name
    channel_used = delivery.get_channel_display() or "No way to contact them"
    sent = f", {in_moment(delivery.sent_at)}" if delivery.sent_at else ""
    again = f", tried again from {in_moment(delivery.retry_at)}" if delivery.retry_at else ""
    reason = f". {delivery.reason}" if delivery.reason and is_seen else ""
    return DeliveryLine(
        person=delivery.resident.name if is_seen else f"Person from {organisation}",
        state=delivery.get_state_display(),
        colour=DELIVERY_COLOURS.get(DeliveryState(delivery.state), "blue"),
        facts=f"{channel_used}{sent}{again}{reason}",
        settle=(
            reverse("delivery-settle", args=[delivery.pk]) if is_open and may_be_settled else ""
        ),
        settled_by=f"{organisation} can resolve this" if is_open and not is_seen else "",
    )


@dataclass(frozen=True)
class DeliveryProgress:
    """How many people have been told, in words and as parts of a bar: key, start and width in
    percent. There are no parts where a number is held back.
    """

    words: str
    parts: tuple[tuple[str, float, float], ...] = ()


_GROUPS = (
    ("told", (DeliveryState.SENT,), "told"),
    ("waiting", (DeliveryState.WAITING, DeliveryState.SENDING), "waiting"),
    ("settle", (DeliveryState.BY_HAND, DeliveryState.IN_DOUBT, DeliveryState.FAILED), "to resolve"),
    ("unreached", (DeliveryState.CANNOT_REACH,), "cannot be reached"),
)


def delivery_progress(counts: Mapping[str, int], *, is_own: bool) -> DeliveryProgress | None:
    """How many people have been told, from the number of deliveries by state; None without any.

    Small numbers are shown only to those who work on the activity.
    """
    numbers = {key: sum(counts.get(state, 0) for state in states) for key, states, _ in _GROUPS}
    total = sum(numbers.values())
    if not total:
        return None
    shown = {key: disclosure.plain(number) for key, number in numbers.items()}
    if not is_own:
        shown = disclosure.protect(numbers, total=None)
    words = ", ".join(f"{shown[key].words} {label}" for key, _, label in _GROUPS if numbers[key])
    if any(one.is_hidden for one in shown.values()):
        return DeliveryProgress(words)
    parts, start = [], 0.0
    for key, number in numbers.items():
        width = round(100 * number / total, 2)
        if number:
            parts.append((key, start, width))
        start += width
    return DeliveryProgress(words, tuple(parts))


def audience_in_words(counts: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """How many people a notice goes to by each channel, and how it reaches them."""
    return [
        (
            ContactMethod(method).label if method else "No way to contact them",
            f"{number:,}",
            channel.for_method(method).description
            if method
            else "cannot be contacted until details are added",
        )
        for method, number in sorted(counts.items(), key=lambda item: -item[1])
    ]


def who_gets_the_message(loop: Loop | None) -> str:
    """Who is sent the notice of a loop when its answer is published, as it was before; empty where
    there is none.
    """
    if loop is None or loop.notice is None:
        return ""
    if loop.notice.approved_at is None:
        return "The message will be sent to everyone who agreed to be told."
    return (
        "The message will only be sent to people who agreed to be told since it was last published."
    )


def tasks_before_publication(
    activity: Activity, board: boards.Board, *, may_write: bool
) -> list[dict[str, Any]]:
    """What has to be done before people are told, as the macro `task_list` takes it. Those who may
    not write get no links.
    """
    loop = board.current_loop
    findings: list[Finding] = list(loop.findings.all()) if loop is not None else []
    decided = sum(1 for finding in findings if getattr(finding, "decision", None) is not None)
    notice = loop.notice if loop is not None else None
    has_all = bool(findings) and decided == len(findings)
    sent = _submission_status(board, loop)
    notice_href = reverse("notice-write", args=[loop.pk]) if loop is not None and findings else ""
    submit_href = (
        reverse("answer-submit", args=[loop.pk])
        if loop is not None and loop.heard_until is not None and has_all and notice
        else ""
    )
    tasks = [
        _listening_task(activity, loop.heard_until if loop is not None else None),
        _task(
            "Write what you heard",
            "#write",
            plural(len(findings), "finding") if findings else "",
            bool(findings),
        ),
        _task(
            "Record a decision on each",
            "#heard" if findings else "",
            f"{decided:,} of {len(findings):,}" if findings else "",
            has_all,
        ),
        _task(
            "Write the message to people",
            notice_href,
            ("Check it again" if board.is_notice_outdated else "Written") if notice else "",
            notice is not None and not board.is_notice_outdated,
        ),
        _task(
            "Send for approval",
            submit_href if sent in OPEN_TO_SEND else "",
            sent,
            sent not in OPEN_TO_SEND,
        ),
    ]
    return tasks if may_write else [{**task, "href": ""} for task in tasks]


def _listening_task(activity: Activity, closed_on: date | None) -> dict[str, Any]:
    if activity.is_always_on:
        until = f"Until {in_words(closed_on)}" if closed_on else "Closes each quarter"
        return _task("Listening", "", until, closed_on is not None)
    if closed_on is not None:
        return _task("Close listening", "", f"Closed {in_words(closed_on)}", True)
    return _task("Close listening", reverse("listening-close", args=[activity.pk]), "", False)


def _task(title: str, href: str, status: str, is_done: bool) -> dict[str, Any]:
    waits = "Cannot start yet" if not href else "Not started"
    return {
        "title": title,
        "href": href,
        "status": status or waits,
        "done": is_done,
        "colour": "grey" if not status and not href else "blue",
    }


def _submission_status(board: boards.Board, loop: Loop | None) -> str:
    submission = board.submission
    if submission is None or loop is None or submission.loop_id != loop.pk:
        return ""
    return {
        SubmissionState.WAITING: "Waiting for a lead",
        SubmissionState.SENT_BACK: "Sent back",
        SubmissionState.PUBLISHED: CHANGED_SINCE if board.is_changed_since else "Published",
    }[SubmissionState(submission.state)]


def evidence_checkboxes(
    contributions: Iterable[Contribution], *, ticked: set[int]
) -> list[dict[str, Any]]:
    """Contributions as items of checkboxes, each with a hint that says how it came."""
    return [
        {
            "value": str(contribution.pk),
            "text": contribution.redacted,
            "checked": contribution.pk in ticked,
            "hint": {"text": source_in_words(contribution)},
        }
        for contribution in contributions
    ]


def source_in_words(contribution: Contribution) -> str:
    """How and when a contribution came, and whether a group made it; never who did."""
    words = [HowItCame(contribution.how_it_came).label]
    if contribution.how_it_came == HowItCame.NOT_RECORDED:
        words = ["How it came is not recorded"]
    if contribution.received_on is not None:
        words.append(in_words(contribution.received_on))
    if contribution.is_group:
        words.append("said by a group")
    return ", ".join(words)


def notice_draft(loop: Loop, findings: Iterable[Finding]) -> dict[str, str]:
    """A draft of the notice for the officer to edit: what was heard, decided and done."""
    lines = [
        f"Thank you for taking part in “{loop.activity.title}”. This is what you told us and "
        f"what happens next."
    ]
    for finding in findings:
        decision = getattr(finding, "decision", None)
        part = [f"You said: {_with_full_stop(finding.sentence)}"]
        if decision is None:
            part.append("We have not recorded a decision yet.")
        else:
            part.append(_decision_in_words(decision))
            part += [
                _change_in_words(change.what, change.stage) for change in decision.changes.all()
            ]
            if decision.look_again_on:
                part.append(f"We will look at this again on {in_words(decision.look_again_on)}.")
        lines.append("\n".join(part))
    subject = f"What happened after “{loop.activity.title}”"
    body = "\n\n".join(lines)
    # Longer ones end at a whole finding; the rest is behind the link.
    while len(body) > 7500 and len(lines) > 1:
        lines.pop()
        body = "\n\n".join([*lines, "There is more to read. Use the link below to see it all."])
    return {
        "subject": subject if len(subject) <= 150 else subject[:148].rsplit(" ", 1)[0] + "…”",
        "body": body,
    }


def _decision_in_words(decision: Any) -> str:
    reason = f" because: {_with_full_stop(decision.reason)}" if decision.reason else "."
    return {
        DecisionKind.ACCEPTED: "We agreed"
        + (f": {_with_full_stop(decision.reason)}" if decision.reason else "."),
        DecisionKind.PARTLY: "We agreed to part of this" + reason,
        DecisionKind.NOT_ACCEPTED: "We cannot do this" + reason,
        DecisionKind.UNDECIDED: "We have not decided yet"
        + (f": {_with_full_stop(decision.reason)}" if decision.reason else "."),
    }[DecisionKind(decision.kind)]


def _change_in_words(what: str, stage: str) -> str:
    return {
        ChangeStage.PLANNED: f"We plan this: {_with_full_stop(what)}",
        ChangeStage.UNDER_WAY: f"We have started: {_with_full_stop(what)}",
        ChangeStage.MADE: f"We did: {_with_full_stop(what)}",
    }[ChangeStage(stage)]


def _with_full_stop(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "!", "?", "…")) else sentence + "."
