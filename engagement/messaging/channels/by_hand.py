"""By hand: members of staff ring, write to or visit the person, and record that they did."""

from engagement.messaging.channels import channel


class ByHand(channel.Channel):
    """Serves every contact method that no channel sends by; what it gets waits for a person."""

    key = "by_hand"
    label = "By hand"
    how = "told by hand, from the ledger"


channel.register(ByHand())
