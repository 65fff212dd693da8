"""Panels that this wing adds to other pages: the figures of a month."""

from core import clock
from core.periods import Month
from core.registry.slots import Panel
from insight.measures.definitions import MEASURES
from insight.reporting.documents import board

#: The figures of answers owed and given, for the ledger of loops.
_LOOP_FIGURES = ("loops_closed", "loop_days", "people_told")


def figures() -> Panel:
    """The figures of the month so far, the same for everybody."""
    month = Month.of(clock.today())
    context = {
        "month": month.words,
        "figures": board.headline(month),
        "definitions": [MEASURES[key] for key in board.HEADLINE],
    }
    return Panel("reporting/home-figures.html.jinja", context)


def figures_of_loops() -> Panel:
    """Last month's figures of answers owed and given."""
    month = Month.of(clock.today()).shift(-1)
    context = {"month": month.words, "figures": board.headline(month, _LOOP_FIGURES)}
    return Panel("reporting/loop-figures.html.jinja", context)
