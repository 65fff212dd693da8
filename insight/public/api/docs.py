"""The page that documents the open API."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from core.views.public import public_page, render


@public_page()
def docs(request: HttpRequest) -> HttpResponse:
    """The schema as a page to read: plain HTML, so that it needs no script."""
    # Imported here: every public page links to this one, and few readers need the schema.
    from drf_spectacular.generators import SchemaGenerator

    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "public/api-docs.html.jinja", {"operations": _operations(schema)})


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    schemas = schema["components"]["schemas"]
    return [
        {
            "path": path,
            "summary": get["summary"],
            "description": get.get("description", ""),
            "parameters": [_parameter(one) for one in get.get("parameters", [])],
            "fields": _fields(
                get["responses"]["200"]["content"]["application/json"]["schema"], schemas
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
        "description": one.get("description", ""),
        "choices": [choice for choice in schema.get("enum", []) if choice],
        "default": schema.get("default"),
    }


def _fields(
    schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0
) -> list[dict[str, Any]]:
    """The fields of a response; those of a nested object follow it with a greater depth."""
    if "allOf" in schema:
        schema = schema["allOf"][0]
    if schema.get("type") == "array":
        return _fields(schema["items"], schemas, depth)
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    found = []
    for name, field in schema.get("properties", {}).items():
        kind = field.get("format") or field.get("type") or "object"
        found.append(
            {
                "name": name,
                "kind": kind,
                "description": field.get("description", ""),
                "depth": depth,
            }
        )
        found += _fields(field, schemas, depth + 1)
    return found
