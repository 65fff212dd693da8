"""What this wing adds to the public menu and the footer, and the addresses of published pages."""

from core.nhsuk import navigation
from core.registry import public_links
from insight.loop.choices import PublicationKind
from insight.reporting.documents.schema import TYPE as BOARD_REPORT

_MENU = [
    ("Get involved", "opportunity-list"),
    ("You said, we did", "answer-list"),
    ("Our standards", "standards"),
    ("Figures", "figures"),
    ("Board reports", "public-report-list"),
]
_FOOTER = [
    ("Accessibility", "accessibility"),
    ("Privacy", "privacy"),
    ("For developers", "api-docs"),
]


def register() -> None:
    """Called once, when Django is ready."""
    for order, (label, name) in enumerate(_MENU):
        navigation.register("public", label, name, order=order * 10)
    for order, (label, name) in enumerate(_FOOTER):
        navigation.register("footer", label, name, order=order * 10)
    public_links.register(PublicationKind.ANSWER, "answer-detail")
    public_links.register(PublicationKind.OPPORTUNITY, "opportunity-detail")
    public_links.register(BOARD_REPORT, "public-report-detail")
    public_links.register("spectrum", "standards")
