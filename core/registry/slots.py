"""Slots: places on a page, or in a list, that wings above its own fill.

The wing whose page it is declares the slot; a wing above adds a builder from its `ready()`:

    activity_links = Slot[[User, Activity], Link]("links on an activity's page")
    activity_links.add(findings_board, order=10)

What a builder gives is a link, a panel, a section, or whatever else the slot is declared for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, ParamSpec, TypeVar

P = ParamSpec("P")
Content = TypeVar("Content")


#: How wide a panel is.
Width = Literal["full", "two-thirds", "one-half"]


@dataclass(frozen=True)
class Link:
    """A link to a page of another wing. `about` says beside it what lies there."""

    text: str
    href: str
    about: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of a page, from another wing's template, which reads `context` as `panel`.

    A panel is as wide as the page, or stands with its neighbours in one row of columns.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    width: Width = "full"


@dataclass(frozen=True)
class Section:
    """A part of a person's own page and of their download: what one wing holds of them, in words.

    `records` are rows of label and value; a section with none is left out.
    """

    key: str
    title: str
    records: tuple[tuple[tuple[str, str], ...], ...] = ()


class Slot(Generic[P, Content]):
    """A named place that wings above fill: each builder gives what it has for the arguments."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._builders: dict[Callable[P, Iterable[Content]], int] = {}

    def add(self, builder: Callable[P, Iterable[Content]], *, order: int = 100) -> None:
        """Fill the slot with what this builder gives, in this order; refuses one added already."""
        if builder in self._builders:
            raise RuntimeError(f"This builder is among the {self.name} already.")
        self._builders[builder] = order

    def fill(self, *args: P.args, **kwargs: P.kwargs) -> list[Content]:
        """Everything the builders give for these arguments, in order."""
        return [
            content
            for builder in sorted(self._builders, key=self._builders.__getitem__)
            for content in builder(*args, **kwargs)
        ]
