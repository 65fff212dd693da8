"""@act: the one way anything is written.

An act is refused, or runs in one transaction that ends with its row in the audit trail.
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
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import module_has_submodule

from core import access, clock
from core.choices import Event, Outcome, Permission

if TYPE_CHECKING:
    from core.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


class Refused(Exception):
    """The actor may not do this. The sentence says what was refused, in words for a page."""

    def __init__(self, sentence: str, event: Event, by: "Actor", subject: models.Model | None):
        super().__init__(sentence)
        self.sentence, self.event, self.by, self.subject = sentence, event, by, subject


class Stale(Exception):
    """Somebody else saved the same thing first. Carries the row as it now stands."""

    def __init__(self, current: models.Model):
        super().__init__("Somebody else has saved this since you opened it.")
        self.current = current


@dataclass(frozen=True)
class Act:
    """One act as its decorator was told of it."""

    event: Event
    module: str
    function: str
    needs: Permission
    on: str | None
    changes_public: bool
    perform: Callable[..., Any]

    @property
    def name(self) -> str:
        """Its full name, such as `core.actions.accounts.make`."""
        return f"{self.module}.{self.function}"


@dataclass
class _UnderWay:
    """What the act under way wants its audit row to say."""

    number: uuid.UUID
    about: str = ""
    subject: models.Model | None = None
    fields: list[str] = field(default_factory=list)


_under_way: ContextVar[_UnderWay | None] = ContextVar("act_under_way", default=None)
#: Every act imported so far, by its event. `all_acts` imports the rest first.
ACTS: dict[Event, Act] = {}


def act(
    event: Event, *, needs: Permission, on: str | None = None, changes_public: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function one thing that an actor does.

    The function takes keywords only, always `by`, which is an actor (`core.actors`). `on` names
    the keyword whose row the permission is asked for; without it the question is whether the actor
    holds the permission at all. `changes_public` says that a public page may read differently
    afterwards. Refusal raises `Refused` and leaves one audit row and nothing else. An act inside an
    act joins its transaction and writes its own row.

    A permission that no wing has registered, and a second act with the same event, are errors when
    the module is imported.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        known = Act(
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
                f"{known.name} needs “{needs.value}”, a permission no wing has registered."
            )
        if event in ACTS:
            raise RuntimeError(f"“{event.value}” is the event of {ACTS[event].name} already.")

        @functools.wraps(function)
        def acted(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__qualname__} takes keywords only.")
            outermost = _under_way.get() is None
            try:
                return _perform(known, function, kwargs)
            except Refused as refusal:
                if outermost:
                    _write_audit_row(
                        refusal.event,
                        refusal.by,
                        Outcome.REFUSED,
                        _UnderWay(uuid.uuid4(), refusal.sentence, refusal.subject),
                    )
                raise

        ACTS[event] = replace(known, perform=acted)
        return acted

    return decorate


def all_acts() -> dict[Event, Act]:
    """Every act of every wing by its event, once all modules of actions have been imported."""
    for config in apps.get_app_configs():
        is_ours = config.path.startswith(str(settings.BASE_DIR / config.name.split(".", 1)[0]))
        if not is_ours or config.module is None:
            continue
        if module_has_submodule(config.module, "actions"):
            room = importlib.import_module(f"{config.name}.actions")
            for found in pkgutil.iter_modules(getattr(room, "__path__", [])):
                importlib.import_module(f"{room.__name__}.{found.name}")
    return dict(ACTS)


def describe(
    about: str = "", *, subject: models.Model | None = None, fields: list[str] | None = None
) -> None:
    """From inside an act, set what its audit row says; never a resident's own words."""
    current = _under_way.get()
    if current is None:
        raise RuntimeError("There is no act under way to describe.")
    current.about = about or current.about
    current.subject = subject or current.subject
    current.fields = fields or current.fields


def save(row: M) -> M:
    """Validate and save a row; what the database refuses becomes a `ValidationError`.

    Database constraints are checked by saving. Only when that fails are they validated one by one,
    to name the field and the sentence: doing so first would cost more than the saving itself.
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


def update(row: M, **values: Any) -> list[str]:
    """Set these fields on a row, save it when any differs, and return the names that changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        save(row)
    return changed


def lock(row: M) -> M:
    """The row as it is in the database now, locked until the act ends."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def lock_version(row: M, seen_version: int | None) -> M:
    """The row locked for a change; `Stale` when its version is not the one that was seen."""
    current = lock(row)
    if seen_version is not None and current.version != seen_version:  # type: ignore[attr-defined]  # rows with a version only
        raise Stale(current)
    return current


def _perform(known: Act, function: Callable[..., R], kwargs: dict[str, Any]) -> R:
    by: Actor = kwargs["by"]
    event, needs = known.event, known.needs
    subject = kwargs[known.on] if known.on else None
    if not access.may(by, needs, subject):
        what = event.value.rsplit(" ", 1)[0]
        sentence = f"You may not do this: {what} needs the permission “{needs.value}”."
        raise Refused(sentence, event, by, subject)
    this = _UnderWay(uuid.uuid4(), subject=subject)
    with (
        _as_under_way(this),
        transaction.atomic(),
        pghistory.context(
            act=str(this.number),
            event=event.value,
            user=by.user.pk if by.user is not None else None,
            actor=f"{by.kind.value} {by.reference}".strip(),
        ),
    ):
        result = function(**kwargs)
        if this.subject is None and isinstance(result, models.Model):
            this.subject = result
        _write_audit_row(event, by, Outcome.DONE, this, is_shown=known.changes_public)
    return result


@contextmanager
def _as_under_way(this: _UnderWay) -> Iterator[None]:
    token = _under_way.set(this)
    try:
        yield
    finally:
        _under_way.reset(token)


def _write_audit_row(
    event: Event, by: "Actor", outcome: Outcome, this: _UnderWay, *, is_shown: bool = False
) -> None:
    from core.models import AuditEvent

    subject = this.subject
    AuditEvent.objects.create(
        act=this.number,
        at=clock.now(),
        by=by.user,
        by_kind=by.kind,
        by_name=by.name,
        by_reference=by.reference,
        event=event.value,
        outcome=outcome,
        subject_kind=str(subject._meta.verbose_name) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        about=this.about[:1000],
        fields=this.fields,
        is_shown=is_shown,
    )
