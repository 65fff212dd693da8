"""What staff fill in about a person who takes part: the least needed, and what they agreed to."""

from collections.abc import Sequence
from typing import Any

from core.models import Language, Organisation, Place, User
from core.nhsuk import forms
from engagement.people import presenters
from engagement.people.actions.contacts import WORDING, LikenessFound
from engagement.people.choices import (
    Capacity,
    ConsentManner,
    ConsentPurpose,
    ContactMethod,
    LikenessAnswer,
    NeedCategory,
)
from engagement.people.models import Contact

#: What a person is asked to agree to, in the words that are kept with the agreement.
AGREEMENTS = [(purpose.value, purpose.label, f"“{words}”") for purpose, words in WORDING.items()]


class LikenessForm(forms.NHSForm):
    """A form about somebody who may be a person known already: it asks so when an action finds
    that others share the e-mail address or telephone number, with everything typed kept.
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
                    "Somebody another organisation knows uses this email address or telephone "
                    "number. Who they are cannot be shown to you."
                    if found.seen
                    else "Who they are cannot be shown to you.",
                )
            )
        choices.append(
            (
                likeness.answer_for(LikenessAnswer.DIFFERENT),
                "A different person" if found.seen else "No, a different person",
                "They share an address or a telephone. You will not be asked again.",
            )
        )
        question = (
            "Is this somebody you know already?"
            if found.seen
            else "Somebody else known to the service uses this email address or telephone number. "
            "Is this the same person under another name?"
        )
        self.fields["likeness"] = forms.RadiosField(question, choices=choices)
        # Cleaning has kept the hidden field's look.
        self._bound_fields_cache.pop("likeness", None)  # type: ignore[attr-defined]  # Django's own
        self.add_error("likeness", "Say whether this is the same person or a different one")


class PersonForm(LikenessForm):
    """Somebody’s details. What they agreed to is changed on their page, with how and when."""

    name = forms.TextField(
        "Name to use",
        max_length=150,
        missing="Enter the name to use",
        params={"autocomplete": "off"},
    )
    email = forms.EmailField("Email address", required=False, autocomplete="off")
    telephone = forms.TelField("Telephone number", required=False, autocomplete="off")
    postal_address = forms.TextareaField(
        "Address", max_length=500, rows=3, required=False, hint="Only if they want letters."
    )
    preferred_channel = forms.RadiosField(
        "Best way to reach them",
        choices=ContactMethod.choices,
        required=False,
        params={"small": True},
    )
    capacity = forms.SelectField(
        "They take part as", choices=Capacity.choices, initial=Capacity.RESIDENT
    )
    place = forms.RowField("Place", queryset=Place.objects.all(), empty="Not known", required=False)
    language = forms.RowField(
        "Language", queryset=Language.objects.all(), empty="Not known", required=False
    )
    interests = forms.LinesField("Interests", required=False, rows=3, hint="One on each line.")


class NewPersonForm(PersonForm):
    """A person one met, with what they agreed to and how."""

    organisation = forms.RowField("Organisation that met them", queryset=Organisation.objects.all())
    agreed_to = forms.CheckboxesField(
        "They agreed", choices=AGREEMENTS, required=False, params={"optional": False}
    )
    agreed_how = forms.RadiosField(
        "How did they agree?",
        choices=ConsentManner.choices,
        initial=ConsentManner.IN_PERSON,
        params={"small": True},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.organisation_id is not None:
            # People belong to the organisation that met them: one's own, where one has one.
            own = Organisation.objects.filter(pk=user.organisation_id)
            self.fields["organisation"].queryset = own  # type: ignore[attr-defined]  # a RowField
            self.initial["organisation"] = user.organisation_id

    @property
    def details(self) -> dict[str, Any]:
        """The answers as `contacts.add` takes them: it chooses the best way if none is said."""
        answers = dict(self.cleaned_data)
        if not answers["preferred_channel"]:
            del answers["preferred_channel"]
        return answers


class AgreementForm(forms.NHSForm):
    """One agreement given or withdrawn, and how the person said so."""

    purpose = forms.RadiosField(
        "What?", choices=AGREEMENTS, missing="Choose what the person agreed to"
    )
    how = forms.SelectField(
        "How did they tell you?", choices=ConsentManner.choices, missing="Choose how they told you"
    )


class NeedForm(forms.NHSForm):
    """Something a person needs so as to take part or be written to."""

    category = forms.SelectField(
        "Kind of need", choices=NeedCategory.choices, missing="Choose the kind of need"
    )
    need = forms.TextField(
        "What they need",
        max_length=150,
        missing="Say what they need",
        hint="For example “large print” or “hearing loop”. The need, never the diagnosis.",
    )


class FindForm(forms.NHSForm):
    """Looking for people by any part of a name, an e-mail address or a telephone number."""

    q = forms.SearchField(
        "Find by name, email or telephone", params={"autocomplete": "off"}, max_length=100
    )


class NewAtSessionForm(LikenessForm):
    """Somebody new at a session: a name, perhaps a way to reach them, and what they agreed to."""

    name = forms.TextField(
        "Name to use",
        max_length=150,
        missing="Enter the name to use",
        params={"autocomplete": "off"},
    )
    email = forms.EmailField("Email address", required=False, autocomplete="off")
    telephone = forms.TelField("Telephone number", required=False, autocomplete="off")
    is_told = forms.TickField(f"They agreed: “{WORDING[ConsentPurpose.TOLD_WHAT_CAME]}”")
    is_asked = forms.TickField(f"They agreed: “{WORDING[ConsentPurpose.ASKED_AGAIN]}”")

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
            missing="Choose who is the same person",
        )

    def clean_other(self) -> Contact:
        return self.others[self.cleaned_data["other"]]
