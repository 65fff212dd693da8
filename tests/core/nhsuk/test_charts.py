"""Charts: sizes, text and contrast."""

from typing import Any
from xml.etree import ElementTree

import pytest

from core.nhsuk import charts
from core.nhsuk.charts import Chart

SVG = "{http://www.w3.org/2000/svg}"


def bars(**more: object) -> Chart:
    rows = (("Havering", 4, "4"), ("Newham", None, "fewer than 5"), ("Redbridge", 0, "0"))
    return Chart("Activities by place", "Havering has four.", rows, **more)  # type: ignore[arg-type]


def stacked() -> Chart:
    rows = (
        ("Havering", (3, 0, None), ("3", "0", "fewer than 5")),
        ("Newham", (1, 2, 3), ("1", "2", "3")),
    )
    return Chart(
        "Levels",
        "By place.",
        rows,
        kind="stacked",
        series=("Inform", "Consult", "Involve"),
    )


def drawn(chart: Chart, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(chart, **options))  # our own text


def texts(picture: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", [bars(), bars(kind="columns"), stacked()])
@pytest.mark.parametrize("width", [340, 640])
def test_a_chart_has_title_and_description_and_stays_inside_its_frame(
    chart: Chart, width: int
) -> None:
    picture = drawn(chart, width=width)

    assert picture.get("role") == "img"
    assert [picture[0].text, picture[1].text] == [chart.title, chart.description]
    assert picture.get("aria-labelledby") == f"{picture[0].get('id')} {picture[1].get('id')}"
    tall = float(picture.get("height", "0"))
    for box in picture.iter(f"{SVG}rect"):
        assert (
            0
            <= float(box.get("x", ""))
            <= float(box.get("x", "")) + float(box.get("width", ""))
            <= width + 0.1
        )
        assert (
            0
            <= float(box.get("y", ""))
            <= float(box.get("y", "")) + float(box.get("height", ""))
            <= tall
        )


def test_bars_are_as_long_as_their_values_and_a_missing_one_shows_its_words() -> None:
    picture = drawn(bars())

    assert len(list(picture.iter(f"{SVG}rect"))) == 1
    assert texts(picture) == ["Havering", "4", "Newham", "fewer than 5", "Redbridge", "0"]


def test_a_stacked_chart_names_its_series() -> None:
    assert texts(drawn(stacked()))[:3] == ["Inform", "Consult", "Involve"]


def test_an_empty_chart_and_one_of_zeros_can_be_drawn() -> None:
    drawn(Chart("None", "Nothing.", ()))
    drawn(Chart("None", "Nothing.", (), kind="columns"))
    drawn(Chart("None", "Nothing.", (("Havering", 0, "0"),)))


def test_words_with_marks_and_hidden_characters_are_shown_as_text() -> None:
    picture = drawn(Chart('<b>&"', "d\0", (("<script>", 1, "1 & a bit"),)))

    assert picture[0].text == '<b>&"'
    assert "<script>" in texts(picture)


def test_series_without_a_value_each_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each series"):
        Chart("T", "d", (("A", (1,), ("1",)),), kind="stacked", series=("x", "y"))
    with pytest.raises(ValueError, match="names its series"):
        Chart("T", "d", (), kind="grouped")


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


LEVELS = ("Inform", "Consult", "Involve", "Co-produce", "Empower")


def spectrum() -> ElementTree.Element:
    """A stacked chart wide enough for the words of each part to stand inside it."""
    row = ("Havering", (20, 20, 20, 20, 20), ("20",) * 5)
    return drawn(Chart("Levels", "By place.", (row,), kind="stacked", series=LEVELS), width=640)


def _parts(picture: ElementTree.Element) -> list[ElementTree.Element]:
    """The parts of the bar: the rectangles that are taller than those of the legend."""
    return [box for box in picture.iter(f"{SVG}rect") if float(box.get("height", "0")) > 20]


def test_words_inside_a_bar_when_drawn_then_they_have_enough_contrast() -> None:
    picture = spectrum()
    inside = [one for one in picture.iter(f"{SVG}text") if one.text == "20"]

    assert len(inside) == len(_parts(picture)) == 5
    for words, box in zip(inside, _parts(picture), strict=True):
        ink = words.get("fill") or picture.get("fill") or ""
        assert _contrast(box.get("fill", ""), ink) >= 4.5, box.get("fill")


@pytest.mark.parametrize("page", ["#ffffff", "#f0f4f5"])
def test_outlines_and_axis_when_drawn_then_they_stand_out_from_the_page(page: str) -> None:
    picture = spectrum()

    strokes = {
        one.get("stroke", "") for name in ("rect", "line") for one in picture.iter(SVG + name)
    }

    assert len(strokes) == 2
    assert all(_contrast(stroke, page) >= 3 for stroke in strokes)


def test_parts_when_drawn_then_each_has_a_shade_of_its_own_from_light_to_dark() -> None:
    light = [_light(box.get("fill", "")) for box in _parts(spectrum())]

    assert light == sorted(set(light), reverse=True)
    assert len(light) == len(LEVELS)
