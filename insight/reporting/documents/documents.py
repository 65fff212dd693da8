"""Documents: an arrangement of blocks, and the kinds of document that the service gives out.

A kind of document is one module in `kinds` beside this one: it says how its frozen words are
arranged into a `Document`, which files can be made of them and what they are called, and registers
itself here. Pages and commands ask `kind_of` and import no kind.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from insight.reporting.documents.blocks import Block

#: Frozen words: a dictionary as JSON holds it, which names its kind under `type`.
Frozen = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """A section with its heading. `label` can be linked to, and names it for a layout."""

    title: str
    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True)
class ShortFront:
    """The front page shortened, for where the whole of it does not fit a printed page.

    `in_full` holds the full text of what is shortened, printed after it only then.
    """

    blocks: tuple[Block, ...] = ()
    in_full: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Document:
    """What is printed: a front page, then sections, each made of blocks.

    `front` stands alone on the first printed page, shortened to `short_front` where it does not fit
    one; without it the sections follow the title. `dated` is the day the document bears, in London;
    `status` says under the title what it is, such as when it was approved. A draft is
    marked as one on each page, and `fingerprint` stands at the foot of each.
    """

    title: str
    organisation: str
    dated: datetime
    status: str
    sections: tuple[Section, ...]
    front: tuple[Block, ...] = ()
    short_front: ShortFront = ShortFront()
    is_draft: bool = False
    fingerprint: str = ""
    has_contents: bool = True


@dataclass(frozen=True)
class Format:
    """A kind of file: its extension, its short name, what it is for, its content type and how it is
    made.
    """

    extension: str
    name: str
    title: str
    content_type: str
    make: Callable[[Any], bytes]


@dataclass(frozen=True)
class ListedFile:
    """A file as it is offered to a reader; `size` is in bytes, None where it is not yet made."""

    extension: str
    name: str
    title: str
    size: int | None

    @property
    def described(self) -> str:
        """Its format and size: “PDF, 62KB”."""
        if self.size is None:
            return self.name
        return f"{self.name}, {max(1, round(self.size / 1000)):,}KB"


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document: its `type` in frozen words, how they are arranged into a document, its
    files, and what they are called.
    """

    key: str
    title: str
    arrange: Callable[[Any], Document]
    formats: tuple[Format, ...]
    stem: Callable[[Any], str]

    def format(self, extension: str) -> Format:
        """The format whose names end so; refuses (`KeyError`) one the kind does not have."""
        return {one.extension: one for one in self.formats}[extension]

    def files(self, sizes: Mapping[str, int] | None) -> list[ListedFile]:
        """The files that are kept, with their sizes; every one it can be made into for None."""
        return [
            ListedFile(one.extension, one.name, one.title, sizes[one.extension] if sizes else None)
            for one in self.formats
            if sizes is None or one.extension in sizes
        ]

    def file_name(self, frozen: Frozen, extension: str) -> str:
        """The name that a reader saves the file under."""
        return f"{self.stem(frozen)}.{extension}"


_KINDS: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> DocumentKind:
    """Make a kind known. Refuses a second kind with the same key, or a format given twice."""
    extensions = [one.extension for one in kind.formats]
    if len(set(extensions)) < len(extensions):
        raise ValueError(f"The document “{kind.key}” gives one format twice.")
    if _KINDS.setdefault(kind.key, kind) != kind:
        raise ValueError(f"There are two kinds of document called “{kind.key}”.")
    return kind


def kinds() -> Mapping[str, DocumentKind]:
    """Every kind by its key; the modules of `kinds` are loaded for it."""
    from insight.reporting.documents import kinds as package  # they import this module

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(_KINDS)


def kind_of(frozen: Frozen) -> DocumentKind:
    """The kind of these frozen words; refuses (`LookupError`) those of a kind that is not known."""
    key = str(frozen.get("type"))
    if key not in (known := kinds()):
        raise LookupError(f"There is no kind of document called “{key}”.")
    return known[key]
