"""Logging: one line for each event, as text or as JSON, without personal data."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# Errors contain what people typed into forms and addresses, so every line is redacted. A visitor
# may send a quarter of a megabyte in one header: each pattern is looked for once in a run of
# characters and not from each of them, or one line would keep the whole site waiting for minutes.
_PERSONAL = (
    (
        re.compile(r"(?<![\w+])((?:redis|postgres|smtp)[\w+]*+://)[^@\s/]*+@"),
        r"\1[secret]@",
    ),
    (re.compile(r"(?<![\w.+'-])[\w.+'-]++@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"(?<![\w-])(?:\+44|0)(?:[ -]?\d){9,10}(?![\w-])"), "[telephone]"),
    (re.compile(r"(?<![\w-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])"), "[NHS number]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "[postcode]"),
    # A signed link gives access to the page of one person.
    (re.compile(r"(/my/)[^/\s\"']+"), r"\1[link]"),
    (re.compile(r"(/accounts/password/reset/key/)[^/\s\"']+"), r"\1[link]"),
)


def without_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Redact every text of one event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redacted(value)
    return event


def is_worth_logging(record: logging.LogRecord) -> bool:
    """False for the lines that Django writes when a health check finds the site not ready."""
    path = getattr(getattr(record, "request", None), "path", "")
    return not str(path).startswith("/health/")


def redacted(text: str) -> str:
    """The text without personal details, passwords and signed links."""
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
        "filters": {"health checks": {"()": lambda: is_worth_logging}},
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
            # A page that does not exist is not a fault of the site.
            "django.request": {"level": "ERROR", "filters": ["health checks"]},
            "celery": {"level": "WARNING" if readable else "INFO"},
            # At INFO, Celery writes lines for each of thousands of tasks a day.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }
