"""Charts as SVG, for pages and documents."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from markupsafe import Markup

from core.xml import in_xml

Kind = Literal["bars", "columns", "stacked", "grouped"]

#: Shades of blue from light to dark that differ in brightness, so that they can be told apart
#: without colour. All bars have an outline, because of the light shades.
_SHADES = ("#d2e4f5", "#8fc1ea", "#5fa3de", "#005eb8", "#00305e")
_INK, _AXIS, _OUTLINE = "#212b32", "#768692", "#00305e"
#: From this width in pixels labels are to the left of the bars; below it, as on phones, above.
_WIDE = 520
#: Font size and line height, in pixels.
_SIZE, _LINE = 14, 18
#: The average width of a letter of Arial, relative to the font size. Rounded up, as text must fit.
_LETTER = 0.56


@dataclass(frozen=True)
class Chart:
    """A chart: what it is called, what it says and its rows.

    `bars` and `columns` take rows of (label, value, words); `stacked` and `grouped` take (label,
    values, words), with a value and words for each name in `series`. For a value of None only the
    words are shown, such as “fewer than 5”.
    """

    title: str
    description: str
    rows: tuple[tuple[str, float | tuple[float | None, ...] | None, str | tuple[str, ...]], ...]
    kind: Kind = "bars"
    series: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind in ("stacked", "grouped")) != bool(self.series):
            raise ValueError("A stacked or grouped chart names its series; no other chart has any.")
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))
        for label, *cells in self.rows:
            if self.series and any(len(cell) != len(self.series) for cell in cells):  # type: ignore[arg-type]
                raise ValueError(f"“{label}” does not have one value for each series.")

    @property
    def values(self) -> tuple[tuple[float | None, ...], ...]:
        """Each row's values, one per series; a chart without series has one."""
        return tuple(value if self.series else (value,) for _, value, _ in self.rows)  # type: ignore[misc]

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Each row's words, one per series."""
        return tuple(shown if self.series else (shown,) for _, _, shown in self.rows)  # type: ignore[misc]

    @property
    def key(self) -> str:
        """The id of the chart on a page, different for other titles and descriptions."""
        return (
            "chart-" + hashlib.sha256(f"{self.title}|{self.description}".encode()).hexdigest()[:10]
        )


@dataclass(frozen=True)
class _Drawing:
    """SVG elements, and their height in pixels."""

    parts: list[str]
    height: float


def svg(chart: Chart, *, width: int = 340, font: str = "Arial, sans-serif") -> str:
    """The chart as an SVG document. PDF and Word use their own font and a width of 520 or more."""
    drawing = _columns(chart, width) if chart.kind == "columns" else _bars(chart, width)
    height = round(drawing.height + 4)
    body = "".join(drawing.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" aria-labelledby="{chart.key}-title {chart.key}-desc"'
        f' font-family="{_safe(font)}" font-size="{_SIZE}" fill="{_INK}" focusable="false">'
        f'<title id="{chart.key}-title">{_safe(chart.title)}</title>'
        f'<desc id="{chart.key}-desc">{_safe(chart.description)}</desc>{body}</svg>'
    )


def markup(chart: Chart) -> Markup:
    """The chart as markup for a page; the style sheet sets its size."""
    return Markup(svg(chart).replace("<svg ", '<svg class="app-chart__picture" ', 1))  # noqa: S704  all text in it is escaped


def from_frozen(frozen: Mapping[str, Any]) -> Chart:
    """The chart of a frozen report: title, description, kind, series, and rows with label,
    values and words. Bars with several series are grouped.
    """
    series = tuple(frozen["series"])
    is_stacked = frozen["kind"] == "stacked"
    if len(series) > 1 or is_stacked:
        rows: Any = [
            (row["label"], tuple(row["values"]), tuple(row["shown"])) for row in frozen["rows"]
        ]
        kind: Kind = "stacked" if is_stacked else "grouped"
        return Chart(frozen["title"], frozen["description"], tuple(rows), kind, series)
    rows = [(row["label"], row["values"][0], row["shown"][0]) for row in frozen["rows"]]
    kind = "columns" if frozen["kind"] == "columns" else "bars"
    return Chart(frozen["title"], frozen["description"], tuple(rows), kind)


def shades(number: int) -> tuple[str, ...]:
    """This many shades, as different as possible."""
    if number == 1:
        return (_SHADES[3],)
    steps = (len(_SHADES) - 1) / (number - 1) if number <= len(_SHADES) else 0
    return tuple(_SHADES[round(i * steps) if steps else i % len(_SHADES)] for i in range(number))


def _bars(chart: Chart, width: int) -> _Drawing:
    parts: list[str] = []
    colours = shades(len(chart.series) or 1)
    y = _legend(parts, chart, colours, width) if chart.series else 2.0
    is_wide = width >= _WIDE
    left = round(width * 0.34) if is_wide else 0
    room = width - left - (0 if chart.kind == "stacked" else _widest(chart) + 8)
    scale = room / _greatest(chart)
    for (label, *_), values, words in zip(chart.rows, chart.values, chart.words, strict=True):
        lines = _wrap(label, (left - 10) if is_wide else width)
        top = y
        for number, line in enumerate(lines):
            parts.append(
                _text(line, 0, y + _SIZE + number * _LINE, weight="bold" if not is_wide else "")
            )
        if not is_wide:
            y += len(lines) * _LINE + 4
        if chart.kind == "stacked":
            y = _stack(parts, values, words, colours, left, y, scale, width)
        else:
            for value, shown, colour in zip(values, words, colours, strict=True):
                length = max((value or 0) * scale, 1.5 if value else 0)
                parts.append(_box(left, y, length, 20, colour))
                parts.append(_text(shown, left + length + 6, y + 15))
                y += 22
        y = max(y, top + len(lines) * _LINE if is_wide else y) + 10
    parts.append(_line(left, 0 if not chart.series else _legend_height(chart, width), left, y - 6))
    return _Drawing(parts, y)


def _stack(
    parts: list[str],
    values: tuple[float | None, ...],
    words: tuple[str, ...],
    colours: tuple[str, ...],
    left: float,
    y: float,
    scale: float,
    width: int,
) -> float:
    x, outside = left, []
    for value, shown, colour in zip(values, words, colours, strict=True):
        length = (value or 0) * scale
        if length:
            parts.append(_box(x, y, max(length - 1.5, 1), 24, colour))
            if length >= len(shown) * _SIZE * _LETTER + 4:
                ink = "#ffffff" if colour in _SHADES[3:] else _INK
                parts.append(_text(shown, x + length / 2, y + 17, anchor="middle", colour=ink))
        elif value is None and shown:
            outside.append(shown)
        x += length
    if outside and len(note := ", ".join(outside)) * _SIZE * _LETTER < width - x:
        parts.append(_text(note, x + 6, y + 17))
    return y + 26


def _columns(chart: Chart, width: int) -> _Drawing:
    parts: list[str] = []
    top, plot_height = 22, 150
    step = width / max(len(chart.rows), 1)
    size = 11 if step < 40 else _SIZE
    baseline = top + plot_height
    scale = plot_height / _greatest(chart)
    most_lines = 1
    for number, ((label, *_), values, words) in enumerate(
        zip(chart.rows, chart.values, chart.words, strict=True)
    ):
        middle, value = (number + 0.5) * step, values[0]
        height = max((value or 0) * scale, 1.5 if value else 0)
        bar_width = min(step * 0.7, 48)
        parts.append(
            _box(middle - bar_width / 2, baseline - height, bar_width, height, shades(1)[0])
        )
        if len(words[0]) * size * _LETTER <= step:
            parts.append(_text(words[0], middle, baseline - height - 5, anchor="middle", size=size))
        lines = label.split() if len(label) * size * _LETTER > step else [label]
        most_lines = max(most_lines, len(lines))
        for row, line in enumerate(lines):
            parts.append(
                _text(line, middle, baseline + 16 + row * (size + 3), anchor="middle", size=size)
            )
    parts.append(_line(0, baseline, width, baseline))
    return _Drawing(parts, baseline + 8 + most_lines * (size + 3))


def _legend(parts: list[str], chart: Chart, colours: tuple[str, ...], width: int) -> float:
    for name, colour, x, y in _legend_places(chart, colours, width):
        parts.append(_box(x, y, 14, 14, colour))
        parts.append(_text(name, x + 20, y + 12))
    return _legend_height(chart, width)


def _legend_height(chart: Chart, width: int) -> float:
    return [y for *_, y in _legend_places(chart, shades(len(chart.series)), width)][-1] + 28


def _legend_places(
    chart: Chart, colours: tuple[str, ...], width: int
) -> Iterator[tuple[str, str, float, float]]:
    x, y = 1.0, 2.0
    for name, colour in zip(chart.series, colours, strict=True):
        needed = 20 + len(name) * _SIZE * _LETTER + 16
        if x > 1 and x + needed > width:
            x, y = 1.0, y + 22
        yield name, colour, x, y
        x += needed


def _greatest(chart: Chart) -> float:
    rows = chart.values
    sums = [
        sum(v or 0 for v in row) if chart.kind == "stacked" else max(v or 0 for v in row)
        for row in rows
    ]
    return max(sums, default=0) or 1


def _widest(chart: Chart) -> float:
    return max((len(shown) for row in chart.words for shown in row), default=0) * _SIZE * _LETTER


def _wrap(text: str, width: float) -> list[str]:
    most, lines = max(int(width / (_SIZE * _LETTER)), 6), [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    if not width or not height:
        return ""
    # The outline gives the light shades a contrast of 3 to 1 with the page.
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"'
        f' stroke="{_OUTLINE}" stroke-width="1"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{_AXIS}" stroke-width="1"/>'


def _text(
    words: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    colour: str = "",
    weight: str = "",
    size: int = _SIZE,
) -> str:
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' fill="{colour}"' if colour else ""
    more += f' font-weight="{weight}"' if weight else ""
    more += f' font-size="{size}"' if size != _SIZE else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{_safe(words)}</text>'


def _safe(words: str) -> str:
    return escape(in_xml(str(words)), {'"': "&quot;"})
