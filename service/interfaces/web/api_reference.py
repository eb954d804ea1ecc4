"""``/docs``: the API described for people, made from the OpenAPI description."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service.interfaces.api.problem_kinds import PROBLEM_KINDS
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.api_reference import (
    ApiReferencePage,
    FieldView,
    OperationView,
    ProblemView,
    SchemaView,
)

router = APIRouter(include_in_schema=False)

Schema = Mapping[str, Any]


async def _description(request: Request) -> dict[str, Any]:
    description: dict[str, Any] = request.app.openapi()
    return description


@router.get("/docs")
def api_reference(
    request: Request,
    renderer: RendererDep,
    description: Annotated[dict[str, Any], Depends(_description)],
) -> Response:
    """Show every operation, schema and kind of problem."""
    page = api_reference_page(description, base_url=renderer.base_url(request))
    return renderer.render(request, "api_reference.html", page)


def api_reference_page(description: Schema, *, base_url: str) -> ApiReferencePage:
    """Return the page that shows an OpenAPI description."""
    schemas = description["components"]["schemas"]
    return ApiReferencePage(
        version=description["info"]["version"],
        operations=tuple(
            _operation(path, method, operation, schemas, base_url=base_url)
            for path, methods in description["paths"].items()
            for method, operation in methods.items()
        ),
        schemas=tuple(
            SchemaView(name, schema.get("description", ""), tuple(_fields(schema)))
            for name, schema in sorted(schemas.items())
        ),
        problems=tuple(ProblemView(kind.slug, kind.status, kind.title) for kind in PROBLEM_KINDS),
    )


def _operation(
    path: str, method: str, operation: Schema, schemas: Schema, *, base_url: str
) -> OperationView:
    fields = [
        FieldView(
            name=parameter["name"],
            kind=_kind(parameter["schema"]),
            required=parameter.get("required", False),
            text=parameter.get("description", ""),
        )
        for parameter in operation.get("parameters", [])
    ]
    example = None
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        schema = schemas[body["$ref"].rsplit("/", 1)[-1]]
        fields += _fields(schema)
        example_body = json.dumps(schema["examples"][0], ensure_ascii=False)
        example = (
            f"curl {base_url}{path} -H 'Content-Type: application/json' \\\n  -d '{example_body}'"
        )
    elif "{" not in path:
        example = f"curl {base_url}{path}"
    return OperationView(
        operation_id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=" ".join(operation["description"].split()).replace("`", ""),
        fields=tuple(fields),
        example=example,
        responses=tuple(
            (status, response["description"]) for status, response in operation["responses"].items()
        ),
    )


def _fields(schema: Schema) -> list[FieldView]:
    required = schema.get("required", ())
    return [
        FieldView(name, _kind(field), name in required, field.get("description", ""))
        for name, field in schema.get("properties", {}).items()
    ]


def _kind(schema: Schema) -> str:
    """Return a type with its bounds: ``integer, 1 to 50``."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return " or ".join(_kind(option) for option in schema[keyword])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " or ".join(json.dumps(value) for value in schema["enum"])
    if schema.get("type") == "array" and "items" in schema:
        return f"list of {_kind(schema['items'])}"
    return ", ".join([str(schema.get("type", "any")), *_bounds(schema)])


def _bounds(schema: Schema) -> list[str]:
    pairs = (("minimum", "maximum", ""), ("minLength", "maxLength", " characters"))
    return [
        f"{schema[low]:g} to {schema[high]:g}{unit}"
        for low, high, unit in pairs
        if low in schema and high in schema
    ]
