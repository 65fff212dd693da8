"""Published pages of every schema number there ever was can still be read, shown and served."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from core.published_fields import PublishedField, PublishedGroup, Words
from engagement.activities.models import Session
from insight.loop.selectors import pages
from insight.public.api import serializers
from insight.public.selectors import published
from insight.public.selectors.findings import PublishedFinding

#: One file for each type and schema number, named `<type>-<schema>.json`. When a schema number is
#: raised, keep an example of the new one; never change a file that is here.
KEPT = Path(__file__).parent / "kept"
FILES = sorted(KEPT.glob("*.json"))
PUBLISHED_AT = datetime(2027, 3, 10, 9, tzinfo=UTC)


def test_types_when_counted_then_each_number_has_a_kept_example() -> None:
    numbers = {
        f"{name}-{number}.json"
        for name, frozen_type in pages.TYPES.items()
        for number in range(1, frozen_type.schema + 1)
    }

    assert {file.name for file in FILES} == numbers


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_page_when_kept_then_it_can_be_read_shown_and_served(file: Path) -> None:
    kept = json.loads(file.read_text())

    shown, served = _shown_and_served(kept)

    assert f"{kept['type']}-{kept['schema']}" == file.stem
    for words in ("Better mornings on the ward", "People know what a calm morning is.", "Hackney"):
        assert words in shown
        assert words in served


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_page_when_any_field_is_younger_than_it_then_it_is_still_shown_and_served(
    file: Path,
) -> None:
    kept = json.loads(file.read_text())
    fields = pages.PAGES[kept["type"]]

    older = list(_each_without_one(fields, kept))

    assert len(older) > len(fields.fields)
    for words in older:
        assert all(_shown_and_served(words))


def test_field_when_it_is_declared_then_it_is_frozen_shown_and_served_and_fills_older_words() -> (
    None
):
    added = PublishedField("added_later", "Added later", section=pages.SESSION_FACTS)
    session = PublishedGroup("Session", (*pages.SESSION.fields, added))
    starts_at = datetime(2027, 3, 12, 18, tzinfo=UTC)
    row = Session(starts_at=starts_at, ends_at=starts_at, venue="Town hall")
    row.added_later = "Two bays"  # type: ignore[attr-defined]  # stands for a new field
    older = json.loads((KEPT / "opportunity-1.json").read_text())["sessions"][0]

    frozen = session.freeze(row)

    assert ("Added later", "Two bays") in session.facts(frozen, pages.SESSION_FACTS)
    assert serializers.serializer_of(session)(frozen).data["added_later"] == "Two bays"
    assert serializers.serializer_of(session)(session.complete(older)).data["added_later"] == ""


def test_session_when_shown_then_its_facts_are_listed_as_declared() -> None:
    words = json.loads((KEPT / "opportunity-1.json").read_text())

    display = pages.display(pages.OPPORTUNITY.read(words))

    assert display["session_facts"] == [
        [
            ("Venue", "Town hall"),
            ("Room for", "40 people"),
            ("Access", "Hearing loop"),
            ("Interpreters", "BSL"),
        ]
    ]
    assert display["help_facts"] == [
        ("How people take part", "Survey"),
        ("People we hope to reach", "Carers"),
        ("Access arrangements", "Step-free throughout"),
        ("Languages", "Bengali"),
        ("What you get for your time", "A voucher of £20"),
    ]


@pytest.mark.parametrize(
    ("who", "facts", "twice", "small"),
    [
        (("0", "0", True, "0"), [], False, False),
        (("7", "0", True, "0"), [("People who gave us a name", "7")], False, False),
        (
            ("fewer than 5", "12", True, "0"),
            [
                ("People who gave us a name", "fewer than 5"),
                ("Others counted in the room", "12, some of them estimated"),
            ],
            True,
            True,
        ),
    ],
)
def test_answer_when_shown_then_who_took_part_leaves_out_nought(
    who: tuple[str, str, bool, str], facts: list[tuple[str, str]], twice: bool, small: bool
) -> None:
    kept = json.loads((KEPT / "answer-1.json").read_text())
    names = ("people", "heads", "heads_are_estimated", "contributions")

    counted = {"who": dict(zip(names, who, strict=True)), "findings": []}
    display = pages.display(pages.ANSWER.read(kept | counted))

    assert display["who_facts"] == facts
    assert display["may_be_counted_twice"] is twice
    assert display["has_small_numbers"] is small


@pytest.mark.parametrize(
    ("evidence", "words"), [(0, None), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5")]
)
def test_answer_when_a_finding_rests_on_few_comments_then_the_page_does_not_say_how_many(
    evidence: int, words: str | None
) -> None:
    kept = json.loads((KEPT / "answer-1.json").read_text())
    kept["who"] |= {"people": "12"}
    kept["findings"] = [kept["findings"][0] | {"evidence": evidence}]

    shown, _ = _shown_and_served(kept)

    assert (f"Based on {words} comments, received up to" in shown) is (words is not None)
    assert ("Based on" in shown) is (words is not None)
    assert ("so that no one can be picked out" in shown) is (words == "fewer than 5")


def test_changed_when_a_field_is_younger_than_the_public_version_then_only_what_differs() -> None:
    kept = json.loads((KEPT / "opportunity-1.json").read_text())
    older = {key: value for key, value in kept.items() if key not in ("reward", "access")}

    after = pages.OPPORTUNITY.read(kept) | {"access": "", "methods": []}

    assert pages.changed(pages.OPPORTUNITY.read(older), after) == [
        "How people take part",
        "What you get for your time",
    ]


def _each_without_one(fields: PublishedGroup, words: Words) -> Iterator[Words]:
    """The words again and again, each time without one field that may be missing."""
    for field in fields.fields:
        if field.has_default:
            yield {key: value for key, value in words.items() if key != field.key}
        if field.group is not None and words[field.key]:
            is_list = isinstance(words[field.key], list)
            inner = words[field.key][0] if is_list else words[field.key]
            for older in _each_without_one(field.group, inner):
                rest = words[field.key][1:] if is_list else []
                yield words | {field.key: [older, *rest] if is_list else older}


def _shown_and_served(words: Words) -> tuple[str, str]:
    """The public page, and all that the API says of it as JSON."""
    page = pages.TYPES[words["type"]].read(words)
    shown = render_to_string(f"loop/published/{words['type']}.html.jinja", pages.display(page))
    served: list[Any]
    if words["type"] == "opportunity":
        opportunity = published.Opportunity(
            "mornings", 1, PUBLISHED_AT, "open", date(2027, 3, 12), page
        )
        served = [serializers.OpportunitySerializer(opportunity).data]
    else:
        answer = published.Answer("mornings", 1, PUBLISHED_AT, page)
        rows = [
            PublishedFinding("mornings", PUBLISHED_AT, page, finding)
            for finding in page["findings"]
        ]
        served = [answer.story.label, serializers.FindingSerializer(rows, many=True).data]
    activity = published.Activity("mornings", PUBLISHED_AT, True, True, page)
    return shown, json.dumps([*served, serializers.ActivitySerializer(activity).data])
