"""What wings register for lists and pages that they do not own: see each module.

Permissions are registered in `core.access`, menu entries in `core.nhsuk.navigation`, health checks
in `core.health`.
"""
