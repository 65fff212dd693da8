"""Facts of the standards, and the rules the database keeps on them."""

from standards.framework.models.standard import Commitment, Standard, StandardsVersion

__all__ = [
    "Commitment",
    "Standard",
    "StandardsVersion",
]
