"""What each level of the spectrum promises, from the strategy: “How we will listen and engage with
our local people”.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path

from standards.framework.choices import Level

_FILE = Path(__file__).resolve().parent.parent / "reference" / "spectrum.json"


@dataclass(frozen=True)
class SpectrumLevel:
    """One level: what the partners do, what it looks like, how it feels to a resident."""

    level: Level
    order: int
    name: str
    we_will: str
    looks_like: str
    feels: str


@functools.cache
def levels() -> tuple[SpectrumLevel, ...]:
    """The five levels in order of rising influence."""
    entries = json.loads(_FILE.read_text(encoding="utf-8"))["levels"]
    return tuple(
        SpectrumLevel(
            Level(e["key"]), e["order"], e["name"], e["we_will"], e["looks_like"], e["feels"]
        )
        for e in entries
    )


def level(key: str) -> SpectrumLevel:
    """The level with this key."""
    return next(one for one in levels() if one.level == key)
