"""Fields of published content, each declared once.

From one list of `PublishedField`s come the frozen content itself, the defaults that complete older
content, the labelled facts of a public page and the serializer of the API.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Any

Words = dict[str, Any]


class Kind(StrEnum):
    """The type of a published field in JSON. A moment is text in ISO 8601."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    MOMENT = "moment"
    LIST = "list of texts"
    GROUP = "group of fields"
    GROUPS = "list of groups"


class Default(Enum):
    """Defaults that are not a value themselves."""

    #: The empty value of the field's kind. A moment has none, so it is required.
    OF_ITS_KIND = auto()
    #: None: the field has been published from the first schema on.
    REQUIRED = auto()


@dataclass(frozen=True, eq=False)
class PublishedField:
    """One published field.

    `value` takes it from a row; without it the row's attribute named `key` is taken. `default` is
    its value in content that was published before the field was declared. A moment has no empty
    value: declare a default for one that is added later.

    On a page, fields with a `section` are listed in it under their label, in the words that
    `wording` gives. An empty field shows `missing`, or is left out without one. The template lays
    out the other fields itself. In the API a field has its key, or `api_key`.
    """

    key: str
    label: str = ""
    kind: Kind = Kind.TEXT
    value: Callable[[Any], Any] | None = None
    default: Any = Default.OF_ITS_KIND
    group: "PublishedGroup | None" = None
    section: str = ""
    wording: Callable[[Any], str] | None = None
    missing: str = ""
    is_in_api: bool = True
    api_key: str = ""
    api_help: str = ""

    def __post_init__(self) -> None:
        if (self.kind in _OF_GROUPS) != (self.group is not None):
            raise ValueError(f"“{self.key}” needs a group if, and only if, its kind is of groups.")

    @property
    def has_default(self) -> bool:
        """Whether content may lack the field, published before the field was declared."""
        if self.default is Default.OF_ITS_KIND:
            return self.kind != Kind.MOMENT
        return self.default is not Default.REQUIRED

    def empty(self) -> Any:
        """The value of the field in content published before it was declared.

        Only for a field that has a default.
        """
        if self.default is not Default.OF_ITS_KIND:
            return copy.deepcopy(self.default)
        if self.kind == Kind.GROUP and self.group is not None:
            return self.group.complete({})
        return {Kind.TEXT: "", Kind.FLAG: False, Kind.LIST: [], Kind.GROUPS: []}.get(self.kind)

    def freeze(self, row: Any) -> Any:
        """The value of the field of a row, as JSON."""
        found = self.value(row) if self.value else getattr(row, self.key)
        if found is None:
            return None
        if self.group is not None:
            if self.kind == Kind.GROUP:
                return self.group.freeze(found)
            return [self.group.freeze(one) for one in found]
        if isinstance(found, datetime):
            return found.isoformat()
        if self.kind == Kind.LIST:
            return [str(one) for one in found]
        return str(found) if self.kind == Kind.TEXT else found

    def complete(self, frozen: Any) -> Any:
        """A copy of the frozen value; in groups, with the defaults of fields added since."""
        if self.group is None or frozen is None:
            return list(frozen) if isinstance(frozen, list) else frozen
        if self.kind == Kind.GROUP:
            return self.group.complete(frozen)
        return [self.group.complete(one) for one in frozen]

    def in_words(self, frozen: Any) -> str:
        """The frozen value as shown on a page; empty where nothing is to be shown."""
        if frozen in (None, "", []):
            return self.missing
        if self.wording is not None:
            return self.wording(frozen)
        if self.kind == Kind.FLAG:
            return "Yes" if frozen else "No"
        return ", ".join(frozen) if self.kind == Kind.LIST else str(frozen)


@dataclass(frozen=True, eq=False)
class PublishedGroup:
    """Fields published together, such as those of a session. The API's schema shows `name`."""

    name: str
    fields: tuple[PublishedField, ...]

    def __post_init__(self) -> None:
        keys = [field.key for field in self.fields]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"{self.name} declares {', '.join(twice)} more than once.")

    def freeze(self, row: Any) -> Words:
        """Every field, taken from a row."""
        return {field.key: field.freeze(row) for field in self.fields}

    def complete(self, words: Mapping[str, Any]) -> Words:
        """A copy with the default of every field that was declared after the content was frozen.

        Fields that are no longer declared stay. Refuses content that lacks a field without a
        default.
        """
        found = dict(words)
        for field in self._of_parts:
            if field.key in found:
                found[field.key] = field.complete(found[field.key])
        if not self._keys <= found.keys():
            for field in self.fields:
                if field.key not in found:
                    if not field.has_default:
                        raise ValueError(f"{self.name} has no “{field.key}”, nor a default for it.")
                    found[field.key] = field.empty()
        return found

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(field.key for field in self.fields)

    @cached_property
    def _of_parts(self) -> list[PublishedField]:
        # The others hold one value, which needs no copy.
        return [field for field in self.fields if field.kind in (*_OF_GROUPS, Kind.LIST)]

    def check(self, words: Mapping[str, Any]) -> None:
        """Refuse content that lacks a declared field or has one that is not declared."""
        keys = {field.key for field in self.fields}
        if keys != set(words):
            missing, unknown = sorted(keys - set(words)), sorted(set(words) - keys)
            raise ValueError(
                f"The fields of {self.name} are not those declared. "
                f"Missing: {', '.join(missing) or 'nothing'}. "
                f"Not declared: {', '.join(unknown) or 'nothing'}."
            )
        for field in self.fields:
            if field.group is not None and words[field.key] is not None:
                inner = words[field.key] if field.kind == Kind.GROUPS else [words[field.key]]
                for one in inner:
                    field.group.check(one)

    def facts(self, words: Mapping[str, Any], section: str) -> list[tuple[str, str]]:
        """The labelled facts of one section of a page, in the order of declaration."""
        facts = (
            (field.label, field.in_words(words[field.key]))
            for field in self.fields
            if field.section == section
        )
        return [(label, words) for label, words in facts if words]

    def changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """The labels of the fields that differ, each once; fields without a label are left out."""
        labels = (
            field.label
            for field in self.fields
            if field.label and before[field.key] != after[field.key]
        )
        return list(dict.fromkeys(labels))


_OF_GROUPS = (Kind.GROUP, Kind.GROUPS)

#: Something with a key in addresses and a name, such as a place or a programme.
NAMED = PublishedGroup("Named", (PublishedField("key"), PublishedField("name")))
