"""How Sphinx makes the site of these pages; `make docs` runs it.

The pages are written for a code host, where they are read, too. So README.md is the site's first page, its lists are
the navigation, and links may lead to files of the repository that the site does not have.
"""

import ast
import importlib
import inspect
import re
import shutil
import textwrap
from importlib.metadata import version as version_of

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

project = "paperround"
copyright = "the paperround authors"
version = release = version_of("paperround")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton"]
copybutton_prompt_text = "$ "  # of a session, the commands alone are copied
root_doc = "README"
myst_heading_anchors = 3
default_role = "code"  # what docstrings mean by backticks
nitpicky = True
nitpick_ignore_regex = [("py:.*", r"(?!paperround\.).*")]  # other projects' names have no page here

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the functions below show types by their names, where autodoc would spell them out
autodoc_default_options = {"members": True, "undoc-members": True, "exclude-members": "model_config"}

html_theme = "furo"
html_title = f"paperround {version}"
html_show_sphinx = False
html_copy_source = False


def setup(app: Sphinx) -> None:
    """Hook the functions below into a build."""
    app.connect("source-read", add_navigation)
    app.connect("doctree-read", leave_out_links_to_the_repository)
    app.connect("autodoc-process-signature", show_signature_as_written)
    app.connect("autodoc-process-docstring", show_type_as_written)
    app.connect("build-finished", open_at_the_first_page)


def add_navigation(app: Sphinx, page: str, source: list[str]) -> None:
    """Make a part of the navigation from each heading of the first page and the pages that its list names."""
    if page != root_doc:
        return
    for heading, text in re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", source[0], re.M | re.S):
        pages = "\n".join(re.findall(r"\]\((?!\.\.|https?:)([^)#]+)\.md\)", text))
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{pages}\n```\n"


def leave_out_links_to_the_repository(app: Sphinx, document: nodes.document) -> None:
    """Leave the words alone of a link to a page or folder outside of these; a file is offered as a download."""
    folder = app.env.doc2path(app.env.docname).parent
    for link in list(document.findall(addnodes.pending_xref)):
        path = (folder / link["reftarget"]).resolve()
        if path.is_dir() or (link.get("refdomain") == "doc" and not path.is_relative_to(app.srcdir)):
            link.replace_self(link.children)


def show_signature_as_written(
    app: Sphinx, what: str, name: str, value: object, options: object, signature: str | None, returns: str
) -> tuple[str, str | None] | None:
    """Show a function with the names of its types; a class by its name, for its fields follow."""
    if not inspect.isfunction(value):
        return ("", None) if signature else None
    function = ast.parse(textwrap.dedent(inspect.getsource(value))).body[0]
    function.args.args = [argument for argument in function.args.args if argument.arg != "self"]
    return f"({ast.unparse(function.args)})", ast.unparse(function.returns) if function.returns else None


def show_type_as_written(app: Sphinx, what: str, name: str, value: object, options: object, lines: list[str]) -> None:
    """Put a field's type before what its docstring says of it, without the checks that come with the type."""
    owner, _, field = name.rpartition(".")
    if what != "attribute" or (written := fields_of(owner).get(field)) is None:
        return
    default = f" = {ast.unparse(written.value)}" if written.value else ""
    lines[:0] = [f"``{ast.unparse(Unchecked().visit(written.annotation))}{default}``", ""]


def fields_of(name: str) -> dict[str, ast.AnnAssign]:
    """Return the fields of a class as its source has them."""
    module, _, kind = name.rpartition(".")
    source = inspect.getsource(getattr(importlib.import_module(module), kind))
    return {field.target.id: field for field in ast.parse(source).body[0].body if isinstance(field, ast.AnnAssign)}


class Unchecked(ast.NodeTransformer):
    """Takes Annotated[type, checks] for the type."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == "Annotated":
            return node.slice.elts[0]
        return self.generic_visit(node)


def open_at_the_first_page(app: Sphinx, error: Exception | None) -> None:
    """Give the first page the name that hosts show for a folder."""
    if error is None and app.builder.format == "html":
        shutil.copyfile(app.outdir / f"{root_doc}.html", app.outdir / "index.html")
