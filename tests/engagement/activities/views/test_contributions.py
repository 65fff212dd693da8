"""What people said, through its pages: recorded, read by whom it may, and checked."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.choices import Role
from core.models import User
from engagement.activities.actions import contributions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.models import Activity, Contribution, Session
from engagement.people.models import Contact
from tests.factories import engaging
from tests.factories.world import World

SignIn = Callable[[User], Client]
Meet = Callable[..., Contact]


def said(world: World, *words: str) -> Activity:
    activity = engaging.activity(world.officer)
    for one in words:
        engaging.said(activity, by=world.officer, words=one)
    return activity


def typed(*answers: tuple[Contribution, str], later: tuple[int, ...] = ()) -> dict[str, object]:
    """A page of comments as it is sent."""
    sent: dict[str, object] = {"comment": [str(one.pk) for one, _ in answers]}
    for one, words in answers:
        sent[f"comment-{one.pk}-redacted"] = words
    return sent | {f"comment-{pk}-later": "on" for pk in later}


def test_comment_when_nobody_has_checked_it_then_an_analyst_does_not_read_it(
    world: World, client: Client
) -> None:
    activity = said(world, "The lift is broken.", "The queue is long.")
    first = Contribution.objects.order_by("pk")[0]
    contributions.check_redaction(
        by=world.officer, contribution=first, redacted="The lift is broken."
    )
    client.force_login(world.analyst)

    page = client.get(reverse("contribution-list", args=[activity.pk])).content.decode()

    assert "The lift is broken." in page
    assert "The queue is long." not in page
    assert "National Insurance and hospital numbers" in page
    assert "Some are missed" in page


def test_comments_when_counted_on_the_activity_then_as_many_as_the_reader_finds_in_the_list(
    world: World, client: Client
) -> None:
    activity = said(world, "The lift is broken.", "The queue is long.")
    first = Contribution.objects.order_by("pk")[0]
    contributions.check_redaction(
        by=world.officer, contribution=first, redacted="The lift is broken."
    )
    address = reverse("activity-detail", args=[activity.pk])

    def seen_by(user: User) -> str:
        client.force_login(user)
        return client.get(address).content.decode()

    assert ">2 comments</a>" in seen_by(world.officer)
    assert ">1 comment</a>" in seen_by(world.analyst)
    assert "comment</a>" not in seen_by(world.other_officer)


def test_comments_when_a_page_is_saved_then_each_is_checked_as_it_was_typed(
    world: World, client: Client
) -> None:
    activity = said(world, *(f"Comment {number}." for number in range(12)))
    client.force_login(world.officer)
    address = reverse("contribution-check-page", args=[activity.pk])
    listed = client.get(reverse("contribution-list", args=[activity.pk])).content.decode()
    page = client.get(address).content.decode()
    rows = list(Contribution.objects.order_by("pk")[:10])

    sent = client.post(
        address,
        typed(*((one, f"{one.redacted} Read.") for one in rows), later=(rows[3].pk,)),
        follow=True,
    )

    assert address in listed
    assert "Check 12 comments for personal details" in listed
    assert page.count("<textarea") == 10
    assert "9 comments checked." in sent.content.decode()
    checked = Contribution.objects.filter(is_redaction_checked=True)
    assert checked.count() == 9
    assert all(one.redacted.endswith("Read.") for one in checked)
    assert not checked.filter(pk=rows[3].pk).exists()
    rows[3].refresh_from_db()
    assert rows[3].redacted.endswith("Read.")


def test_comments_when_a_whole_page_is_left_unchecked_then_the_next_page_follows(
    world: World, client: Client
) -> None:
    activity = said(world, *(f"Comment {number}." for number in range(12)))
    client.force_login(world.officer)
    address = reverse("contribution-check-page", args=[activity.pk])
    rows = list(Contribution.objects.order_by("pk"))
    left = typed(
        *((one, one.redacted) for one in rows[:10]), later=tuple(one.pk for one in rows[:10])
    )
    rest = typed(*((one, one.redacted) for one in rows[10:]))

    second = client.post(address, left, follow=True)
    third = client.post(f"{address}?after={rows[9].pk}", rest, follow=True)

    text = second.content.decode()
    assert second.request["QUERY_STRING"] == f"after={rows[9].pk}"
    assert "Comment 10." in text
    assert "Comment 9." not in text
    assert third.request["PATH_INFO"] == reverse("contribution-list", args=[activity.pk])


@pytest.mark.parametrize("after", ["999999", "x", "-1", "9" * 30])
def test_comments_when_none_is_behind_the_one_asked_for_then_the_first_are_shown(
    world: World, client: Client, after: str
) -> None:
    activity = said(world, "One.")
    client.force_login(world.officer)

    page = client.get(
        reverse("contribution-check-page", args=[activity.pk]), {"after": after}
    ).content.decode()

    assert page.count("<textarea") == 1


def test_comments_when_one_is_left_empty_then_the_others_are_saved_and_it_is_shown(
    world: World, client: Client
) -> None:
    activity = said(world, "One.", "Two.")
    first, second = Contribution.objects.order_by("pk")
    client.force_login(world.officer)

    page = client.post(
        reverse("contribution-check-page", args=[activity.pk]),
        typed((first, "Once."), (second, "")),
    ).content.decode()

    first.refresh_from_db()
    assert (first.redacted, first.is_redaction_checked) == ("Once.", True)
    assert "There is a problem" in page
    assert f'href="#id_comment-{second.pk}-redacted"' in page
    assert page.count("<textarea") == 1


def test_comments_when_another_organisation_sends_them_then_they_are_refused(
    world: World, client: Client
) -> None:
    activity = said(world, "One.")
    client.force_login(world.other_officer)

    page = client.post(
        reverse("contribution-check-page", args=[activity.pk]),
        typed((Contribution.objects.get(), "Mine.")),
    )

    assert page.status_code == 404
    assert Contribution.objects.get().redacted == "One."


def write_down(house: SimpleNamespace, activity: Activity, *words: str) -> list[Contribution]:
    return contributions.record_many(
        by=house.officer,
        activity=activity,
        contributions=[NewContribution(one) for one in words],
        how_it_came="in_person",
        received_on=None,
    )


@pytest.mark.parametrize(
    ("box", "things"),
    [
        ("The hours are short\nThe bus is late\n\n", ["The hours are short", "The bus is late"]),
        ("First line\nits second line\n\nAnother", ["First line\nits second line", "Another"]),
        ("=1+1 <script>alert(1)</script> ✊🏾", ["=1+1 <script>alert(1)</script> ✊🏾"]),
    ],
)
def test_said_when_many_are_typed_in_one_box_then_each_stands_alone(
    house: SimpleNamespace,
    sign_in: SignIn,
    activity: Activity,
    session: Session,
    box: str,
    things: list[str],
) -> None:
    answers = {"words": box, "who": "group", "how_it_came": "survey", "session": session.pk}

    page = sign_in(house.officer).post(
        reverse("contribution-add", args=[activity.pk]), answers, follow=True
    )

    assert list(Contribution.objects.values_list("words", flat=True)) == things
    assert set(Contribution.objects.values_list("is_group", "how_it_came", "session")) == {
        (True, "survey", session.pk)
    }
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " \n "}, "words"),
        ({"words": "x" * 5001}, "words"),
        ({"words": "a\x00b"}, "words"),
        (
            {"received_on-day": "1", "received_on-month": "1", "received_on-year": "2090"},
            "received_on",
        ),
    ],
)
def test_said_when_an_answer_is_wrong_then_is_refused_beside_it(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    activity: Activity,
    changes: dict[str, str],
    field: str,
) -> None:
    answers = {"words": "Something", "who": "nobody", "how_it_came": "survey", **changes}

    sign_in(house.officer).post(reverse("contribution-add", args=[activity.pk]), answers)

    assert list(shown["form"].errors) == [field]
    assert not Contribution.objects.exists()


def test_said_when_read_by_others_then_own_words_stay_with_their_recorder(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity
) -> None:
    write_down(house, activity, "Ring me on 020 7946 0000")
    address = reverse("contribution-list", args=[activity.pk])

    own = sign_in(house.officer).get(address).content.decode()
    lead = sign_in(house.people[Role.LEAD]).get(address).content.decode()
    analyst = sign_in(house.people[Role.ANALYST]).get(address).content.decode()

    assert "020 7946 0000" in own
    assert "020 7946" not in lead + analyst
    assert "[telephone number]" in lead
    assert "[telephone number]" not in analyst, "nobody has checked it yet"


def test_said_when_person_is_found_then_words_are_theirs_and_their_name_is_taken_out(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, meet: Meet
) -> None:
    person = meet("Rosa Bloom")
    client = sign_in(house.officer)

    found = client.get(
        reverse("contribution-find-person", args=[activity.pk]) + "?q=rosa"
    ).content.decode()
    address = reverse("contribution-by", args=[activity.pk, person.pk])
    client.post(address, {"words": "I am Rosa Bloom", "how_it_came": "letter"})

    assert address in found
    contribution = Contribution.objects.get()
    assert (contribution.contact, contribution.redacted) == (person, "I am [name]")


def test_redaction_when_checked_then_others_read_the_new_words(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity
) -> None:
    (contribution,) = write_down(house, activity, "My neighbour at number 9")
    address = reverse("contribution-check", args=[contribution.pk])

    page = sign_in(house.people[Role.LEAD]).post(
        address, {"redacted": "My [neighbour]"}, follow=True
    )

    assert "My [neighbour]" in page.content.decode()
    assert Contribution.objects.get().is_redaction_checked


def test_said_when_rows_grow_then_asks_no_more_questions(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, django_assert_max_num_queries: Any
) -> None:
    client, address = sign_in(house.officer), reverse("contribution-list", args=[activity.pk])
    write_down(house, activity, "One")
    with django_assert_max_num_queries(100) as one:
        client.get(address)
    write_down(house, activity, *(f"More {number}" for number in range(100)))

    with django_assert_max_num_queries(len(one)):
        page = client.get(address).content.decode()

    assert "Showing 1 to 25 of 101 comments" in page
