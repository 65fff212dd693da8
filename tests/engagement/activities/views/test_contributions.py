"""What people said, through its pages: who reads unchecked words, and checking a page of them."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from engagement.activities.actions import contributions
from engagement.activities.models import Activity, Contribution
from tests.factories import engaging
from tests.factories.world import World


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
