"""What staff fill in about a person who takes part: the least needed, and what they agreed to."""

from collections.abc import Sequence
from typing import Any

from core import catalogue
from core.models import Organisation, User
from core.nhsuk import forms
from engagement.people import catalogue as _entries  # noqa: F401  # registers the questions
from engagement.people import presenters
from engagement.people.actions.contacts import NO_WAY_TO_REACH, WAYS_OF_CONTACT, LikenessFound
from engagement.people.choices import (
    CONSENT_WORDING,
    ConsentManner,
    ConsentPurpose,
    LikenessAnswer,
)
from engagement.people.models import AccessNeed, Consent, Contact


class LikenessForm(forms.NHSForm):
    """A form about somebody who may be a person known already: it asks so when an action finds
    that others share the email address or telephone number, with everything typed kept.
    """

    likeness = forms.HiddenField(required=False)

    def ask(self, likeness: LikenessFound) -> None:
        """Put the question on the form. Of contacts the user may not see it shows nothing."""
        found = likeness.found
        choices = [
            (
                likeness.answer_for(contact),
                f"The same person as {contact.name}",
                presenters.told_apart_by(contact),
            )
            for contact in found.seen
        ]
        if found.elsewhere is not None:
            choices.append(
                (
                    likeness.answer_for(LikenessAnswer.ELSEWHERE),
                    "The same person under another name" if found.seen else "Yes, the same person",
                    "Someone on another organisation’s list uses this email address or "
                    "telephone number. Who they are cannot be shown to you."
                    if found.seen
                    else "Who they are cannot be shown to you.",
                )
            )
        choices.append(
            (
                likeness.answer_for(LikenessAnswer.DIFFERENT),
                "A different person" if found.seen else "No, a different person",
                "They share an email address or telephone number. You will not be asked again.",
            )
        )
        question = (
            "Have you already added this person?"
            if found.seen
            else "Someone else uses this email address or telephone number. "
            "Is this the same person under another name?"
        )
        self.fields["likeness"] = forms.RadiosField(question, choices=choices)
        # Cleaning has kept the hidden field's look.
        self._bound_fields_cache.pop("likeness", None)  # type: ignore[attr-defined]  # Django's own
        self.add_error("likeness", "Select if this is the same person or a different person")

    @property
    def is_known_elsewhere(self) -> bool:
        """Whether the answer was that the person is the one whom somebody else knows."""
        answer = str(self.cleaned_data.get("likeness", ""))
        return answer.rpartition(".")[2] == LikenessAnswer.ELSEWHERE

    @property
    def question(self) -> dict[str, Any] | None:
        """The question for a program that sent the form: the name of the box, the question, and the
        answers it may send as `value`. None where nothing is asked.
        """
        box = self.fields["likeness"]
        if not isinstance(box, forms.RadiosField):
            return None
        hints, choices = box.params["hints"], list[Any](box.widget.choices)
        return {
            "name": "likeness",
            "question": str(box.label),
            "answers": [
                {"value": value, "label": label, "hint": hints[value]} for value, label in choices
            ],
        }


class PersonForm(LikenessForm):
    """Somebody’s details. What they agreed to is changed on their page, with how and when: only
    where no way to contact them is left does this form ask whether they still agree.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(Contact, "person"))
        if self._is_about_to_be_out_of_reach():
            self.fields["withdrawn_how"] = forms.SelectField(
                "If they no longer agree to be told or asked, how did they tell you?",
                choices=ConsentManner.choices,
                empty="They still agree",
                required=False,
                params={"optional": False},
            )
            self.order_fields(["likeness", "name", *WAYS_OF_CONTACT, "withdrawn_how"])

    def _is_about_to_be_out_of_reach(self) -> bool:
        """Whether somebody who agreed to something could not be contacted as it was typed."""
        if not self.is_bound or not isinstance(self.row, Contact):
            return False
        typed = Contact(**{name: self.data.get(name, "").strip() for name in WAYS_OF_CONTACT})
        return not typed.can_be_reached and self.row.consents.standing().exists()


class NewPersonForm(PersonForm):
    """A person one met, with what they agreed to and how."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for model in (Contact, Consent):
            self.fields.update(catalogue.form_fields(model, "new person"))
        if user.organisation_id is not None:
            # People belong to the organisation that met them: one's own, where one has one.
            own = Organisation.objects.filter(pk=user.organisation_id)
            self.fields["organisation"].queryset = own  # type: ignore[attr-defined]  # a RowField
            self.initial["organisation"] = user.organisation_id

    def clean(self) -> dict[str, Any]:
        return _with_a_way_to_reach(self, agreed=self.cleaned_data.get("agreed_to"))

    @property
    def details(self) -> dict[str, Any]:
        """The answers as `contacts.add` takes them: it chooses the best way if none is said."""
        answers = dict(self.cleaned_data)
        if not answers["preferred_channel"]:
            del answers["preferred_channel"]
        return answers


class ConsentForm(forms.NHSForm):
    """One agreement of a contact, and how the person said so."""

    asks_for = catalogue.asked_names(Consent)
    section = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(Consent, self.section))


class AgreementForm(ConsentForm):
    """One agreement given."""

    section = "agreement"


class WithdrawalForm(ConsentForm):
    """One agreement withdrawn."""

    section = "withdrawal"


class NeedForm(forms.NHSForm):
    """Something a person needs so as to take part or be written to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(AccessNeed, "need"))


class FindForm(forms.NHSForm):
    """Looking for people by the beginning of a name, an email address or a telephone number."""

    q = forms.SearchField(
        "Find by name, email or telephone", params={"autocomplete": "off"}, max_length=100
    )


class NewAtSessionForm(LikenessForm):
    """Somebody new at a session: a name, perhaps a way to reach them, and what they agreed to."""

    is_told = forms.TickField(f"They agreed: “{CONSENT_WORDING[ConsentPurpose.TOLD_WHAT_CAME]}”")
    is_asked = forms.TickField(f"They agreed: “{CONSENT_WORDING[ConsentPurpose.ASKED_AGAIN]}”")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            {name: catalogue.form_field(Contact, name) for name in ("name", "email", "telephone")}
        )

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return _with_a_way_to_reach(self, agreed=answers["is_told"] or answers["is_asked"])

    @property
    def details(self) -> dict[str, Any]:
        """The answers as `registers.add_at_session` takes them."""
        answers = dict(self.cleaned_data)
        given = {
            ConsentPurpose.TOLD_WHAT_CAME: answers.pop("is_told"),
            ConsentPurpose.ASKED_AGAIN: answers.pop("is_asked"),
        }
        return answers | {"agreed_to": [purpose for purpose, said_yes in given.items() if said_yes]}


class JoinForm(forms.NHSForm):
    """Which other contact is of the same person."""

    def __init__(self, others: Sequence[Contact], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(contact.pk): contact for contact in others}
        self.fields["other"] = forms.RadiosField(
            "Who is the same person?",
            choices=[
                (str(contact.pk), contact.name, presenters.told_apart_by(contact))
                for contact in others
            ],
            missing="Select who is the same person",
        )

    def clean_other(self) -> Contact:
        return self.others[self.cleaned_data["other"]]


def _with_a_way_to_reach(form: forms.NHSForm, *, agreed: object) -> dict[str, Any]:
    """The answers, with an error where somebody agrees to be told or asked and nothing typed, or
    mistyped, says how.
    """
    answers, errors = form.cleaned_data, form.errors
    if agreed and not any(answers.get(way) or errors.get(way) for way in WAYS_OF_CONTACT):
        form.add_error("email", NO_WAY_TO_REACH)
    return form.cleaned_data
