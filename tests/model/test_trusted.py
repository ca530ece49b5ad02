"""Values made without validation are in all that anybody can see those that validation makes."""

import copy
import datetime
import pickle

import pytest
from paperround.model import Issue, Media, Paper, Point, trusted
from paperround.model.paper import _Value
from pydantic import ValidationError

MEDIA = {"kind": "image", "url": "https://e.org/a.png"}
POINT = {"heading": "제목", "text": "글", "points": ()}
PAPER = {
    "arxiv_id": "2405.00001",
    "title": "One",
    "url": "https://arxiv.org/abs/2405.00001",
    "votes": 3,
    "authors": ("A B", "C"),
    "authors_complete": True,
    "authors_ordered": False,
    "media": Media.model_validate(MEDIA),
    "summary": (Point.model_validate(POINT), Point(text="", points=(Point(text="x"),))),
    "path": "x.md",
    "line": 3,
}
ISSUE = {
    "date": datetime.date(2024, 5, 3),
    "title": "Daily Papers (2024-05-03)",
    "language": "ko",
    "papers": (trusted.paper(**PAPER),),
}
PAIRS = [
    (trusted.media(**MEDIA), Media.model_validate(MEDIA)),
    (trusted.point(**POINT), Point.model_validate(POINT)),
    (trusted.paper(**PAPER), Paper.model_validate(PAPER | {"record": None, "group": None})),
    (trusted.issue(**ISSUE), Issue.model_validate(ISSUE)),
]


@pytest.mark.parametrize(("made", "validated"), PAIRS, ids=lambda value: type(value).__name__)
def test_nobody_can_tell_it_from_a_validated_value(made: _Value, validated: _Value) -> None:
    assert type(made) is type(validated)
    assert made == validated
    assert validated == made
    assert (hash(made), repr(made), str(made)) == (hash(validated), repr(validated), str(validated))
    assert list(made) == list(validated)
    assert made.model_dump() == validated.model_dump()
    assert made.model_dump_json(exclude_unset=True) == validated.model_dump_json(exclude_unset=True)
    assert made.model_fields_set == validated.model_fields_set
    assert (made.model_extra, made.__pydantic_private__) == (validated.model_extra, validated.__pydantic_private__)
    assert type(made).model_validate(made.model_dump()) == made
    for way in (copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))):  # noqa: S301  our own
        assert way(made) == validated
        assert hash(way(made)) == hash(validated)


@pytest.mark.parametrize(("made", "validated"), PAIRS, ids=lambda value: type(value).__name__)
def test_it_is_frozen(made: _Value, validated: _Value) -> None:
    name = next(iter(type(made).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, name, getattr(validated, name))
    with pytest.raises(AttributeError):
        made.nothing  # noqa: B018


def test_a_change_to_a_copy_is_the_copy_s_alone() -> None:
    first, second = (trusted.point(None, text, ()) for text in "ab")
    changed = first.model_copy(update={"text": "c"})
    assert (first.text, second.text, changed.text) == ("a", "b", "c")
    assert first.model_fields_set == second.model_fields_set == set(Point.model_fields)
