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
from engagement.messaging.channels.channel import Content, Outcome, Recipient, Status
from engagement.people.choices import ContactMethod

#: Headers that differ from one recipient to the next.
_RECIPIENT_HEADERS = ("To", "Date", "Message-ID")
#: An address that needs no encoding in a header or in the envelope.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}")


@dataclass(frozen=True)
class PreparedEmail:
    """The part of an e-mail that is the same for everybody.

    `common` are the bytes below the headers of one recipient.
    """

    subject: str
    text: str
    html: str
    sender: str
    envelope_sender: str
    common: bytes

    def headers_for(self, recipient: Recipient) -> list[tuple[str, str]]:
        """The headers of one recipient. Raises ValueError where the address is not valid."""
        domain = self.envelope_sender.rpartition("@")[2]
        values = (
            _address(recipient.address),
            formatdate(),
            make_msgid(idstring=str(recipient.delivery_id), domain=domain),
        )
        return list(zip(_RECIPIENT_HEADERS, values, strict=True))

    def bytes_for(self, headers: list[tuple[str, str]]) -> bytes:
        """The e-mail to one recipient as bytes, with the line ends of SMTP."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return lines.encode("ascii") + self.common


def prepare(content: Content) -> PreparedEmail:
    """An e-mail in plain text and HTML, without what differs by recipient."""
    subject = " ".join(content.subject.split())
    text = render_to_string("messaging/email-message.txt", {"content": content})
    html = render_to_string(
        "messaging/email-message.html", {"content": content, "subject": subject}
    )
    email = EmailMultiAlternatives(
        subject=subject, body=text, headers={"Auto-Submitted": "auto-generated"}
    )
    email.attach_alternative(html, "text/html")
    message = email.message()
    for header in _RECIPIENT_HEADERS:
        del message[header]
    return PreparedEmail(
        subject=subject,
        text=text,
        html=html,
        sender=email.from_email,
        envelope_sender=sanitize_address(email.from_email, settings.DEFAULT_CHARSET),
        common=message.as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own argument, which its stubs do not know
    )


class Email(channel.SendingChannel):
    """Sends e-mails in HTML and plain text, each to one address."""

    key = "email"
    label = "E-mail"
    contact_methods = frozenset({ContactMethod.EMAIL})
    address_field = "email"
    no_address_reason = "No e-mail address is recorded any more."

    def prepare(self, content: Content) -> PreparedEmail:
        return prepare(content)

    def connect(self) -> channel.Connection:
        backend = get_connection()
        try:
            backend.open()
        except (OSError, smtplib.SMTPException) as error:
            backend.close()
            raise channel.Unreachable(str(error)) from error
        return EmailConnection(backend)


class EmailConnection(channel.Connection):
    """An open mail backend. A message that the mail server did not reply to is in doubt."""

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
            return Outcome(Status.REFUSED, f"The mail server refused it: {_reply(refusal)}")
        except (ValueError, UnicodeError):
            return Outcome(Status.REFUSED, "The e-mail address cannot be written to. Check it.")
        except (OSError, smtplib.SMTPException):
            return Outcome(
                Status.IN_DOUBT,
                "The connection broke while sending. It may or may not have arrived.",
            )
        return Outcome(Status.SENT)

    def close(self) -> None:
        self._backend.close()

    def _hand_over(self, prepared: PreparedEmail, recipient: Recipient) -> None:
        headers = prepared.headers_for(recipient)
        backend = self._backend
        if isinstance(backend, SMTPBackend) and backend.connection is not None:
            # Faster than `send_messages`, which would build the same bytes anew for each recipient.
            backend.connection.sendmail(
                prepared.envelope_sender, [headers[0][1]], prepared.bytes_for(headers)
            )
        else:
            backend.send_messages([_Email(prepared, recipient.address, headers)])


class _Email(EmailMultiAlternatives):
    """The e-mail to one recipient, for a backend that takes Django's messages."""

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
    encoded: str = sanitize_address(address, settings.DEFAULT_CHARSET)
    if not encoded.isascii() or "@" not in encoded or "\n" in encoded or "\r" in encoded:
        raise ValueError("This is not an e-mail address.")
    return encoded


def _reply(refusal: smtplib.SMTPException) -> str:
    """The reply of the mail server, without the address."""
    reply: bytes | str
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(refusal.recipients.values()))
    elif isinstance(refusal, smtplib.SMTPResponseException):
        code, reply = refusal.smtp_code, refusal.smtp_error
    else:
        return "no reason given"
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return redact(f"{code} {text}")


channel.register(Email())
