"""What a message may be about: each wing above registers its own kind, so that none is named here.

A subject gives what a message needs to know of the row it is about: its title, the pages that say
more, why the reader is written to, and who the readers are.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet

from core.registry.slots import Link
from engagement.messaging.models import Message
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact

M = TypeVar("M", bound=Model)


class Subject(ABC, Generic[M]):
    """One kind of thing that messages are about.

    Who may read or write a message follows from the policy of `model`. `consent_purpose` is what a
    person must have agreed to before they are written to; empty where no agreement is needed, as
    for a sign-in link that the person asked for.
    """

    kind: ClassVar[str]
    model: ClassVar[type[Model]]
    consent_purpose: ClassVar[ConsentPurpose | str] = ""

    @abstractmethod
    def title(self, row: M) -> str:
        """The name of the row, on a page and in the audit trail."""

    @abstractmethod
    def link(self, row: M) -> str:
        """The full address of the page that tells the reader more."""

    @abstractmethod
    def staff_link(self, row: M) -> Link:
        """The staff page that lists the deliveries of its messages, and what to call it."""

    @abstractmethod
    def link_text(self, row: M) -> str:
        """The text of the link, without a full stop."""

    @abstractmethod
    def reason(self, row: M) -> str:
        """Why the reader gets this message and whom to speak to about it, in whole sentences."""

    @abstractmethod
    def audience(self, row: M) -> QuerySet[Contact]:
        """Everybody the message is for. Approving it leaves out those who have not agreed."""


_subjects: dict[str, Subject[Any]] = {}


def register(subject: Subject[Any]) -> None:
    """Add a kind. Refuses a kind or a model that is registered already."""
    models = {known.model for known in _subjects.values()}
    if subject.kind in _subjects or subject.model in models:
        raise ImproperlyConfigured(f"Messages about “{subject.kind}” are registered already.")
    _subjects[subject.kind] = subject


def unregister(subject: Subject[Any]) -> None:
    """Remove a kind; for tests that register one of their own."""
    _subjects.pop(subject.kind, None)


def registered() -> list[Subject[Any]]:
    """Every registered kind."""
    return list(_subjects.values())


def of_model(model: type[Model]) -> Subject[Any]:
    """The subject whose rows are of this model. Raises LookupError where none is registered."""
    for subject in _subjects.values():
        if subject.model is model:
            return subject
    raise LookupError(f"No wing registered messages about {model.__name__}.")


def of_message(message: Message) -> tuple[Subject[Any], Any]:
    """The subject of a message and the row it is about."""
    subject = _subjects[message.about_kind]
    return subject, subject.model._default_manager.get(pk=message.about_id)
