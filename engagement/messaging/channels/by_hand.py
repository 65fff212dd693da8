"""By hand: staff ring, write to or visit the person, and record that they did."""

from engagement.messaging.channels import channel


class ByHand(channel.Channel):
    """Serves every contact method that no other channel does; staff settle its deliveries."""

    key = "by_hand"
    label = "By hand"
    description = "someone tells them, from the list on this page"


channel.register(ByHand())
