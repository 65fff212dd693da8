"""What staff fill in about contributions: many in one box, and the check of one."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from core import clock
from core.nhsuk import forms
from core.nhsuk.environment import in_clock
from core.periods import in_words
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.choices import HowItCame
from engagement.activities.models import Activity, Session
from engagement.people.models import Contact

#: The most contributions that one form takes, and the most characters in each.
MAX_CONTRIBUTIONS, MAX_LENGTH = 500, 5000


class ContributionsForm(forms.NHSForm):
    """Several contributions in one box, with how and when they came, from `person` where known.

    `contributions` gives them one by one, as the action takes them.
    """

    words = forms.TextareaField(
        "What was said?",
        max_length=1_000_000,
        rows=10,
        hint=(
            "Put each comment on a new line. If a comment has more than 1 line, leave an empty "
            "line between comments. "
            "Names and other personal details that are recognised are removed. Colleagues on this "
            "activity can read the words at once, other people after someone has checked them."
        ),
        missing="Enter at least 1 comment",
    )
    who = forms.RadiosField(
        "Who said it?",
        choices=[("nobody", "Not named"), ("group", "A group of people")],
        initial="nobody",
        params={"inline": True},
    )
    how_it_came = forms.RadiosField(
        "How did they tell you?",
        choices=HowItCame.choices,
        initial=HowItCame.IN_PERSON,
        params={"small": True},
    )
    received_on = forms.DateField(
        "Which day?", required=False, hint="Leave this empty if you do not know the day."
    )
    session = forms.RowField(
        "At a session", queryset=Session.objects.none(), empty="None of them", required=False
    )

    def __init__(
        self, activity: Activity, person: Contact | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        session = self.fields["session"]
        session.queryset = Session.objects.filter(  # type: ignore[attr-defined]  # a RowField
            activity=activity, starts_at__date__lte=clock.today()
        )
        session.label_from_instance = _session_label  # type: ignore[attr-defined]
        if person is not None:
            del self.fields["who"]

    def clean_words(self) -> list[str]:
        things = _split(self.cleaned_data["words"])
        if len(things) > MAX_CONTRIBUTIONS:
            raise ValidationError(
                f"There are {len(things):,} comments here. "
                f"Save {MAX_CONTRIBUTIONS} or fewer at a time."
            )
        for number, thing in enumerate(things, start=1):
            if len(thing) > MAX_LENGTH:
                raise ValidationError(
                    f"Comment {number}, which begins “{thing[:40]}”, is longer than "
                    f"{MAX_LENGTH:,} characters. Split it in two."
                )
        return things

    @property
    def contributions(self) -> list[NewContribution]:
        """One for each thing that was said."""
        is_group = self.cleaned_data.get("who") == "group"
        return [
            NewContribution(words, contact=self.person, is_group=is_group)
            for words in self.cleaned_data["words"]
        ]


class RedactionForm(forms.NHSForm):
    """The words as others may read them."""

    redacted = forms.TextareaField(
        "Words that other people can read",
        max_length=6000,
        rows=8,
        hint=(
            "Remove anything that could identify someone. Say what you removed in square "
            "brackets, like [name]."
        ),
        missing="Enter the words that other people can read. If they cannot read any of it, "
        "enter [removed]",
    )


class CheckedRedactionForm(RedactionForm):
    """One comment of a page of them; with `later` its words are saved and stay unchecked."""

    later = forms.TickField(
        "I am not sure: save these words, and leave this comment unchecked for now"
    )


def _split(text: str) -> list[str]:
    """The blocks between empty lines; without an empty line, the lines."""
    parts = re.split(r"\n[ \t]*\n+", text.strip("\n"))
    if len(parts) == 1:
        parts = text.split("\n")
    return [part.strip() for part in parts if part.strip()]


def _session_label(session: Session) -> str:
    starts = timezone.localtime(session.starts_at)
    return f"{in_words(starts.date())}, {in_clock(starts)}, {session.venue or 'online'}"
