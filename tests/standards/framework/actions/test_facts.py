"""The five standards and their commitments, loaded once and again."""

import pytest

from core.actors import SERVICE
from standards.framework.actions import facts
from standards.framework.models import Commitment, Standard, StandardsVersion
from standards.framework.selectors import wording


@pytest.fixture
def version(db: None) -> StandardsVersion:
    return facts.load(by=SERVICE)


def everything() -> list[tuple[object, ...]]:
    return [
        row
        for model in (StandardsVersion, Standard, Commitment)
        for row in model.objects.order_by("pk").values_list()
    ]


def test_standards_when_loaded_then_five_have_thirty_four_commitments(
    version: StandardsVersion,
) -> None:
    counts = [one.commitments.count() for one in Standard.objects.order_by("order")]

    assert counts == [7, 6, 5, 9, 7]
    assert version.is_current


def test_standards_when_loaded_twice_then_nothing_changes(version: StandardsVersion) -> None:
    before = everything()

    facts.load(by=SERVICE)

    assert everything() == before


def test_standards_when_another_version_is_current_then_loading_leaves_it_so(db: None) -> None:
    StandardsVersion.objects.create(key="older", status="kept", source="here", is_current=True)

    version = facts.load(by=SERVICE)

    assert not version.is_current


def test_wording_when_nothing_is_loaded_then_there_is_none(db: None) -> None:
    assert wording.current() is None


def test_wording_when_asked_for_then_three_queries_give_all_of_it(
    version: StandardsVersion, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's counter
        words = wording.current()

    assert words is not None
    assert sum(len(standard.commitments) for standard in words.standards) == 34
    assert str(version) == words.version
