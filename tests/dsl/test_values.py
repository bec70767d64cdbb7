import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.model import Field, Record
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DepartmentType,
    Duration,
    DurationType,
    FileType,
    IntegerType,
    ListType,
    MoneyType,
    NumberType,
    Option,
    PercentType,
    PersonType,
    TextType,
    TimeType,
    YesNoType,
)
from dsl.values import LIST_LIMIT, ValueProblem, decode, encode, show

ZONE = ZoneInfo("Asia/Shanghai")
TEAM = ChoiceType((Option("lead", {"en": "Project lead", "zh": "项目负责人"}), Option("other", {})))
RECORDS = {
    "project": Record(
        "project",
        {"en": "Project"},
        (
            Field("code", {"en": "Code"}, TextType()),
            Field("progress", {"en": "Progress"}, PercentType(), default="0%"),
            Field("note", {"en": "Note"}, TextType(), optional=True),
        ),
        "code",
    )
}
PROJECTS = ListType("project")


@pytest.mark.parametrize(
    ("type_", "wire", "value"),
    [
        (TextType(), "任何", "任何"),
        (IntegerType(1, 15), 7, 7),
        (NumberType(), "12.50", Decimal("12.50")),
        (PercentType(), "60%", Decimal(60)),
        (MoneyType("CNY"), "18000 CNY", Decimal(18000)),
        (DateType(), "2026-03-31", date(2026, 3, 31)),
        (TimeType(), "18:00", time(18)),
        (DateTimeType(), "2026-03-31T18:00", datetime(2026, 3, 31, 10, tzinfo=UTC)),
        (DurationType(), "2 working days", Duration(2, "working_day")),
        (DurationType(), "1 week", Duration(1, "week")),
        (YesNoType(), True, True),
        (TEAM, "lead", "lead"),
        (PersonType(), "P001", "P001"),
        (DepartmentType(), "财务部", "财务部"),
        (FileType(), "0" * 64, "0" * 64),
        (PROJECTS, [{"code": "A", "progress": "5%"}], [{"code": "A", "progress": Decimal(5)}]),
        (PROJECTS, [], []),
    ],
)
def test_wire_and_value_are_one(type_, wire, value):
    assert decode(type_, wire, RECORDS, ZONE) == value
    assert encode(type_, value, RECORDS, ZONE) == wire


def test_defaults_are_filled_in_and_optional_fields_are_absent():
    assert decode(PROJECTS, [{"code": "A"}], RECORDS, ZONE) == [{"code": "A", "progress": 0}]


