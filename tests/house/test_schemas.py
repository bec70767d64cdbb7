"""The published schemas are those of the types, and what Baton writes fits them."""

import pytest
from jsonschema import Draft202012Validator

from engine.schemas import schemas, written
from tests.house.reading import ROOT

FOLDER = ROOT / "schemas"
NAMES = sorted(schemas())


def test_every_schema_is_published_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_generated_one(name: str) -> None:
    """After a change of a type: `make schemas`."""
    published = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert published == written(schemas()[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])
