"""One event, one line: readable on a desk, JSON where machines read; no personal data."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# What people type into forms and addresses ends up in errors: it is taken out of every line.
_PERSONAL = (
    (re.compile(r"((?:redis|rediss|postgres|postgresql|smtp)[\w+]*://)[^@\s/]*@"), r"\1[secret]@"),
    (re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<![\w-])(?:\+44|0)(?:[ -]?\d){9,10}(?![\w-])"), "[telephone]"),
    (re.compile(r"(?<![\w-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])"), "[NHS number]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "[postcode]"),
    # A signed link is a key to one person's page.
    (re.compile(r"(/my/)[^/\s\"']+"), r"\1[link]"),
    (re.compile(r"(/accounts/password/reset/key/)[^/\s\"']+"), r"\1[link]"),
)


def without_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take addresses, numbers, postcodes and keys out of every text of one event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redacted(value)
    return event


def is_news(record: logging.LogRecord) -> bool:
    """False for the lines Django writes each time a machine asks for health and hears "not yet"."""
    path = getattr(getattr(record, "request", None), "path", "")
    return not str(path).startswith("/health/")


def redacted(text: str) -> str:
    """The text without what would point to one person or open a door."""
    for pattern, replacement in _PERSONAL:
        text = pattern.sub(replacement, text)
    return text


def configuration(*, readable: bool) -> dict[str, Any]:
    """The `LOGGING` setting: everything through structlog to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_personal_data,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"news": {"()": lambda: is_news}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # A page that is not there is the reader's business, not a fault of the site.
            "django.request": {"level": "ERROR", "filters": ["news"]},
            "celery": {"level": "WARNING" if readable else "INFO"},
            # Beat and the worker tell of each of thousands of tasks a day at this level.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }
