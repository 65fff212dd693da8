"""What staff fill in about a person who takes part: the least needed, and what they agreed to."""

from typing import Any

from core.models import Language, Organisation, Place, User
from core.nhsuk import forms
from engagement.actions.contacts import WORDING
from engagement.choices import Capacity, Channel, ConsentManner, ConsentPurpose, NeedCategory
from engagement.forms.fields import LinesField

#: What a person is asked to agree to, in the words that are kept with the agreement.
AGREEMENTS = [(purpose.value, purpose.label, f"“{words}”") for purpose, words in WORDING.items()]


class PersonForm(forms.NHSForm):
    """Somebody’s details. What they agreed to is changed on their page, with how and when."""

    name = forms.TextField(
        "Name to use", max_length=150, missing="Enter the name to use", look={"autocomplete": "off"}
    )
    email = forms.EmailField("Email address", required=False, autocomplete="off")
    telephone = forms.TelField("Telephone number", required=False, autocomplete="off")
    postal_address = forms.TextareaField(
        "Address", max_length=500, rows=3, required=False, hint="Only if they want letters."
    )
    preferred_channel = forms.RadiosField(
        "Best way to reach them", choices=Channel.choices, required=False, look={"small": True}
    )
    capacity = forms.SelectField(
        "They take part as", choices=Capacity.choices, initial=Capacity.RESIDENT
    )
    place = forms.RowField("Place", queryset=Place.objects.all(), empty="Not known", required=False)
    language = forms.RowField(
        "Language", queryset=Language.objects.all(), empty="Not known", required=False
    )
    interests = LinesField("Interests", required=False, rows=3, hint="One on each line.")


class NewPersonForm(PersonForm):
    """A person one met, with what they agreed to and how."""

    organisation = forms.RowField("Organisation that met them", queryset=Organisation.objects.all())
    agreed_to = forms.CheckboxesField(
        "They agreed", choices=AGREEMENTS, required=False, look={"optional": False}
    )
    agreed_how = forms.RadiosField(
        "How did they agree?",
        choices=ConsentManner.choices,
        initial=ConsentManner.IN_PERSON,
        look={"small": True},
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
    """One agreement given or taken back, and how the person said so."""

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


class NameForm(forms.NHSForm):
    """Looking for people by how a name, or a part of it, begins."""

    q = forms.SearchField("Find by name", look={"autocomplete": "off"}, max_length=100)


class DoorstepForm(forms.NHSForm):
    """Somebody new at a session: a name, perhaps a way to reach them, and what they agreed to."""

    name = forms.TextField(
        "Name to use", max_length=150, missing="Enter the name to use", look={"autocomplete": "off"}
    )
    email = forms.EmailField("Email address", required=False, autocomplete="off")
    telephone = forms.TelField("Telephone number", required=False, autocomplete="off")
    is_told = forms.TickField(f"They agreed: “{WORDING[ConsentPurpose.TOLD_WHAT_CAME]}”")
    is_asked = forms.TickField(f"They agreed: “{WORDING[ConsentPurpose.ASKED_AGAIN]}”")

    @property
    def details(self) -> dict[str, Any]:
        """The answers as `registers.welcome` takes them."""
        answers = dict(self.cleaned_data)
        given = {
            ConsentPurpose.TOLD_WHAT_CAME: answers.pop("is_told"),
            ConsentPurpose.ASKED_AGAIN: answers.pop("is_asked"),
        }
        return answers | {"agreed_to": [purpose for purpose, said_yes in given.items() if said_yes]}
