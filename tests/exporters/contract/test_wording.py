"""What flags and messages say of an option."""

from typing import Annotated

from paperround.exporters import Options, Series
from paperround.exporters.contract.wording import descriptions
from pydantic import Field, create_model


class Base(Options):
    """Not a field's."""

    inherited: int = 0
    """Below a field of a base."""
    renewed: int = 0
    """Old."""


class Derived(Base):
    """Not a field's."""

    renewed: int = 1
    """New,
    in two lines."""
    silent: int = 0
    described: Annotated[int, Field(description="Said in the field.")] = 0


def test_a_field_says_what_stands_below_it() -> None:
    assert descriptions(Derived) == {
        "inherited": "Below a field of a base.",
        "renewed": "New,\nin two lines.",
        "described": "Said in the field.",
    }
    assert set(descriptions(Series)) == set(Series.model_fields)


def test_a_class_inside_a_function_is_read_too() -> None:
    class Inner(Options):
        field: int = 0
        """Inside."""

    assert descriptions(Inner) == {"field": "Inside."}


def test_a_class_without_source_says_nothing() -> None:
    assert descriptions(create_model("Made", __base__=Options, field=(int, 0))) == {}
