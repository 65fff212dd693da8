"""Where a refusal belongs on a form: the field beside which each rule of the database speaks."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from core.nhsuk.forms import add_errors
from engagement.models import Activity, Participant, Session

#: Names of constraints, and the field of our forms that mends each.
_BESIDE = {
    "engagement_activity_ends_after_start": "end",
    "engagement_activity_start_paired": "start",
    "engagement_activity_end_paired": "end",
    "engagement_activity_always_on_has_no_end": "is_always_on",
    "engagement_activity_level_has_reason": "level_reason",
    "engagement_activity_cancelled_has_reason": "reason",
    "engagement_activity_consultation_closes_after_opening": "consultation_closes_on",
    "engagement_activity_budget_not_negative": "budget",
    "engagement_activity_spend_not_negative": "spend",
    "engagement_session_ends_after_start": "ends",
    "engagement_session_is_somewhere": "venue",
    "engagement_participant_email_given": "email",
    "engagement_participant_telephone_given": "telephone",
    "engagement_participant_address_given": "postal_address",
}
#: Fields of the models that our forms ask for under another name.
_RENAMED = {
    "start_earliest": "start",
    "start_latest": "start",
    "end_earliest": "end",
    "end_latest": "end",
    "starts_at": "day",
    "ends_at": "ends",
    "cancelled_reason": "reason",
}


def place(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put what an action refused beside the fields of this form; what fits none goes on top."""
    if not hasattr(refusal, "error_dict"):
        add_errors(form, refusal)
        return
    placed: dict[str, list[ValidationError]] = {}
    for name, errors in refusal.error_dict.items():
        for error in errors:
            field = _field(name, error)
            placed.setdefault(field if field in form.fields else NON_FIELD_ERRORS, []).append(error)
    add_errors(form, ValidationError(placed))


def foresee(form: forms.BaseForm, row: Model, spans: Mapping[str, tuple[str, str]]) -> None:
    """Put beside its fields what the database would refuse of the answers that could be read.

    `row` is a new one to try them on; `spans` names the pair of days that holds each rough date.
    Rules that ask for an answer that could not be read are left out.
    """
    columns = {field.name for field in row._meta.concrete_fields}
    tried: set[str] = set()
    for name, answer in form.cleaned_data.items():
        if name in spans:
            for column, day in zip(
                spans[name],
                (answer.earliest, answer.latest) if answer else (None, None),
                strict=True,
            ):
                setattr(row, column, day)
                tried.add(column)
        elif name in columns:
            setattr(row, name, answer)
            tried.add(name)
    settled = {field.name for field in row._meta.concrete_fields if field.has_default()}
    try:
        row.validate_constraints(exclude=columns - tried - settled)
    except ValidationError as refusal:
        place(form, refusal)


def _field(name: str, error: ValidationError) -> str:
    if name != NON_FIELD_ERRORS:
        return _RENAMED.get(name, name)
    return _by_sentence().get(str(error.message), NON_FIELD_ERRORS)


def _by_sentence() -> dict[str, str]:
    models: tuple[type[Model], ...] = (Activity, Session, Participant)
    return {
        str(constraint.get_violation_error_message()): _BESIDE[constraint.name]
        for model in models
        for constraint in model._meta.constraints
        if constraint.name in _BESIDE
    }
