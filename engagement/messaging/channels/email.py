"""E-mail, through the mail server of Django's settings."""

import re
import smtplib
from dataclasses import dataclass
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string

from core.redaction import redact
from engagement.messaging.channels import channel
from engagement.messaging.channels.channel import Answer, Outcome, Recipient, Wording
from engagement.people.choices import ContactMethod

#: Headers that differ from one reader to the next.
_OWN_HEADERS = ("To", "Date", "Message-ID")
#: An address that can stand in a header and in the envelope as it is.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}")


@dataclass(frozen=True)
class PreparedEmail:
    """What every reader's e-mail has in common: words, and the bytes below the own headers."""

    subject: str
    text: str
    html: str
    sender: str
    envelope_sender: str
    common: bytes

    def headers_for(self, recipient: Recipient) -> list[tuple[str, str]]:
        """The own headers of one reader. Raises ValueError for what is no address."""
        domain = self.envelope_sender.rpartition("@")[2]
        values = (
            _address(recipient.address),
            formatdate(),
            make_msgid(idstring=str(recipient.delivery_id), domain=domain),
        )
        return list(zip(_OWN_HEADERS, values, strict=True))

    def bytes_for(self, headers: list[tuple[str, str]]) -> bytes:
        """The whole e-mail of one reader, with the line ends of SMTP."""
        own = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return own.encode("ascii") + self.common


def prepare(wording: Wording) -> PreparedEmail:
    """An e-mail in plain text and HTML, without anything of one reader's."""
    subject = " ".join(wording.subject.split())
    text = render_to_string("messaging/email-message.txt", {"wording": wording})
    html = render_to_string(
        "messaging/email-message.html", {"wording": wording, "subject": subject}
    )
    email = EmailMultiAlternatives(
        subject=subject, body=text, headers={"Auto-Submitted": "auto-generated"}
    )
    email.attach_alternative(html, "text/html")
    whole = email.message()
    for header in _OWN_HEADERS:
        del whole[header]
    return PreparedEmail(
        subject=subject,
        text=text,
        html=html,
        sender=email.from_email,
        envelope_sender=sanitize_address(email.from_email, settings.DEFAULT_CHARSET),
        common=whole.as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django’s own, unknown to its stubs
    )


class Email(channel.SendingChannel):
    """Sends e-mails, each with one address and with a copy in plain text."""

    key = "email"
    label = "E-mail"
    carries = frozenset({ContactMethod.EMAIL})
    address_field = "email"
    no_address = "No e-mail address is recorded any more."

    def prepare(self, wording: Wording) -> PreparedEmail:
        return prepare(wording)

    def connect(self) -> channel.Connection:
        backend = get_connection()
        try:
            backend.open()
        except (OSError, smtplib.SMTPException) as error:
            backend.close()
            raise channel.Unreachable(str(error)) from error
        return EmailConnection(backend)


class EmailConnection(channel.Connection):
    """An open mail backend. The reply of the mail server decides; silence is doubt."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend

    def send(self, prepared: PreparedEmail, recipient: Recipient) -> Outcome:
        try:
            self._hand_over(prepared, recipient)
        except (
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPSenderRefused,
            smtplib.SMTPDataError,
        ) as refusal:
            return Outcome(Answer.REFUSED, f"The mail server refused it: {_reply(refusal)}")
        except (ValueError, UnicodeError):
            return Outcome(Answer.REFUSED, "The e-mail address cannot be written to. Check it.")
        except (OSError, smtplib.SMTPException):
            return Outcome(
                Answer.DOUBT, "The connection broke while sending. It may or may not have arrived."
            )
        return Outcome(Answer.SENT)

    def close(self) -> None:
        self._backend.close()

    def _hand_over(self, prepared: PreparedEmail, recipient: Recipient) -> None:
        headers = prepared.headers_for(recipient)
        backend = self._backend
        if isinstance(backend, SMTPBackend) and backend.connection is not None:
            # The bytes are ready: the backend would take them apart and check each again.
            backend.connection.sendmail(
                prepared.envelope_sender, [headers[0][1]], prepared.bytes_for(headers)
            )
        else:
            backend.send_messages([_Email(prepared, recipient.address, headers)])


class _Email(EmailMultiAlternatives):
    """One reader's e-mail, for a backend that takes Django's messages."""

    def __init__(
        self, prepared: PreparedEmail, address: str, headers: list[tuple[str, str]]
    ) -> None:
        super().__init__(
            subject=prepared.subject,
            body=prepared.text,
            from_email=prepared.sender,
            to=[address],
            headers={"Auto-Submitted": "auto-generated"} | dict(headers[1:]),
        )
        self.attach_alternative(prepared.html, "text/html")


def _address(address: str) -> str:
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    written: str = sanitize_address(address, settings.DEFAULT_CHARSET)
    if not written.isascii() or "@" not in written or "\n" in written or "\r" in written:
        raise ValueError("This is no e-mail address.")
    return written


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


channel.register(Email())
