"""The named addresses that are open to everybody, each with the reason.

All others require a signed-in member of staff: see `core.middleware.SignInMiddleware`.
"""

_PAGE = "a public page"
_API = "the open API: published content only"
_HEALTH = "used by machines without an account"
_SIGNING_IN = "part of signing in"
_NOT_OFFERED = "always 404: an address of allauth that this service does not offer"

PUBLIC_ADDRESSES = {
    "home": _PAGE,
    "opportunity-list": _PAGE,
    "opportunity-detail": _PAGE,
    "answer-list": _PAGE,
    "answer-detail": _PAGE,
    "figures": _PAGE,
    "public-report-list": _PAGE,
    "public-report-detail": _PAGE,
    "public-report-file": "files of a published report",
    "standards": _PAGE,
    "accessibility": _PAGE,
    "privacy": _PAGE,
    "api-activities": _API,
    "api-opportunities": _API,
    "api-findings": _API,
    "api-measures": _API,
    "api-places": _API,
    "api-programmes": _API,
    "api-standards": _API,
    "api-schema": _API,
    "api-docs": "describes the open API",
    "api-missing": "says in JSON that the API has no such address",
    "health-live": _HEALTH,
    "health-ready": _HEALTH,
    "account_login": _SIGNING_IN,
    "account_logout": "sends whoever is not signed in to the public home",
    "account_inactive": _SIGNING_IN,
    "account_reset_password": "for somebody who has forgotten their password",
    "account_reset_password_done": "for somebody who has forgotten their password",
    "account_reset_password_from_key": "by the link in the message; asks for a new password",
    "account_reset_password_from_key_done": "says that the new password is set",
    "mfa_authenticate": "the second step, between the password and being signed in",
    "account_signup": _NOT_OFFERED,
    "account_email": _NOT_OFFERED,
    "account_email_verification_sent": _NOT_OFFERED,
    "account_confirm_email": _NOT_OFFERED,
    "account_set_password": _NOT_OFFERED,
    "account_confirm_login_code": _NOT_OFFERED,
}
