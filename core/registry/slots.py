"""Slots: parts of a page, or of a list, that higher wings fill.

The wing that owns the page declares the slot; a higher wing adds a builder from its `ready()`:

    activity_links = Slot[[User, Activity], Link]("links on an activity's page")
    activity_links.add(findings_board, order=10)

A builder returns links, panels, sections, or whatever else the slot is declared for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, ParamSpec, TypeVar

P = ParamSpec("P")
Content = TypeVar("Content")


#: The width of a panel.
Width = Literal["full", "two-thirds", "one-half"]


@dataclass(frozen=True)
class Link:
    """A link to a page of another wing. `about` describes the page beside the link."""

    text: str
    href: str
    about: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of a page from another wing's template, which reads `context` as `panel`.

    Panels that are not as wide as the page are shown in columns.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    width: Width = "full"


@dataclass(frozen=True)
class Section:
    """What one wing holds about a person, for their own page and their download.

    `records` are rows of label and value; a section without records is left out.
    """

    key: str
    title: str
    records: tuple[tuple[tuple[str, str], ...], ...] = ()


class Slot(Generic[P, Content]):
    """A list that builders of higher wings fill. Each is called with the arguments of `fill`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._builders: dict[Callable[P, Iterable[Content]], int] = {}

    def add(self, builder: Callable[P, Iterable[Content]], *, order: int = 100) -> None:
        """Add a builder; lower orders come first. Refuses a builder that is there already."""
        if builder in self._builders:
            raise RuntimeError(f"This builder is among the {self.name} already.")
        self._builders[builder] = order

    def fill(self, *args: P.args, **kwargs: P.kwargs) -> list[Content]:
        """Everything that the builders return for these arguments, in order."""
        return [
            content
            for builder in sorted(self._builders, key=self._builders.__getitem__)
            for content in builder(*args, **kwargs)
        ]
