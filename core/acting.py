"""@act: the one way anything is written. It refuses, or runs in a transaction with an audit row."""

import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pghistory
from django.db import IntegrityError, models, transaction

from core import access, clock
from core.choices import SHOWN_TO_EVERYBODY, Event, Outcome, Permission

if TYPE_CHECKING:
    from core.models import User

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


class Refused(Exception):
    """Somebody may not do this. The sentence says what was refused, in words for a page."""

    def __init__(self, sentence: str, event: Event, by: "User", subject: models.Model | None):
        super().__init__(sentence)
        self.sentence, self.event, self.by, self.subject = sentence, event, by, subject


class Stale(Exception):
    """Somebody else saved the same thing first. Carries the row as it now stands."""

    def __init__(self, current: models.Model):
        super().__init__("Somebody else has saved this since you opened it.")
        self.current = current


@dataclass
class _Act:
    """What the act under way wants its audit row to say."""

    number: uuid.UUID
    about: str = ""
    subject: models.Model | None = None
    fields: list[str] = field(default_factory=list)


_under_way: ContextVar[_Act | None] = ContextVar("act_under_way", default=None)
#: Every act by the event it leaves, for the test that no event lacks an act.
ACTS: dict[Event, str] = {}


def act(
    event: Event, *, needs: Permission, on: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function one thing that somebody does.

    The function takes keywords only, always `by`. `on` names the keyword whose row the permission
    is asked for; without it the question is whether the role holds the permission at all.
    Refusal raises `Refused` and leaves one audit row and nothing else. An act inside an act joins
    its transaction and writes its own row.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        ACTS[event] = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def acted(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__qualname__} takes keywords only.")
            outermost = _under_way.get() is None
            try:
                return _perform(function, event, needs, on, kwargs)
            except Refused as refusal:
                if outermost:
                    _record(
                        refusal.event,
                        refusal.by,
                        Outcome.REFUSED,
                        _Act(uuid.uuid4()),
                        refusal.subject,
                        refusal.sentence,
                    )
                raise

        return acted

    return decorate


def note(
    about: str = "", *, subject: models.Model | None = None, fields: list[str] | None = None
) -> None:
    """Say, from inside an act, what its audit row should tell: never a resident's own words."""
    current = _under_way.get()
    if current is None:
        raise RuntimeError("There is no act under way to say this of.")
    current.about = about or current.about
    current.subject = subject or current.subject
    current.fields = fields or current.fields


def record(row: M) -> M:
    """Save a row by every rule it has; what the database refuses speaks as a form error.

    The database checks its own rules as it saves. Only when it refuses are they asked one by one,
    for the sentence and the field: asked first, they cost more than the saving.
    """
    known = [
        one.name
        for one in row._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.is_cached(row)
    ]
    row.clean_fields(exclude=known)
    row.clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean()
        raise
    return row


def alter(row: M, **values: Any) -> list[str]:
    """Set these fields on a row, save it when any differs, and return the names that changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        record(row)
    return changed


def locked(row: M) -> M:
    """The row as it stands now, held until the act ends."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def held(row: M, seen_version: int | None) -> M:
    """The row held for change; refused as stale when its version is not the one that was seen."""
    current = locked(row)
    if seen_version is not None and current.version != seen_version:  # type: ignore[attr-defined]  # rows with a version only
        raise Stale(current)
    return current


def _perform(
    function: Callable[..., R],
    event: Event,
    needs: Permission,
    on: str | None,
    kwargs: dict[str, Any],
) -> R:
    by = kwargs["by"]
    subject = kwargs[on] if on else None
    if not access.may(by, needs, subject):
        what = event.value.rsplit(" ", 1)[0]
        sentence = f"You may not do this: {what} needs the permission “{needs.value}”."
        raise Refused(sentence, event, by, subject)
    this = _Act(uuid.uuid4(), subject=subject)
    with (
        _as_under_way(this),
        transaction.atomic(),
        pghistory.context(act=str(this.number), event=event.value, user=by.pk),
    ):
        result = function(**kwargs)
        if this.subject is None and isinstance(result, models.Model):
            this.subject = result
        _record(event, by, Outcome.DONE, this, this.subject, this.about)
    return result


@contextmanager
def _as_under_way(this: _Act) -> Iterator[None]:
    token = _under_way.set(this)
    try:
        yield
    finally:
        _under_way.reset(token)


def _record(
    event: Event, by: "User", outcome: Outcome, this: _Act, subject: models.Model | None, about: str
) -> None:
    from core.models import AuditEvent

    AuditEvent.objects.create(
        act=this.number,
        at=clock.now(),
        by=by,
        by_name=by.name,
        event=event.value,
        outcome=outcome,
        subject_kind=str(subject._meta.verbose_name) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        about=about[:1000],
        fields=this.fields,
        is_shown=outcome == Outcome.DONE and event in SHOWN_TO_EVERYBODY,
    )
