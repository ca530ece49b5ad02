"""What the fields of options say about themselves: the docstrings that flags and messages take their words from."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise

from pydantic import BaseModel


def descriptions(options: type[BaseModel]) -> dict[str, str]:
    """Return the docstring below each field that has one; a `Field(description=…)` stands before it.

    Read when help is asked for: pydantic's `use_attribute_docstrings` parses the source of every class whenever it is
    imported, a tenth of the time that a short command takes.
    """
    found: dict[str, str] = {}
    for base in reversed(options.__mro__[: options.__mro__.index(BaseModel)]):
        found |= dict(_docstrings(base))
    given = {name: field.description for name, field in options.model_fields.items() if field.description}
    return {name: text for name, text in (found | given).items() if name in options.model_fields}


def _docstrings(options: type) -> Iterator[tuple[str, str]]:
    """Yield the fields that a class itself declares, with the string that stands below each."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(options)))
    except (OSError, TypeError, SyntaxError):
        return  # a class made by hand, or without its source
    lines = [line for declared in tree.body if isinstance(declared, ast.ClassDef) for line in declared.body]
    for field, below in pairwise(lines):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
