from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.case_schema import case_schema
from dsl.pipeline import check_source
from dsl.source import of_bytes
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


@given(
    st.sampled_from(RULEBOOK.facts),
    st.integers() | st.booleans() | st.text(max_size=12) | st.dates().map(str) | st.just("5 CNY"),
)
def test_what_can_be_decoded_fits_the_schema(fact, wire):
    if not isinstance(decode(fact.type, wire, RECORDS, ZONE), ValueProblem):
        assert VALIDATOR.is_valid({**GOOD, fact.id: wire})
