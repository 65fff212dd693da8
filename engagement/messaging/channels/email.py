"""Email, through the mail server of Django's settings."""

import re
import smtplib
from abc import abstractmethod
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string

from core.redaction import redact
from engagement.messaging import mail_folder
from engagement.messaging.channels import channel
from engagement.messaging.channels.channel import Content, Outcome, Recipient, Status
from engagement.people.choices import ContactMethod

#: Headers that differ from one recipient to the next.
_RECIPIENT_HEADERS = ("To", "Date", "Message-ID")
#: SMTP doubles a full stop at the beginning of a line, as one alone ends the message (RFC 5321).
_FIRST_FULL_STOP = re.compile(rb"^\.", re.MULTILINE)
#: An address that needs no encoding in a header or in the envelope.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}")


@dataclass(frozen=True)
class PreparedEmail:
    """The part of an email that is the same for everybody.

    `common` are the bytes below the headers of one recipient, as SMTP carries them.
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
        """The email to one recipient as bytes, as SMTP carries them."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return lines.encode("ascii") + self.common


def prepare(content: Content) -> PreparedEmail:
    """An email in plain text and HTML, without what differs by recipient."""
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
    data: bytes = message.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own argument, which its stubs do not know
    return PreparedEmail(
        subject=subject,
        text=text,
        html=html,
        sender=email.from_email,
        envelope_sender=sanitize_address(email.from_email, settings.DEFAULT_CHARSET),
        common=_FIRST_FULL_STOP.sub(b"..", data),
    )


class Email(channel.SendingChannel):
    """Sends emails in HTML and plain text, each to one address."""

    key = "email"
    label = "Email"
    contact_methods = frozenset({ContactMethod.EMAIL})
    address_field = "email"
    no_address_reason = "No email address is recorded any more."

    def prepare(self, content: Content) -> PreparedEmail:
        return prepare(content)

    def connect(self) -> channel.Connection:
        backend = get_connection()
        try:
            backend.open()
            if isinstance(backend, SMTPBackend) and backend.connection is not None:
                backend.connection.ehlo_or_helo_if_needed()
                return SMTPConnection(backend, backend.connection)
        except (OSError, smtplib.SMTPException) as error:
            backend.close()
            raise channel.Unreachable(_why(error)) from error
        return BackendConnection(backend)


