"""Fields of the standards, versioned."""

from core import catalogue
from core.catalogue import Audience, Handling, Retention
from standards.framework.models import Commitment, Standard, StandardsVersion

_FACT = Handling(Retention.REFERENCE, seen_by=Audience.ANYBODY)

catalogue.register(
    StandardsVersion,
    _FACT,
    catalogue.key(),
    catalogue.fixed("key", "Key"),
    catalogue.fixed("status", "Status in words"),
    catalogue.fixed("source", "Source"),
    catalogue.fixed("is_current", "The version that pages show"),
)
catalogue.register(
    Standard,
    _FACT,
    catalogue.key(),
    catalogue.fixed("version", "Version"),
    catalogue.fixed("key", "Key"),
    catalogue.fixed("name", "Name"),
    catalogue.fixed("headline", "Headline"),
    catalogue.fixed("opening", "Opening"),
    catalogue.fixed("order", "Place in lists"),
)
catalogue.register(
    Commitment,
    _FACT,
    catalogue.key(),
    catalogue.fixed("standard", "Standard"),
    catalogue.fixed("key", "Key"),
    catalogue.fixed("label", "What it asks"),
    catalogue.fixed("section", "Section"),
    catalogue.fixed("order", "Place in lists"),
)
