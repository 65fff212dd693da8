"""The waiting deliveries as one connection of a run works through them: one statement and one
commit for each message.
"""

from contextlib import nullcontext, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from core import clock
from engagement.messaging.channels import channel
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import SendingRun
from engagement.people.models import Contact

#: First half of the two-part number of a run's lock, so that it meets no other lock of ours.
LOCKS = 14_245


class RunLost(Exception):
    """What this run was sending is no longer its own: it stops at once and sends nothing more."""


@dataclass(frozen=True)
class Taken:
    """One delivery that has been taken up.

    It is being sent, or cannot reach the person for the reason already recorded on it.
    """

    id: int
    variant_id: int
    channel: str
    state: DeliveryState
    name: str
    address: str


@dataclass(frozen=True)
class Result:
    """What became of a delivery that was being sent. `waiting` puts it back."""

    delivery_id: int
    state: DeliveryState
    reason: str = ""


class SendingQueue:
    """Takes up waiting deliveries for a run, one by one, on this thread's database connection.

    While it is open it holds the lock of the run, which says that what the run is sending is in
    living hands. The statement is prepared once: planning it takes longer than running it.
    """

    def __init__(self, run: SendingRun) -> None:
        self._run = run
        self._cursor = connection.cursor()

    def __enter__(self) -> Self:
        self._cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [LOCKS, self._run.pk])
        self._cursor.execute(_statement())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # After a fault the connection may be of no use any more; the lock then ends with it.
        with suppress(DatabaseError) if error is not None else nullcontext():
            self._cursor.execute("DEALLOCATE take_up")
            self._cursor.execute("SELECT pg_advisory_unlock_shared(%s, %s)", [LOCKS, self._run.pk])
        self._cursor.close()

    def next(self, done: Result | None, *, methods: list[str], after: int) -> Taken | None:
        """Record what became of the last and take up the next, in one commit.

        The next is the first one waiting with a number above `after` that goes by one of the
        contact methods; None where there is none. Agreement and address are read as it is taken
        up. Raises `RunLost` where what was being sent is no longer this run's.
        """
        is_sent = done is not None and done.state == DeliveryState.SENT
        self._cursor.execute(
            "EXECUTE take_up (%s, %s, %s, %s, %s, %s, %s)",
            [
                self._run.pk,
                done.delivery_id if done else None,
                done.state.value if done else None,
                done.reason[:300] if done else None,
                clock.now() if is_sent else None,
                methods,
                after,
            ],
        )
        recorded, *row = self._cursor.fetchone()
        if done is not None and not recorded:
            raise RunLost(f"What run {self._run.pk} was sending is no longer its own.")
        if row[0] is None:
            return None
        pk, variant, method, state, name, address = row
        return Taken(pk, variant, method, DeliveryState(state), name, address)


def _statement() -> str:
    """The prepared statement, with the address and the sentence of each channel there is."""
    columns = {field.name: field.column for field in Contact._meta.concrete_fields}
    addresses, sentences = [], []
    for method, one in channel.sending().items():
        addresses.append(f"WHEN {_quoted(method)} THEN contact.{columns[one.address_field]}")
        sentences.append(f"WHEN {_quoted(method)} THEN {_quoted(one.no_address)}")
    return _TAKE_UP.format(
        address=" ".join(addresses), no_address=" ".join(sentences), withdrawn=_quoted(_WITHDRAWN)
    )


def _quoted(text: str) -> str:
    """A constant of our own as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


_WITHDRAWN = "They withdrew their agreement to be told."

_TAKE_UP = """
PREPARE take_up (bigint, bigint, text, text, timestamptz, text[], bigint) AS
WITH recorded AS (
    UPDATE messaging_delivery
    SET state = $3, reason = $4, sent_at = $5, attempts = attempts + ($3 <> 'waiting')::int
    WHERE id = $2 AND run_id = $1 AND state = 'sending' RETURNING id
),
next AS (
    SELECT delivery.id, delivery.contact_id, delivery.channel, message.consent_purpose
    FROM messaging_delivery AS delivery
    JOIN messaging_message AS message
        ON message.id = delivery.message_id AND message.approved_at IS NOT NULL
    WHERE delivery.state = 'waiting' AND delivery.id > $7 AND delivery.channel = ANY ($6)
    AND EXISTS (SELECT FROM messaging_sendingrun WHERE id = $1 AND ended_at IS NULL)
    ORDER BY delivery.id LIMIT 1
    FOR NO KEY UPDATE OF delivery SKIP LOCKED
),
reached AS (
    SELECT next.id, contact.name, CASE channel {address} ELSE '' END AS address,
        CASE channel {no_address} END AS no_address,
        consent_purpose = '' OR EXISTS (
            SELECT FROM people_consent AS consent
            WHERE consent.contact_id = next.contact_id
            AND consent.purpose = next.consent_purpose AND consent.withdrawn_at IS NULL
        ) AS agrees
    FROM next JOIN people_contact AS contact ON contact.id = next.contact_id
),
taken AS (
    UPDATE messaging_delivery AS delivery
    SET run_id = $1,
        state = CASE WHEN agrees AND address <> '' THEN 'sending' ELSE 'cannot_reach' END,
        reason = CASE WHEN NOT agrees THEN {withdrawn} WHEN address = '' THEN no_address ELSE '' END
    FROM reached WHERE delivery.id = reached.id
    RETURNING delivery.id, variant_id, channel, delivery.state, name, address
)
SELECT (SELECT count(*) FROM recorded), taken.*
FROM (SELECT) AS always LEFT JOIN taken ON true
"""
