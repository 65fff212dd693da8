"""Models of core."""

from core.models.audit_event import AuditEvent
from core.models.language import Language
from core.models.organisation import Collaborative, Organisation
from core.models.place import LocalAuthority, Place
from core.models.population import Population
from core.models.programme import Programme
from core.models.sent_form import SentForm
from core.models.sign_in_link_request import SignInLinkRequest
from core.models.user import User

__all__ = [
    "AuditEvent",
    "Collaborative",
    "Language",
    "LocalAuthority",
    "Organisation",
    "Place",
    "Population",
    "Programme",
    "SentForm",
    "SignInLinkRequest",
    "User",
]
