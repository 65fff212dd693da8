"""The words of core: roles, permissions, events, kinds of organisation."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member of staff may do, in the words of the design, section 6."""

    OFFICER = "officer", "Engagement officer"
    LEAD = "lead", "Engagement lead"
    ANALYST = "analyst", "Insight analyst"
    SECRETARY = "secretary", "Board secretary"
    REVIEWER = "reviewer", "Lay reviewer"
    ADMINISTRATOR = "administrator", "Administrator"
    SYSTEM = "system", "The system itself"


class Permission(StrEnum):
    """One thing that somebody may be allowed to do: noun, then verb."""

    ACTIVITY_READ = "activity.read"
    ACTIVITY_LOG = "activity.log"
    ACTIVITY_CHANGE = "activity.change"
    CONTACT_READ = "contact.read"
    CONTACT_CHANGE = "contact.change"
    CONTRIBUTION_READ = "contribution.read"
    CONTRIBUTION_RECORD = "contribution.record"
    FINDING_READ = "finding.read"
    FINDING_WRITE = "finding.write"
    PUBLICATION_APPROVE = "publication.approve"
    NOTICE_WRITE = "notice.write"
    DELIVERY_READ = "delivery.read"
    DELIVERY_SETTLE = "delivery.settle"
    DELIVERY_SEND = "delivery.send"
    LOOP_READ = "loop.read"
    REPORT_READ = "report.read"
    REPORT_DRAFT = "report.draft"
    REPORT_WRITE = "report.write"
    REPORT_APPROVE = "report.approve"
    REPORT_PUBLISH = "report.publish"
    ACCOUNT_MANAGE = "account.manage"
    AUDIT_READ = "audit.read"
    FACTS_LOAD = "facts.load"


class Event(StrEnum):
    """One thing that somebody did, in the past tense. Each is left by one action."""

    FACTS_LOADED = "facts loaded"
    STANDARDS_LOADED = "standards loaded"
    ACCOUNT_MADE = "account made"
    ACCOUNT_CHANGED = "account changed"
    ACTIVITY_LOGGED = "activity logged"
    ACTIVITY_CHANGED = "activity changed"
    ACTIVITY_OPENED = "activity opened"
    ACTIVITY_LISTENING_CLOSED = "listening closed"
    ACTIVITY_ANSWERED = "activity answered"
    ACTIVITY_CLOSED = "activity closed"
    ACTIVITY_CANCELLED = "activity cancelled"
    OUTPUT_RECORDED = "output recorded"
    SESSION_ADDED = "session added"
    SESSION_CHANGED = "session changed"
    CONTACT_ADDED = "contact added"
    CONTACT_CHANGED = "contact changed"
    CONTACT_READ = "contact read"
    CONSENT_GIVEN = "consent given"
    CONSENT_WITHDRAWN = "consent withdrawn"
    ACCESS_NEED_RECORDED = "access need recorded"
    ATTENDANCE_RECORDED = "attendance recorded"
    ATTENDANCE_REMOVED = "attendance removed"
    HEADS_COUNTED = "heads counted"
    CONTRIBUTIONS_RECORDED = "contributions recorded"
    REDACTION_CHANGED = "redaction changed"
    LOOP_OPENED = "loop opened"
    LOOP_FELL_DUE = "answer fell due"
    QUARTER_CLOSED = "quarter closed"
    DUE_LOOPS_OPENED = "due loops opened"
    ANSWER_SUBMITTED = "answer sent for approval"
    SENT_BACK = "sent back with a note"
    FINDING_WRITTEN = "finding written"
    FINDING_CHANGED = "finding changed"
    FINDING_REMOVED = "finding removed"
    DECISION_RECORDED = "decision recorded"
    CHANGE_RECORDED = "change recorded"
    CHANGE_MOVED = "change moved on"
    ANSWER_PUBLISHED = "answer published"
    OPPORTUNITY_SUBMITTED = "opportunity sent for approval"
    OPPORTUNITY_PUBLISHED = "opportunity published"
    NOTICE_WRITTEN = "notice written"
    LOOP_NOTICE_WRITTEN = "notice of an answer written"
    NOTICE_APPROVED = "notice approved"
    DELIVERIES_CLAIMED = "deliveries claimed"
    DELIVERIES_RELEASED = "sending run ended"
    DEAD_RUNS_ENDED = "dead sending runs ended"
    DELIVERY_SETTLED = "delivery settled"
    REPORT_DRAFTED = "report drafted"
    REPORT_WRITTEN = "report written"
    REPORT_APPROVED = "report approved"
    REPORT_PUBLISHED = "report published"


#: The acts after which a page for everybody may read differently.
SHOWN_TO_EVERYBODY = (
    Event.FACTS_LOADED,
    Event.STANDARDS_LOADED,
    Event.ACTIVITY_CHANGED,
    Event.ACTIVITY_OPENED,
    Event.ACTIVITY_LISTENING_CLOSED,
    Event.ACTIVITY_ANSWERED,
    Event.ACTIVITY_CLOSED,
    Event.ACTIVITY_CANCELLED,
    Event.ANSWER_PUBLISHED,
    Event.OPPORTUNITY_PUBLISHED,
    Event.REPORT_PUBLISHED,
)


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
