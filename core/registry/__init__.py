"""What wings register for pages and lists of other wings: see each module.

Permissions are registered in `core.access`, menu entries in `core.nhsuk.navigation`, health checks
in `core.health`.
"""
