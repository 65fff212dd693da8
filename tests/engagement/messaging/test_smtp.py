"""What becomes of a message by the step of SMTP in which the mail server refuses it or closes."""

import socketserver
import threading
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from engagement.messaging.channels import email
from engagement.messaging.channels.channel import Connection, Content, Recipient, Status

CLOSES = ""
_USUAL = {"ehlo": "250 sink", "mail": "250 Go on", "rcpt": "250 Go on", "data": "354 Send it"}
_USUAL |= {".": "250 Taken", "rset": "250 Forgotten"}


class Server(socketserver.ThreadingTCPServer):
    """A mail server whose reply to each step can be set; it closes where the reply is empty."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.replies = dict(_USUAL)
        self.taken: list[bytes] = []


class _Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            step = line.decode().split()[0].lower()
            if not self._reply(step):
                return
            if step == "data" and self.server.replies["data"].startswith("354"):
                data = b"".join(iter(self.rfile.readline, b".\r\n"))
                # Before the reply, which the test waits for.
                self.server.taken.append(data)
                if not self._reply("."):
                    return

    def _reply(self, step: str) -> bool:
        reply = self.server.replies[step]
        if reply != CLOSES:
            self.wfile.write(f"{reply}\r\n".encode())
        return reply != CLOSES and not reply.startswith("421")


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, args=[0.01], daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = made.server_address[:2]
        yield made
        made.shutdown()


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    made = email.Email().connect()
    yield made
    made.close()


def send(connection: Connection, body: str = "Tea at eight.") -> tuple[Status, bool]:
    content = Content("en", "What came of it", body, "https://x.example/", "Read it", "You came.")
    outcome = connection.send(email.prepare(content), Recipient(1, "Amina", "amina@example.org"))
    return outcome.status, outcome.is_closed


@pytest.mark.parametrize(
    ("reply", "refused"),
    [
        ("550 Quota exceeded", (Status.NOT_NOW, True)),
        ("530 Sign in first", (Status.NOT_NOW, True)),
        ("552 Too large", (Status.REFUSED, False)),
        ("451 Later", (Status.NOT_NOW, False)),
        ("421 Closing", (Status.NOT_NOW, True)),
    ],
)
def test_message_when_the_server_refuses_the_sender_then_it_is_not_the_person_s_fault(
    server: Server, connection: Connection, reply: str, refused: tuple[Status, bool]
) -> None:
    server.replies["mail"] = reply

    assert send(connection) == refused


@pytest.mark.parametrize("step", ["rcpt", "data", "."])
@pytest.mark.parametrize(
    ("reply", "status", "is_closed"),
    [
        ("550 Never", Status.REFUSED, False),
        ("451 Greylisted", Status.NOT_NOW, False),
        ("421 Closing", Status.NOT_NOW, True),
    ],
)
def test_message_when_refused_then_for_good_or_for_now_and_the_next_goes_out(
    server: Server, connection: Connection, step: str, reply: str, status: Status, is_closed: bool
) -> None:
    server.replies[step] = reply

    refused = send(connection)

    assert refused == (status, is_closed)
    if not is_closed:
        server.replies = dict(_USUAL)
        assert send(connection) == (Status.SENT, False)


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        ("200 Yes", Status.SENT),
        ("299 Yes", Status.SENT),
        ("354 What else", Status.IN_DOUBT),
        ("no number", Status.IN_DOUBT),
    ],
)
def test_message_when_the_server_has_it_and_answers_oddly_then_it_is_not_sent_again(
    server: Server, connection: Connection, reply: str, status: Status
) -> None:
    server.replies["."] = reply

    assert send(connection) == (status, status == Status.IN_DOUBT)


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_message_when_the_server_closes_before_it_has_all_of_it_then_it_is_not_in_doubt(
    server: Server, connection: Connection, step: str
) -> None:
    server.replies[step] = CLOSES

    assert send(connection) == (Status.NOT_NOW, True)


def test_message_when_the_server_closes_after_it_has_all_of_it_then_it_is_in_doubt(
    server: Server, connection: Connection
) -> None:
    server.replies["."] = CLOSES

    assert send(connection) == (Status.IN_DOUBT, True)


@pytest.mark.parametrize(("step", "status"), [("rcpt", Status.NOT_NOW), (".", Status.IN_DOUBT)])
def test_message_when_the_server_does_not_answer_in_time_then_in_doubt_only_at_the_end(
    server: Server, settings: Settings, step: str, status: Status
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    connection = email.Email().connect()
    # Half a reply: the end of the line never comes.
    server.replies[step] = "250-"

    sent = send(connection)
    connection.close()

    assert sent == (status, True)


def test_message_when_a_line_is_a_full_stop_then_all_of_it_arrives(
    server: Server, connection: Connection
) -> None:
    assert send(connection, "One.\n\n.\n\nTwo.") == (Status.SENT, False)

    assert b"\r\n..\r\n" in server.taken[0]
    assert server.taken[0].count(b"Two.") == 2
