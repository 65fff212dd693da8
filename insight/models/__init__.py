"""Facts of insight, and the rules the database keeps on them."""

from insight.models.board_report import BoardReport, ReportFile
from insight.models.change import Change
from insight.models.decision import Decision
from insight.models.finding import Evidence, Finding
from insight.models.loop import Loop
from insight.models.publication import Publication, Submission

__all__ = [
    "BoardReport",
    "Change",
    "Decision",
    "Evidence",
    "Finding",
    "Loop",
    "Publication",
    "ReportFile",
    "Submission",
]
