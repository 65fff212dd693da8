"""A mail server whose replies are set, and what became of the deliveries."""

from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from engagement.messaging.models import Delivery

Reply = BaseException | None


class Server(BaseEmailBackend):
    """A mail server that gives the replies set for it in turn, then accepts everything."""

    def __init__(self, *replies: Reply, opens: Sequence[Reply] = ()) -> None:
        super().__init__()
        self.replies, self.opens = list(replies), list(opens)
        self.accepted: list[EmailMessage] = []
        self.opened = 0
        #: What somebody does while the first message is being sent.
        self.meanwhile: Callable[[], object] | None = None

    def open(self) -> bool:
        self.opened += 1
        self._reply(self.opens)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        assert Delivery.objects.filter(state="sending").count() == len(email_messages) == 1
        self._reply(self.replies)
        self.accepted += email_messages
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return len(email_messages)

    @staticmethod
    def _reply(replies: list[Reply]) -> None:
        if replies and (reply := replies.pop(0)):
            raise reply


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))
