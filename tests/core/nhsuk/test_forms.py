"""Form fields: values they accept, values they refuse, and the messages."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.nhsuk import forms
from core.nhsuk.components import error_list, has_errors
from core.periods import RoughDate


class Meeting(forms.NHSForm):
    """A form with one field of many kinds."""

    title = forms.TextField("What is it called?", max_length=20)
    about = forms.TextareaField("What is it about?", count=50, required=False)
    place = forms.SelectField("Where?", choices=[("h", "Hackney"), ("n", "Newham")])
    held_on = forms.DateField("When?", earliest=date(2026, 1, 1), latest=date(2027, 12, 31))
    began = forms.RoughDateField("When did it begin?", required=False)
    starts = forms.TimeField("At what time?", required=False)
    heads = forms.NumberField("How many?", max_value=500, required=False)
    spent = forms.MoneyField("Spent", required=False)
    mail = forms.EmailField(required=False)
    call = forms.TelField(required=False)


GOOD = {
    "title": "A walk",
    "place": "h",
    "held_on-day": "27",
    "held_on-month": "3",
    "held_on-year": "2027",
}


def posted(**more: str) -> Meeting:
    query = QueryDict(mutable=True)
    query.update({**GOOD, **{name.replace("__", "-"): value for name, value in more.items()}})
    form = Meeting(query)
    form.is_valid()
    return form


def only_error(form: Meeting, field: str) -> str:
    assert list(form.errors) == [field]
    return str(form.errors[field][0])


def test_a_form_filled_in_gives_clean_values() -> None:
    form = posted(
        began__month="March", began__year="2016", starts="6.30pm", heads="1", spent="£1,200.50"
    )

    assert form.errors == {}
    assert form.cleaned_data["held_on"] == date(2027, 3, 27)
    assert form.cleaned_data["began"] == RoughDate.of(2016, 3)
    assert form.cleaned_data["starts"] == time(18, 30)
    assert form.cleaned_data["spent"] == Decimal("1200.50")


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1f", "\ud800", "\ufffe"])
def test_text_with_a_hidden_character_is_refused_saying_where(character: str) -> None:
    form = posted(title=f"Walk{character}ing")

    assert only_error(form, "title").startswith("Remove the hidden character from “Walking”")


def test_a_date_with_a_hidden_character_is_refused() -> None:
    assert "hidden character" in only_error(posted(held_on__day="2\0"), "held_on")


@pytest.mark.parametrize(
    "words", ["Ọlábísí", "نص عربي", "🙂🙂", "<script>alert(1)</script>", "=1+1", "\u202eabc"]
)
def test_odd_but_real_text_is_kept_as_typed(words: str) -> None:
    assert posted(title=words[:20]).cleaned_data["title"] == words[:20]


def test_accents_typed_in_two_characters_become_one() -> None:
    assert posted(title="Cafe\u0301").cleaned_data["title"] == "Caf\u00e9"


def test_text_longer_than_allowed_is_refused_with_both_numbers() -> None:
    assert (
        only_error(posted(title="x" * 21), "title")
        == "Use 20 characters or fewer. You have used 21."
    )


def test_new_lines_count_as_one_character_in_a_text_area() -> None:
    form = posted(about="\r\n".join("abcde" for _ in range(8)))

    assert form.errors == {}
    assert form.cleaned_data["about"].count("\n") == 7


def test_new_lines_in_a_line_become_spaces() -> None:
    assert posted(title="two\r\nlines").cleaned_data["title"] == "two lines"


@pytest.mark.parametrize(
    ("typed", "sentence", "part"),
    [
        (("", "3", "2027"), "The date must include a day", "day"),
        (("27", "", ""), "The date must include a month and a year", "month"),
        (("31", "2", "2027"), "The day must be a real day of that month", "day"),
        (
            ("3", "13", "2027"),
            "The month must be a number from 1 to 12, or a name like March",
            "month",
        ),
        (
            ("3", "3", "27"),
            "The year must have 4 numbers and be between 1900 and 2100, like 2027",
            "year",
        ),
        (("٣", "3", "2027"), "The day must be a real day of that month", "day"),
        (("31", "12", "2025"), "The date must be 1 January 2026 or later", "day"),
        (("1", "1", "2028"), "The date must be 31 December 2027 or earlier", "day"),
    ],
)
def test_a_wrong_date_is_refused_and_the_summary_links_to_the_wrong_input(
    typed: tuple[str, str, str], sentence: str, part: str
) -> None:
    form = posted(held_on__day=typed[0], held_on__month=typed[1], held_on__year=typed[2])

    assert only_error(form, "held_on") == sentence
    assert error_list(form)[0].href == f"#id_held_on-{part}"


def test_an_empty_date_is_refused_by_name() -> None:
    form = posted(held_on__day="", held_on__month="", held_on__year="")

    assert only_error(form, "held_on") == "Enter the day, month and year of “When”"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("", "", "2016"), RoughDate.of(2016)),
        (("", "jun", "2022"), RoughDate.of(2022, 6)),
        (("5", "6", "2022"), RoughDate.of(2022, 6, 5)),
        (("", "", ""), None),
    ],
)
def test_a_rough_date_keeps_the_precision_it_was_given(
    typed: tuple[str, str, str], meant: RoughDate | None
) -> None:
    form = posted(began__day=typed[0], began__month=typed[1], began__year=typed[2])

    assert form.cleaned_data["began"] == meant
    if meant:
        shown = Meeting.base_fields["began"].widget.inputs(meant)
        assert RoughDate.of(*(int(shown[p]) for p in ("year", "month", "day") if shown[p])) == meant


def test_a_rough_day_without_its_month_is_refused() -> None:
    form = posted(began__day="5", began__year="2022")

    assert only_error(form, "began") == "Enter a month, or leave the day empty"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6pm", time(18)),
        ("6:30 PM", time(18, 30)),
        ("18:30", time(18, 30)),
        ("0930", time(9, 30)),
        ("06:30", time(6, 30)),
        ("10:30", time(10, 30)),
        ("12am", time(0)),
        ("12:15pm", time(12, 15)),
        ("midday", time(12)),
        ("midnight", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert posted(starts=typed).cleaned_data["starts"] == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("6:30", "Say whether it is in the morning or not: 6:30am or 6:30pm"),
        ("9.00", "Say whether it is in the morning or not: 9am or 9pm"),
    ],
)
def test_a_time_that_may_be_in_the_morning_or_the_evening_is_asked_again(
    typed: str, sentence: str
) -> None:
    assert only_error(posted(starts=typed), "starts") == sentence


@pytest.mark.parametrize("typed", ["6", "25:00", "18:60", "13pm", "0am", "soon", "٦pm"])
def test_a_time_that_is_none_is_refused(typed: str) -> None:
    assert only_error(posted(starts=typed), "starts") == "Enter a time, like 6:30pm or 18:30"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Enter 0 or more"),
        ("501", "Enter 500 or less"),
        ("many", "Enter a whole number, like 12"),
        ("1.5", "Enter a whole number, like 12"),
    ],
)
def test_a_number_out_of_bounds_is_refused(typed: str, sentence: str) -> None:
    assert only_error(posted(heads=typed), "heads") == sentence


@pytest.mark.parametrize(
    ("field", "typed"), [("mail", "x@"), ("call", "ring me"), ("spent", "lots"), ("place", "x\0")]
)
def test_other_wrong_values_are_refused_at_their_field(field: str, typed: str) -> None:
    assert only_error(posted(**{field: typed}), field)


def test_errors_of_an_action_are_shown_at_their_field_or_on_top() -> None:
    form = posted()

    forms.add_errors(form, ValidationError({"title": ["Taken."], "unknown": ["Elsewhere."]}))
    forms.add_errors(form, ValidationError("On the whole."))

    assert form.errors["title"] == ["Taken."]
    assert form.non_field_errors() == ["Elsewhere.", "On the whole."]


def test_an_error_of_a_constraint_is_shown_at_the_field_that_asks_for_it() -> None:
    class Renamed(Meeting):
        asks_for = {"starts_at": "starts"}

    form = Renamed(posted().data)
    rules = [
        ValidationError("Too late.", code="starts_at"),
        ValidationError("Elsewhere.", code="x"),
    ]

    forms.add_errors(form, ValidationError({"__all__": rules}))

    assert form.errors["starts"] == ["Too late."]
    assert form.non_field_errors() == ["Elsewhere."]


def test_an_act_is_performed_only_for_a_valid_form_and_its_result_returned() -> None:
    def refuses() -> str:
        raise ValidationError({"title": "Taken."})

    good, bad, refused = posted(), posted(title=""), posted()

    assert forms.accepted(good, lambda: "done") == "done"
    assert forms.accepted(bad, lambda: pytest.fail("the answers were not good")) is None
    assert forms.accepted(refused, refuses) is None
    assert refused.errors["title"] == ["Taken."]


def test_the_summary_lists_errors_of_every_form_except_unsent_ones() -> None:
    wrong = posted(title="", starts="soon")

    assert [(one.text, one.href) for one in error_list(Meeting(), wrong)] == [
        ("Enter an answer to “What is it called”", "#id_title"),
        ("Enter a time, like 6:30pm or 18:30", "#id_starts"),
    ]
    assert has_errors(wrong)
    assert not has_errors(Meeting(), None)
