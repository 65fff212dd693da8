"""What staff fill in to settle a delivery."""

from typing import Any, cast

from django.forms import ChoiceField

from core.nhsuk import forms
from engagement.messaging.channels import channel
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery


class SettleForm(forms.NHSForm):
    """What became of a delivery that is in doubt, failed or to be told by hand.

    Sending it again is offered only where a channel sends by the delivery's contact method.
    """

    outcome = forms.RadiosField("What happened?", choices=[], missing="Select what happened")
    reason = forms.TextField(
        "Why, or how you know",
        hint="Only needed if they cannot be contacted",
        max_length=300,
        required=False,
        params={"optional": False},
    )

    def __init__(self, *args: Any, delivery: Delivery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(DeliveryState.SENT.value, "They have been told")]
        if delivery.channel in channel.sending_by_method():
            choices.append((DeliveryState.WAITING.value, "Send it again"))
        choices.append((DeliveryState.CANNOT_REACH.value, "They cannot be contacted"))
        cast(ChoiceField, self.fields["outcome"]).choices = choices
