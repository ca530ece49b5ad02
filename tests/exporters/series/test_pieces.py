"""Values that are held packed are a sequence like any other."""

import pytest
from paperround.exporters.series import pieces
from paperround.exporters.series.pieces import Packed
from pydantic import TypeAdapter

NUMBERED = TypeAdapter(list[tuple[int, str]])


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 9])
def test_packed_values_are_what_came(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(pieces, "_TOGETHER", 2)
    values = [(number, f"제목 {number}") for number in range(count)]
    packed = Packed(NUMBERED)
    for value in values:
        packed.append(value)
    assert len(packed) == count
    assert list(packed) == values
    assert list(reversed(packed)) == values[::-1]
    assert packed[1:4] == values[1:4]
    assert [packed[at] for at in range(-count, 0)] == values
    with pytest.raises(IndexError):
        packed[count]
    told = "".join(packed.json())
    assert NUMBERED.validate_json(told) == values
    again = Packed(NUMBERED, told)
    again.append((count, "next"))
    assert list(again) == [*values, (count, "next")]
