"""Whether bytes are a picture: told by the bytes, never by a name or a header."""

import io
import warnings

from ..foreign import BadData, picture_errors

_START_OF_SCAN = b"\xff\xda"
"""Cannot stand among a JPEG's data, where 0 follows on 255 (ITU-T T.81, B.1.1.5); in its comments, it counts as one."""
_PIXELS = 40_000_000
"""A page scanned at 600 per inch has 35 million; four bytes each are 160 MB while one is decoded."""
_SCANS = 64
"""A progressive JPEG has about ten; each of them decodes the whole picture again, and may have 61 bytes."""
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""SVG is not among them: it is a document, with scripts and links to elsewhere."""


def looks_like_picture(head: bytes) -> bool:
    """Tell whether twelve bytes are the start of a JPEG, PNG, GIF or WebP."""
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    )


def complaint(data: bytes) -> str | None:
    """Return what is wrong with a picture's bytes, None when its first frame can be shown.

    The size is read from the header before anything is decoded; then the whole frame is, for that is the only way to
    find one that breaks off.
    """
    if not looks_like_picture(data[:12]):
        return "what stands there is no JPEG, PNG, GIF or WebP"
    if data.startswith(b"\xff\xd8") and data.count(_START_OF_SCAN) > _SCANS:
        return f"it is drawn in more than {_SCANS} scans"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Pillow repairs, and of bombs above a limit that is not ours
        return _complaint(data)


def _complaint(data: bytes) -> str | None:
    from PIL import Image

    try:
        with picture_errors(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _PIXELS:
                return f"it has {image.width:,} × {image.height:,} pixels"
            image.load()
    except BadData as error:
        return str(error)
    return None
