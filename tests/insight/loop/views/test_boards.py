"""The findings board, the notice and the approval, through their pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.choices import Outcome, Role
from core.models import AuditEvent, User
from engagement.activities.actions import contributions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.models import Activity, Contribution
from engagement.messaging.models import Delivery
from insight.loop.actions import publications
from insight.loop.models import Change, Decision, Finding, Loop, Publication, Submission
from nel_participation import walk
from nel_participation.scenario import Walkthrough

#: Opens an address and returns the number of queries made.
QueryCount = Callable[[Client, str], int]


def _board(activity: Activity) -> str:
    return reverse("finding-board", args=[activity.pk])


def test_answer_when_walked_through_pages_then_published_and_people_are_owed_it(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    activity = heard.one("log")
    said = heard.one("listen")
    client.force_login(people[Role.OFFICER])

    written = client.post(
        _board(activity), {"sentence": "People wait\r\ntoo long.", "evidence": [said[0].pk]}
    )
    finding = Finding.objects.get()
    decided = client.post(
        reverse("decision-record", args=[finding.pk]),
        {
            "kind": "accepted",
            "decided_on-day": "1",
            "decided_on-month": "9",
            "decided_on-year": "2025",
        },
    )
    changed = client.post(
        reverse("change-record", args=[finding.pk]),
        {"what": "More appointments.", "stage": "planned"},
    )
    moved = client.post(
        reverse("change-move", args=[Change.objects.get().pk]),
        {
            "what": "More appointments.",
            "stage": "made",
            "impact": "access",
            "made_on-day": "2",
            "made_on-month": "9",
            "made_on-year": "2025",
        },
    )
    loop = Loop.objects.get(activity=activity)
    draft = client.get(reverse("notice-write", args=[loop.pk])).content.decode()
    noticed = client.post(
        reverse("notice-write", args=[loop.pk]),
        {"subject": "What came of it", "body": "Thank you."},
    )
    submitted = client.post(reverse("answer-submit", args=[loop.pk]))
    submission = Submission.objects.get(kind="answer")
    client.force_login(people[Role.LEAD])
    approval = client.get(reverse("approval-detail", args=[submission.pk]))
    published = client.post(
        reverse("approval-publish", args=[submission.pk]),
        {"seen": _hidden(approval.content.decode(), "seen")},
    )

    assert [
        r.status_code for r in (written, decided, changed, moved, noticed, submitted, published)
    ] == [302] * 7
    assert finding.sentence == "People wait too long."
    assert "You said: People wait too long." in draft
    assert "We did: More appointments." in draft
    assert "People wait too long." in approval.content.decode()
    assert Publication.objects.filter(kind="answer", activity=activity).count() == 1
    assert Delivery.objects.filter(message=Loop.objects.get(pk=loop.pk).notice).exists()


def test_finding_when_written_without_evidence_then_refused_and_typed_words_stay(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    client.force_login(people[Role.OFFICER])

    response = client.post(_board(heard.one("log")), {"sentence": "People <b>wait</b>."})

    assert response.status_code == 200
    assert "Select at least 1 comment" in response.content.decode()
    assert "People &lt;b&gt;wait&lt;/b&gt;." in response.content.decode()
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ring 07700 900123 about it.", "Take out the telephone number,"),
        (
            "Write to a@b.example or ring 020 7946 0000.",
            "Take out the telephone number and the email address,",
        ),
        ("The strategy of 2022-2025 says 1,500,000 people live at 12 Mile End Road.", ""),
    ],
)
def test_finding_when_it_gives_a_number_or_address_of_somebody_then_refused_beside_the_sentence(
    client: Client, heard: Walkthrough, people: dict[Role, User], sentence: str, words: str
) -> None:
    said = heard.one("listen")
    client.force_login(people[Role.OFFICER])

    page = client.post(
        _board(heard.one("log")), {"sentence": sentence, "evidence": [said[0].pk]}
    ).content.decode()

    assert words in page
    assert (sentence in page) is bool(words)
    assert Finding.objects.exists() is not bool(words)


def test_finding_when_written_twice_then_refused_beside_the_sentence(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    client.force_login(people[Role.OFFICER])
    finding = {"sentence": "People wait.", "evidence": heard.one("listen")[0].pk}
    client.post(_board(heard.one("log")), finding)

    again = client.post(_board(heard.one("log")), finding)

    page = again.content.decode()
    assert re.search(r'href="#id_sentence">\s*This finding has been written already', page)
    assert Finding.objects.count() == 1


def test_board_when_searched_then_what_was_typed_and_ticked_stays(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    said = heard.one("listen")[0]
    client.force_login(people[Role.OFFICER])

    response = client.post(
        _board(heard.one("log")),
        {"find": "", "q": "nothing has these", "sentence": "Half a", "evidence": said.pk},
    )

    page = response.content.decode()
    assert "Half a" in page
    assert "Selected so far (1)" in page
    assert "No other comments include these words" in page


def test_board_when_ticks_are_no_numbers_then_left_out(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    client.force_login(people[Role.OFFICER])

    response = client.post(
        _board(heard.one("log")), {"evidence": ["x", "²", "9" * 30, "-1"], "page": "x"}
    )

    assert response.status_code == 200
    assert "Selected so far" not in response.content.decode()


def test_decision_when_not_accepted_without_reason_then_refused_beside_the_field(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    walk.run(heard, start="find", until="find")
    finding = heard.one("find")
    client.force_login(people[Role.OFFICER])

    response = client.post(
        reverse("decision-record", args=[finding.pk]),
        {
            "kind": "not_accepted",
            "body": "The board",
            "decided_on-day": "1",
            "decided_on-month": "9",
            "decided_on-year": "2025",
        },
    )

    assert response.status_code == 200
    assert "Enter the reason" in response.content.decode()
    assert "The board" in response.content.decode()
    assert not Decision.objects.exists()


def test_board_when_read_by_those_who_do_not_work_on_it_then_says_not_on_how_few_comments_it_rests(
    client: Client, heard: Walkthrough, people: dict[Role, User], stranger: User
) -> None:
    walk.run(heard, start="find", until="find")

    def board_of(user: User) -> str:
        client.force_login(user)
        return client.get(_board(heard.one("log"))).content.decode()

    assert "Based on" in board_of(people[Role.OFFICER])
    elsewhere = board_of(stranger)
    assert heard.one("find").sentence in elsewhere
    assert "Based on" not in elsewhere


def test_publish_when_changed_since_it_was_read_then_read_again_first(
    client: Client, walkthrough: Walkthrough, people: dict[Role, User]
) -> None:
    walk.run(walkthrough, until="submit")
    submission = Submission.objects.get(kind="answer", state="waiting")
    client.force_login(people[Role.LEAD])

    response = client.post(reverse("approval-publish", args=[submission.pk]), {"seen": "0" * 64})

    assert response.status_code == 409
    assert "This has changed since you opened it" in response.content.decode()
    assert not Publication.objects.filter(kind="answer").exists()


def test_answer_when_published_again_then_the_lead_is_told_that_few_get_the_message(
    client: Client, walkthrough: Walkthrough, people: dict[Role, User]
) -> None:
    walk.run(walkthrough, until="submit")
    client.force_login(people[Role.LEAD])

    pages = []
    for _ in range(2):
        submission = Submission.objects.get(kind="answer", state="waiting")
        approval = reverse("approval-detail", args=[submission.pk])
        before = client.get(approval).content.decode()
        after = client.post(
            reverse("approval-publish", args=[submission.pk]),
            {"seen": _hidden(before, "seen")},
            follow=True,
        )
        pages.append((before, after.content.decode()))
        publications.submit_answer(by=people[Role.OFFICER], loop=Loop.objects.get())

    (_, first), (before_again, again) = pages
    assert "The message will be sent to everyone who agreed to be told." in first
    assert "everyone who agreed" not in again
    for page in (before_again, again):
        assert "only be sent to people who agreed to be told since it was last published" in page


def test_approval_when_sent_back_then_officer_sees_the_note_and_owes_it(
    client: Client, walkthrough: Walkthrough, people: dict[Role, User]
) -> None:
    walk.run(walkthrough, until="submit")
    submission = Submission.objects.get(kind="answer", state="waiting")
    client.force_login(people[Role.LEAD])
    without = client.post(reverse("approval-send-back", args=[submission.pk]), {"reason": ""})

    client.post(reverse("approval-send-back", args=[submission.pk]), {"reason": "Plainer, please."})

    client.force_login(people[Role.OFFICER])
    board = client.get(_board(submission.activity)).content.decode()
    home = client.get(reverse("staff-home")).content.decode()
    assert "Say what needs to change" in without.content.decode()
    assert "Plainer, please." in board
    assert "Make changes that were asked for" in home


@pytest.mark.parametrize(
    "name", ["finding-edit", "finding-remove", "decision-record", "change-record"]
)
def test_writing_when_of_another_organisation_then_404_and_nothing_written(
    client: Client, heard: Walkthrough, stranger: User, name: str
) -> None:
    walk.run(heard, start="find", until="find")
    client.force_login(stranger)

    response = client.post(reverse(name, args=[heard.one("find").pk]), {"sentence": "Mine now."})

    assert response.status_code == 404
    assert not Finding.objects.filter(sentence="Mine now.").exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.SECRETARY, Role.REVIEWER, Role.ADMINISTRATOR])
def test_board_when_posted_by_role_that_may_not_write_then_403_and_nothing_written(
    client: Client, heard: Walkthrough, people: dict[Role, User], role: Role
) -> None:
    client.force_login(people[role])

    response = client.post(
        _board(heard.one("log")),
        {"sentence": "Not mine to say.", "evidence": heard.one("listen")[0].pk},
    )

    assert response.status_code in (403, 200)
    assert not Finding.objects.exists()


def test_board_when_of_another_organisation_then_read_without_words_and_posting_is_refused(
    client: Client, heard: Walkthrough, stranger: User
) -> None:
    client.force_login(stranger)

    page = client.get(_board(heard.one("log"))).content.decode()
    posted = client.post(
        _board(heard.one("log")),
        {"sentence": "Mine now.", "evidence": heard.one("listen")[0].pk},
    )

    assert "Save finding" not in page
    for contribution in heard.one("listen"):
        assert contribution.redacted not in page
    assert posted.status_code in (200, 403)
    assert not Finding.objects.exists()
    assert not AuditEvent.objects.filter(by=stranger, outcome=Outcome.DONE).exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST, Role.SECRETARY, Role.REVIEWER])
def test_approvals_when_not_a_lead_then_403(
    client: Client, people: dict[Role, User], role: Role
) -> None:
    client.force_login(people[role])

    assert client.get(reverse("approval-list")).status_code == 403


def test_board_when_a_hundred_times_the_rows_then_no_more_queries(
    client: Client, heard: Walkthrough, people: dict[Role, User], query_count: QueryCount
) -> None:
    walk.run(heard, start="find", until="change")
    activity, officer = heard.one("log"), people[Role.OFFICER]
    client.force_login(officer)
    address = _board(activity)
    _say(officer, activity, 1)
    few = query_count(client, address)
    more = _say(officer, activity, 150)
    loop = Loop.objects.get(activity=activity)
    for number, contribution in enumerate(more[:100]):
        finding = Finding.objects.create(
            activity=activity,
            loop=loop,
            written_by=officer,
            written_at=loop.opened_at,
            sentence=f"Finding {number}",
        )
        finding.evidence.create(contribution=contribution)

    many = query_count(client, address)

    assert many == few


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def _say(officer: User, activity: Activity, number: int) -> list[Contribution]:
    return contributions.record_many(
        by=officer,
        activity=activity,
        contributions=[NewContribution(words=f"Thing {n}") for n in range(number)],
        how_it_came="survey",
        received_on=None,
    )
