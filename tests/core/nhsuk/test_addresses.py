"""Addresses for links, found by name without importing unneeded views."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

from core.nhsuk.addresses import address

ROOT = Path(__file__).resolve().parents[3]
_LINKS_OF_A_PUBLIC_PAGE = """
import sys
import django
django.setup()
from core.nhsuk import navigation
from core.nhsuk.addresses import address
assert address("home") == "/"
assert all(link.href for area in ("public", "footer") for link in navigation.items(area))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"celery", "redis", "fido2"}))
unasked = {"insight.loop.urls", "engagement.activities.urls", "rest_framework.views"}
print(*sorted(set(sys.modules) & unasked))
"""


@pytest.mark.parametrize(
    ("name", "args"), [("home", []), ("answer-detail", ["hall"]), ("activity-detail", [7])]
)
def test_address_when_public_or_not_then_as_django_gives_it(name: str, args: list[object]) -> None:
    assert address(name, *args) == reverse(name, args=args)


def test_address_when_there_is_no_such_page_then_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        address("no-such-page")


def test_links_of_a_public_page_when_made_first_then_no_staff_page_or_worker_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LINKS_OF_A_PUBLIC_PAGE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == []
