"""What formats share is made once for an object, and forgotten when many have come."""

from paperround.exporters.contract.cache import cache


def test_an_object_is_worked_on_once() -> None:
    made: list[object] = []
    work = cache(2)(lambda value: made.append(value) or len(made))
    first, equal = ["text"], ["text"]
    assert (work(first), work(equal), work(first)) == (1, 2, 1)


def test_only_the_newest_are_remembered() -> None:
    made: list[object] = []
    work = cache(2)(lambda value: made.append(value) or len(made))
    objects = [[], [], [], [], []]
    assert [work(value) for value in objects] == [1, 2, 3, 4, 5]
    assert [work(value) for value in objects[-2:]] == [4, 5]
    assert work(objects[0]) == 6
