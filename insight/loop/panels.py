"""Panels that this wing adds to the staff home."""

from core.models import User
from core.registry.slots import Panel, Width
from engagement.activities.permissions import Permission as ActivityPermission
from insight.loop.permissions import Permission
from insight.loop.selectors import home


def changes(user: User) -> Panel:
    """The latest changes: of the activities the user works on, or of all for other roles."""
    works_on_activities = user.holds(ActivityPermission.ACTIVITY_CHANGE)
    context = {
        "is_own": works_on_activities,
        "changes": home.changes_brought_about(user)
        if works_on_activities
        else home.latest_changes(),
        "may_read_findings": user.holds(Permission.FINDING_READ),
    }
    width: Width = "one-half" if works_on_activities else "two-thirds"
    return Panel("loop/home-changes.html.jinja", context, width)
