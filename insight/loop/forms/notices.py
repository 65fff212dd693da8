"""The form of the notice that tells people what came of taking part."""

from typing import Any

from core.nhsuk import forms
from insight.loop.models import Loop
from insight.loop.selectors import content


class NoticeForm(forms.NHSForm):
    """The message to each person who took part and agreed to be told what happened."""

    changed_meanwhile = (
        "A finding, a decision or a change is different from when you opened this message. "
        "Nothing you typed is lost. Read what was decided, below. Check that the message says the "
        "same before you save it again."
    )

    subject = forms.TextField(
        "Subject",
        hint="People will see this first. Say what the message is about.",
        max_length=150,
        missing="Enter a subject",
    )
    body = forms.TextareaField(
        "Message to people who took part",
        hint="Use plain words. Leave an empty line between paragraphs. We will add a link to "
        "the full feedback.",
        missing="Write the message to people",
        count=8000,
        rows=16,
    )

    def recorded(self, row: Loop) -> dict[str, Any]:
        """The notice of the loop, where one is written, and what it has to agree with."""
        written = super().recorded(row.notice) if row.notice is not None else {}
        return written | {"told": content.told(row)}
