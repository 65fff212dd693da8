"""Slots on this wing's pages, which wings above fill: see `core.registry.slots`."""

from core.models import User
from core.registry.slots import Link, Panel, Slot
from engagement.activities.models import Activity

#: Under “What comes of it” on an activity's page, for everybody who may read the activity.
activity_links = Slot[[User, Activity], Link]("links on an activity's page")
#: The same, for those who may change the activity: its next steps.
activity_steps = Slot[[User, Activity], Link]("next steps on an activity's page")
#: Below what is recorded of an activity.
activity_panels = Slot[[User, Activity], Panel]("panels on an activity's page")
