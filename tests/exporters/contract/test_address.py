"""The address of a series, as people write it."""

import pytest
from paperround.exporters import Series
from pydantic import ValidationError


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/papers", "https://example.org/papers"),
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.ORG/Papers/", "https://example.org/Papers/"),
        (" http://127.0.0.1:8000/p ", "http://127.0.0.1:8000/p"),
        ("http://[::1]:8000/p", "http://[::1]:8000/p"),
        ("https://정원.example/논문", "https://xn--sp5b7w.example/%EB%85%BC%EB%AC%B8"),
        ("https://someone.github.io/100%25/~me", "https://someone.github.io/100%25/~me"),
    ],
)
def test_an_address_is_taken(written: str, address: str) -> None:
    assert Series(base_url=written).base_url == address


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("example.org/papers", "with https:// or http:// before the host"),
        ("ftp://example.org", "with https:// or"),
        ("https://example.org/p?x=1", "without '?' and '#'"),
        ("https://example.org/p?", "without '?' and '#'"),
        ("https://example.org/#top", "without '?' and '#'"),
        ("https://me:secret@example.org/", "without a user"),
        ("https:///papers", "with the name of a host"),
        ("https://exa mple.org/", "with the name of a host"),
        ("https://-.org/", "with the name of a host"),
        ("https://example.org:99999/", "with a port"),
        ("https://example.org/my papers", "without spaces"),
    ],
)
def test_what_is_wrong_is_said_with_an_example(written: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        Series(base_url=written)
    said = error.value.errors()[0]["msg"]
    assert message in said
    assert "write it like https://example.org/papers" in said
