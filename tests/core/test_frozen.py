"""Frozen content: stamping, reading through upgrades, and refusals."""

import re
from typing import Any

import pytest

from core.frozen import FrozenContentError, FrozenType
from core.published_fields import Kind, PublishedField, PublishedGroup, Words


def _split_name(words: Words) -> Words:
    first, last = words.pop("name").split(" ")
    return words | {"first": first, "last": last}


def _list_last(words: Words) -> Words:
    words["parts"].append(words.pop("last"))
    return words


def _a_card(**options: Any) -> FrozenType:
    return FrozenType("card", 3, {1: _split_name, 2: _list_last}, **options)


def test_words_when_stamped_then_they_carry_type_and_number() -> None:
    assert _a_card().stamp({"first": "Ada"}) == {"type": "card", "schema": 3, "first": "Ada"}


def test_words_when_stamped_twice_then_refused() -> None:
    card = _a_card()

    with pytest.raises(FrozenContentError, match="type and schema already"):
        card.stamp(card.stamp({}))


def test_words_when_older_then_every_step_is_taken_and_the_original_stays() -> None:
    kept = {"type": "card", "schema": 1, "name": "Ada Byron", "parts": ["a"]}

    read = _a_card().read(kept)

    assert read == {"type": "card", "schema": 3, "first": "Ada", "parts": ["a", "Byron"]}
    assert kept == {"type": "card", "schema": 1, "name": "Ada Byron", "parts": ["a"]}


def test_words_when_of_today_and_with_declared_fields_then_a_copy_is_read() -> None:
    fields = PublishedGroup("Card", (PublishedField("parts", kind=Kind.LIST),))
    kept: Words = {"type": "card", "schema": 3, "parts": ["a"]}

    _a_card(fields=fields).read(kept)["parts"].append("b")

    assert kept["parts"] == ["a"]


def test_words_when_of_today_then_they_are_read_without_copying_their_parts() -> None:
    kept: Words = {"type": "card", "schema": 3, "parts": ["a"]}

    read = _a_card().read(kept)

    assert read == kept
    assert read["parts"] is kept["parts"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"schema": 1}, "of no type: it cannot be read as card."),
        ({"type": "letter", "schema": 1}, "of the type “letter”: it cannot be read as card."),
        ({"type": "card"}, "has no schema number."),
        ({"type": "card", "schema": "1"}, "has no schema number."),
        ({"type": "card", "schema": True}, "has no schema number."),
        ({"type": "card", "schema": 0}, "has no schema number."),
        ({"type": "card", "schema": 4}, "has schema 4. This version of the service reads up to 3"),
    ],
)
def test_words_when_they_cannot_be_read_then_a_sentence_says_why(
    words: Words, sentence: str
) -> None:
    with pytest.raises(FrozenContentError, match=re.escape(sentence)):
        _a_card().read(words)


@pytest.mark.parametrize("upgrades", [{}, {1: _split_name}, {1: dict, 2: dict, 3: dict}])
def test_type_when_an_upgrade_is_missing_or_too_many_then_refused(upgrades: Any) -> None:
    with pytest.raises(ValueError, match="one upgrade for each number"):
        FrozenType("card", 3, upgrades)


def test_type_when_its_number_is_below_one_then_refused() -> None:
    with pytest.raises(ValueError, match="begins with 1"):
        FrozenType("card", 0)


def test_words_when_a_field_was_declared_later_then_its_default_fills_it() -> None:
    card = _a_card(fields=PublishedGroup("Card", (PublishedField("first"), PublishedField("n"))))

    read = card.read({"type": "card", "schema": 3, "first": "Ada"})

    assert read["n"] == ""


def test_words_when_a_field_without_a_default_is_missing_then_refused() -> None:
    card = _a_card(fields=PublishedGroup("Card", (PublishedField("at", kind=Kind.MOMENT),)))

    with pytest.raises(FrozenContentError, match="Card has no “at”"):
        card.read({"type": "card", "schema": 3})


def test_words_when_not_as_declared_then_they_are_not_stamped() -> None:
    card = _a_card(fields=PublishedGroup("Card", (PublishedField("first"),)))

    with pytest.raises(FrozenContentError, match=r"Missing: first\. Not declared: last\."):
        card.stamp({"last": "Byron"})
