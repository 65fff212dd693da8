"""The notice of a loop: written by an officer, sent when the answer is published."""

from core.acting import act, alter, locked, note
from core.choices import Event, Permission
from core.models import User
from engagement.actions import notices
from insight.models import Loop


@act(Event.LOOP_NOTICE_WRITTEN, needs=Permission.NOTICE_WRITE, on="loop")
def write_notice(*, by: User, loop: Loop, subject: str, body: str) -> Loop:
    """What each person who took part will be told. It can be changed until it is approved."""
    loop = locked(loop)
    notice = notices.write(
        by=by,
        activity=loop.activity,
        subject=subject,
        body=body,
        heard_from=loop.heard_from,
        heard_until=loop.heard_until,
        notice=loop.notice,
    )
    alter(loop, notice=notice)
    note(loop.activity.title)
    return loop
