"""The folder that messages are kept in while no mail server is set, each as it was sent.

The name of a file begins with the moment, so that names sort by it, and ends as mail programs
expect: `20270327-093005-123456-17.eml`. 17 is the number of the delivery.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage as OutgoingMessage
from django.core.mail.backends.base import BaseEmailBackend

_MOMENT = "%Y%m%d-%H%M%S-%f"
_NAME = re.compile(r"(?P<moment>\d{8}-\d{6}-\d{6})-(?P<delivery>\d{1,18})\.eml")
#: The identifier that the email channel gives a message; its last number is that of the delivery.
_MESSAGE_ID = re.compile(r"<\d+\.\d+\.\d+\.(\d+)@")


class EmailBackend(BaseEmailBackend):
    """Django's mail backend for the folder. After an `OSError` nothing of the message is kept."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._folder = Path(settings.EMAIL_FILE_PATH)

    def open(self) -> bool:
        """Make the folder. Raises `OSError` when it cannot be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "The folder for messages cannot be written")
        return True

    def send_messages(self, email_messages: Sequence[OutgoingMessage]) -> int:
        for message in email_messages:
            found = _MESSAGE_ID.match(message.extra_headers.get("Message-ID", ""))
            name = f"{datetime.now(UTC):{_MOMENT}}-{found[1] if found else 0}.eml"
            unfinished = self._folder / f".{name}"
            try:
                unfinished.write_bytes(message.message().as_bytes())
                unfinished.rename(self._folder / name)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
        return len(email_messages)


@dataclass(frozen=True)
class KeptMessage:
    """One message in the folder."""

    path: Path
    kept_at: datetime
    delivery_id: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name

    def read(self) -> EmailMessage:
        """The message itself."""
        return message_from_bytes(self.path.read_bytes(), policy=policy.default)


def is_used() -> bool:
    """Whether messages go to a folder, and may be read in it: never in production."""
    return bool(settings.LOCAL) and f"{__name__}.EmailBackend" == settings.EMAIL_BACKEND


def kept() -> list[KeptMessage]:
    """Every message in the folder, newest first; none while it cannot be read."""
    folder = Path(settings.EMAIL_FILE_PATH)
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except OSError:
        return []
    return [
        KeptMessage(
            folder / name,
            datetime.strptime(found["moment"], _MOMENT).replace(tzinfo=UTC),
            int(found["delivery"]),
        )
        for name in names
        if (found := _NAME.fullmatch(name))
    ]
