"""The queue of waiting deliveries, as one database connection of a run works through it: one
statement and one commit for each message.
"""

from collections import Counter
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from core import clock
from engagement.messaging.channels import channel
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import SendingRun
from engagement.people.models import Contact

#: First half of the two-part key of a run's advisory lock; keeps it apart from other locks.
LOCK_CLASS = 14_245

# A message that is refused for now is tried again after as long as it has been refused already, so
# that the waits double: after 1, 2, 4 minutes and so on, then every four hours.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
#: From then on such a refusal is taken as final.
GIVE_UP_AFTER = timedelta(days=2)


class RunLost(Exception):
    """What this run was sending is no longer its own, so it must stop and send nothing more."""


@dataclass(frozen=True)
class ClaimedDelivery:
    """A delivery that this run has claimed.

    Its state is `sending`, or `cannot_reach` with the reason already recorded on the row.
    """

    id: int
    variant_id: int
    channel: str
    state: DeliveryState
    name: str
    address: str


@dataclass(frozen=True)
class Result:
    """What became of a delivery that was being sent. In the state `waiting` it was refused for now:
    it is tried again later, or has failed when that has been so for `GIVE_UP_AFTER`.
    """

    delivery_id: int
    state: DeliveryState
    reason: str = ""


class SendingQueue:
    """Claims waiting deliveries for a run, one by one, on this thread's database connection.

    While it is open it holds the lock of the run, which shows that the run is alive. The statement
    is prepared once, since planning it takes longer than running it. `counts` has the number of
    deliveries by the state in which they were left.
    """

    def __init__(self, run: SendingRun) -> None:
        self.counts: Counter[DeliveryState] = Counter()
        self._run = run
        self._cursor = connection.cursor()

    def __enter__(self) -> Self:
        self._cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [LOCK_CLASS, self._run.pk])
        self._cursor.execute(_statement())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # After a failure the connection may be broken; its lock is then free already.
        with suppress(DatabaseError) if error is not None else nullcontext():
            self._cursor.execute("DEALLOCATE claim_delivery")
            self._cursor.execute(
                "SELECT pg_advisory_unlock_shared(%s, %s)", [LOCK_CLASS, self._run.pk]
            )
        self._cursor.close()

    def next(
        self, done: Result | None, *, methods: list[str], after: int
    ) -> ClaimedDelivery | None:
        """Record the result of the last delivery and claim the next, in one commit.

        The next is the first waiting delivery with a number above `after` and one of the contact
        methods; None where there is none. Consent and address are read as it is claimed. Raises
        `RunLost` where the delivery of `done` is no longer this run's.
        """
        self._cursor.execute(
            "EXECUTE claim_delivery (%s, %s, %s, %s, %s, %s, %s)",
            [
                self._run.pk,
                done.delivery_id if done else None,
                done.state.value if done else None,
                done.reason[:300] if done else None,
                clock.now(),
                methods,
                after,
            ],
        )
        recorded, *row = self._cursor.fetchone()
        if done is not None:
            if recorded is None:
                raise RunLost(f"What run {self._run.pk} was sending is no longer its own.")
            self.counts[DeliveryState(recorded)] += 1
        if row[0] is None:
            return None
        pk, variant, method, state, name, address = row
        claimed = ClaimedDelivery(pk, variant, method, DeliveryState(state), name, address)
        if claimed.state != DeliveryState.SENDING:
            self.counts[claimed.state] += 1
        return claimed


def _statement() -> str:
    """The statement to prepare, with the address field and the reason of each channel."""
    columns = {field.name: field.column for field in Contact._meta.concrete_fields}
    addresses, reasons = [], []
    for method, one in channel.sending_by_method().items():
        addresses.append(f"WHEN {_quoted(method)} THEN contact.{columns[one.address_field]}")
        reasons.append(f"WHEN {_quoted(method)} THEN {_quoted(one.no_address_reason)}")
    return _CLAIM.format(
        address=" ".join(addresses),
        no_address_reason=" ".join(reasons),
        withdrawn=_quoted(_WITHDRAWN),
        switched_off=_quoted(_SWITCHED_OFF),
        first_wait=_interval(FIRST_WAIT),
        longest_wait=_interval(LONGEST_WAIT),
        is_given_up=_GIVEN_UP.format(after=_interval(GIVE_UP_AFTER)),
    )


