"""The default permission of views of the API."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

if TYPE_CHECKING:
    # The framework imports this module while its own views are being imported.
    from rest_framework.request import Request
    from rest_framework.views import APIView


class Closed(BasePermission):
    """Refuses every request, so that a view which names no permission is closed."""

    message = "No one may use this part of the API."

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        """Never."""
        return False
