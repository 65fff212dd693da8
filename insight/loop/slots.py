"""Places on this wing's pages that wings above fill: see `core.registry.slots`."""

from core.models import User
from core.registry.slots import Panel, Slot

#: Above the ledger of loops.
ledger_panels = Slot[[User], Panel]("panels on the ledger of loops")
