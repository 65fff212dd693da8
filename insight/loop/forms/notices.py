"""The form of the notice that tells people what came of taking part."""

from core.nhsuk import forms


class NoticeForm(forms.NHSForm):
    """The message to each person who took part and agreed to be told what came of it."""

    subject = forms.TextField(
        "Subject",
        hint="People see this first. Say what it is about.",
        max_length=150,
        missing="Write a subject",
    )
    body = forms.TextareaField(
        "What people are told",
        hint="Plain words. Leave an empty line between paragraphs. "
        "A link to the whole answer is added below.",
        missing="Write what people are told",
        count=8000,
        rows=16,
    )
