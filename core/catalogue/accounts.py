"""Fields of staff accounts, of the forms they sent and of the audit trail."""

from core import catalogue
from core.catalogue import Audience, Entry, Handling, Personal, Retention, asked
from core.models import AuditEvent, SentForm, SignInLinkRequest, User

_ACCOUNT = Handling(Retention.ACCOUNTS, seen_by=Audience.ADMINISTRATORS, personal=Personal.PERSONAL)
_AUDIT = Handling(Retention.AUDIT, seen_by=Audience.ADMINISTRATORS)

catalogue.register(
    User,
    _ACCOUNT,
    catalogue.key(),
    Entry("name", "Name", asked=asked("account"), shown="account"),
    Entry("email", "Email address", asked=asked("account"), shown="account"),
    Entry("post", "Job title", asked=asked("account"), shown="account"),
    Entry("role", "Role", asked=asked("account"), shown="account"),
    Entry("organisation", "Organisation", asked=asked("account"), shown="account"),
    Entry("place", "Place", asked=asked("account"), shown="account"),
    Entry("is_active", "Can sign in", asked=asked("account"), shown="account"),
    Entry(
        "password",
        "Password, as a salted hash",
        handling=_ACCOUNT.replace(seen_by=Audience.NOBODY),
    ),
    catalogue.fixed("last_login", "Last signed in"),
    catalogue.fixed("joined_at", "Account made"),
)

catalogue.register(
    SentForm,
    _ACCOUNT,
    catalogue.key(),
    catalogue.fixed("by", "Who sent the form"),
    catalogue.fixed("once", "Number of the form, used once"),
    catalogue.fixed("sent_at", "When it was sent"),
    catalogue.fixed("led_to", "Address it led to"),
)

catalogue.register(
    SignInLinkRequest,
    _ACCOUNT.replace(seen_by=Audience.NOBODY),
    catalogue.key(),
    catalogue.fixed("account", "Whose account"),
    catalogue.fixed("email", "Address as typed, until the worker has looked"),
    catalogue.fixed("asked_at", "Asked for"),
)

catalogue.register(
    AuditEvent,
    _AUDIT,
    catalogue.key(),
    catalogue.fixed("at", "When", shown="audit trail"),
    Entry("by", "Account that acted", handling=_AUDIT.replace(personal=Personal.PERSONAL)),
    Entry(
        "by_name",
        "Who acted",
        shown="audit trail",
        handling=_AUDIT.replace(personal=Personal.PERSONAL),
    ),
    catalogue.fixed("by_kind", "Kind of actor", shown="audit trail"),
    Entry(
        "by_reference",
        "Reference of the actor",
        handling=_AUDIT.replace(personal=Personal.PERSONAL),
    ),
    catalogue.fixed("event", "What was done", shown="audit trail"),
    catalogue.fixed("outcome", "Outcome", shown="audit trail"),
    catalogue.fixed("subject_kind", "Kind of what it was done to", shown="audit trail"),
    catalogue.fixed("subject_id", "Number of what it was done to", shown="audit trail"),
    catalogue.fixed("about", "What it was about", shown="audit trail"),
    catalogue.fixed("fields", "Fields that changed", shown="audit trail"),
    catalogue.fixed("act", "Number shared with the row histories of the act"),
    catalogue.fixed("is_shown", "Public pages may differ since"),
    catalogue.made_by_database("search", "Words to search in"),
)
