"""The `@act` decorator: every write to the database is a function marked with it.

An act is either refused, or runs in one transaction that ends with its row in the audit trail.
"""

import functools
import importlib
import pkgutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pghistory
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import module_has_submodule

from core import access, clock
from core.brought_back import require_pressed
from core.choices import Event, Outcome, Permission
from core.seen import compare

if TYPE_CHECKING:
    from core.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


class Refused(Exception):
    """The actor may not do this. `sentence` says what was refused and can be shown on a page."""

    def __init__(self, sentence: str, event: Event, by: "Actor", subject: models.Model | None):
        super().__init__(sentence)
        self.sentence, self.event, self.by, self.subject = sentence, event, by, subject


@dataclass(frozen=True)
class Act:
    """One registered act: what its decorator was given, and the function that performs it.

    `on` names the keyword argument whose row the permission is checked for, if any.
    """

    event: Event
    module: str
    function: str
    needs: Permission
    on: str | None
    changes_public: bool
    perform: Callable[..., Any]

    @property
    def name(self) -> str:
        """The full name of the function, such as `core.actions.accounts.make`."""
        return f"{self.module}.{self.function}"


@dataclass
class _AuditDetails:
    """What the audit row of the running act will say."""

    number: uuid.UUID
    about: str = ""
    subject: models.Model | None = None
    fields: list[str] = field(default_factory=list)


_running: ContextVar[_AuditDetails | None] = ContextVar("running_act", default=None)
_watched: ContextVar[list[Event] | None] = ContextVar("watched_acts", default=None)
#: The acts of the modules imported so far, by event. `all_acts` imports the other modules first.
ACTS: dict[Event, Act] = {}


def act(
    event: Event, *, needs: Permission, on: str | None = None, changes_public: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as an act, and check, record and run each call of it as one.

    The function takes keyword arguments only. One is `by`, the actor (`core.actors`). `on` names
    the argument whose row the permission is checked for; without it the actor only has to hold the
    permission. `changes_public` says that public pages may differ afterwards.

    A refused call raises `Refused`, leaves one audit row and changes nothing else. An act called
    inside another joins its transaction and writes an audit row of its own.

    Raises an error on import for a permission that no wing has registered and for an event that
    another act has already.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        definition = Act(
            event,
            function.__module__,
            function.__qualname__,
            needs,
            on,
            changes_public,
            function,
        )
        if not access.is_registered(needs):
            raise RuntimeError(
                f"{definition.name} needs “{needs.value}”, a permission no wing has registered."
            )
        if event in ACTS:
            raise RuntimeError(f"“{event.value}” is the event of {ACTS[event].name} already.")

        @functools.wraps(function)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__qualname__} takes keywords only.")
            outermost = _running.get() is None
            try:
                return _perform(definition, function, kwargs)
            except Refused as refusal:
                if outermost:
                    _write_audit_row(
                        refusal.event,
                        refusal.by,
                        Outcome.REFUSED,
                        _AuditDetails(uuid.uuid4(), refusal.sentence, refusal.subject),
                    )
                raise

        ACTS[event] = replace(definition, perform=wrapped)
        return wrapped

    return decorate


def all_acts() -> dict[Event, Act]:
    """Every act of every wing, by event. Imports all modules of actions first."""
    for config in apps.get_app_configs():
        is_ours = config.path.startswith(str(settings.BASE_DIR / config.name.split(".", 1)[0]))
        if not is_ours or config.module is None:
            continue
        if module_has_submodule(config.module, "actions"):
            package = importlib.import_module(f"{config.name}.actions")
            for found in pkgutil.iter_modules(getattr(package, "__path__", [])):
                importlib.import_module(f"{package.__name__}.{found.name}")
    return dict(ACTS)


@contextmanager
def watched() -> Iterator[list[Event]]:
    """The events of the acts that are done meanwhile, in a list that grows."""
    done: list[Event] = []
    token = _watched.set(done)
    try:
        yield done
    finally:
        _watched.reset(token)


def describe(
    about: str = "", *, subject: models.Model | None = None, fields: list[str] | None = None
) -> None:
    """Inside an act, set what its audit row says. Never pass a resident's own words.

    What is left empty stays as it was. Refuses to be called outside an act.
    """
    current = _running.get()
    if current is None:
        raise RuntimeError("No act is running that could be described.")
    current.about = about or current.about
    current.subject = subject or current.subject
    current.fields = fields or current.fields


def record_refusal(event: Event, by: "Actor", sentence: str) -> None:
    """Write the audit row of a refusal before any act was tried."""
    _write_audit_row(event, by, Outcome.REFUSED, _AuditDetails(uuid.uuid4(), sentence))


def save(row: M) -> M:
    """Validate and save a row; what the database refuses becomes a `ValidationError`.

    The database checks its constraints on saving. Only when that fails does Django validate them
    one by one, to name the field and the message: doing so each time costs more than saving.
    """
    # A related row that is loaded exists: validating its key would query it again.
    loaded = [
        one.name
        for one in row._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.is_cached(row)
    ]
    row.clean_fields(exclude=loaded)
    row.clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean()
        raise
    return row


def update(row: M, **values: Any) -> list[str]:
    """Set these fields on a row and save it if any differs; gives the names of those that did."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        save(row)
    return changed


def lock(row: M) -> M:
    """Read the row again and lock it until the end of the act.

    Raises `Stale` where a form showed the row and it is not as shown any more (`core.seen`), and
    refuses a row that is gone.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",))
    current = rows.filter(pk=row.pk).first()
    if current is None:
        raise ValidationError("Someone else has removed this, so nothing was saved.")
    compare(current)
    return current


def _perform(definition: Act, function: Callable[..., R], kwargs: dict[str, Any]) -> R:
    require_pressed()
    by: Actor = kwargs["by"]
    event, needs = definition.event, definition.needs
    subject = kwargs[definition.on] if definition.on else None
    if not access.may(by, needs, subject):
        what = event.value.rsplit(" ", 1)[0]
        sentence = (
            f"You do not have permission to do this: {what} needs the permission “{needs.value}”."
        )
        raise Refused(sentence, event, by, subject)
    details = _AuditDetails(uuid.uuid4(), subject=subject)
    with (
        _set_running(details),
        transaction.atomic(),
        pghistory.context(
            act=str(details.number),
            event=event.value,
            user=by.user.pk if by.user is not None else None,
            actor=f"{by.kind.value} {by.reference}".strip(),
        ),
    ):
        result = function(**kwargs)
        if details.subject is None and isinstance(result, models.Model):
            details.subject = result
        _write_audit_row(event, by, Outcome.DONE, details, is_shown=definition.changes_public)
    if (done := _watched.get()) is not None:
        done.append(event)
    return result


@contextmanager
def _set_running(details: _AuditDetails) -> Iterator[None]:
    token = _running.set(details)
    try:
        yield
    finally:
        _running.reset(token)


def _write_audit_row(
    event: Event, by: "Actor", outcome: Outcome, details: _AuditDetails, *, is_shown: bool = False
) -> None:
    from core.models import AuditEvent

    subject = details.subject
    AuditEvent.objects.create(
        act=details.number,
        at=clock.now(),
        by=by.user,
        by_kind=by.kind,
        by_name=by.name,
        by_reference=by.reference,
        event=event.value,
        outcome=outcome,
        subject_kind=str(subject._meta.verbose_name) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        about=details.about[:1000],
        fields=details.fields,
        is_shown=is_shown,
    )
