"""Rules for models: relations, `__str__`, pairs of when and by whom, names of constraints."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Q

from core.models import User
from nel_participation.install import wings

#: Labels of the wings, from the lowest up.
WINGS = [wing.rpartition(".")[2] for wing in reversed(wings.order())]
#: Many-to-many rows are part of both ends and go with either.
CASCADE, PROTECT = "CASCADE", "PROTECT"
#: What happens to a row when the row it points at is deleted: PROTECT, except for these.
GOES_WITH = {
    "people.AccessNeed.contact": "a need is nothing without its person",
    "activities.ActivityPartner.activity": "a partnership is part of the activity",
    "people.Consent.contact": "what a person agreed to goes when the person is forgotten",
    "people.PersonDistinction.person_a": "that two persons are two goes with either",
    "people.PersonDistinction.person_b": "that two persons are two goes with either",
    "activities.Output.activity": "a reported figure is part of the activity",
    "loop.Decision.finding": "a decision is the answer to one finding",
    "loop.Evidence.finding": "evidence is part of the finding",
}


def is_history(model: type[models.Model]) -> bool:
    """Whether this is a row history: written by the database, and kept when its row is deleted."""
    return hasattr(model, "pgh_tracked_model")


def ours(*, joining: bool = False) -> list[type[models.Model]]:
    """Our models without the row histories; `joining` adds many-to-many tables."""
    return [
        model
        for wing in WINGS
        for model in apps.get_app_config(wing).get_models(include_auto_created=joining)
        if not is_history(model)
    ]


def relations(model: type[models.Model]) -> Iterator[models.ForeignKey[models.Model, models.Model]]:
    """The foreign keys of a model."""
    return (field for field in model._meta.local_fields if isinstance(field, models.ForeignKey))


def on_delete_name(field: models.ForeignKey[models.Model, models.Model]) -> str:
    """The name of the `on_delete` of a foreign key."""
    on_delete = field.remote_field.on_delete
    assert on_delete is not None
    return on_delete.__name__


def height(model: type[models.Model]) -> int:
    return WINGS.index(model._meta.app_label)


@pytest.mark.parametrize("model", ours(joining=True), ids=lambda model: model._meta.label)
def test_relation_when_it_leaves_its_wing_then_it_points_down(model: type[models.Model]) -> None:
    for field in relations(model):
        target = field.related_model
        assert isinstance(target, type)
        assert height(target) <= height(model), field.name


def test_relation_when_its_target_is_deleted_then_the_row_is_protected_or_listed() -> None:
    found = {
        f"{model._meta.label}.{field.name}": on_delete_name(field)
        for model in ours()
        for field in relations(model)
    }

    assert {name for name, kind in found.items() if kind != PROTECT} == set(GOES_WITH)
    assert {found[name] for name in GOES_WITH} == {CASCADE}


def test_history_when_its_row_is_deleted_then_it_stays() -> None:
    histories = [
        model
        for wing in WINGS
        for model in apps.get_app_config(wing).get_models()
        if is_history(model)
    ]

    assert histories
    assert {on_delete_name(field) for model in histories for field in relations(model)} == {
        "DO_NOTHING"
    }


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_model_when_shown_then_it_says_what_it_is(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_when_and_by_whom_when_both_may_be_empty_then_a_constraint_keeps_them_together(
    model: type[models.Model],
) -> None:
    for at, by in pairs(model):
        assert any(
            {at, by} <= fields_in(constraint.condition)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        ), f"{at} and {by}"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_when_and_by_whom_when_one_is_always_given_then_so_is_the_other(
    model: type[models.Model],
) -> None:
    fields = {field.name: field for field in model._meta.fields}
    for name, field in fields.items():
        partner = fields.get(name.removesuffix("_at") + "_by") if name.endswith("_at") else None
        if partner is not None:
            assert field.null == partner.null


def test_every_person_who_acts_when_named_by_a_row_then_they_are_staff() -> None:
    acting = [
        field
        for model in ours()
        for field in relations(model)
        if field.name == "by" or field.name.endswith("_by")
    ]

    assert {field.related_model for field in acting} == {User}


def test_constraint_and_index_when_named_then_the_name_begins_with_its_app() -> None:
    named = [
        (model._meta.app_label, one.name)
        for model in ours()
        for one in (*model._meta.constraints, *model._meta.indexes)
    ]

    assert [name for app, name in named if not name.startswith(f"{app}_")] == []


def test_wings_when_installed_then_the_lowest_comes_first() -> None:
    labels = [config.label for config in apps.get_app_configs()]

    # What a wing registers in `ready()` may depend on what lower wings have registered.
    assert all(labels.index(lower) < labels.index(upper) for lower, upper in pairwise(WINGS))


def pairs(model: type[models.Model]) -> list[tuple[str, str]]:
    """Pairs of a time and a person that may both be empty."""
    fields = {field.name: field for field in model._meta.fields}
    return [
        (name, by)
        for name in fields
        if name.endswith("_at")
        and (by := name.removesuffix("_at") + "_by") in fields
        and fields[name].null
        and fields[by].null
    ]


def fields_in(condition: object) -> set[str]:
    """Every field in a condition."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in fields_in(child)}
    if isinstance(condition, tuple):
        return {str(condition[0]).split("__")[0]}
    return set()
