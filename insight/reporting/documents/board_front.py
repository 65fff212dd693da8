"""Page one of the Board report: its blocks, and the same shortened for where they do not fit."""

from collections.abc import Callable, Mapping
from typing import cast

from insight.reporting.choices import FRONT_SHEET, Part
from insight.reporting.documents.blocks import (
    STORY_LABELS,
    Block,
    Columns,
    Facts,
    FigureCards,
    Heading,
    Labelled,
    SeeInFull,
    Stack,
    StoryCards,
    Text,
)
from insight.reporting.documents.documents import Section, ShortFront
from insight.reporting.documents.schema import FrozenReport, HeadlineFigure, Story
from insight.reporting.documents.wording import clip, paragraphs, share_of

#: A part written by the secretary as the blocks of page one; none where it is empty.
_Written = Callable[[Part, tuple[int, int]], list[Block]]

# What a shortened page one has room for: lines, and characters in a line of one, two or three
# columns.
_LEAD, _STORY = (3, 98), (4, 98)
_BESIDE = {1: (6, 98), 2: (7, 46), 3: (6, 30)}
# Of a change; its title and place are only shortened beyond what a real one can be.
_CARD = {"title": (6, 27), "place": (3, 34), "you_said": (4, 32), "we_did": (4, 32)}
#: The parts that stand side by side at the foot of page one.
_LAST = (Part.INVOLVEMENT, Part.TO_KNOW, Part.ASKS)


def front_page(frozen: FrozenReport) -> tuple[Block, ...]:
    """The front sheet, the month in figures, the narrative and the changes that lead."""

    def written(part: Part, room: tuple[int, int]) -> list[Block]:
        text = paragraphs(_narrative(frozen)[part])
        return [Heading(part.label, level=1), Text(text)] if text else []

    cards = [cast("dict[str, str]", dict(story)) for story in frozen["stories"]]
    return tuple(_page(frozen, written, [StoryCards(cards)] if cards else []))


def short_front_page(frozen: FrozenReport) -> ShortFront:
    """Page one with each part that is too long cut at a word."""
    in_full: list[Section] = []

    def written(part: Part, room: tuple[int, int]) -> list[Block]:
        text = _narrative(frozen)[part]
        shown, fits = clip(text, *room)
        if not shown:
            return []
        blocks: list[Block] = [Heading(part.label, level=1), Text(shown)]
        if not fits:
            in_full.append(Section(part.label, (Text(paragraphs(text)),), label=part.value))
            blocks.append(SeeInFull(part.value))
        return blocks

    cards = [_short_story(story) for story in frozen["stories"]]
    changes: list[Block] = [StoryCards([card for card, _ in cards])] if cards else []
    long = [story for story, (_, fits) in zip(frozen["stories"], cards, strict=True) if not fits]
    if long:
        changes.append(SeeInFull(Part.STORIES.value))
    blocks = _page(frozen, written, changes)
    if long:
        told = tuple(block for story in long for block in story_blocks(story))
        in_full.append(Section(Part.STORIES.label, told, label=Part.STORIES.value))
    return ShortFront(tuple(blocks), tuple(in_full))


def story_blocks(story: Story) -> list[Block]:
    """A change in full."""
    texts = cast("Mapping[str, str]", story)
    return [
        Heading(story["title"]),
        Text([[story["place"]]]),
        *(Labelled(label, texts[key]) for key, label in STORY_LABELS.items() if texts[key]),
    ]


def _page(frozen: FrozenReport, written: _Written, changes: list[Block]) -> list[Block]:
    facts = [
        [part.label, words]
        for part in FRONT_SHEET
        if (words := cast("Mapping[str, str]", frozen["front_sheet"])[part])
    ]
    blocks: list[Block] = [Facts(facts)] if facts else []
    if frozen["headline"]:
        blocks += [
            Heading(Part.HEADLINE.label, level=1),
            FigureCards(
                "How each figure moved",
                ["Figure", frozen["month"], "Movement"],
                [_figure(figure) for figure in frozen["headline"]],
            ),
        ]
    blocks += [*written(Part.HIGHLIGHTS, _LEAD), *written(Part.STORY, _STORY)]
    if changes:
        blocks += [Heading(Part.STORIES.label, level=1), *changes]
    narrative = _narrative(frozen)
    beside = [part for part in _LAST if narrative[part].strip()]
    if beside:
        columns = (Stack(tuple(written(part, _BESIDE[len(beside)]))) for part in beside)
        blocks.append(Columns(tuple(columns)))
    return blocks


def _narrative(frozen: FrozenReport) -> Mapping[str, str]:
    return cast("Mapping[str, str]", frozen["narrative"])


def _figure(figure: HeadlineFigure) -> dict[str, str]:
    """A figure of page one; of a share, a card has the percentage large and its parts below."""
    large, small = figure["shown"], ""
    if share := share_of(large):
        small, large = share
    return {
        "title": figure["title"],
        "shown": figure["shown"],
        "large": large,
        "small": small,
        "movement": _movement(figure["movement"], figure["previous"]),
    }


def _short_story(story: Story) -> tuple[dict[str, str], bool]:
    """A change as a shortened page one shows it, and whether that is all of it."""
    card = cast("dict[str, str]", dict(story))
    fits = True
    for key, room in _CARD.items():
        shown, whole = clip(" ".join(card[key].split()), *room)
        card[key] = " ".join(" ".join(lines) for lines in shown)
        fits = fits and whole
    return card, fits


def _movement(movement: str | None, previous: str | None) -> str:
    if movement:
        return movement
    return f"{previous} the month before" if previous else "No figure for the month before"
