"""The words of people: in what capacity, by what way, what they agreed to and need."""

from enum import StrEnum

from django.db.models import TextChoices

from core.choices import Event as BaseEvent


class Event(BaseEvent):
    """One thing that somebody did, in the past tense. Each is left by one action."""

    CONTACT_ADDED = "contact added"
    CONTACT_CHANGED = "contact changed"
    CONTACT_READ = "contact read"
    PERSONS_JOINED = "persons joined"
    PERSONS_PARTED = "persons parted"
    CONSENT_GIVEN = "consent given"
    CONSENT_WITHDRAWN = "consent withdrawn"
    ACCESS_NEED_RECORDED = "access need recorded"
    ACCESS_NEED_CHANGED = "access need changed"
    ACCESS_NEED_REMOVED = "access need removed"


class Capacity(TextChoices):
    """In what capacity a person takes part."""

    RESIDENT = "resident", "Resident"
    PATIENT = "patient", "Patient or service user"
    CARER = "carer", "Unpaid carer"
    PARENT = "parent", "Parent or guardian"
    YOUNG_PERSON = "young_person", "Young person"
    STAFF = "staff", "Staff member who is a resident"
    VCSE = "vcse", "From a voluntary or community organisation"
    ELECTED = "elected", "Elected member or governor"


class ContactMethod(TextChoices):
    """Ways of reaching a person."""

    EMAIL = "email", "Email"
    TEXT = "text", "Text message"
    TELEPHONE = "telephone", "Telephone"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person, through a named supporter"


class LikenessAnswer(StrEnum):
    """What somebody answers who records a person that shares an address with others: none of them,
    or the one who is known to the service elsewhere. Otherwise the answer is a contact's number.
    """

    DIFFERENT = "different"
    ELSEWHERE = "elsewhere"


class ConsentPurpose(TextChoices):
    """What a person agreed to."""

    TOLD_WHAT_CAME = "told_what_came", "To be told what happened as a result"
    ASKED_AGAIN = "asked_again", "To be invited to take part again"


#: The words that a person is asked to agree to; they are kept with the agreement.
CONSENT_WORDING = {
    ConsentPurpose.TOLD_WHAT_CAME: "You can tell me what people said, what was decided and what "
    "changed.",
    ConsentPurpose.ASKED_AGAIN: "You can invite me to take part again.",
}


class ConsentManner(TextChoices):
    """How consent was given or withdrawn."""

    IN_PERSON = "in_person", "In person"
    PAPER = "paper", "On a paper form"
    ONLINE = "online", "Online"
    TELEPHONE = "telephone", "By telephone"
    EMAIL = "email", "By email"


class NeedCategory(TextChoices):
    """Categories of the Accessible Information Standard (DAPB1605), and adjustments outside it."""

    CONTACT_METHOD = "contact-method", "Specific contact method"
    INFORMATION_FORMAT = "information-format", "Specific information format"
    COMMUNICATION_PROFESSIONAL = "communication-professional", "Communication professional"
    COMMUNICATION_SUPPORT = "communication-support", "Communication support"
    ADJUSTMENT = "adjustment", "Adjustment to take part"
