"""Choices of core: roles, kinds of actor, events, outcomes, kinds of organisation."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """The role of a member of staff, which decides the permissions they hold."""

    OFFICER = "officer", "Engagement officer"
    LEAD = "lead", "Engagement lead"
    ANALYST = "analyst", "Insight analyst"
    SECRETARY = "secretary", "Board secretary"
    REVIEWER = "reviewer", "Lay reviewer"
    ADMINISTRATOR = "administrator", "Administrator"


class ActorKind(TextChoices):
    """Kinds of actor."""

    STAFF = "staff", "Member of staff"
    RESIDENT = "resident", "Resident by a link sent to them"
    PROGRAM = "program", "Program with a token"
    SERVICE = "service", "The service itself"


class Permission(StrEnum):
    """Something that an actor may be allowed to do, named as noun and verb: `account.manage`.

    Each wing registers its own, with the roles that hold them, through `core.access.register`.
    """


class Event(StrEnum):
    """Something that was done, in the past tense: `account made`. Each belongs to one act."""


class CoreEvent(Event):
    """Events of core."""

    FACTS_LOADED = "facts loaded"
    ACCOUNT_MADE = "account made"
    ACCOUNT_CHANGED = "account changed"
    SIGN_IN_LINK_ASKED_FOR = "sign-in link asked for"
    #: Of no act: the door refuses before one is tried.
    PAGE_REFUSED = "page asked for"


class Outcome(TextChoices):
    """How an act ended."""

    DONE = "done", "Done"
    REFUSED = "refused", "Refused"


class OrganisationKind(TextChoices):
    """Kinds of body in the integrated care system."""

    ACUTE_TRUST = "acute_trust", "Acute trust"
    COMMUNITY_INTEREST_COMPANY = "community_interest_company", "Community interest company"
    GOVERNANCE_GROUP = "governance_group", "Governance group"
    HEALTHWATCH = "healthwatch", "Healthwatch"
    ICB = "icb", "Integrated care board"
    ICB_COMMITTEE = "icb_committee", "Integrated care board committee"
    ICP = "icp", "Integrated care partnership"
    ICS = "ics", "Integrated care system"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    MENTAL_HEALTH_COMMUNITY_TRUST = (
        "mental_health_community_trust",
        "Mental health and community trust",
    )
    NETWORK = "network", "Network"
    PANEL = "panel", "Panel"
    PARTICIPATION_GROUP = "participation_group", "Participation group"
    PLACE_PARTNERSHIP = "place_partnership", "Place partnership"
    PRIMARY_CARE = "primary_care", "Primary care"
    PROVIDER_COLLABORATIVE = "provider_collaborative", "Provider collaborative"
    PROVIDER_GROUP = "provider_group", "Provider group"
    SCRUTINY_COMMITTEE = "scrutiny_committee", "Scrutiny committee"
    VCSE = "vcse", "Voluntary, community or social enterprise organisation"
    VCSE_ALLIANCE = "vcse_alliance", "VCSE alliance"
