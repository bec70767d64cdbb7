from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.case_schema import case_schema, of_type
from dsl.pipeline import check_source
from dsl.source import of_bytes
from dsl.types import (
    DateTimeType,
    DateType,
    DepartmentType,
    DurationType,
    FileType,
    IntegerType,
    MoneyType,
    NumberType,
    PercentType,
    PersonType,
    TextType,
    TimeType,
    YesNoType,
)
from dsl.values import ValueProblem, decode

TEXT = Path(__file__).parent.parent / "cases" / "model" / "offboarding_en.rulebook"
RULEBOOK = check_source(of_bytes("t", TEXT.read_bytes())).checked.rulebook
SCHEMA = case_schema(RULEBOOK)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ZONE = ZoneInfo(RULEBOOK.timezone)
RECORDS = {record.id: record for record in RULEBOOK.records}
GOOD = {
    "post": "lead",
    "level": 8,
    "salary": "18000.50 CNY",
    "notified_on": "2026-03-01",
    "last_day": "2026-03-31",
}


def test_it_is_a_schema_of_the_draft():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_has_a_default_a_feed_or_is_optional_may_be_left_out():
    assert SCHEMA["required"] == ["post", "level", "salary", "notified_on", "last_day"]
    assert SCHEMA["properties"]["advance"]["default"] == "0 CNY"
    assert VALIDATOR.is_valid(GOOD)


@pytest.mark.parametrize(
    "change",
    [
        {"level": 16},
        {"level": True},
        {"post": "chief"},
        {"salary": "18000 EUR"},
        {"salary": 18000},
        {"last_day": "31.3.2026"},
        {"trial": "no"},
        {"unknown": 1},
        {"projects": [{"code": "A"}]},
        {"projects": [{"code": "A", "owner": "P", "budget": "1 CNY", "progress": "5%", "x": 1}]},
        {"notice": "2 moons"},
    ],
)
def test_what_the_facts_do_not_allow_breaks_the_schema(change):
    assert not VALIDATOR.is_valid({**GOOD, **change})


TYPES = (
    TextType(), IntegerType(low=1, high=9), IntegerType(), NumberType(), NumberType(low=2, high=40), NumberType(low=0, high=107),
    NumberType(low=0), PercentType(), MoneyType(currency="CNY"),
    DateType(), TimeType(), DateTimeType(), DurationType(), YesNoType(), PersonType(), DepartmentType(), FileType(),
    next(fact.type for fact in RULEBOOK.facts if fact.id == "post"),
)  # fmt: skip
CHECKS = [(one, jsonschema.Draft202012Validator(of_type(one, RECORDS))) for one in TYPES]
DAYS = st.builds(
    "{:04}-{:02}-{:02}".format,
    st.sampled_from([1, 1899, 1900, 1904, 1999, 2000, 2024, 2100, 2400, 2600, 9999]),
    st.integers(0, 13),
    st.integers(0, 32),
)
MINUTES = st.builds("{:02}:{:02}".format, st.integers(0, 25), st.integers(0, 61))
AMOUNTS = st.sampled_from(
    [
        "0",
        "1",
        "007",
        "5217",
        "5218",
        "5219",
        "36525",
        "36526",
        "036525",
        "876600",
        "876601",
        "999999",
        "0876600",
        "1000000",
        "-1",
    ]
)
UNITS = ("minute", "hour", "working hour", "day", "working day", "week", "working minute", "moon")
NUMBERS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "-"]),
    st.sampled_from(["", "0", "000"]),
    st.sampled_from([0, 1, 2, 9, 39, 40, 41, 99, 106, 107, 108, 10**14]),
    st.sampled_from(["", ".0", ".000000", ".5", ".0000001", "."]),
    st.sampled_from(["", "%", " CNY", "\n"]),
)
WIRES = (
    st.sampled_from([0, 1, 9, 10, 10**15 - 1, 10**15, 10**15 + 1, -(10**15), True, None, [], {}])
    | st.sampled_from(["", " ", "\u3000", "x" * 200, "x" * 201, "x" * 20_001, "a" * 64, "lead"])
    | st.sampled_from(["5%", "5.1234567%", "1" * 16, "-0.5", "5 CNY", "5 USD", "5 CNY "])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | NUMBERS
    | DAYS
    | st.builds("{}\n".format, DAYS)
    | st.dates().map(str)
    | MINUTES
    | st.builds("{}T{}".format, DAYS, MINUTES)
    | st.builds("{} {}{}".format, AMOUNTS, st.sampled_from(UNITS), st.sampled_from(["", "s"]))
)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(CHECKS) - 1), WIRES)
def test_the_schema_takes_just_what_can_be_decoded(which, wire):
    type_, validator = CHECKS[which]
    is_read = not isinstance(decode(type_, wire, RECORDS, ZONE), ValueProblem)
    assert validator.is_valid(wire) == is_read
