"""Reads settings from the environment. A bad value stops the start with a helpful sentence."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import dj_database_url
import environ

# gunicorn stops, and starts no new worker, when a worker exits with this code.
REFUSED = 3

_env = environ.Env()


def refuse(sentence: str) -> NoReturn:
    """Exit with one sentence and without a traceback."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
    raise SystemExit(REFUSED)


def text(name: str, default: str) -> str:
    """A setting as text. An empty one counts as unset: compose files pass unset settings so."""
    value: str = _env.str(name, default="").strip()
    if "\x00" in value or "\n" in value:
        refuse(f"{name} holds a line break: write it on one line.")
    return value or default


def required(name: str, example: str) -> str:
    """A setting that production needs; refuses to start when it is not set."""
    value = text(name, "")
    if not value:
        refuse(f"{name} is not set: set it, for example {name}={example}.")
    return value


def database(name: str, default: str, *, keep_seconds: int) -> dict[str, Any]:
    """The `default` database of Django from a PostgreSQL address."""
    value = text(name, default)
    mend = (
        f"{name} is not the address of a PostgreSQL database: write it as "
        "postgresql://name:password@host:5432/database, with odd signs in the password "
        "percent-encoded, or leave it unset to use the embedded one."
    )
    try:
        scheme = urlsplit(value).scheme
        if scheme not in {"postgres", "postgresql"}:
            refuse(mend)
        parsed: dict[str, Any] = dict(
            dj_database_url.parse(value, conn_max_age=keep_seconds, conn_health_checks=True)
        )
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        refuse(mend)
    if not parsed.get("NAME"):
        refuse(mend)
    parsed["OPTIONS"] = {
        "connect_timeout": 5,
        "application_name": "nel-participation",
        **parsed.get("OPTIONS", {}),
    }
    return parsed


def redis(name: str, default: str) -> str:
    """The address of Redis or Valkey, for tasks and cache."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        good = (
            parts.scheme in {"redis", "rediss"}
            and bool(parts.hostname)
            and (parts.port or 1) > 0
            and (parts.path.strip("/") or "0").isdigit()
        )
    except ValueError:
        good = False
    if not good:
        refuse(
            f"{name} is not the address of a Redis or Valkey server: write it as "
            "redis://:password@host:6379/0, or leave it unset to use the embedded one."
        )
    return value


def base_url(name: str, default: str) -> str:
    """The public address of the site without a final slash; refuses http:// for other machines."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        good = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port or 1) > 0
            and not (parts.path or parts.query or parts.fragment or parts.username)
        )
    except ValueError:
        good = False
    if not good:
        refuse(
            f"{name} is not the address of a site: write it as https://participation.example.org, "
            "without a path."
        )
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        refuse(
            f"{name} begins with http:// and names another machine: write it with https://, "
            "as people sign in and give personal details here."
        )
    return value


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's mail settings from an address such as smtp+tls://name:password@host:587."""
    value = text(name, default)
    mend = (
        f"{name} is not the address of a mail server: write it as "
        "smtp+tls://name:password@host:587, smtp+ssl:// for port 465, smtp:// without encryption, "
        "or leave it unset to keep messages in a folder."
    )
    try:
        parts = urlsplit(value)
        if parts.scheme not in environ.Env.EMAIL_SCHEMES:
            refuse(mend)
        if parts.scheme.startswith("smtp") and not parts.hostname:
            refuse(mend)
        if parts.scheme == "filemail" and (parts.netloc or not parts.path.startswith("/")):
            refuse(mend)
        parsed: dict[str, Any] = dict(environ.Env.email_url_config(value))
        if parts.scheme == "filemail":
            # django-environ takes the leading slash off, as if the path were a database's name.
            parsed["EMAIL_FILE_PATH"] = unquote(parts.path)
            parsed["EMAIL_BACKEND"] = "engagement.messaging.mail_folder.EmailBackend"
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        refuse(mend)
    return parsed


def hosts(name: str, always: list[str]) -> list[str]:
    """The host names of the site: the setting, separated by commas, and those in `always`."""
    value = text(name, "")
    names = [
        *dict.fromkeys([*always, *(host.strip() for host in value.split(",") if host.strip())])
    ]
    for host in names:
        if host == "*" or "/" in host or (":" in host and not host.startswith("[")):
            refuse(
                f"{name} holds {host!r}, which is not a host name: write the names people type, "
                "separated by commas, without https://, ports or *."
            )
    return names


def secret_key(name: str, stored_in: Path | None) -> str:
    """The signing key. If it is unset and `stored_in` is given, it is made once and kept there."""
    value = text(name, "")
    example = "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
    if not value and stored_in is None:
        required(name, example)
    if not value and stored_in is not None:
        value = _stored_key(name, stored_in)
    if len(value) < 50 or len(set(value)) < 5:
        refuse(f"{name} is too short to be safe: make one with {name}={example}.")
    return value


def _stored_key(name: str, path: Path) -> str:
    """The key in `path`, made when missing; two processes that make it at once get the same one."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(secrets.token_urlsafe(50))
            with suppress(FileExistsError):
                os.link(fresh, path)
            fresh.unlink()
        return path.read_text().strip()
    except OSError as error:
        refuse(
            f"{name} is not set and the one in {path} cannot be read or made "
            f"({error.strerror}): give yourself the right to write there, or set {name}."
        )
