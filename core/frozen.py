"""Words that were frozen when they were published, read years later.

Frozen words carry the name of their type and the number of its schema. Code changes, frozen words
do not: whoever reads them reads through their `FrozenType`, which brings older ones up to date.
A new field with a default needs nothing; a field that is renamed, moved or means something else
needs the next schema number and an upgrade.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.published_fields import PublishedGroup, Words

#: Takes words of one schema number and returns them in the next. May change what it is given.
Upgrade = Callable[[Words], Words]

TYPE, SCHEMA = "type", "schema"


class FrozenWordsError(ValueError):
    """Frozen words that cannot be read, with the reason in a sentence."""


@dataclass(frozen=True)
class FrozenType:
    """One kind of frozen words.

    `schema` is the number that new words get, beginning with 1. `upgrades` holds, for every number
    before it, the function that leads from that number to the next. `fields`, where they are
    declared, complete older words with defaults, and new words are checked against them.

    Refuses to be made with an upgrade missing or with one that leads nowhere.
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
        """A copy of new words with the type and today's schema number.

        Refuses words that carry either already, or do not hold exactly the declared fields.
        """
        if carried := [key for key in (TYPE, SCHEMA) if key in content]:
            raise FrozenWordsError(
                f"These words carry their {' and '.join(carried)} already: stamp them once."
            )
        if self.fields is not None:
            try:
                self.fields.check(content)
            except ValueError as error:
                raise FrozenWordsError(str(error)) from None
        return {TYPE: self.name, SCHEMA: self.schema} | copy.deepcopy(dict(content))

    def read(self, content: Mapping[str, Any]) -> Words:
        """A copy of frozen words, brought up to date; what was given stays as it is.

        Refuses another type, and a schema number that is missing or that this code does not know.
        """
        number = self._number(content)
        words: Words = dict(content)
        if self.fields is None or number < self.schema:
            words = copy.deepcopy(words)
        for step in range(number, self.schema):
            words = self.upgrades[step](words) | {TYPE: self.name, SCHEMA: step + 1}
        if self.fields is None:
            return words
        try:
            return self.fields.complete(words)
        except ValueError as error:
            raise FrozenWordsError(str(error)) from None

    def _number(self, content: Mapping[str, Any]) -> int:
        found = content.get(TYPE)
        if found != self.name:
            what = f"of the type “{found}”" if found else "of no known type"
            raise FrozenWordsError(f"These words are {what}: they cannot be read as {self.name}.")
        number = content.get(SCHEMA)
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise FrozenWordsError(f"These words of {self.name} carry no number of their schema.")
        if number > self.schema:
            raise FrozenWordsError(
                f"These words of {self.name} have schema {number}. This version of the service "
                f"reads up to {self.schema}: bring it up to date first."
            )
        return number
