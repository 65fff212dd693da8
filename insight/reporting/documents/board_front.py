"""Page one of the Board report: its blocks, shortened to fit, and in full what was shortened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from insight.reporting.documents.blocks import (
    Block,
    Columns,
    FigureCards,
    Heading,
    Labelled,
    SeeInFull,
    Stack,
    StoryCards,
    Text,
)
from insight.reporting.documents.schema import FrozenReport, HeadlineFigure, Story
from insight.reporting.documents.wording import breakable, clip, one_line, paragraphs

NOTHING_WRITTEN = "Nothing written for this month."
#: The label of the section with the full text of what page one shortens.
IN_FULL = "in-full"

# What page one has room for: lines, and characters in a line at the column's width.
_LEAD = (3, 98)
_STORY = (5, 98)
_HALF = (8, 46)
_THIRD = (5, 32)

# Such as: twelve of nineteen, then the percentage in brackets.
_SHARE = re.compile(r"([\d,]+ of [\d,]+) \((\d+%)\)")


@dataclass(frozen=True)
class FrontPage:
    """Page one, and the full text of what it shortens."""

    blocks: tuple[Block, ...]
    in_full: tuple[Block, ...]


def front_page(frozen: FrozenReport) -> FrontPage:
    """Five figures, the narrative and three changes, shortened to fit one page."""
    in_full: list[Block] = []

    def cut(title: str, text: str, room: tuple[int, int]) -> list[Block]:
        shown, fits = clip(text, *room)
        part: list[Block] = [Heading(title, level=1), Text(shown or [[NOTHING_WRITTEN]])]
        if not fits:
            in_full.extend([Heading(title), Text(paragraphs(text))])
            part.append(SeeInFull(IN_FULL))
        return part

    words = frozen["narrative"]
    figures = [_figure(figure) for figure in frozen["headline"]]
    blocks: list[Block] = [
        Heading(f"The month in {'five ' if len(figures) == 5 else ''}figures", level=1),
        FigureCards(figures, none="No figures were counted for this month."),
        *cut("Highlights", words["highlights"], _LEAD),
        *cut("One story", words["story"], _STORY),
    ]
    cards = [_story(story) for story in frozen["stories"][:3]]
    number = ("No", "One", "Two", "Three")[len(cards)]
    changes = "change" if len(cards) == 1 else "changes"
    blocks += [
        Heading(f"{number} {changes} people brought about", level=1),
        StoryCards([card for card, _ in cards], none="No change was published this month."),
    ]
    last = [
        Stack(tuple(cut("What the Board must know", words["to_know"], _HALF))),
        Stack(tuple(cut("What the Board is asked to do", words["asks"], _HALF))),
    ]
    long = [story for story, (_, fits) in zip(frozen["stories"], cards, strict=False) if not fits]
    if long:
        blocks.append(SeeInFull(IN_FULL))
    for story in long:
        in_full.extend(_story_in_full(story))
    return FrontPage((*blocks, Columns(tuple(last))), tuple(in_full))


def _figure(figure: HeadlineFigure) -> dict[str, str]:
    """A figure of page one; of a share, the percentage is printed large and its parts below."""
    shown, detail = figure["shown"], ""
    if share := _SHARE.fullmatch(shown):
        detail, shown = share.groups()
    return {
        "title": breakable(figure["title"], 14),
        "shown": breakable(shown, 12),
        "detail": breakable(detail, 14),
        "size": _size(shown),
        "movement": breakable(_movement(figure["movement"], figure["previous"]), 16),
    }


def _story(story: Story) -> tuple[dict[str, str], bool]:
    """A change as page one shows it, and whether that is all of it."""
    room = {
        "title": (2, 27),
        "place": (1, 34),
        "you_said": _THIRD,
        "we_did": _THIRD,
        "where": (1, 34),
    }
    texts: Mapping[str, str] = cast("Mapping[str, str]", story)
    cut = {key: clip(" ".join(texts[key].split()), *size) for key, size in room.items()}
    card = {key: breakable(one_line(shown)) for key, (shown, _) in cut.items()}
    return card, all(fits for _, fits in cut.values())


def _story_in_full(story: Story) -> list[Block]:
    lines = (
        ("You said", story["you_said"]),
        ("We did", story["we_did"]),
        ("Status", story["where"]),
    )
    return [
        Heading(breakable(story["title"], 40) or "A change"),
        Text(paragraphs(story["place"])),
        *(Labelled(label, breakable(words, 60)) for label, words in lines if words),
    ]


def _size(shown: str) -> str:
    return "large" if len(shown) <= 5 else "medium" if len(shown) <= 9 else "small"


def _movement(movement: str | None, previous: str | None) -> str:
    if movement:
        return movement
    return f"{previous} the month before" if previous else "No figure for the month before"
