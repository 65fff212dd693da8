"""Forms of an approval: publishing and sending back."""

from core.nhsuk import forms


class SendBackForm(forms.NHSForm):
    """The note to the officer that says what needs to change."""

    reason = forms.TextareaField(
        "What needs to change?",
        hint="The person who sent it will read this.",
        missing="Say what needs to change",
        count=2000,
        rows=4,
    )


class PublishForm(forms.NHSForm):
    """The button to publish; `seen` is the fingerprint of the page as it was shown."""

    seen = forms.HiddenField(max_length=64)
