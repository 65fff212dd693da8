"""Fields of the facts that everything else refers to: places, organisations, programmes."""

from core import catalogue
from core.catalogue import Audience, Entry, Handling, Retention
from core.models import (
    Collaborative,
    Language,
    LocalAuthority,
    Organisation,
    Place,
    Population,
    Programme,
)

_FACT = Handling(Retention.REFERENCE, seen_by=Audience.ANYBODY)


def _facts(**labels: str) -> list[Entry]:
    """Fields that a file of facts sets, by name and label."""
    return [catalogue.fixed(name, label) for name, label in labels.items()]


catalogue.register(
    Place,
    _FACT,
    catalogue.key(),
    _facts(
        key="Key in addresses",
        name="Name",
        group_key="Key of the engagement team that serves it",
        group_name="Engagement team that serves it",
    ),
)
catalogue.register(
    LocalAuthority,
    _FACT,
    catalogue.key(),
    _facts(place="Place", gss_code="Official code", name="Name"),
)
catalogue.register(
    Organisation,
    _FACT,
    catalogue.key(),
    _facts(
        key="Key in addresses",
        name="Name",
        kind="Kind",
        places="Places it serves; none means all of north east London",
        successor="Organisation that followed it",
        ods_code="Code in the Organisation Data Service",
        starts_on="Exists from",
        ends_on="Exists until",
        note="Note",
    ),
)
catalogue.register(
    Collaborative,
    _FACT,
    catalogue.key(),
    _facts(
        key="Key in addresses",
        name="Name",
        organisation="The collaborative as an organisation",
        members="Members",
    ),
)
catalogue.register(
    Programme,
    _FACT,
    catalogue.key(),
    _facts(
        key="Key in addresses",
        name="Name",
        short="Short name",
        aim="Aim",
        is_flagship="A flagship priority",
        order="Place in lists",
    ),
)
catalogue.register(
    Language,
    _FACT,
    catalogue.key(),
    _facts(
        code="Code (BCP 47)",
        name="Name",
        native_name="Its own name",
        direction="Direction of writing",
        residents="Residents with it as main language",
        strategy_rank="Rank in the strategy",
    ),
)
catalogue.register(
    Population,
    _FACT,
    catalogue.key(),
    _facts(
        authority="Local authority",
        characteristic="Characteristic",
        category="Category",
        count="Residents",
        source="Source",
        year="Year",
    ),
)
