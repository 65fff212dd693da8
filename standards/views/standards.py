"""The public page of the five standards and the spectrum (R027)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.views.everybody import for_everybody
from standards.selectors import wording
from standards.spectrum import steps


@for_everybody()
def standards(request: HttpRequest) -> HttpResponse:
    """The five standards, what each asks, and what each level of the spectrum promises."""
    return render(
        request, "public/standards.html.jinja", {"wording": wording.current(), "steps": steps()}
    )
