"""Every figure, defined once (`definitions`) on the things it counts (`things`), and asked of the
database (`asking`).

The dashboard, the Board report, the public pages and the API all ask here; nothing is stored as a
counter. Definitions are the design's, section 4.
"""

from insight.measures.asking import Answer, Group, Question, Tally, ask
from insight.measures.definitions import MEASURES
from insight.measures.measure import Cut, Measure, Unit

__all__ = ["MEASURES", "Answer", "Cut", "Group", "Measure", "Question", "Tally", "Unit", "ask"]
