"""Rows that owe one person a message, made inside a site that a test has started.

Imported by `manage.py shell` of that site, so that no test needs to know the site's tables.
"""

from collections import Counter

from core.choices import Role
from engagement.messaging import tasks
from engagement.messaging.actions import messages
from engagement.messaging.models import Delivery
from insight.loop.actions import loops
from tests.factories import engaging, people

SUBJECT = "What came of your words"


def owe(address: str) -> None:
    """Approve a message owed to somebody at this address, and ask the worker to send it."""
    organisation = people.organisation(f"Trust of {address}")
    officer = people.user(Role.OFFICER, organisation=organisation, email=f"officer-of-{address}")
    lead = people.user(Role.LEAD, organisation=organisation, email=f"lead-of-{address}")
    activity = engaging.activity(officer)
    engaging.said(activity, by=officer, contact=engaging.contact(officer, email=address))
    loop = loops.open_for(by=officer, activity=activity)
    message = messages.write(by=officer, about=loop, subject=SUBJECT, body="Tea at eight.")
    messages.approve(by=lead, message=message)
    tasks.send_waiting_deliveries.delay()


def print_states() -> None:
    """Print how many deliveries are in each state."""
    print(dict(Counter(str(state) for state in Delivery.objects.values_list("state", flat=True))))  # noqa: T201  # read by the test
