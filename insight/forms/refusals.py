"""Where a refusal belongs on a form: the field beside which each rule of the database speaks."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from core.nhsuk.forms import add_errors
from insight.models import Change, Decision

#: Names of constraints, and the field of our forms that mends each.
_BESIDE = {
    "insight_decision_has_reason": "reason",
    "insight_decision_has_day": "decided_on",
    "insight_change_made_when_made": "made_on",
}


def place(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put what an action refused beside the fields of this form; what fits none goes on top."""
    if not hasattr(refusal, "error_dict"):
        add_errors(form, refusal)
        return
    beside = _by_sentence()
    placed: dict[str, list[ValidationError]] = {}
    for name, errors in refusal.error_dict.items():
        for error in errors:
            field = beside.get(str(error.message), name) if name == NON_FIELD_ERRORS else name
            placed.setdefault(field, []).append(error)
    add_errors(form, ValidationError(placed))


def _by_sentence() -> dict[str, str]:
    models: tuple[type[Model], ...] = (Decision, Change)
    return {
        str(constraint.get_violation_error_message()): _BESIDE[constraint.name]
        for model in models
        for constraint in model._meta.constraints
        if constraint.name in _BESIDE
    }
