"""The log has no personal details, passwords or signed links."""

import io
import json
import logging
import logging.config
import time
from types import SimpleNamespace

import pytest

from nel_participation import logging as lines


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no account for amina.khan@example.org", "no account for [email]"),
        ("<o'neil.a-b+c@nhs.example.org>", "<[email]>"),
        ("called 020 7946 0123 twice", "called [telephone] twice"),
        ("texted +447700900123", "texted [telephone]"),
        ("number 943 476 5919 found", "number [NHS number] found"),
        ("lives at E17 4LN now", "lives at [postcode] now"),
        ("GET /my/abc:def:ghi/ 200", "GET /my/[link]/ 200"),
        ("redis://:hush@127.0.0.1:6379/0 is gone", "redis://[secret]@127.0.0.1:6379/0 is gone"),
        ("rediss://u:hush@b:6379/0", "rediss://[secret]@b:6379/0"),
        ("at smtp+tls://u:hush@b:587", "at smtp+tls://[secret]@b:587"),
        ("url=postgresql://u:hush@b/n", "url=postgresql://[secret]@b/n"),
        ("loaded 1234567 rows in 2026-11", "loaded 1234567 rows in 2026-11"),
    ],
)
def test_redacted_when_text_holds_something_personal_then_it_is_taken_out(
    said: str, kept: str
) -> None:
    assert lines.redacted(said) == kept


@pytest.mark.parametrize("part", ["a", "a.", "redis", "redis+", "redis://", "a@", "0 ", "/my/"])
def test_redacted_when_a_visitor_sends_a_very_long_header_then_read_in_a_moment(part: str) -> None:
    said = part * (250_000 // len(part))
    began = time.thread_time()

    lines.redacted(said)

    # With a search from each character, minutes.
    assert time.thread_time() - began < 2


def test_json_line_when_an_exception_names_a_person_then_the_trace_does_not() -> None:
    configuration = lines.configuration(readable=False)
    handler = _handler(configuration)
    logger = logging.Logger("a.logger")
    logger.addHandler(handler)

    try:
        raise ValueError("amina.khan@example.org is taken")
    except ValueError:
        logger.exception("could not save %s", "amina.khan@example.org")

    said = json.loads(handler.stream.getvalue())
    assert said["level"] == "error"
    assert said["event"] == "could not save [email]"
    assert "ValueError: [email] is taken" in said["exception"]


@pytest.mark.parametrize(("path", "kept"), [("/health/ready", False), ("/staff/", True)])
def test_record_when_a_machine_asks_for_health_then_no_line(path: str, kept: bool) -> None:
    record = logging.makeLogRecord({"request": SimpleNamespace(path=path)})

    assert lines.is_worth_logging(record) is kept


def _handler(configuration: dict[str, object]) -> logging.StreamHandler[io.StringIO]:
    formatter = configuration["formatters"]["line"]  # type: ignore[index]
    handler: logging.StreamHandler[io.StringIO] = logging.StreamHandler(io.StringIO())
    handler.setFormatter(
        formatter.pop("()")(
            processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
        )
    )
    return handler
