"""The JSON Schema of an issue, as a line of papers.jsonl holds it, made from the model."""

import ast
import inspect
import json
from itertools import pairwise

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from . import paper
from .paper import SCHEMA, Issue

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Untitled(GenerateJsonSchema):
    """Leaves out titles that only repeat a field's name."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def json_schema() -> str:
    """Return the schema as text: what a reader of this version takes, the same bytes on any machine."""
    generated = Issue.model_json_schema(schema_generator=_Untitled)
    values = {
        "$schema": _DIALECT,
        "$id": f"urn:paperround:papers.jsonl:{SCHEMA}",
        "title": "A line of papers.jsonl",
        "description": "One issue.",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA, "description": "Version of this form."},
            **_described(Issue, generated["properties"]),
        },
        "required": ["schema", *generated["required"]],
        "additionalProperties": False,
        "$defs": {name: _definition(name, value) for name, value in sorted(generated["$defs"].items())},
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _definition(name: str, schema: JsonSchemaValue) -> JsonSchemaValue:
    model: type[BaseModel] = getattr(paper, name)
    described = {"description": schema["description"], "type": "object"}
    rest = {key: value for key, value in sorted(schema.items()) if key not in ("title", "properties", *described)}
    return {**described, "properties": _described(model, schema["properties"]), **rest}


def _described(model: type[BaseModel], properties: JsonSchemaValue) -> JsonSchemaValue:
    """Give each property the sentence that stands under its field."""
    descriptions = _documented(model)
    return {name: {"description": descriptions[name], **_sorted(value)} for name, value in properties.items()}


def _sorted(schema: JsonSchemaValue) -> JsonSchemaValue:
    return dict(sorted(schema.items()))


def _documented(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings under a model's fields, which Python does not keep."""
    (definition,) = ast.parse(inspect.getsource(model)).body
    return {
        field.target.id: inspect.cleandoc(under.value.value)
        for field, under in pairwise(definition.body if isinstance(definition, ast.ClassDef) else ())
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(under, ast.Expr) and isinstance(under.value, ast.Constant) and isinstance(under.value.value, str)
    }