class _EmailConnection(channel.Connection):
    """An open mail backend."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend

    def send(self, prepared: PreparedEmail, recipient: Recipient) -> Outcome:
        try:
            return self._hand_over(prepared, recipient, prepared.headers_for(recipient))
        except (ValueError, UnicodeError):
            return Outcome(Status.REFUSED, "The email address cannot be written to. Check it.")

    def close(self) -> None:
        self._backend.close()

    @abstractmethod
    def _hand_over(
        self, prepared: PreparedEmail, recipient: Recipient, headers: list[tuple[str, str]]
    ) -> Outcome:
        """Give the message to the backend and report what became of it."""


class SMTPConnection(_EmailConnection):
    """A mail server. It can have accepted a message only once the last of it was sent: what fails
    before that is tried again, and what is not answered after that is in doubt.
    """

    def __init__(self, backend: SMTPBackend, server: smtplib.SMTP) -> None:
        super().__init__(backend)
        self._server = server

    def _hand_over(
        self, prepared: PreparedEmail, recipient: Recipient, headers: list[tuple[str, str]]
    ) -> Outcome:
        # Not `sendmail`, which does not tell in which of these steps the connection broke.
        server, data = self._server, prepared.bytes_for(headers)
        try:
            size = [f"size={len(data)}"] if server.has_extn("size") else ()
            code, reply = server.mail(prepared.envelope_sender, size)
            if code >= 500 and code != _TOO_LARGE:
                return _sender_refused(code, reply)
            if code == _DONE:
                code, reply = server.rcpt(headers[0][1])
            if code in _TAKES_RECIPIENT:
                code, reply = server.docmd("DATA")
            if code != _SEND_IT:
                return self._refused(code, reply)
            server.send(data if data.endswith(b"\r\n") else data + b"\r\n")
            server.send(b".\r\n")
        except (OSError, smtplib.SMTPException):
            return _BROKE_BEFORE
        try:
            code, reply = server.getreply()
        except (OSError, smtplib.SMTPException):
            return _BROKE_AFTER
        if code // 100 == _TAKEN:
            return Outcome(Status.SENT)
        return self._refused(code, reply) if code // 100 in _NOT_TAKEN else _ODD_REPLY

    def _refused(self, code: int, reply: bytes) -> Outcome:
        """The outcome of a refusal, after which the connection is ready for another message."""
        outcome = _refusal(code, reply)
        with suppress(OSError, smtplib.SMTPException):
            if not outcome.is_closed and self._server.rset()[0] == _DONE:
                return outcome
        return replace(outcome, is_closed=True)


class BackendConnection(_EmailConnection):
    """Any other mail backend, which takes Django's messages."""

    def _hand_over(
        self, prepared: PreparedEmail, recipient: Recipient, headers: list[tuple[str, str]]
    ) -> Outcome:
        try:
            self._backend.send_messages([_Email(prepared, recipient.address, headers)])
        except smtplib.SMTPRecipientsRefused as refusal:
            return _refusal(*next(iter(refusal.recipients.values())))
        except smtplib.SMTPSenderRefused as refusal:
            return _sender_refused(refusal.smtp_code, refusal.smtp_error)
        except smtplib.SMTPResponseException as refusal:
            return _refusal(refusal.smtp_code, refusal.smtp_error)
        except (OSError, smtplib.SMTPException):
            is_kept_whole = isinstance(self._backend, mail_folder.EmailBackend)
            return _BROKE_BEFORE if is_kept_whole else _BROKE_AFTER
        return Outcome(Status.SENT)


# Replies of a mail server.
_DONE, _SEND_IT, _CLOSING, _TOO_LARGE = 250, 354, 421, 552
_TAKES_RECIPIENT = (250, 251)
# First digits of the reply to a whole message.
_TAKEN, _NOT_TAKEN = 2, (4, 5)

_BROKE_BEFORE = Outcome(
    Status.NOT_NOW, "The mail server closed before it took it. It did not arrive.", is_closed=True
)
_BROKE_AFTER = Outcome(
    Status.IN_DOUBT,
    "The connection broke while sending. It may or may not have arrived.",
    is_closed=True,
)

_ODD_REPLY = Outcome(
    Status.IN_DOUBT,
    "The mail server did not say whether it took it. It may or may not have arrived.",
    is_closed=True,
)


class _Email(EmailMultiAlternatives):
    """The email to one recipient, for a backend that takes Django's messages."""

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
        raise ValueError("This is not an email address.")
    return encoded


def _refusal(code: int, reply: bytes | str) -> Outcome:
    """The outcome of a refusal: final from 500 on, for now below."""
    words = _in_words(code, reply)
    if code >= 500:
        return Outcome(Status.REFUSED, f"The mail server refused it: {words}")
    return Outcome(
        Status.NOT_NOW,
        f"The mail server did not take it yet: {words}",
        is_closed=code == _CLOSING or code < 400,
    )


def _sender_refused(code: int, reply: bytes | str) -> Outcome:
    """The outcome of a refusal that is about the service and not about whom it writes to, such as a
    quota that is used up: nobody has failed by it.
    """
    return Outcome(
        Status.NOT_NOW,
        f"The mail server does not let us send: {_in_words(code, reply)}",
        is_closed=True,
    )


def _in_words(code: int, reply: bytes | str) -> str:
    """A reply without addresses and control characters; the database takes no NUL."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return redact(f"{code} {printable}")


def _why(error: Exception) -> str:
    """Why the mail server cannot be reached, in a few words."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server replied {error.smtp_code}"
    return redact(getattr(error, "strerror", None) or str(error) or type(error).__name__)


channel.register(Email())