@pytest.mark.parametrize(
    ("type_", "wire", "code", "path"),
    [
        (IntegerType(), True, "E351", ()),
        (IntegerType(), 1.0, "E351", ()),
        (IntegerType(), "7", "E351", ()),
        (IntegerType(1, 15), 16, "E352", ()),
        (IntegerType(), 10**30, "E352", ()),
        (NumberType(), float("nan"), "E351", ()),
        (NumberType(), "NaN", "E351", ()),
        (NumberType(), "1e5", "E351", ()),
        (NumberType(), "٣", "E351", ()),
        (NumberType(0, 2), "2.5", "E352", ()),
        (PercentType(), "60", "E351", ()),
        (MoneyType("CNY"), "18000", "E351", ()),
        (MoneyType("CNY"), "18000 EUR", "E354", ()),
        (MoneyType("CNY"), 18000, "E351", ()),
        (DateType(), "2026-02-30", "E351", ()),
        (DateType(), "20260301", "E351", ()),
        (TimeType(), "24:00", "E351", ()),
        (DateTimeType(), "2026-03-31 18:00", "E351", ()),
        (DateTimeType(), "0001-01-01T00:00", "E352", ()),
        (DateType(), "0026-03-31", "E352", ()),
        (DateType(), "20260-03-31", "E351", ()),
        (DurationType(), "999999 weeks", "E352", ()),
        (DurationType(), "two days", "E351", ()),
        (DurationType(), "3 working weeks", "E351", ()),
        (YesNoType(), 1, "E351", ()),
        (TEAM, "Lead", "E353", ()),
        (PersonType(), " ", "E351", ()),
        (PersonType(), "\ud800", "E351", ()),
        (TextType(), "half a pair \ud800", "E351", ()),
        (FileType(), "../etc/passwd", "E351", ()),
        (TextType(), "x" * 20_001, "E352", ()),
        (TextType(), None, "E351", ()),
        (PROJECTS, {"code": "A"}, "E351", ()),
        (PROJECTS, ["A"], "E351", (0,)),
        (PROJECTS, [{"code": "A"}, {"code": "A"}], "E355", (1, "code")),
        (PROJECTS, [{"code": "A", "size": 1}], "E356", (0, "size")),
        (PROJECTS, [{"code": "A"}, {"progress": "5%"}], "E357", (1, "code")),
        (PROJECTS, [{"code": "A", "progress": 5}], "E351", (0, "progress")),
        (PROJECTS, [{}] * (LIST_LIMIT + 1), "E352", ()),
    ],
)
def test_what_is_none_of_its_type_is_a_problem_with_a_path(type_, wire, code, path):
    problem = decode(type_, wire, RECORDS, ZONE)
    assert isinstance(problem, ValueProblem)
    assert (problem.code, problem.path) == (code, path)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("code"), inner),
    max_leaves=8,
)
TYPES = [
    TextType(), IntegerType(), NumberType(), PercentType(), MoneyType("CNY"), DateType(),
    TimeType(), DateTimeType(), DurationType(), YesNoType(), TEAM, PersonType(), FileType(),
    PROJECTS,
]  # fmt: skip


def test_spans_of_one_length_are_equal_however_they_are_written():
    equal = {Duration(2, "week"), Duration(14, "day")}
    assert equal == {Duration(14, "day")}
    assert Duration(1, "hour") == Duration(60, "minute")
    assert Duration(24, "hour") != Duration(1, "day") != Duration(1, "working_day")


@pytest.mark.parametrize(
    ("wire", "quoted"), [(Decimal("2.5"), "2.5"), (True, "true"), (None, "null")]
)
def test_a_wrong_value_is_quoted_as_json_writes_it(wire, quoted):
    assert decode(TextType(), wire, RECORDS, ZONE).values["value"] == quoted


@given(st.sampled_from(TYPES), ANYTHING)
def test_any_json_is_a_value_or_a_problem(type_, wire):
    found = decode(type_, wire, RECORDS, ZONE)
    if not isinstance(found, ValueProblem):
        again = encode(type_, found, RECORDS, ZONE)
        json.dumps(again, allow_nan=False)
        assert decode(type_, again, RECORDS, ZONE) == found


@pytest.mark.parametrize(
    ("type_", "value", "english", "chinese"),
    [
        (MoneyType("CNY"), Decimal("-0.50"), "-0.50 CNY", "-0.50 CNY"),
        (MoneyType("CNY"), Decimal(18000), "18,000 CNY", "18,000 CNY"),
        (PercentType(), Decimal(60), "60%", "60%"),
        (DurationType(), Duration(2, "working_day"), "2 working days", "2 个工作日"),
        (DurationType(), Duration(1, "day"), "1 day", "1 天"),
        (YesNoType(), False, "no", "否"),
        (TEAM, "lead", "Project lead", "项目负责人"),
        (TEAM, "other", "other", "other"),
        (DateTimeType(), datetime(2026, 3, 31, 10, tzinfo=UTC), "2026-03-31 18:00", None),
        (TimeType(), time(8, 5), "08:05", "08:05"),
        (DateType(), date(2026, 3, 31), "2026-03-31", "2026-03-31"),
        (PROJECTS, [{}, {}], "2 entries", "2 条"),
        (TextType(), "{0}[/red]", "{0}[/red]", "{0}[/red]"),
    ],
)
def test_values_for_people(type_, value, english, chinese):
    assert show(type_, value, "en", ZONE) == english
    assert show(type_, value, "zh", ZONE) == (chinese or english)
