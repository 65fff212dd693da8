"""The catalogue: registering entries, and the form fields and wording made from them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType

from core import catalogue
from core.catalogue import (
    Audience,
    CatalogueError,
    Entry,
    Erasure,
    Handling,
    Personal,
    Retention,
    asked,
)
from core.nhsuk import forms
from core.periods import RoughDate
from engagement.activities.choices import AccessFeature
from engagement.activities.models import Activity, Session
from engagement.people.models import AccessNeed, Contact

OPEN = Handling(Retention.REFERENCE)
EVENING = datetime(2027, 3, 27, 18, 30, tzinfo=UTC)


def session(**facts: object) -> Session:
    return Session(
        **{"starts_at": EVENING, "ends_at": EVENING.replace(hour=20), "venue": "Town hall"} | facts
    )


def words(row: Session | Activity, name: str) -> str:
    return catalogue.in_words(row, catalogue.entry(type(row), name))


def cell(row: Session | Activity, name: str) -> object:
    return catalogue.cell(row, catalogue.entry(type(row), name))


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([Entry("colour", "Colour")], "colour is no field"),
        ([Entry("permission", "Permissions")], "permission is no field"),
        ([Entry("model", "Model"), Entry("model", "Again")], "has two entries"),
        ([Entry("both", "Both", made_of=("app_label", "model"))], "no such property"),
        ([Entry("name", "Name", made_of=("app_label", "colour"))], "colour is no field"),
        (
            [
                Entry(
                    "model",
                    "Model",
                    published=catalogue.published("page"),
                    handling=OPEN.replace(personal=Personal.PERSONAL),
                )
            ],
            "cannot be published",
        ),
    ],
)
def test_entry_when_invalid_then_it_is_refused_and_nothing_is_registered(
    entries: list[Entry], sentence: str
) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        catalogue.register(ContentType, OPEN, entries)

    with pytest.raises(KeyError):
        catalogue.table(ContentType)


def test_model_when_it_is_registered_twice_then_it_is_refused() -> None:
    with pytest.raises(CatalogueError, match="already"):
        catalogue.register(Session, OPEN)


def test_entry_when_it_has_no_handling_then_it_gets_that_of_its_table() -> None:
    note, venue = catalogue.entry(Session, "note"), catalogue.entry(Session, "venue")

    assert venue.handling.seen_by == Audience.STAFF
    assert note.handling.seen_by == Audience.TEAM
    assert note.handling.retention == venue.handling.retention


def test_form_field_when_made_then_has_what_the_model_knows() -> None:
    venue = catalogue.form_field(Session, "venue")
    features = catalogue.form_field(Session, "access_features")

    assert isinstance(venue, forms.TextField)
    assert isinstance(features, forms.CheckboxesField)
    assert (venue.label, venue.max_length, venue.required) == ("Venue", 300, False)
    assert [key for key, _ in features.widget.choices] == AccessFeature.values


def test_form_field_when_made_twice_then_each_form_has_its_own() -> None:
    assert catalogue.form_field(Session, "venue") is not catalogue.form_field(Session, "venue")


def test_form_field_when_an_entry_has_two_then_each_can_be_made() -> None:
    assert catalogue.form_field(Session, "starts_at", "begins").label == "Starts at"
    assert catalogue.form_field(Session, "starts_at").label == "Which day?"


@pytest.mark.parametrize("name", ["status", "cancelled_reason"])
def test_form_field_when_the_catalogue_does_not_make_it_then_it_is_refused(name: str) -> None:
    with pytest.raises(LookupError, match="not asked from the catalogue"):
        catalogue.form_field(Activity, name)


def test_asked_names_when_an_entry_is_made_of_several_fields_then_each_has_its_form_field() -> None:
    assert catalogue.asked_names(Activity) == {
        "start_earliest": "start",
        "start_latest": "start",
        "end_earliest": "end",
        "end_latest": "end",
        "cancelled_reason": "reason",
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "Not recorded"),
        ("", "Not recorded"),
        ([], "Not recorded"),
        (True, "Yes"),
        (Decimal("1200.5"), "£1,200.50"),
        (1200, "1,200"),
        (RoughDate.of(2027, 3), "March 2027"),
        (date(2027, 3, 27), "27 March 2027"),
        (EVENING, "27 March 2027, 6:30pm"),
        (EVENING.time(), "6:30pm"),
        (["Captions", "Parking"], "Captions, Parking"),
    ],
)
def test_value_when_said_in_words_then_as_pages_say_it(value: object, said: str) -> None:
    assert catalogue.words_of(value) == said


def test_fact_when_it_is_a_choice_then_pages_and_files_say_its_label() -> None:
    row = session(access_features=[AccessFeature.STEP_FREE, AccessFeature.BSL])

    said = "Step-free, British Sign Language interpreter"
    assert (words(row, "access_features"), cell(row, "access_features")) == (said, said)


def test_fact_when_nothing_is_recorded_then_a_page_says_so_and_a_cell_is_empty() -> None:
    assert (words(session(), "capacity"), cell(session(), "capacity")) == ("Not recorded", "")


def test_cell_when_it_is_a_number_or_a_moment_then_a_program_can_read_it() -> None:
    row = session(capacity=1200)

    assert cell(row, "capacity") == 1200
    assert cell(row, "starts_at") == "2027-03-27 18:30"
    assert cell(Activity(budget=Decimal("12.50")), "budget") == Decimal("12.50")
    assert cell(Activity(is_always_on=True), "is_always_on") == "Yes"


def test_asked_when_two_are_added_then_a_field_has_both() -> None:
    boxes = asked("visit", forms.DateField, name="day") + asked("visit", forms.TimeField)

    assert [box.name for box in boxes] == ["day", ""]


def test_erasure_when_asked_of_a_model_then_says_what_becomes_of_each_field() -> None:
    contact, need = catalogue.on_erasure(Contact), catalogue.on_erasure(AccessNeed)

    assert set(contact) == {field.name for field in Contact._meta.fields}
    assert (contact["name"], contact["email"]) == (Erasure.REPLACED, Erasure.CLEARED)
    assert (contact["organisation"], contact["added_at"]) == (Erasure.KEPT, Erasure.KEPT)
    assert set(need.values()) == {Erasure.ROW_DELETED}


def test_erasure_when_it_deletes_some_fields_of_a_row_only_then_it_is_refused() -> None:
    personal = OPEN.replace(personal=Personal.PERSONAL, erasure=Erasure.ROW_DELETED)

    with pytest.raises(CatalogueError, match="the whole row or none"):
        catalogue.register(
            ContentType, OPEN, Entry("model", "Model"), Entry("app_label", "App", handling=personal)
        )


def test_download_when_made_of_a_row_then_has_labels_and_words_of_what_is_recorded() -> None:
    need = AccessNeed(pk=7, category="information-format", need="Braille", recorded_at=EVENING)

    assert catalogue.download(need) == (
        ("Type of need", "Specific information format"),
        ("What they need", "Braille"),
        ("Recorded", "27 March 2027, 6:30pm"),
    )
    assert catalogue.download(session(venue="Town hall")) == ()
