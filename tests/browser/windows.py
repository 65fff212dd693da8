"""Windows of the browser: desktop or phone, signed in or not."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from core.choices import Role
from core.models import User

PASSWORD = "a walk along the Lea"
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}


class Windows:
    """Opens windows on the site, each in a browser context of its own."""

    def __init__(self, browser: Browser, site: str, people: dict[Role, User]) -> None:
        self.browser, self.site, self.people = browser, site, people
        self.opened: list[BrowserContext] = []

    def fresh(self, *, phone: bool = False, **options: Any) -> Page:
        """A window without cookies."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport=PHONE if phone else WIDE,
            has_touch=phone,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        context.set_default_timeout(15_000)
        self.opened.append(context)
        return context.new_page()

    def signed_in(self, role: Role, **options: Any) -> Page:
        """A window of somebody with this role, signed in."""
        return self.of(client(self.people[role]), **options)

    def of(self, known: Client, **options: Any) -> Page:
        """A window with the cookies of a client."""
        page = self.fresh(**options)
        page.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": self.site}
                for name, morsel in known.cookies.items()
                if name == settings.SESSION_COOKIE_NAME
            ]
        )
        return page

    def close(self) -> None:
        for context in self.opened:
            context.close()


def client(user: User) -> Client:
    """A client signed in through the sign-in page, so that the time of signing in is known."""
    asked = Client()
    answer = asked.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, f"{user.email} could not sign in"
    return asked


def confirm(asked: Client) -> None:
    """Enter the password again, as is needed before changing one's account."""
    answer = asked.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302, "the password was not taken a second time"


def sign_in(page: Page, user: User) -> None:
    """Sign in through the sign-in page."""
    page.goto("/")
    page.get_by_role("link", name="Staff sign in").click()
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
