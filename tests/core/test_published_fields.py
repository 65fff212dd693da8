"""Published fields: freezing, defaults, wording and comparing."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from core.published_fields import Default, Kind, PublishedField, PublishedGroup, Words

PART = PublishedGroup("Part", (PublishedField("what"), PublishedField("size", kind=Kind.NUMBER)))
WHOLE = PublishedGroup(
    "Whole",
    (
        PublishedField("title", "Title", section="facts", missing="Not recorded"),
        PublishedField("at", kind=Kind.MOMENT),
        PublishedField("is_open", "Open", Kind.FLAG, section="facts"),
        PublishedField("tags", "Tags", Kind.LIST, section="facts", value=lambda row: row.labels),
        PublishedField("first", kind=Kind.GROUP, group=PART),
        PublishedField("last", kind=Kind.GROUP, group=PART, default=None),
        PublishedField("parts", "Parts", Kind.GROUPS, group=PART),
        PublishedField(
            "number", "Room for", Kind.NUMBER, section="facts", wording=lambda n: f"{n} people"
        ),
    ),
)
ROW = SimpleNamespace(
    title="Breakfast",
    at=datetime(2027, 3, 1, 9, tzinfo=UTC),
    is_open=True,
    labels=("a", "b"),
    first=SimpleNamespace(what="one", size=1),
    last=None,
    parts=[SimpleNamespace(what="two", size=None)],
    number=3,
)
FROZEN: Words = {
    "title": "Breakfast",
    "at": "2027-03-01T09:00:00+00:00",
    "is_open": True,
    "tags": ["a", "b"],
    "first": {"what": "one", "size": 1},
    "last": None,
    "parts": [{"what": "two", "size": None}],
    "number": 3,
}


def test_row_when_frozen_then_json_can_keep_it() -> None:
    assert WHOLE.freeze(ROW) == FROZEN


def test_words_when_bare_then_every_default_fills_them() -> None:
    completed = WHOLE.complete({"at": "", "parts": [{}]})

    assert completed == {
        "title": "",
        "at": "",
        "is_open": False,
        "tags": [],
        "first": {"what": "", "size": None},
        "last": None,
        "parts": [{"what": "", "size": None}],
        "number": None,
    }


def test_words_when_completed_then_the_copy_shares_nothing() -> None:
    completed = WHOLE.complete(FROZEN)

    assert completed == FROZEN
    for key in ("tags", "first", "parts"):
        assert completed[key] is not FROZEN[key]


def test_default_when_it_is_a_list_then_each_gets_its_own() -> None:
    group = PublishedGroup("G", (PublishedField("tags", kind=Kind.LIST, default=["a"]),))

    group.complete({})["tags"].append("b")

    assert group.complete({}) == {"tags": ["a"]}


@pytest.mark.parametrize(
    "field",
    [
        PublishedField("at", kind=Kind.MOMENT),
        PublishedField("stage", default=Default.REQUIRED),
    ],
)
def test_words_when_a_field_that_must_be_there_is_not_then_refused(field: PublishedField) -> None:
    with pytest.raises(ValueError, match="G has no “"):
        PublishedGroup("G", (field,)).complete({})


def test_facts_when_listed_then_labels_and_words_in_order() -> None:
    assert WHOLE.facts(FROZEN, "facts") == [
        ("Title", "Breakfast"),
        ("Open", "Yes"),
        ("Tags", "a, b"),
        ("Room for", "3 people"),
    ]


def test_facts_when_empty_then_said_to_be_missing_or_left_out() -> None:
    empty = WHOLE.complete({"at": ""})

    assert WHOLE.facts(empty, "facts") == [("Title", "Not recorded"), ("Open", "No")]


def test_number_when_zero_then_it_is_shown() -> None:
    assert PublishedField("number", kind=Kind.NUMBER).in_words(0) == "0"


def test_changed_when_labelled_fields_differ_then_their_labels() -> None:
    after = FROZEN | {"title": "Tea", "parts": [], "at": "2027-03-02T09:00:00+00:00"}

    assert WHOLE.changed(FROZEN, after) == ["Title", "Parts"]


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({key: value for key, value in FROZEN.items() if key != "title"}, "Missing: title"),
        (FROZEN | {"parts": [{"what": "two"}]}, "Part are not those declared. Missing: size"),
        (FROZEN | {"first": {"what": "", "size": 1, "x": 1}}, "Not declared: x"),
    ],
)
def test_words_when_not_as_declared_then_refused(words: dict[str, Any], missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        WHOLE.check(words)


def test_group_when_a_key_is_declared_twice_then_refused() -> None:
    with pytest.raises(ValueError, match="declares key more than once"):
        PublishedGroup("G", (PublishedField("key"), PublishedField("key")))


@pytest.mark.parametrize(("kind", "group"), [(Kind.GROUP, None), (Kind.TEXT, PART)])
def test_field_when_kind_and_group_disagree_then_refused(
    kind: Kind, group: PublishedGroup | None
) -> None:
    with pytest.raises(ValueError, match="needs a group if, and only if"):
        PublishedField("key", kind=kind, group=group)
