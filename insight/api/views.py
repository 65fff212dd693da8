"""The open API: read-only, without an account, of published things only."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.views.everybody import for_everybody
from insight.api import answers, queries
from insight.selectors import published

_ERRORS = {400: answers.ErrorShape}
_page_of_everybody = method_decorator(for_everybody(refuses=False), name="dispatch")


class _Open(APIView):
    """Asks for no account, and says what is wrong in a sentence."""

    authentication_classes = ()
    permission_classes = ()

    def asked(self, query: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The parameters of the address, checked; unknown ones are not looked at."""
        checked = query(
            data={name: self.request.query_params.get(name) for name in self.request.query_params}
        )
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if isinstance(exc, exceptions.ValidationError) and isinstance(exc.detail, Mapping):
            errors = {name: " ".join(str(one) for one in many) for name, many in exc.detail.items()}
            response.data = {"detail": next(iter(errors.values())), "errors": errors}
        return response

    def pages(self, rows: Page[Any], shape: type[serializers.Serializer[Any]]) -> Response:
        """One page of a list, with the addresses of its neighbours."""
        return Response(
            {
                "count": rows.paginator.count,
                "next": self._address(rows.next_page_number()) if rows.has_next() else None,
                "previous": self._address(rows.previous_page_number())
                if rows.has_previous()
                else None,
                "results": shape(rows.object_list, many=True).data,
            }
        )

    def _address(self, number: int) -> str:
        query = self.request.query_params.copy()
        query["page"] = str(number)
        return f"{self.request.path}?{query.urlencode()}"


def _paged(shape: type[serializers.Serializer[Any]]) -> Any:
    name = "PageOf" + shape.__name__.removesuffix("Shape")
    fields = {
        "count": serializers.IntegerField(),
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "results": shape(many=True),
    }
    return type(name, (serializers.Serializer,), fields)


@_page_of_everybody
class Activities(_Open):
    @extend_schema(
        summary="Activities that have a public page",
        description="Newest first; each with the addresses of its public pages.",
        parameters=[queries.ActivityQuery],
        responses={200: _paged(answers.ActivityShape), **_ERRORS},
    )
    def get(self, request: Request) -> Response:
        return self.pages(
            published.activities(**_asked(self, queries.ActivityQuery)), answers.ActivityShape
        )


@_page_of_everybody
class Opportunities(_Open):
    @extend_schema(
        summary="Chances to take part that are open, or soon will be",
        description="What closes first stands first. A place also gives what is open everywhere.",
        parameters=[queries.OpportunityQuery],
        responses={200: _paged(answers.OpportunityShape), **_ERRORS},
    )
    def get(self, request: Request) -> Response:
        rows = published.opportunities(**_asked(self, queries.OpportunityQuery))
        return self.pages(rows, answers.OpportunityShape)


@_page_of_everybody
class Findings(_Open):
    @extend_schema(
        summary="What people said, what was decided and what changed",
        description="One row for each finding of each published answer, newest answer first.",
        parameters=[queries.FindingQuery],
        responses={200: _paged(answers.FindingShape), **_ERRORS},
    )
    def get(self, request: Request) -> Response:
        return self.pages(
            published.findings(**_asked(self, queries.FindingQuery)), answers.FindingShape
        )


@_page_of_everybody
class Measures(_Open):
    @extend_schema(
        summary="The figures of one published month",
        description="For one place, each measure cut by place gives that row and no total.",
        parameters=[queries.MeasureQuery],
        responses={200: answers.MonthShape, **_ERRORS, 404: answers.ErrorShape},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(queries.MeasureQuery)
        report = published.report(asked["period"])
        if report is None:
            raise exceptions.NotFound(
                f"The report of {asked['period'].words} has not been published."
            )
        return Response(answers.MonthShape(published.figures(report, asked.get("place", ""))).data)


@_page_of_everybody
class Places(_Open):
    @extend_schema(
        summary="The seven places",
        description="With the local authorities in each.",
        responses=answers.PlaceShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(answers.PlaceShape(published.places_with_authorities(), many=True).data)


@_page_of_everybody
class Programmes(_Open):
    @extend_schema(
        summary="Flagship priorities and other programmes",
        description="In the order they are shown in.",
        responses=answers.ProgrammeShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(answers.ProgrammeShape(published.programmes(), many=True).data)


@_page_of_everybody
class Standards(_Open):
    @extend_schema(
        summary="The five standards, their commitments, and the spectrum",
        description="The wording that holds now, a draft. Within a version keys stay the same.",
        responses={200: answers.WordingShape, 404: answers.ErrorShape},
    )
    def get(self, request: Request) -> Response:
        wording = published.standards()
        if wording is None:
            raise exceptions.NotFound("The standards have not been loaded.")
        return Response(
            answers.WordingShape(
                {
                    "version": wording.version,
                    "status": wording.status,
                    "source": wording.source,
                    "standards": wording.standards,
                    "spectrum": published.steps(),
                }
            ).data
        )


class Schema(SpectacularAPIView):
    """The schema of the API, as YAML or, where asked, as JSON."""

    authentication_classes = ()
    permission_classes = ()


@for_everybody()
def docs(request: HttpRequest) -> HttpResponse:
    """The schema as a page to read: plain HTML, so that it needs no script."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "public/api_docs.html.jinja", {"operations": _operations(schema)})


def missing(request: HttpRequest) -> HttpResponse:
    """404 in JSON; an address that only lacks its last slash is sent on."""
    if not request.path.endswith("/") and request.method in ("GET", "HEAD"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{request.path}/{'?' + query if query else ''}")
    return JsonResponse(
        {"detail": "There is nothing at this address. /api/v1/docs/ lists what there is."},
        status=404,
    )


def _asked(view: _Open, query: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    asked = view.asked(query)
    return {("size" if name == "page_size" else name): value for name, value in asked.items()}


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    shapes = schema["components"]["schemas"]
    return [
        {
            "path": path,
            "summary": get["summary"],
            "description": get.get("description", ""),
            "parameters": [_parameter(one) for one in get.get("parameters", [])],
            "fields": _fields(
                get["responses"]["200"]["content"]["application/json"]["schema"], shapes
            ),
        }
        for path, methods in schema["paths"].items()
        for get in [methods["get"]]
    ]


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    schema = one["schema"]
    return {
        "name": one["name"],
        "is_needed": one.get("required", False),
        "says": one.get("description", ""),
        "choices": [choice for choice in schema.get("enum", []) if choice],
        "default": schema.get("default"),
    }


def _fields(schema: dict[str, Any], shapes: dict[str, Any], depth: int = 0) -> list[dict[str, Any]]:
    """The fields of an answer, those of parts indented below their part."""
    if "allOf" in schema:
        schema = schema["allOf"][0]
    if schema.get("type") == "array":
        return _fields(schema["items"], shapes, depth)
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rsplit("/", 1)[1]]
    found = []
    for name, field in schema.get("properties", {}).items():
        kind = field.get("format") or field.get("type") or "object"
        found.append(
            {"name": name, "kind": kind, "says": field.get("description", ""), "depth": depth}
        )
        found += _fields(field, shapes, depth + 1)
    return found
