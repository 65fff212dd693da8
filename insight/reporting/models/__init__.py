"""Facts of Board reports, and the rules the database keeps on them."""

from insight.reporting.models.board_report import BoardReport, ReportFile

__all__ = [
    "BoardReport",
    "ReportFile",
]
