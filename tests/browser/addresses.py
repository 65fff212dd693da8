"""All addresses of the site, with values for their parameters."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

#: Addresses that are not pages, or not by themselves, and why.
NOT_PAGES = {
    "account_signup": "not offered: accounts are made by an administrator",
    "account_email": "not offered: an administrator changes an address",
    "account_email_verification_sent": "not offered: there is nothing to confirm",
    "account_set_password": "not offered: everyone has a password from the start",
    "account_confirm_login_code": "not offered: no one signs in by a code",
    "account_confirm_email": "not offered: there is nothing to confirm",
    "mfa_authenticate": "shown only in the middle of signing in, and to no one else",
    "health-live": "for the machines that watch over the site",
    "health-ready": "for the machines that watch over the site; says no where a part is missing",
    "outbox-list": "only there while messages go to a folder: has a test of its own",
    "outbox-detail": "only there while messages go to a folder: has a test of its own",
    "outbox-html": "a message as it was sent, in a frame of its own",
    "report-approve": "takes what was read: has a test of its own",
    "activity-similar": "a part that the log form fetches",
    "approval-publish": "takes what was read; asked for by itself it leads to the approval",
    "approval-send-back": "takes a note; asked for by itself it leads to the approval",
    "api-measures": "answers 400 until it is asked for a month",
    "api-missing": "answers 404 to every other address of the API",
}


def routes() -> list[tuple[str, str]]:
    """Each address of the site once: its name and its route."""
    return list(dict.fromkeys(_below(get_resolver(), "")))


def _below(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name or f"(unnamed) {route}", route
        else:
            yield from _below(pattern, route)


def filled(route: str, rows: dict[str, list[str]]) -> list[str]:
    """The addresses of a route, one for each row there is of its kind.

    `rows` gives, for what stands before a varying part (such as `staff/activities/<>`), the values
    it may take. Refuses a route whose rows nobody thought of.
    """
    plain = re.sub(r"\^|\\Z|\$|\\", "", route)
    found = [""]
    kind = ""
    for part in re.split(r"(<[^>]+>|\(\?P<\w+>[^()]*\))", plain):
        kind += "<>" if part.startswith(("<", "(?P<")) else part
        if part.startswith(("<", "(?P<")):
            if kind not in rows:
                raise LookupError(f"{route}: say in _rows() what stands for {kind}")
            found = [address + value for address in found for value in rows[kind]]
        else:
            found = [address + part for address in found]
    return [f"/{address}" for address in found]
