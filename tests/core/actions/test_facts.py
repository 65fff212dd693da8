"""Loading the reference facts of core, once and again."""

import csv
from datetime import date

import pytest
from django.db.models import Sum

from core.actions import facts
from core.actors import SERVICE
from core.models import (
    Collaborative,
    Language,
    LocalAuthority,
    Organisation,
    Place,
    Population,
    Programme,
)

MODELS = (Place, LocalAuthority, Organisation, Collaborative, Programme, Language, Population)


@pytest.fixture
def loaded(db: None) -> None:
    facts.load(by=SERVICE)


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in MODELS}


def test_facts_when_loaded_then_there_is_as_many_of_each_as_the_area_has(loaded: None) -> None:
    assert {model.__name__: model.objects.count() for model in MODELS} == {
        "Place": 7,
        "LocalAuthority": 8,
        "Organisation": 55,
        "Collaborative": Organisation.objects.filter(kind="provider_collaborative").count(),
        "Programme": 4,
        "Language": 33,
        "Population": 1584,
    }


def test_facts_when_loaded_twice_then_nothing_changes(loaded: None) -> None:
    before = everything()

    facts.load(by=SERVICE)

    assert everything() == before


def test_city_and_hackney_when_loaded_then_it_is_one_place_with_two_authorities(
    loaded: None,
) -> None:
    (place,) = Place.objects.filter(name__contains="Hackney")

    assert {one.name for one in place.local_authorities.all()} == {"City of London", "Hackney"}


def test_residents_when_added_up_over_the_authorities_then_it_is_the_file_sum(
    loaded: None,
) -> None:
    with (facts.REFERENCE / "population.csv").open(encoding="utf-8", newline="") as lines:
        in_file = sum(
            int(row["count"])
            for row in csv.DictReader(lines)
            if row["characteristic"] == "residents"
        )

    in_rows = Population.objects.filter(characteristic="residents").aggregate(all=Sum("count"))

    assert in_rows["all"] == in_file
    assert 1_900_000 < in_file < 2_100_000


@pytest.mark.parametrize(
    "characteristic",
    ["sex", "age_band", "age_5_year", "religion", "ethnic_group_5", "ethnic_group_19"],
)
def test_groups_when_they_cover_everybody_then_they_come_to_the_residents(
    loaded: None, characteristic: str
) -> None:
    for authority in LocalAuthority.objects.all():
        rows = Population.objects.filter(authority=authority)
        residents = rows.get(characteristic="residents").count

        whole = rows.filter(characteristic=characteristic).aggregate(all=Sum("count"))["all"]

        # The census moves single persons between cells to protect them.
        assert abs(whole - residents) <= 25


def test_dates_when_an_administrator_has_changed_them_then_loading_keeps_them(
    loaded: None,
) -> None:
    one = Organisation.objects.filter(ends_on=None).first()
    assert one is not None
    Organisation.objects.filter(pk=one.pk).update(ends_on=date(2027, 3, 31), name="Renamed")

    facts.load(by=SERVICE)

    one.refresh_from_db()
    assert (one.ends_on, one.name) == (date(2027, 3, 31), "Renamed")


def test_languages_when_loaded_then_each_has_its_own_name_and_direction(loaded: None) -> None:
    assert Language.objects.get(code="ur").direction == "rtl"
    assert not Language.objects.filter(name="").exists()
    assert str(Language.objects.get(code="ur")) == "Urdu"
