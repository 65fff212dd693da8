"""The standards as versioned facts."""

from standards.models.standard import Commitment, Standard, StandardsVersion

__all__ = ["Commitment", "Standard", "StandardsVersion"]
