"""How rows of activities are handled."""

from core.catalogue import Handling, Retention

RECORD = Handling(Retention.ACTIVITIES)
