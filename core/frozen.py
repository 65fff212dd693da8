"""Published content, frozen as JSON, that stays readable when the code has changed.

Frozen content carries the name of its type and the number of its schema. It is read through its
`FrozenType`, which brings older content up to date. A new field with a default needs nothing more;
a field that is renamed, moved or changes its meaning needs the next schema number and an upgrade.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.published_fields import PublishedGroup, Words

#: Takes content of one schema number and gives it in the next. May change what it is given.
Upgrade = Callable[[Words], Words]

TYPE, SCHEMA = "type", "schema"


class Altered(Exception):
    """Frozen content or a file of it is not as it was approved, or gone. The message says what
    differs and can be shown on a page.
    """


class FrozenContentError(ValueError):
    """Frozen content cannot be read; the message says why."""


@dataclass(frozen=True)
class FrozenType:
    """One type of frozen content, such as an answer or a report.

    `schema` is the number that new content gets, from 1 upwards. `upgrades` has, for every earlier
    number, the function from that number to the next. `fields`, where they are declared, give
    older content its missing defaults, and new content is checked against them.

    Refuses a missing upgrade and one for a number that is not earlier.
    """

    name: str
    schema: int
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)
    fields: PublishedGroup | None = None

    def __post_init__(self) -> None:
        if self.schema < 1:
            raise ValueError(f"The schema number of {self.name} begins with 1.")
        if set(self.upgrades) != set(range(1, self.schema)):
            raise ValueError(
                f"{self.name} has schema {self.schema}: give one upgrade for each number before "
                f"it, and no other."
            )

    def stamp(self, content: Mapping[str, Any]) -> Words:
        """A copy of new content with the type and the current schema number.

        Refuses content that carries either already or does not have exactly the declared fields.
        """
        if carried := [key for key in (TYPE, SCHEMA) if key in content]:
            raise FrozenContentError(
                f"This content has its {' and '.join(carried)} already: stamp it once."
            )
        if self.fields is not None:
            try:
                self.fields.check(content)
            except ValueError as error:
                raise FrozenContentError(str(error)) from None
        return {TYPE: self.name, SCHEMA: self.schema} | copy.deepcopy(dict(content))

    def read(self, content: Mapping[str, Any]) -> Words:
        """Frozen content, brought up to date. What it is given stays as it is; what is up to date
        already is shared with it.

        Refuses content of another type, without a schema number or with an unknown one.
        """
        number = self._number(content)
        words: Words = dict(content)
        if number < self.schema:
            words = copy.deepcopy(words)
        for step in range(number, self.schema):
            words = self.upgrades[step](words) | {TYPE: self.name, SCHEMA: step + 1}
        if self.fields is None:
            return words
        try:
            return self.fields.complete(words)
        except ValueError as error:
            raise FrozenContentError(str(error)) from None

    def _number(self, content: Mapping[str, Any]) -> int:
        found = content.get(TYPE)
        if found != self.name:
            what = f"of the type “{found}”" if found else "of no type"
            raise FrozenContentError(f"This content is {what}: it cannot be read as {self.name}.")
        number = content.get(SCHEMA)
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise FrozenContentError(f"This content of {self.name} has no schema number.")
        if number > self.schema:
            raise FrozenContentError(
                f"This content of {self.name} has schema {number}. This version of the service "
                f"reads up to {self.schema}: update it first."
            )
        return number
