"""Sending what waits: claim, send outside any transaction, mark each; one connection, one body,
headers changed.
"""

import smtplib
from copy import copy
from dataclasses import dataclass, field
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import SafeMIMEMultipart
from django.template.loader import render_to_string
from django.urls import reverse

from core.models import User
from core.redaction import redact
from engagement.actions import deliveries
from engagement.choices import ConsentPurpose, DeliveryState
from engagement.models import Consent, Delivery, Notice, SendingRun

#: How many a run takes up at a time.
BATCH = 200


@dataclass
class Sent:
    """What became of a run, by state."""

    counts: dict[DeliveryState, int] = field(default_factory=dict)

    def add(self, state: DeliveryState) -> None:
        self.counts[state] = self.counts.get(state, 0) + 1


#: What differs from one person's copy to the next.
_OWN_HEADERS = ("To", "Date", "Message-ID")


class _Copy(SafeMIMEMultipart):
    """One person's copy: headers of its own above bytes that were made once for everybody."""

    def __init__(self, shared: bytes) -> None:
        super().__init__()
        for header in self.keys():
            del self[header]
        self._shared = shared

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:  # type: ignore[override]  # stubs of a newer Django
        own = "".join(f"{name}: {value}\n" for name, value in self.items())
        return (own.encode("ascii") + self._shared).replace(b"\n", linesep.encode())


class Letter(EmailMultiAlternatives):
    """A notice as everybody gets it. `to_person` addresses it; it is then one person's."""

    def __init__(self, subject: str, text: str, html: str) -> None:
        super().__init__(subject=subject, body=text, headers={"Auto-Submitted": "auto-generated"})
        self.attach_alternative(html, "text/html")
        whole = super().message()
        for header in _OWN_HEADERS:
            del whole[header]
        self._shared = whole.as_bytes()

    def to_person(self, address: str, reference: int) -> "Letter":
        """One person's copy; `reference` is the number of its delivery."""
        letter = copy(self)
        letter.to = [address]
        domain = self.from_email.rsplit("@")[-1]
        letter.extra_headers = self.extra_headers | {
            "Message-ID": make_msgid(idstring=str(reference), domain=domain)
        }
        return letter

    def message(self) -> SafeMIMEMultipart:  # type: ignore[override]  # stubs of a newer Django
        own = _Copy(self._shared)
        values = (self.to[0], formatdate(), self.extra_headers["Message-ID"])
        for header, value in zip(_OWN_HEADERS, values, strict=True):
            own[header] = value
        return own


def send_waiting(*, by: User, backend: BaseEmailBackend | None = None) -> Sent:
    """Send every waiting delivery, once. Safe to run many times and in many workers at once.

    When the mail server cannot be reached at all, everything not yet started waits for the next
    turn.
    """
    sent = Sent()
    if not Delivery.objects.waiting().filter(notice__approved_at__isnull=False).exists():
        return sent
    run: SendingRun | None = None
    letters: dict[int, Letter] = {}
    backend = backend or get_connection()
    try:
        while True:
            run, batch = deliveries.claim(by=by, run=run, limit=BATCH)
            if not batch or not _send_batch(run, _with_people(batch), letters, backend, sent):
                return sent
    finally:
        backend.close()
        if run is not None:
            deliveries.end(by=by, run=run)
            deliveries.release_lock(run)


def _with_people(batch: list[Delivery]) -> list[Delivery]:
    ids = [delivery.pk for delivery in batch]
    return list(Delivery.objects.filter(pk__in=ids).select_related("contact").order_by("pk"))


def _send_batch(
    run: SendingRun,
    batch: list[Delivery],
    letters: dict[int, Letter],
    backend: BaseEmailBackend,
    sent: Sent,
) -> bool:
    """Send one batch; False when the mail server is out of reach."""
    agreeing = set(
        Consent.objects.filter(
            contact__in=[delivery.contact_id for delivery in batch],
            purpose=ConsentPurpose.TOLD_WHAT_CAME,
            withdrawn_at=None,
        ).values_list("contact_id", flat=True)
    )
    try:
        backend.open()
    except (OSError, smtplib.SMTPException):
        return False
    done: Delivery | None = None
    outcome: DeliveryState | None = None
    reason = ""
    for delivery in batch:
        deliveries.step(run=run, done=done, outcome=outcome, reason=reason, starting=delivery)
        if delivery.notice_id not in letters:
            letters[delivery.notice_id] = letter_of(delivery.notice)
        outcome, reason = _send_one(
            delivery, letters[delivery.notice_id], backend, delivery.contact_id in agreeing
        )
        sent.add(outcome)
        done = delivery
        if outcome == DeliveryState.IN_DOUBT:
            # The connection broke in the middle of one message: the next gets a new one.
            backend.close()
            deliveries.step(run=run, done=done, outcome=outcome, reason=reason, starting=None)
            done = None
            try:
                backend.open()
            except (OSError, smtplib.SMTPException):
                return False
    if done is not None:
        deliveries.step(run=run, done=done, outcome=outcome, reason=reason, starting=None)
    return True


def _send_one(
    delivery: Delivery, letter: Letter, backend: BaseEmailBackend, agrees: bool
) -> tuple[DeliveryState, str]:
    """What became of one message, and why.

    The reply of the mail server decides; silence is doubt.
    """
    if not agrees:
        return DeliveryState.CANNOT_REACH, "They took back their agreement to be told."
    if not delivery.contact.email:
        return DeliveryState.CANNOT_REACH, "No e-mail address is recorded any more."
    try:
        backend.send_messages([letter.to_person(delivery.contact.email, delivery.pk)])
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
    ) as refusal:
        return DeliveryState.FAILED, f"The mail server refused it: {_reply(refusal)}"
    except (ValueError, UnicodeError):
        return DeliveryState.FAILED, "The e-mail address cannot be written to. Check it."
    except (OSError, smtplib.SMTPException):
        return (
            DeliveryState.IN_DOUBT,
            "The connection broke while sending. It may or may not have arrived.",
        )
    return DeliveryState.SENT, ""


def letter_of(notice: Notice) -> Letter:
    """The e-mail that a notice is."""
    context = {
        "notice": notice,
        "activity": notice.activity,
        "paragraphs": [
            part.strip() for part in notice.body.replace("\r\n", "\n").split("\n\n") if part.strip()
        ],
        "link": settings.BASE_URL.rstrip("/")
        + reverse("answer-detail", args=[notice.activity.slug]),
    }
    return Letter(
        subject=" ".join(notice.subject.split()),
        text=render_to_string("emails/notice.txt", context),
        html=render_to_string("emails/notice.html", context),
    )


def _reply(refusal: smtplib.SMTPException) -> str:
    """The server’s own words, without the address."""
    words: bytes | str
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(refusal.recipients.values()))
    elif isinstance(refusal, smtplib.SMTPResponseException):
        code, words = refusal.smtp_code, refusal.smtp_error
    else:
        return "no reason given"
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return redact(f"{code} {text}")
