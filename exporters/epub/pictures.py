"""Pictures made fit for e-ink: small still JPEGs, from bytes that nobody vouches for."""

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_SCREEN = (1072, 1072)
"""Pixels across a six-inch screen of 300 per inch; as many high leaves room for the title."""
_MOST_PIXELS = 40_000_000
"""A page scanned at 600 per inch has 35 million; a picture of more is made to fill the memory."""
_MOST_BYTES = 260_000
_QUALITIES = (70, 60, 40, 20)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""Told by the bytes themselves. SVG is not among them: it can hold scripts."""


class BadPicture(ValueError):
    """The bytes are no picture that can be shown; the text says why."""


def shrink(data: bytes, grey: bool) -> bytes:
    """Return a picture as a baseline JPEG no larger than an e-ink screen; of an animation, its first frame.

    Raises BadPicture.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of what is repaired, and of bombs above its own limit, not ours
        try:
            return _shrink(data, grey)
        except BadPicture:
            raise
        except Exception as error:  # decoders fail in every way there is on bytes that were made to harm
            raise BadPicture(f"it cannot be read ({type(error).__name__})") from error


def smaller(data: bytes, most: int) -> bytes:
    """Return a JPEG of ours with at most `most` bytes."""
    from PIL import Image

    return data if len(data) <= most else jpeg(Image.open(io.BytesIO(data)), most)


def jpeg(image: "Image", most: int, best: int = _QUALITIES[0]) -> bytes:
    """Return a picture as a JPEG of at most `most` bytes: in the best quality that is that small, else half as wide."""
    for quality in _QUALITIES[_QUALITIES.index(best) :]:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        if file.tell() <= most:
            return file.getvalue()
    return jpeg(image.reduce(2), most, best)


def _shrink(data: bytes, grey: bool) -> bytes:
    image = _open(data)
    if image.width * image.height > _MOST_PIXELS:
        raise BadPicture(f"it has {image.width} × {image.height} pixels")
    image.draft(None, _SCREEN)
    image = _upright(_opaque(image)).convert("L" if grey else "RGB")
    image.thumbnail(_SCREEN)
    return jpeg(image, _MOST_BYTES)


def _open(data: bytes) -> "Image":
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        raise BadPicture("it is no JPEG, PNG, GIF or WebP") from None


def _opaque(image: "Image") -> "Image":
    """Return a picture on white, which is what transparent figures are drawn for."""
    from PIL import Image

    if not image.has_transparency_data:
        return image
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer)


def _upright(image: "Image") -> "Image":
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)
