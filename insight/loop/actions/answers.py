"""The notice of a loop: written by an officer, sent when the answer is published."""

from core.acting import act, describe, lock, update
from core.actors import Actor
from engagement.messaging.actions import messages
from engagement.messaging.permissions import Permission
from insight.loop.choices import Event
from insight.loop.models import Loop


@act(Event.LOOP_NOTICE_WRITTEN, needs=Permission.MESSAGE_WRITE, on="loop")
def write_notice(*, by: Actor, loop: Loop, subject: str, body: str) -> Loop:
    """What each person who took part will be told. It can be changed until it is approved."""
    loop = lock(loop)
    notice = messages.write(by=by, about=loop, subject=subject, body=body, message=loop.notice)
    update(loop, notice=notice)
    describe(loop.activity.title)
    return loop
