"""Every form is safe when two people save at once, and when one person presses twice."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.choices import Role
from core.models import User
from core.nhsuk.forms import SAVED_BY_ANOTHER
from core.views.once import SENT_ALREADY
from engagement.activities.models import Activity, Contribution, Session
from engagement.people.actions import contacts
from engagement.people.choices import NeedCategory
from engagement.people.models import Contact
from insight.loop.actions import decisions
from insight.loop.choices import DecisionKind
from insight.loop.models import Change, Finding
from tests.factories.world import World
from tests.house.pages import PageForm, form_with
from tests.house.rows import Rows, Situation
from tests.house.test_addresses import ADDRESSES


@dataclass(frozen=True)
class Form:
    """A form: the page it is on, who fills it in, the answers given, what else is ticked."""

    page: Callable[[Rows], str]
    answers: tuple[dict[str, str], ...]
    by: Callable[[World], User] = lambda world: world.officer
    ticked: Callable[[Rows], dict[str, str]] = lambda rows: {}


def _at(name: str, of: Callable[[Rows], object]) -> Callable[[Rows], str]:
    return lambda rows: reverse(name, args=[of(rows)])


def _administrator(world: World) -> User:
    return world.administrator


def _secretary(world: World) -> User:
    return world.secretary


def _section(rows: Rows) -> str:
    return reverse("activity-edit", kwargs={"pk": rows.activity.pk, "section": "about"})


def _need(rows: Rows) -> str:
    need = contacts.need(
        by=rows.by, contact=rows.contact, category=NeedCategory.ADJUSTMENT, need="Lip reading"
    )
    return reverse("contact-need-edit", args=[rows.contact.pk, need.pk])


def _change(rows: Rows) -> str:
    rows.decision  # noqa: B018  # a change follows from it
    return reverse("change-record", args=[rows.finding.pk])


def _wordings(name: str) -> tuple[dict[str, str], ...]:
    return ({name: "Theirs."}, {name: "Mine."})


#: Forms that change what is recorded, each with the answers of two people.
CHANGES = {
    "account-change": Form(
        _at("account-change", lambda rows: rows.world.colleague.pk),
        _wordings("name"),
        _administrator,
    ),
    "activity-edit": Form(_section, _wordings("title")),
    "change-move": Form(_at("change-move", lambda rows: rows.change.pk), _wordings("what")),
    "contact-edit": Form(_at("contact-edit", lambda rows: rows.contact.pk), _wordings("name")),
    "contact-need-edit": Form(_need, _wordings("need")),
    "contribution-check": Form(
        _at("contribution-check", lambda rows: rows.contribution.pk), _wordings("redacted")
    ),
    "decision-record": Form(
        _at("decision-record", lambda rows: rows.decision.finding_id), _wordings("reason")
    ),
    "finding-edit": Form(_at("finding-edit", lambda rows: rows.finding.pk), _wordings("sentence")),
    "notice-write": Form(_at("notice-write", lambda rows: rows.loop.pk), _wordings("body")),
    "register-count": Form(
        _at("register-take", lambda rows: rows.session.pk), ({"count": "41"}, {"count": "57"})
    ),
    "report-write": Form(
        _at("report-write", lambda rows: rows.report.period.key),
        _wordings("highlights"),
        _secretary,
    ),
    "session-edit": Form(_at("session-edit", lambda rows: rows.session.pk), _wordings("venue")),
}
_DAY = {"day-day": "1", "day-month": "3", "day-year": "2027", "begins": "6pm", "ends": "8pm"}
#: Forms that make something, each with its model.
MAKES = {
    "account-make": (
        User,
        Form(
            lambda rows: reverse("account-make"),
            ({"name": "New", "email": "new@example.org", "role": "reviewer"},),
            _administrator,
        ),
    ),
    "activity-log": (
        Activity,
        Form(
            lambda rows: reverse("activity-log"),
            (
                {
                    "title": "Calm evenings",
                    "purpose": "To make evenings calmer.",
                    "scope_of_influence": "The hours.",
                    "level": "involve",
                    "level_reason": "People know.",
                    "is_area_wide": "on",
                    "start-month": "3",
                    "start-year": "2027",
                    "is_public": "yes",
                },
            ),
        ),
    ),
    "change-record": (Change, Form(_change, ({"what": "Tea at seven.", "stage": "planned"},))),
    "contact-add": (Contact, Form(lambda rows: reverse("contact-add"), ({"name": "Rosa"},))),
    "contribution-add": (
        Contribution,
        Form(
            _at("contribution-add", lambda rows: rows.activity.pk),
            ({"words": "Breakfast is late.", "how_it_came": "letter"},),
        ),
    ),
    "finding-board": (
        Finding,
        Form(
            _at("finding-board", lambda rows: rows.contribution.activity_id),
            ({"sentence": "Breakfast is late."},),
            ticked=lambda rows: {"evidence": str(rows.contribution.pk)},
        ),
    ),
    "register-add": (
        Contact,
        Form(_at("register-take", lambda rows: rows.session.pk), ({"name": "Rosa"},)),
    ),
    "session-add": (
        Session,
        Form(_at("session-add", lambda rows: rows.activity.pk), ({"venue": "Library", **_DAY},)),
    ),
}
#: Forms that do neither, and why two people cannot overwrite each other with them.
OTHERS = {
    "activity-cancel": "a step that its act allows once",
    "answer-submit": "one waits for approval at a time",
    "approval-publish": "what is published is what was read, and only while it waits",
    "approval-send-back": "a step that its act allows once",
    "contact-agree": "one agreement stands at a time, the first one",
    "contact-join": "joined already, it changes nothing",
    "contact-need": "a need said twice is kept once",
    "contact-need-remove": "removed already, there is no page of it",
    "contact-part": "parted already, it changes nothing",
    "contact-withdraw": "a step that its act allows once",
    "contribution-by": "as contribution-add, said by somebody known",
    "contribution-check-page": "as contribution-check, for each comment on the page",
    "delivery-settle": "a step that its act allows once",
    "finding-remove": "a step that its act allows once",
    "listening-close": "a step that its act allows once",
    "listening-reopen": "a step that its act allows once",
    "opportunity-submit": "one waits for approval at a time",
    "register-tick": "a tick is there or not",
    "register-untick": "a tick is there or not",
    "session-cancel": "a step that its act allows once",
    "session-remove": "removed already, there is no page of it",
    "report-approve": "what is frozen is what was read, and only once",
    "report-draft": "a month has one report",
    "report-publish": "a step that its act allows once",
}


def send(client: Client, page: str, form: PageForm, values: dict[str, list[str]]) -> Any:
    """Post a form of the page at this address."""
    return client.post(urljoin(page, form.action or page), values)


def once_of(form: PageForm) -> list[str]:
    """The number that the form carries."""
    return form.values.get("once", [])


def opened(client: Client, page: str, asks: str) -> PageForm:
    """The form of the page that asks for this."""
    return form_with(client.get(page).content.decode(), asks)


@pytest.mark.parametrize("name", CHANGES)
def test_form_when_two_people_change_the_same_row_then_the_second_sees_what_the_first_wrote(
    client: Client, world: World, name: str
) -> None:
    form, (theirs, mine) = CHANGES[name], CHANGES[name].answers
    client.force_login(form.by(world))
    page, (asks,) = form.page(Rows(world, Situation.OWN)), mine
    first, second = opened(client, page, asks), opened(client, page, asks)

    saved = send(client, page, first, first.sent(**theirs))
    refused = send(client, page, second, second.sent(**mine))

    assert saved.status_code == 302
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert "As someone else saved it" in shown
    assert theirs[asks] in shown
    again = form_with(shown, asks)
    assert again.values[asks] == [mine[asks]]
    assert opened(client, page, asks).values[asks] == [theirs[asks]]
    assert send(client, page, again, again.values).status_code == 302
    assert opened(client, page, asks).values[asks] == [mine[asks]]


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("report-write", {"highlights": "A quiet month."}, {"author": "Director"}),
        ("report-write", {"purpose": "decision"}, {"author": "Director"}),
        ("session-edit", {"day-day": "12", "capacity": "31"}, {"venue": "Library"}),
        ("session-edit", {"access_features": "hearing_loop"}, {"venue": "Library"}),
        ("contact-edit", {"interests": "Meals"}, {"name": "Rosa Trial"}),
    ],
)
def test_form_when_two_people_change_different_answers_then_the_second_keeps_those_of_the_first(
    client: Client, world: World, name: str, theirs: dict[str, str], mine: dict[str, str]
) -> None:
    form = CHANGES[name]
    client.force_login(form.by(world))
    page, (asks,) = form.page(Rows(world, Situation.OWN)), mine
    first, second = opened(client, page, asks), opened(client, page, asks)
    assert send(client, page, first, first.sent(**theirs)).status_code == 302

    refused = send(client, page, second, second.sent(**mine))

    assert refused.status_code == 409
    again = form_with(refused.content.decode(), asks)
    assert send(client, page, again, again.values).status_code == 302
    saved = opened(client, page, asks).values
    for answer, value in (theirs | mine).items():
        assert saved[answer] == [value]


def test_notice_when_a_decision_changes_while_it_is_open_then_the_page_shows_what_was_decided(
    client: Client, world: World
) -> None:
    rows = Rows(world, Situation.OWN)
    client.force_login(world.officer)
    decision, page = rows.decision, reverse("notice-write", args=[rows.loop.pk])
    form = opened(client, page, "body")
    decisions.decide(
        by=world.colleague,
        finding=decision.finding,
        kind=DecisionKind.NOT_ACCEPTED,
        reason="The kitchen has no cook at six.",
        body="The ward",
        decided_on=decision.decided_on,
    )

    refused = send(client, page, form, form.sent(body="We agreed."))

    text = refused.content.decode()
    again = form_with(text, "body")
    assert refused.status_code == 409
    assert "different from when you opened this message" in text
    assert SAVED_BY_ANOTHER not in text
    assert "The kitchen has no cook at six." in text
    assert again.values["body"] == ["We agreed."]
    assert send(client, page, again, again.values).status_code == 302


@pytest.mark.parametrize("name", MAKES)
def test_form_when_sent_twice_then_it_makes_one_and_the_second_press_shows_it(
    client: Client, world: World, name: str
) -> None:
    model, form = MAKES[name]
    client.force_login(form.by(world))
    rows = Rows(world, Situation.OWN)
    page, asks = form.page(rows), next(iter(form.answers[0]))
    sent = opened(client, page, asks)
    answers = form.answers[0] | form.ticked(rows)
    values, before = sent.sent(**answers), model._default_manager.count()

    first = send(client, page, sent, values)
    second = send(client, page, sent, values)

    assert len(once_of(sent)) == 1
    assert [one.status_code for one in (first, second)] == [302, 302]
    assert model._default_manager.count() == before + 1
    assert second.headers["Location"] == first.headers["Location"]
    assert SENT_ALREADY in client.get(second.headers["Location"]).content.decode()


def test_form_when_refused_with_errors_then_the_same_page_can_be_sent_again(
    client: Client, world: World
) -> None:
    client.force_login(world.officer)
    page = reverse("contact-add")
    form = opened(client, page, "name")

    wrong = send(client, page, form, form.sent(name=""))
    right = send(client, page, form, form.sent(name="Rosa"))

    assert [wrong.status_code, right.status_code] == [200, 302]
    assert Contact.objects.get().name == "Rosa"


def test_form_when_somebody_else_sends_the_same_number_then_it_is_another_form(
    client: Client, world: World
) -> None:
    page = reverse("contact-add")
    client.force_login(world.officer)
    form = opened(client, page, "name")
    send(client, page, form, form.sent(name="Rosa"))
    client.force_login(world.other_officer)
    values = opened(client, page, "name").sent(name="Joan", once=once_of(form)[0])

    send(client, page, form, values)

    assert set(Contact.objects.values_list("name", flat=True)) == {"Rosa", "Joan"}


def test_address_when_it_accepts_a_form_then_it_is_listed_above(
    client: Client, world: World
) -> None:
    answers: dict[str, set[int]] = {}

    for role in Role:
        client.force_login(world.of_role(role))
        for address, name, _ in ADDRESSES:
            if name and address.startswith("/staff/"):
                answers.setdefault(name, set()).add(client.post(address).status_code)

    # Refused before a row is looked for: 403 for the role, 405 where nothing can be posted.
    forms = {name for name, found in answers.items() if found - {403, 405}}
    assert forms == {*CHANGES, *MAKES, *OTHERS}


def test_template_when_a_form_in_it_posts_then_the_form_has_its_number() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    for file in folder.rglob("*.jinja"):
        source = file.read_text(encoding="utf-8")
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", source, re.DOTALL)
        assert [form for form in forms if "{{ csrf_input }}" not in form] == [], file