def _interval(length: timedelta) -> str:
    return f"interval '{length.total_seconds():.0f} seconds'"


def _quoted(text: str) -> str:
    """A constant of the code as an SQL literal; not for text that somebody typed."""
    return "'" + text.replace("'", "''") + "'"


_SWITCHED_OFF = "The account is switched off."
_WITHDRAWN = "They withdrew their agreement to be told."

_GIVEN_UP = "($3 = 'waiting' AND coalesce($5 - refused_since >= {after}, false))"

_CLAIM = """
PREPARE claim_delivery (bigint, bigint, text, text, timestamptz, text[], bigint) AS
WITH recorded AS (
    UPDATE messaging_delivery
    SET state = CASE WHEN {is_given_up} THEN 'failed' ELSE $3 END,
        refused_since = CASE
            WHEN $3 = 'waiting' AND NOT {is_given_up} THEN coalesce(refused_since, $5)
        END,
        retry_at = CASE
            WHEN $3 = 'waiting' AND NOT {is_given_up}
            THEN $5 + least(greatest($5 - refused_since, {first_wait}), {longest_wait})
        END,
        reason = $4,
        sent_at = CASE WHEN $3 = 'sent' THEN $5 END,
        attempts = attempts + 1
    WHERE id = $2 AND run_id = $1 AND state = 'sending' RETURNING state
),
next AS (
    SELECT delivery.id, delivery.contact_id, delivery.account_id, delivery.channel,
        message.consent_purpose
    FROM messaging_delivery AS delivery
    JOIN messaging_message AS message
        ON message.id = delivery.message_id AND message.approved_at IS NOT NULL
    WHERE delivery.state = 'waiting' AND delivery.id > $7 AND delivery.channel = ANY ($6)
    AND (delivery.retry_at IS NULL OR delivery.retry_at <= $5)
    AND EXISTS (SELECT FROM messaging_sendingrun WHERE id = $1 AND ended_at IS NULL)
    ORDER BY delivery.id LIMIT 1
    FOR NO KEY UPDATE OF delivery SKIP LOCKED
),
recipient AS (
    SELECT next.id, coalesce(contact.name, account.name) AS name,
        CASE
            WHEN next.account_id IS NULL THEN CASE channel {address} ELSE '' END
            WHEN account.is_active THEN account.email
            ELSE ''
        END AS address,
        CASE
            WHEN next.account_id IS NULL THEN CASE channel {no_address_reason} END
            ELSE {switched_off}
        END AS no_address_reason,
        consent_purpose = '' OR EXISTS (
            SELECT FROM people_consent AS consent
            WHERE consent.contact_id = next.contact_id
            AND consent.purpose = next.consent_purpose AND consent.withdrawn_at IS NULL
        ) AS agrees
    FROM next
    LEFT JOIN people_contact AS contact ON contact.id = next.contact_id
    LEFT JOIN core_user AS account ON account.id = next.account_id
),
claimed AS (
    UPDATE messaging_delivery AS delivery
    SET run_id = $1,
        state = CASE WHEN agrees AND address <> '' THEN 'sending' ELSE 'cannot_reach' END,
        reason = CASE
            WHEN NOT agrees THEN {withdrawn} WHEN address = '' THEN no_address_reason ELSE ''
        END
    FROM recipient WHERE delivery.id = recipient.id
    RETURNING delivery.id, variant_id, channel, delivery.state, name, address
)
SELECT (SELECT state FROM recorded), claimed.*
FROM (SELECT) AS always LEFT JOIN claimed ON true
"""
