"""Notices: messages about what came of an activity, one for each loop."""

from django.db.models import QuerySet
from django.urls import reverse

from core.registry import public_links
from core.registry.slots import Link
from engagement.activities.selectors.participants import owed_an_answer
from engagement.messaging.subjects import Subject
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact
from insight.loop.choices import PublicationKind
from insight.loop.models import Loop


class Notices(Subject[Loop]):
    """A notice goes to those who took part and agreed to be told what happened."""

    kind = "loop"
    model = Loop
    consent_purpose = ConsentPurpose.TOLD_WHAT_CAME

    def title(self, row: Loop) -> str:
        return row.activity.title

    def link(self, row: Loop) -> str:
        return public_links.address(PublicationKind.ANSWER, row.activity.slug)

    def staff_link(self, row: Loop) -> Link:
        return Link("Who has been told", reverse("loop-detail", args=[row.pk]))

    def link_text(self, row: Loop) -> str:
        return "Read everything people said, what was decided and what happens next"

    def reason(self, row: Loop) -> str:
        activity = row.activity
        ways = ", ".join(filter(None, [activity.who_to_ask, activity.ways_to_ask]))
        if ways:
            contact = (
                "If you have a question, or do not want us to send you this kind of message, "
                f"contact {ways}."
            )
        else:
            contact = (
                "If you do not want us to send you this kind of message, tell the team that "
                "invited you."
            )
        return (
            f"We are sending you this message because you took part in “{activity.title}” and "
            f"agreed to be told what happened. {activity.lead_organisation.name} sent it. "
            f"{contact}"
        )

    def audience(self, row: Loop) -> QuerySet[Contact]:
        return owed_an_answer(row.activity, first=row.heard_from, last=row.heard_until)
