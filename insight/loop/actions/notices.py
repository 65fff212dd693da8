"""Notices: what people are told came of taking part, written by an officer for each loop."""

from core.acting import act, describe, lock, update
from core.actors import Actor
from engagement.messaging.actions import messages
from engagement.messaging.permissions import Permission
from insight.loop.choices import Event
from insight.loop.models import Loop
from insight.loop.selectors import content


@act(Event.LOOP_NOTICE_WRITTEN, needs=Permission.MESSAGE_WRITE, on="loop")
def write(*, by: Actor, loop: Loop, subject: str, body: str) -> Loop:
    """Write or rewrite what each person who took part will be told. Refused once it is approved:
    it is sent when the answer is published.
    """
    loop = lock(loop)
    notice = messages.write(by=by, about=loop, subject=subject, body=body, message=loop.notice)
    update(loop, notice=notice, notice_of=content.told(loop))
    describe(loop.activity.title)
    return loop
