"""Settings from the environment: values, defaults, and the messages for bad values."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from nel_participation import environment

LONG = "k9" + "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQ"


def a_database(name: str) -> object:
    return environment.database(name, "postgresql://x@y/z", keep_seconds=0)


def a_broker(name: str) -> object:
    return environment.redis(name, "redis://127.0.0.1:1/0")


def an_address(name: str) -> object:
    return environment.base_url(name, "http://127.0.0.1:8000")


def a_mail_server(name: str) -> object:
    return environment.mail(name, "filemail:///tmp/mail")


def some_hosts(name: str) -> object:
    return environment.hosts(name, [])


def a_key(name: str) -> object:
    return environment.secret_key(name, None)


@pytest.mark.parametrize(
    ("read", "value", "mend"),
    [
        (a_database, "nonsense", "write it as postgresql://"),
        (a_database, "mysql://name:password@host/database", "write it as postgresql://"),
        (a_database, "postgresql://name@host", "write it as postgresql://"),
        (a_database, "postgresql://name@host:port/database", "write it as postgresql://"),
        (a_database, "postgresql://name@[broken/database", "write it as postgresql://"),
        (a_database, "postgresql://one@host/a\npostgresql://two@host/b", "write it on one line"),
        (a_broker, "nonsense", "write it as redis://"),
        (a_broker, "http://host:6379/0", "write it as redis://"),
        (a_broker, "redis://host:sixthousand/0", "write it as redis://"),
        (a_broker, "redis://host:6379/cache", "write it as redis://"),
        (an_address, "participation.example.org", "write it as https://"),
        (an_address, "https://participation.example.org/path", "without a path"),
        (an_address, "http://participation.example.org", "write it with https://"),
        (a_mail_server, "mail.example.org", "write it as smtp+tls://"),
        (a_mail_server, "smtp://", "write it as smtp+tls://"),
        (a_mail_server, "filemail://mail", "write it as smtp+tls://"),
        (some_hosts, "*", "write the names people type"),
        (some_hosts, "https://participation.example.org", "write the names people type"),
        (some_hosts, "participation.example.org:443", "write the names people type"),
        (a_key, "", "is not set: set it, for example"),
        (a_key, "short", "make one with"),
        (a_key, "a" * 80, "make one with"),
    ],
)
def test_reading_when_value_is_bad_then_stops_with_a_sentence_that_says_how_to_mend_it(
    read: Callable[[str], object],
    value: str,
    mend: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("A_SETTING", value)

    with pytest.raises(SystemExit) as stopped:
        read("A_SETTING")

    said = capsys.readouterr().err
    assert stopped.value.code == environment.REFUSED
    assert said.startswith("A_SETTING ")
    assert mend in said


def test_reading_when_database_has_a_bad_password_then_the_sentence_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("A_SETTING", "postgresql://name:hush-hush@host:port/database")

    with pytest.raises(SystemExit):
        a_database("A_SETTING")

    assert "hush-hush" not in capsys.readouterr().err


def test_database_when_socket_folder_is_percent_encoded_then_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A_SETTING", "postgresql://postgres@%2Ftmp%2Fa%20folder/participation")

    found = environment.database("A_SETTING", "", keep_seconds=7)

    assert found["HOST"] == "/tmp/a folder"
    assert found["NAME"] == "participation"
    assert found["CONN_MAX_AGE"] == 7


def test_text_when_set_to_nothing_then_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "  ")

    assert environment.text("A_SETTING", "the default") == "the default"


def test_hosts_when_names_are_given_then_come_after_those_always_answered_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A_SETTING", "b.example.org, a.example.org,")

    assert environment.hosts("A_SETTING", ["a.example.org"]) == ["a.example.org", "b.example.org"]


def test_mail_when_server_asks_for_encryption_then_django_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A_SETTING", "smtp+tls://name:pass%40word@mail.example.org:587")

    found = environment.mail("A_SETTING", "")

    assert found["EMAIL_USE_TLS"] is True
    assert found["EMAIL_HOST_PASSWORD"] == "pass@word"


def test_secret_key_when_kept_then_made_once_and_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("A_SETTING", raising=False)
    kept = tmp_path / "var" / "secret_key"

    first = environment.secret_key("A_SETTING", kept)
    second = environment.secret_key("A_SETTING", kept)

    assert first == second
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_secret_key_when_set_then_wins_over_the_kept_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SETTING", LONG)

    assert environment.secret_key("A_SETTING", tmp_path / "secret_key") == LONG
    assert not (tmp_path / "secret_key").exists()


def test_secret_key_when_it_cannot_be_kept_then_says_where_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("A_SETTING", raising=False)
    (tmp_path / "file").write_text("")

    with pytest.raises(SystemExit):
        environment.secret_key("A_SETTING", tmp_path / "file" / "secret_key")

    assert "give yourself the right to write there" in capsys.readouterr().err


def test_mail_when_messages_are_kept_in_a_folder_then_the_path_stays_absolute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A_SETTING", "filemail:///srv/some%20where/mail")

    assert environment.mail("A_SETTING", "")["EMAIL_FILE_PATH"] == "/srv/some where/mail"
