"""What may be done with Board reports, and which roles may."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """What may be done with Board reports."""

    REPORT_READ = "report.read"
    REPORT_DRAFT = "report.draft"
    REPORT_WRITE = "report.write"
    REPORT_APPROVE = "report.approve"
    REPORT_PUBLISH = "report.publish"


access.register(
    Permission,
    roles={
        Role.LEAD: [Permission.REPORT_READ, Permission.REPORT_PUBLISH],
        Role.SECRETARY: Permission,
        Role.REVIEWER: [Permission.REPORT_READ],
    },
)
