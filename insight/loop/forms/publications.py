"""Forms of an approval: sending something back."""

from core.nhsuk import forms


class SendBackForm(forms.NHSForm):
    """Not yet, because."""

    reason = forms.TextareaField(
        "What needs to change?",
        hint="The people who sent it will read this.",
        missing="Say what needs to change",
        count=2000,
        rows=4,
    )


class PublishForm(forms.NHSForm):
    """Publish what was read: `seen` is the fingerprint of the page as it was shown."""

    seen = forms.HiddenField(max_length=64)
