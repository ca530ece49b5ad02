"""The test kit for readers, ours and a stranger's: read a document in memory, as a scan and a run would."""

import io

from ..diagnostics import Code, Diagnostic
from ..paper import Issue
from .contract import Document, Piece, Reader

HEAD = 4096
LIMIT = 32 * 1024 * 1024


def run(
    reader: Reader, data: bytes, path: str = "document", limit: int = LIMIT
) -> tuple[list[Issue], list[Diagnostic]]:
    """Return the issues that a reader finds in a document, in its order, and what it tells.

    `path` is the document's from its source's root. Of a file that it does not take or passes over, there is neither.
    Raises AssertionError for a slice that does not stand where it says, or holds other days than it says.
    """
    issues: list[Issue] = []
    diagnostics: list[Diagnostic] = []

    def tell(line: int, code: Code, message: str) -> None:
        diagnostics.append(Diagnostic(path, line, code, message))

    document = Document(io.BytesIO(data), limit, tell, path)
    for part in reader.split(document) if reader.sniff(data[:HEAD]) else ():
        if data[part.offset : part.offset + len(part.data)] != part.data:
            raise AssertionError(f"at {part.offset} stands something else than {part.data[:40]!r}")
        piece = Piece(part.data, path, part.line, tell, part.date)
        read = [issue for issue in reader.read(piece) if issue.papers]
        days = [issue.date for issue in read]
        if part.date is not None and days != [part.date]:
            raise AssertionError(f"a slice of {part.date} holds issues of {days}")
        issues += read
    return issues, diagnostics
