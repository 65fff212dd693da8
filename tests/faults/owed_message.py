"""Rows that owe one person a message, made inside a site that a test has started.

Imported by `manage.py shell` of that site, so that no test needs to know the site's tables.
"""

from core import clock
from core.choices import Role
from engagement.messaging import tasks
from engagement.messaging.actions import messages
from engagement.messaging.models import Delivery, SendingRun
from insight.loop.actions import loops
from tests.factories import engaging, people
from tests.faults.processes import wait_until

SUBJECT = "What came of your words"
#: How long the worker is given to try.
SECONDS = 30.0


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


def owe_and_print_state(address: str) -> None:
    """Owe a message as above and print the delivery's state once the worker has tried to send it.

    Prints "not tried" when the worker has not within `SECONDS`.
    """
    runs = SendingRun.objects.filter(ended_at__gte=clock.now())
    owe(address)
    tried = wait_until(runs.exists, SECONDS)
    print(Delivery.objects.get(contact__email=address).state if tried else "not tried")  # noqa: T201  # read by the test
