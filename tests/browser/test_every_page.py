"""Every page of the site, found from the addresses, checked at both widths."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import Settings

from core import clock
from core.actors import SERVICE
from core.choices import Role
from core.models import User
from core.periods import Month
from engagement.activities.models import Contribution, Session
from engagement.messaging import mail_folder, sending
from engagement.messaging.channels import email
from engagement.messaging.channels.channel import Recipient
from engagement.messaging.models import Delivery
from engagement.people.models import Contact
from insight.loop.models import Change, Finding, Loop, Publication, Submission
from insight.reporting.actions import reports
from nel_participation import walk
from nel_participation.scenario import Walkthrough
from tests.browser.addresses import NOT_PAGES, filled, routes
from tests.browser.clocks import SharedClock
from tests.browser.pages import Watched
from tests.browser.windows import Windows, client, confirm

#: Who opens a page, in the order in which they are tried; None is a resident.
READERS: list[Role | None] = [
    None,
    Role.OFFICER,
    Role.LEAD,
    Role.SECRETARY,
    Role.ADMINISTRATOR,
    Role.ANALYST,
    Role.REVIEWER,
]
#: How many pages of one address are visited while following links.
VISITS_PER_KIND = 6
#: Pages that are the same for every scenario: only one is checked.
ALIKE = {
    "activity-edit",
    "activity-cancel",
    "session-add",
    "contribution-add",
    "contribution-find-person",
}
#: Pages that no link leads to, and why.
UNLINKED = {
    "account_inactive": "shown when someone whose account is closed signs in",
    "account_reset_password_done": "shown when a new password is asked for",
    "account_reset_password_from_key": "its address is sent by email",
    "account_reset_password_from_key_done": "shown when a new password is chosen",
    "account_logout": "the button signs out at once; the page asks those without the button",
    "account_reauthenticate": "shown before a change to one's account",
    "mfa_reauthenticate": "shown before a change to one's account",
    "contribution-check-page": "linked while a comment of the activity has not been checked",
}


@dataclass
class PreparedSite:
    """Rows for the parameters of addresses, and a signed-in client for each role."""

    rows: dict[str, list[str]]
    clients: dict[Role | None, Client]


@pytest.fixture(scope="module")
def prepared(
    begin: Callable[[], Walkthrough], people: dict[Role, User], shared_clock: SharedClock
) -> PreparedSite:
    """A finished scenario, three at earlier steps, and a draft report."""
    whole, waiting, found, begun = begin(), begin(), begin(), begin()
    walk.run(whole)
    walk.run(waiting, until="submit")
    walk.run(found, until="find")
    walk.run(begun, until="offer")
    reports.draft(by=SERVICE, month=Month.of(clock.today()).shift(-1))
    clients: dict[Role | None, Client] = {
        role: client(people[role]) if role else Client() for role in READERS
    }
    TOTP.activate(people[Role.ADMINISTRATOR], generate_totp_secret())
    RecoveryCodes.activate(people[Role.ADMINISTRATOR])
    return PreparedSite(_rows([whole, waiting, found, begun], people), clients)


@pytest.fixture(scope="module")
def watched(windows: Windows, prepared: PreparedSite) -> Callable[[Role | None], Watched]:
    """A window for each reader."""
    opened: dict[Role | None, Watched] = {}

    def window(role: Role | None) -> Watched:
        if role not in opened:
            opened[role] = Watched(windows.of(prepared.clients[role]))
        return opened[role]

    return window


@pytest.mark.parametrize(
    ("name", "route"),
    [pair for pair in routes() if pair[0] not in NOT_PAGES],
    ids=lambda part: part or "home",
)
def test_page_when_opened_wide_and_on_a_phone_then_nothing_is_wrong_with_it(
    name: str, route: str, prepared: PreparedSite, watched: Callable[[Role | None], Watched]
) -> None:
    if name.startswith("mfa_"):
        for role in READERS[1:]:
            confirm(prepared.clients[role])
    answers = _answers(name, route, prepared)
    pages = {
        _made_of(answer): (role, address)
        for role, address, answer in reversed(answers)
        if answer.status_code == 200 and _is_page(answer)
    }

    states = Counter(answer.status_code for _, _, answer in answers)
    assert states[200] or states[405], f"no one can read {route}: {dict(states)}"
    wrong = {
        f"{address} ({role or 'resident'})": found
        for role, address in pages.values()
        if (found := watched(role).open(address))
    }
    assert not wrong, "\n".join(f"{page}\n  " + "\n  ".join(found) for page, found in wrong.items())


def test_look_when_a_page_is_wrong_then_every_fault_is_found(windows: Windows) -> None:
    watched = Watched(windows.fresh())
    watched.page.goto("/privacy/")
    watched.page.set_content(
        "<html><h1 id=a>One</h1><h1 id=a>Two</h1><img src=''><a href='#none'>Go</a><hr width=600>"
    )

    found = "\n".join(watched.look())

    for fault in (
        "2 h1",
        "no title",
        "language",
        "id twice",
        "#none",
        "320 px: image-alt",
        "scrolls",
    ):
        assert fault in found


def test_link_when_followed_from_each_start_page_then_it_leads_somewhere_and_no_page_is_left_out(
    prepared: PreparedSite,
) -> None:
    reached: set[str] = set()
    broken: list[str] = []
    for role in READERS:
        names, dead = _crawl(prepared.clients[role], "/staff/" if role else "/")
        reached |= names
        broken += [f"{role or 'resident'}: {link}" for link in dead]

    lost = [
        name
        for name, route in routes()
        if name not in NOT_PAGES | UNLINKED | dict.fromkeys(reached)
        and any(
            answer.status_code == 200 and _is_page(answer)
            for _, _, answer in _answers(name, route, prepared)
        )
    ]
    assert not broken
    assert not lost


def test_outbox_when_opened_wide_and_on_a_phone_then_nothing_is_wrong_with_it(
    prepared: PreparedSite,
    watched: Callable[[Role | None], Watched],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.EMAIL_BACKEND = "engagement.messaging.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    delivery = Delivery.objects.get(pk=prepared.rows["staff/deliveries/<>"][1])
    email.Email().connect().send(
        email.prepare(sending.content_of(delivery.variant)),
        Recipient(delivery.pk, delivery.resident.name, "resident@example.org"),
    )
    (kept,) = mail_folder.kept()

    window = watched(Role.OFFICER)
    wrong = {
        address: found
        for address in ("/staff/outbox/", f"/staff/outbox/{kept.name}/")
        if (found := window.open(address))
    }

    assert window.page.frame_locator("iframe").locator("h1, h2, p").count()
    assert not wrong


def test_approval_of_a_report_when_opened_wide_and_on_a_phone_then_nothing_is_wrong_with_it(
    prepared: PreparedSite, watched: Callable[[Role | None], Watched]
) -> None:
    window = watched(Role.SECRETARY)
    window.page.goto(f"/staff/reports/{prepared.rows['staff/reports/<>'][0]}/")
    address = window.page.get_by_role("link", name="Approve", exact=True).get_attribute("href")

    wrong = window.open(str(address))

    assert "/approve/" in window.page.url
    assert not wrong


def _answers(
    name: str, route: str, prepared: PreparedSite
) -> list[tuple[Role | None, str, HttpResponseBase]]:
    """What a route answers: its first address asked for by everybody, the others by one who may.

    Public pages are the same for everybody, so the resident alone asks for them.
    """
    first, *others = filled(route, prepared.rows)
    if name in ALIKE:
        others = []
    readers = READERS[1:] if route.startswith("staff/") else READERS
    if not route.startswith(("staff/", "accounts/")):
        readers = [None]

    def answer(role: Role | None, address: str) -> tuple[Role | None, str, HttpResponseBase]:
        return role, address, prepared.clients[role].get(address)

    answers = [answer(role, first) for role in readers]
    may = next((role for role, _, given in answers if given.status_code == 200), readers[0])
    return [*answers, *(answer(may, address) for address in others)]


def _rows(journeys: list[Walkthrough], people: dict[Role, User]) -> dict[str, list[str]]:
    """What stands for each varying part of an address: rows of scenarios at different points."""
    whole = journeys[0]
    activities = [walkthrough.one("log").pk for walkthrough in journeys]
    said = Contribution.objects.filter(activity=activities[1])
    by_hand = Delivery.objects.filter(state="by_hand")
    taken = Delivery.objects.filter(state="sent")
    person = Contact.objects.filter(access_needs__isnull=False)
    published = Publication.objects.get(activity=activities[0], kind="answer")
    resets = people[Role.ANALYST]
    kinds: dict[str, list[Any]] = {
        "staff/activities/<>": [activities[1], activities[0], *activities[2:]],
        "staff/activities/<>/said/by/<>": [said.first().contact_id],  # type: ignore[union-attr]  # somebody spoke
        "staff/said/<>": [said.first().pk],  # type: ignore[union-attr]
        "staff/sessions/<>": list(Session.objects.order_by("-pk").values_list("pk", flat=True)[:2]),
        "staff/participants/<>": [person.first().pk],  # type: ignore[union-attr]  # the first scenario has one
        "staff/participants/<>/need/<>": [person.first().access_needs.first().pk],  # type: ignore[union-attr]
        "staff/findings/<>": [
            Finding.objects.filter(activity=pk).values_list("pk", flat=True)[0]
            for pk in activities[1:3]
        ],
        "staff/changes/<>": [Change.objects.filter(activity=activities[1]).first().pk],  # type: ignore[union-attr]
        "staff/loops/<>": [
            Loop.objects.get(activity=activities[1]).pk,
            Loop.objects.get(activity=activities[0]).pk,
        ],
        "staff/deliveries/<>": [by_hand.first().pk, taken.first().pk],  # type: ignore[union-attr]
        "staff/approvals/<>": list(
            Submission.objects.order_by("-state").values_list("pk", flat=True)
        ),
        "staff/people/<>": [people[Role.LEAD].pk],
        "staff/reports/<>": [Month.of(clock.today()).shift(-1).key, whole.month.key],
        "staff/reports/<>.<>": ["pdf", "docx", "xlsx", "csv", "json"],
        "get-involved/<>": [published.slug],
        "you-said-we-did/<>": [published.slug],
        "reports/<>": [whole.month.key],
        "reports/<>.<>": ["pdf", "docx", "xlsx", "csv", "json"],
        "accounts/password/reset/key/<>": [user_pk_to_url_str(resets)],
        "accounts/password/reset/key/<>-<>": [default_token_generator.make_token(resets)],
    }
    return {kind: [str(value) for value in values] for kind, values in kinds.items()}


def _is_page(answer: HttpResponseBase) -> bool:
    return answer.headers["Content-Type"].startswith("text/html")


def _text(answer: HttpResponseBase) -> str:
    return b"".join(answer).decode()


def _made_of(answer: HttpResponseBase) -> frozenset[tuple[str, str]]:
    """The parts of a page, each kind once: pages made of the same need no second look."""
    return frozenset(re.findall(r'<(\w+)(?:[^>]*? class="([^"]*)")?', _text(answer)))


class _Links(HTMLParser):
    """Gathers the addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def _crawl(asked: Client, start: str) -> tuple[set[str], list[str]]:
    """Follow every link from a start page; of many filters or numbers, each kind once."""
    reached: set[str] = set()
    broken: list[str] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    visits: Counter[str] = Counter()
    waiting = [("", start)]
    while waiting:
        source, address = waiting.pop()
        parts = urlsplit(address)
        kind = (parts.path, tuple(sorted(dict(parse_qsl(parts.query)))))
        if parts.netloc or parts.scheme not in ("", "http", "https") or kind in seen:
            continue
        seen.add(kind)
        try:
            name = resolve(parts.path).url_name or ""
        except Resolver404:
            broken.append(f"{source} → {address}: no such address")
            continue
        visits[name] += 1
        if visits[name] > VISITS_PER_KIND:
            continue
        answer = asked.get(address, follow=True)
        if answer.status_code != 200:
            broken.append(f"{source} → {address}: {answer.status_code}")
            continue
        reached.add(name)
        if _is_page(answer):
            links = _Links()
            links.feed(_text(answer))
            waiting += [(address, urljoin(address, link)) for link in links.found]
    return reached, broken
