"""What a message may be about: each wing above registers its own kind, so that none is known here.

A subject answers what a message needs to know of the row it is about: how it is called, where the
reader finds more, why they are written to, and who they are.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet

from engagement.messaging.models import Message
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact

M = TypeVar("M", bound=Model)


class Subject(ABC, Generic[M]):
    """One kind of thing that messages are about.

    Who may read or write a message follows from the policy of `model`. `consent_purpose` is what a
    person must have agreed to before they are written to; empty when no agreement is needed, as for
    a sign-in link somebody asked for.
    """

    kind: ClassVar[str]
    model: ClassVar[type[Model]]
    consent_purpose: ClassVar[ConsentPurpose | str] = ""

    @abstractmethod
    def title(self, row: M) -> str:
        """What the row is called, on a page or in the audit trail."""

    @abstractmethod
    def link(self, row: M) -> str:
        """The full address of the page that tells the reader more."""

    @abstractmethod
    def link_words(self, row: M) -> str:
        """The words of the link, without a full stop."""

    @abstractmethod
    def reason(self, row: M) -> str:
        """Why the reader gets this message, and whom to speak to about it: whole sentences."""

    @abstractmethod
    def audience(self, row: M) -> QuerySet[Contact]:
        """Everybody it is for. Those who have not agreed are left out by the act that approves."""


_subjects: dict[str, Subject[Any]] = {}


def register(subject: Subject[Any]) -> None:
    """Make a kind known; a kind or a model that is known already is refused."""
    taken = {one.kind for one in _subjects.values()} | {one.model for one in _subjects.values()}
    if subject.kind in taken or subject.model in taken:
        raise ImproperlyConfigured(f"Messages about “{subject.kind}” are registered already.")
    _subjects[subject.kind] = subject


def unregister(subject: Subject[Any]) -> None:
    """Forget a kind, as tests do with one of their own."""
    _subjects.pop(subject.kind, None)


def registered() -> list[Subject[Any]]:
    """Every kind there is."""
    return list(_subjects.values())


def of_model(model: type[Model]) -> Subject[Any]:
    """The subject whose rows are of this model; LookupError where nobody registered one."""
    for subject in _subjects.values():
        if subject.model is model:
            return subject
    raise LookupError(f"No wing registered messages about {model.__name__}.")


def of_message(message: Message) -> tuple[Subject[Any], Any]:
    """The subject of a message and the row it is about."""
    subject = _subjects[message.about_kind]
    return subject, subject.model._default_manager.get(pk=message.about_id)
