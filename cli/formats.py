"""`export`: a subcommand for every installed format, made from its options when it is named."""

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import click

from . import arguments
from .group import examples

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from pydantic.fields import FieldInfo

    from ..exporters import Exporter, Options


class Formats(click.Group):
    """Lists the formats by name and imports one only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from ..exporters import names

        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from ..exporters import load

        return _Format(cmd_name, load(cmd_name))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from . import completion

        return [*completion.formats(incomplete), *click.Command.shell_complete(self, ctx, incomplete)]


class _Format(click.Command):
    """The command of one format, with a flag for each of its options."""

    def __init__(self, name: str, exporter: "Exporter[Options]") -> None:
        self._options = exporter.options
        self._flags = {key: _flag(key, field) for key, field in exporter.options.model_fields.items()}
        files = "\n".join(exporter.files)
        super().__init__(
            name,
            params=[*_shared(), *self._flags.values()],
            callback=_callback(name),
            help=f"{exporter.help}\n\n\b\nFiles:\n{files}",
            short_help=exporter.help.partition("\n")[0],
            epilog=_examples(name, exporter.files[0]),
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._word_flags()
        super().format_options(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        self._word_flags()
        return super().shell_complete(ctx, incomplete)

    def _word_flags(self) -> None:
        """Put what the options say of themselves before the defaults; to read it takes longer than a short export."""
        from ..exporters.contract.wording import descriptions

        for name, description in descriptions(self._options).items():
            self._flags[name].help = f"{description}{_shown(self._options.model_fields[name].default)}"


def _examples(name: str, file: str) -> str:
    """Show how a format's main file is asked for, which stands in a folder if there is one for each day."""
    if "{part}" in file:
        return examples(f"paperround export {name} digests -o public")
    since = f"paperround export {name} digests --since 2024-05-01 -o {file.rpartition('/')[2]}"
    return examples(f"paperround export {name} digests", since)


def _shared() -> list[click.Parameter]:
    """Return the parameters that every format takes, as the decorators of the other commands make them."""

    @arguments.sources
    @click.option(
        "-o",
        "--output",
        type=arguments.NamedPath(str),
        metavar="FILE|DIR",
        help="File or folder to write; a single text goes to standard output without it.",
    )
    @arguments.adopt
    @arguments.span
    @arguments.criteria
    @arguments.settings
    @arguments.style
    def carrier(**given: object) -> None: ...

    return list(reversed(carrier.__click_params__))


def _callback(name: str) -> Any:
    @arguments.criteria
    @arguments.span
    @arguments.settings
    @arguments.style
    def run(
        sources: tuple[str, ...],
        output: str | None,
        adopt: bool,
        chosen: arguments.Chosen,
        span: arguments.Dates,
        settings: arguments.Settings,
        style: arguments.Style,
        **flags: object,
    ) -> None:
        from ..publish import Criteria
        from . import commands

        criteria = Criteria(ids=chosen.ids, min_votes=chosen.min_votes)
        given = {key: value for key, value in flags.items() if value is not None and value != ()}
        commands.export(commands.Export(name, given, sources, output, adopt, span, criteria), settings, style)

    return run


def _flag(name: str, field: "FieldInfo") -> click.Option:
    """Make the flag of an option; its default stays None, so that a configuration file can speak first."""
    word = name.replace("_", "-")
    kind, many = _type(field.annotation)
    if kind is bool:
        return click.Option([f"--{word}/--no-{word}", name], default=None)
    return click.Option([f"--{word}", name], type=kind, multiple=many, default=None)


def _type(annotation: Any) -> tuple[Any, bool]:
    """Return the click type of an annotation, and whether the flag may be repeated."""
    arguments_of = [part for part in get_args(annotation) if part is not type(None)]
    origin = get_origin(annotation)
    if origin is Literal:
        return click.Choice([str(choice) for choice in arguments_of]), False
    if origin is tuple:
        return _type(arguments_of[0])[0], True
    if arguments_of:
        return _type(arguments_of[0])
    return annotation if annotation in (bool, int, float, str) else str, False


def _shown(default: object) -> str:
    if default is None or isinstance(default, bool) or default == () or default == "":
        return ""
    text = ", ".join(map(str, default)) if isinstance(default, tuple) else str(default)
    return f"  [default: {text}]"
