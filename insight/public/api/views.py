"""The open API: read-only, without an account, of published things only."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import exceptions
from rest_framework import serializers as drf
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.views.public import public_page
from insight.public.api import queries, serializers
from insight.public.selectors import published, reports

_ERRORS = {400: serializers.ErrorSerializer}
_open_to_all = method_decorator(public_page(refuses=False), name="dispatch")


class _OpenView(APIView):
    """A view that needs no account. It refuses with a sentence that says what is wrong."""

    authentication_classes = ()
    permission_classes = ()

    def parameters(self, query: type[drf.Serializer[Any]]) -> dict[str, Any]:
        """The parameters of the address, checked; unknown ones are ignored."""
        checked = query(
            data={name: self.request.query_params.get(name) for name in self.request.query_params}
        )
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def handle_exception(self, exc: Exception) -> Response:
        """The refusal in `detail`; `errors` holds one for each parameter that was wrong."""
        response = super().handle_exception(exc)
        if isinstance(exc, exceptions.ValidationError) and isinstance(exc.detail, Mapping):
            errors = {name: " ".join(str(one) for one in many) for name, many in exc.detail.items()}
            response.data = {"detail": next(iter(errors.values())), "errors": errors}
        return response

    def page_of(self, rows: Page[Any], serializer: type[drf.Serializer[Any]]) -> Response:
        """One page of a list, with the addresses of its neighbours."""
        return Response(
            {
                "count": rows.paginator.count,
                "next": self._address(rows.next_page_number()) if rows.has_next() else None,
                "previous": self._address(rows.previous_page_number())
                if rows.has_previous()
                else None,
                "results": serializer(rows.object_list, many=True).data,
            }
        )

    def _address(self, number: int) -> str:
        query = self.request.query_params.copy()
        query["page"] = str(number)
        return f"{self.request.path}?{query.urlencode()}"


def _paged(serializer: type[drf.Serializer[Any]]) -> Any:
    name = "PageOf" + serializer.__name__.removesuffix("Serializer")
    fields = {
        "count": drf.IntegerField(),
        "next": drf.CharField(allow_null=True),
        "previous": drf.CharField(allow_null=True),
        "results": serializer(many=True),
    }
    return type(name, (drf.Serializer,), fields)


@_open_to_all
class Activities(_OpenView):
    """Activities that have a public page, in pages."""

    @extend_schema(
        summary="Activities that have a public page",
        description="Newest first; each with the addresses of its public pages.",
        parameters=[queries.ActivityQuery],
        responses={200: _paged(serializers.ActivitySerializer), **_ERRORS},
    )
    def get(self, request: Request) -> Response:
        return self.page_of(
            published.activities(**_list_parameters(self, queries.ActivityQuery)),
            serializers.ActivitySerializer,
        )


@_open_to_all
class Opportunities(_OpenView):
    """Chances to take part, in pages."""

    @extend_schema(
        summary="Chances to take part that are open, or soon will be",
        description="What closes first stands first. A place also gives what is open everywhere.",
        parameters=[queries.OpportunityQuery],
        responses={200: _paged(serializers.OpportunitySerializer), **_ERRORS},
    )
    def get(self, request: Request) -> Response:
        rows = published.opportunities(**_list_parameters(self, queries.OpportunityQuery))
        return self.page_of(rows, serializers.OpportunitySerializer)


@_open_to_all
class Findings(_OpenView):
    """Published findings, in pages."""

    @extend_schema(
        summary="What people said, what was decided and what changed",
        description="One row for each finding of each published answer, newest answer first.",
        parameters=[queries.FindingQuery],
        responses={200: _paged(serializers.FindingSerializer), **_ERRORS},
    )
    def get(self, request: Request) -> Response:
        return self.page_of(
            published.findings(**_list_parameters(self, queries.FindingQuery)),
            serializers.FindingSerializer,
        )


@_open_to_all
class Measures(_OpenView):
    """The figures of one published month; 404 where there is no report."""

    @extend_schema(
        summary="The figures of one published month",
        description="For one place, each measure cut by place gives that row and no total.",
        parameters=[queries.MeasureQuery],
        responses={200: serializers.MonthSerializer, **_ERRORS, 404: serializers.ErrorSerializer},
    )
    def get(self, request: Request) -> Response:
        asked = self.parameters(queries.MeasureQuery)
        report = reports.of_month(asked["period"])
        if report is None:
            raise exceptions.NotFound(
                f"The report of {asked['period'].words} has not been published."
            )
        return Response(
            serializers.MonthSerializer(reports.figures(report, asked.get("place", ""))).data
        )


@_open_to_all
class Places(_OpenView):
    """The places, all at once."""

    @extend_schema(
        summary="The seven places",
        description="With the local authorities in each.",
        responses=serializers.PlaceSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(
            serializers.PlaceSerializer(published.places_with_authorities(), many=True).data
        )


@_open_to_all
class Programmes(_OpenView):
    """The programmes, all at once."""

    @extend_schema(
        summary="Flagship priorities and other programmes",
        description="In the order they are shown in.",
        responses=serializers.ProgrammeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(serializers.ProgrammeSerializer(published.programmes(), many=True).data)


@_open_to_all
class Standards(_OpenView):
    """The current wording of the standards; 404 before it is loaded."""

    @extend_schema(
        summary="The five standards, their commitments, and the spectrum",
        description="The current wording, a draft. Within a version keys stay the same.",
        responses={200: serializers.WordingSerializer, 404: serializers.ErrorSerializer},
    )
    def get(self, request: Request) -> Response:
        wording = published.standards()
        if wording is None:
            raise exceptions.NotFound("The standards have not been loaded.")
        return Response(
            serializers.WordingSerializer(
                {
                    "version": wording.version,
                    "status": wording.status,
                    "source": wording.source,
                    "standards": wording.standards,
                    "spectrum": published.spectrum_levels(),
                }
            ).data
        )


class Schema(SpectacularAPIView):
    """The schema of the API, as YAML or, where asked, as JSON."""

    authentication_classes = ()
    permission_classes = ()


def missing(request: HttpRequest) -> HttpResponse:
    """404 in JSON; an address that only lacks its last slash is redirected."""
    if not request.path.endswith("/") and request.method in ("GET", "HEAD"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{request.path}/{'?' + query if query else ''}")
    return JsonResponse(
        {"detail": "There is nothing at this address. /api/v1/docs/ lists what there is."},
        status=404,
    )


def _list_parameters(view: _OpenView, query: type[drf.Serializer[Any]]) -> dict[str, Any]:
    asked = view.parameters(query)
    return {("size" if name == "page_size" else name): value for name, value in asked.items()}
