"""YAML as plain values: objects, lists and texts, every scalar as it is written."""

import yaml

_LARGEST = 1024 * 1024
_MOST_BRACKETS = 10_000
"""libyaml takes quadratic time for nested ones: a minute for 100,000."""
_DEEPEST = 20

Value = object


class BadYaml(ValueError):
    """A text is no YAML that is read here; the message is a short sentence."""


def values(text: str) -> Value:
    """Return the first document of a text; raises BadYaml.

    Scalars stay text, for `2405.10100` is an id and no number. Aliases, which can unfold a line to gigabytes, are
    refused, and so is what is large or deep: values are built from libyaml's events, without recursion.
    """
    if len(text) > _LARGEST or text.count("[") + text.count("{") > _MOST_BRACKETS:
        raise BadYaml("too large for YAML")
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            builder.add(event)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "cannot be read"
        mark = getattr(error, "problem_mark", None)
        raise BadYaml(f"{problem}{f' in line {mark.line + 1}' if mark else ''}") from None
    return builder.root


class _Builder:
    """Puts events together; what is open stands in a stack, an object with the key that waits for its value."""

    def __init__(self) -> None:
        self.root: Value = None
        self._open: list[tuple[list[Value] | dict[str, Value], list[str]]] = []

    def add(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise BadYaml("aliases are not read")
        if isinstance(event, yaml.ScalarEvent):
            self._put(str(event.value))
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin({})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin([])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()

    def _begin(self, value: "list[Value] | dict[str, Value]") -> None:
        if len(self._open) >= _DEEPEST:
            raise BadYaml("nested too deeply")
        self._put(value)
        self._open.append((value, []))

    def _put(self, value: Value) -> None:
        if not self._open:
            self.root = value
            return
        inside, key = self._open[-1]
        if isinstance(inside, list):
            inside.append(value)
        elif key:
            inside[key.pop()] = value
        else:
            key.append(value if isinstance(value, str) else "")
