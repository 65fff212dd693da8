"""Facts of what was heard and what came of it, and the rules the database keeps on them."""

from insight.loop.models.change import Change
from insight.loop.models.decision import Decision
from insight.loop.models.finding import Evidence, Finding
from insight.loop.models.loop import Loop
from insight.loop.models.publication import Publication, Submission

__all__ = [
    "Change",
    "Decision",
    "Evidence",
    "Finding",
    "Loop",
    "Publication",
    "Submission",
]
