"""Loads the reference facts of core from files of the project."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from core.acting import act, describe
from core.actors import Actor
from core.choices import CoreEvent
from core.models import (
    Collaborative,
    Language,
    LocalAuthority,
    Organisation,
    Place,
    Population,
    Programme,
)
from core.permissions import Permission

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@act(CoreEvent.FACTS_LOADED, needs=Permission.FACTS_LOAD, changes_public=True)
def load(*, by: Actor) -> None:
    """Load places, authorities, organisations, collaboratives, programmes, languages and
    population.

    Rows are matched by their key. Organisations that exist are left as they are, as their dates may
    have been changed; other rows are updated. Nothing is deleted.
    """
    places = _places()
    organisations = _organisations(places)
    _collaboratives(organisations)
    _programmes()
    _languages()
    _population()
    describe(
        f"{len(places)} places, {len(organisations)} organisations, "
        f"{Population.objects.count()} population figures"
    )


def read(name: str) -> Any:
    """The content of a JSON file of facts."""
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


def _places() -> dict[str, Place]:
    facts = read("places.json")
    groups = {group["key"]: group["name"] for group in facts["groups"]}
    places = {}
    for entry in facts["places"]:
        group = entry["engagement_team_group"]
        place, _ = Place.objects.update_or_create(
            key=entry["key"],
            defaults={"name": entry["name"], "group_key": group, "group_name": groups[group]},
        )
        places[place.key] = place
        for authority in entry["local_authorities"]:
            LocalAuthority.objects.update_or_create(
                gss_code=authority["gss_code"], defaults={"name": authority["name"], "place": place}
            )
    return places


def _organisations(places: dict[str, Place]) -> dict[str, Organisation]:
    organisations = {}
    for entry in read("organisations.json")["organisations"]:
        organisation, is_new = Organisation.objects.get_or_create(
            key=entry["key"],
            defaults={
                "name": entry["name"],
                "kind": entry["kind"],
                "ods_code": entry.get("ods_code", ""),
                "note": entry.get("note", ""),
                "starts_on": _day(entry.get("starts_on")),
                "ends_on": _day(entry.get("ends_on")),
            },
        )
        if is_new:
            organisation.places.set(places[key] for key in entry["places"] if key != "nel")
        organisations[organisation.key] = organisation
    for entry in read("organisations.json")["organisations"]:
        if successor := entry.get("successor"):
            Organisation.objects.filter(key=entry["key"], successor=None).update(
                successor=organisations[successor]
            )
    return organisations


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _collaboratives(organisations: dict[str, Organisation]) -> None:
    for entry in read("organisations.json")["organisations"]:
        if entry["kind"] == "provider_collaborative":
            collaborative, _ = Collaborative.objects.get_or_create(
                key=entry["key"],
                defaults={"name": entry["name"], "organisation": organisations[entry["key"]]},
            )
            collaborative.members.set(organisations[key] for key in entry["members"])


def _programmes() -> None:
    for order, entry in enumerate(read("programmes.json")["priorities"], start=1):
        Programme.objects.update_or_create(
            key=entry["key"],
            defaults={
                "name": entry["name"],
                "short": entry["short"],
                "aim": entry["aim"],
                "is_flagship": True,
                "order": order,
            },
        )


def _languages() -> None:
    for entry in read("languages.json")["languages"]:
        Language.objects.update_or_create(
            code=entry["bcp47"],
            defaults={
                "name": entry["name"],
                "native_name": entry["native_name"],
                "direction": entry["direction"] or "",
                "residents": entry.get("census_2021_main_language_count"),
                "strategy_rank": entry.get("strategy_rank"),
            },
        )


def _population() -> None:
    authorities = {row.gss_code: row for row in LocalAuthority.objects.all()}
    Population.objects.bulk_create(
        (
            Population(
                authority=authorities[row["gss_code"]],
                characteristic=row["characteristic"],
                category=row["category"],
                count=int(row["count"]),
                source=row["source"],
                year=int(row["year"]),
            )
            for row in _rows("population.csv")
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
