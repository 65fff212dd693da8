"""What may be done with findings, loops and publications, and which roles may."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """What may be done with findings, decisions, changes, loops and publications."""

    FINDING_READ = "finding.read"
    FINDING_WRITE = "finding.write"
    LOOP_READ = "loop.read"
    PUBLICATION_APPROVE = "publication.approve"


_READING = (Permission.FINDING_READ, Permission.LOOP_READ)
access.register(
    Permission,
    roles={
        Role.OFFICER: [*_READING, Permission.FINDING_WRITE],
        Role.LEAD: Permission,
        Role.ANALYST: _READING,
        Role.SECRETARY: _READING,
        Role.REVIEWER: _READING,
    },
)
