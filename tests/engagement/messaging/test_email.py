"""Emails: what is the same for everybody, and addresses that cannot be written to."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest

from engagement.messaging import sending
from engagement.messaging.channels import channel, email
from engagement.messaging.models import Delivery
from tests.engagement.messaging.mail_servers import Server


def test_email_when_prepared_once_for_two_people_then_only_their_headers_differ(
    owed: Callable[[int], list[Delivery]],
) -> None:
    first, second = owed(2)
    prepared = email.prepare(sending.content_of(first.variant))

    one, other = (
        message_from_bytes(
            prepared.bytes_for(
                prepared.headers_for(channel.Recipient(each.pk, "Amina", f"p{each.pk}@exämple.org"))
            ),
            policy=default,
        )
        for each in (first, second)
    )

    assert one["To"] == f"p{first.pk}@xn--exmple-cua.org"
    assert one["Message-ID"] != other["Message-ID"]
    assert one["Subject"] == other["Subject"] == first.message.subject
    assert [part.get_content_type() for part in one.iter_parts()] == ["text/plain", "text/html"]
    for part, its_other in zip(one.iter_parts(), other.iter_parts(), strict=True):
        assert first.message.body.split(".")[0] in part.get_content()
        assert part.get_content() == its_other.get_content()


@pytest.mark.parametrize("address", ["a@b\nBcc: c@d", "two@a, three@b", "no address", ""])
def test_email_when_the_address_is_not_valid_then_it_is_refused_and_no_header_is_added(
    owed: Callable[[int], list[Delivery]], serve: Callable[..., Server], address: str
) -> None:
    (delivery,) = owed(1)
    server = serve()
    prepared = email.prepare(sending.content_of(delivery.variant))

    outcome = email.BackendConnection(server).send(
        prepared, channel.Recipient(delivery.pk, "Amina", address)
    )

    assert outcome.status == channel.Status.REFUSED
    assert server.accepted == []
