"""Reference facts: the standards, loaded from the file in `reference`."""

import json
from pathlib import Path

from core.acting import act, describe
from core.actors import Actor
from core.permissions import Permission
from standards.framework.choices import Event
from standards.framework.models import Commitment, Standard, StandardsVersion

_FILE = Path(__file__).resolve().parent.parent / "reference" / "standards.json"


@act(Event.STANDARDS_LOADED, needs=Permission.FACTS_LOAD, changes_public=True)
def load(*, by: Actor) -> StandardsVersion:
    """Load the version in the file, and make it current where there is no current one.

    Loading it again updates its wording.
    """
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    version, _ = StandardsVersion.objects.get_or_create(
        key=facts["version"],
        defaults={
            "status": facts["status"],
            "source": facts["source"],
            "is_current": not StandardsVersion.objects.filter(is_current=True).exists(),
        },
    )
    for order, entry in enumerate(facts["standards"], start=1):
        standard, _ = Standard.objects.update_or_create(
            version=version,
            key=entry["key"],
            defaults={
                "name": entry["name"],
                "headline": entry["headline"],
                "opening": entry["opening"],
                "order": order,
            },
        )
        for place_in_list, promise in enumerate(entry["commitments"], start=1):
            Commitment.objects.update_or_create(
                standard=standard,
                key=promise["key"],
                defaults={
                    "label": promise["label"],
                    "section": promise["section"],
                    "order": place_in_list,
                },
            )
    describe(f"Version {version}")
    return version
