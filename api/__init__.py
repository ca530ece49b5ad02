"""Daily digests of papers for programs: `read`, `export` and `build`, each imported when it is used.

`paperround.model` has the values and `paperround.exporters` what a format of your own needs.
"""

TYPE_CHECKING = False  # what type checkers take for true; `typing` takes longer to import than all of this
if TYPE_CHECKING:
    from .digests import DigestWarning, read
    from .formats import export
    from .site import build

    __version__: str

__all__ = ["DigestWarning", "__version__", "build", "export", "read"]

_MODULES = {"DigestWarning": "digests", "build": "site", "export": "formats", "read": "digests"}


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for (PEP 562): `paperround --help` needs none of them."""
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("paperround")
    elif name in _MODULES:
        from importlib import import_module

        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names that may be asked for, also those that nobody has asked for yet."""
    return sorted({*globals(), *__all__})
