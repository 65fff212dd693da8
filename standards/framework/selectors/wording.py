"""The current wording of the standards, with their commitments."""

from dataclasses import dataclass

from standards.framework.models import StandardsVersion


@dataclass(frozen=True)
class CommitmentWords:
    """One thing a standard asks, and where the strategy says it."""

    key: str
    label: str
    section: str


@dataclass(frozen=True)
class StandardWords:
    """One of the five standards."""

    key: str
    name: str
    headline: str
    opening: str
    commitments: tuple[CommitmentWords, ...]


@dataclass(frozen=True)
class Wording:
    """A version of all the standards: its key, its status in words and its source."""

    version: str
    status: str
    source: str
    standards: tuple[StandardWords, ...]


def current() -> Wording | None:
    """The current version; None before any is loaded."""
    version = (
        StandardsVersion.objects.filter(is_current=True)
        .prefetch_related("standards__commitments")
        .first()
    )
    if version is None:
        return None
    return Wording(
        version=version.key,
        status=version.status,
        source=version.source,
        standards=tuple(
            StandardWords(
                key=standard.key,
                name=standard.name,
                headline=standard.headline,
                opening=standard.opening,
                commitments=tuple(
                    CommitmentWords(one.key, one.label, one.section)
                    for one in standard.commitments.all()
                ),
            )
            for standard in version.standards.all()
        ),
    )
