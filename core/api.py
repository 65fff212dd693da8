"""What all views of the API have in common: closed by default, and refusals that are recorded."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission

from core.acting import Refused
from core.actions import refusals
from core.models import User

if TYPE_CHECKING:
    # The framework imports this module while its own views are being imported.
    from rest_framework.request import Request
    from rest_framework.response import Response
    from rest_framework.views import APIView


class Closed(BasePermission):
    """Refuses every request, so that a view which names no permission is closed."""

    message = "No one may use this part of the API."

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        """Never."""
        return False


def response_to(error: Exception, context: dict[str, Any]) -> "Response | None":
    """The response to an error of a view, in JSON; None for a fault of the service.

    A member of staff who is refused leaves a row in the audit trail, as at a page. A refused act
    has left its own.
    """
    from rest_framework import exceptions, views

    if isinstance(error, Refused):
        error = exceptions.PermissionDenied(error.sentence)
    elif isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        request: Request = context["request"]
        if isinstance(request.user, User):
            refusals.at_door(by=request.user, address=f"{request.method} {request.path}")
    return views.exception_handler(error, context)
