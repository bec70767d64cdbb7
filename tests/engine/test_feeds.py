import json
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import engine
from dsl.catalogue import Catalogue
from dsl.model import Field, Record
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DurationType,
    IntegerType,
    MoneyType,
    NumberType,
    Option,
    PercentType,
    PersonType,
    TextType,
    TimeType,
    YesNoType,
)
from engine.feed_files import read_feed, wire_of
from engine.feeds import FeedData, rows_for
from engine.people.directory import Person, directory_of
from engine.people.problem import explain

ENGINE = Path(engine.__file__).parent
SAMPLE = ENGINE.parent / "rulebooks/sample_company"
CATALOGUE = Catalogue("engine", ENGINE / "locales")
ZONE = ZoneInfo("Asia/Shanghai")


def field(name, title, type_, **more):
    return Field(name, {"zh": title, "en": name}, type_, **more)


PROJECT = Record(
    "project",
    {"zh": "项目"},
    (
        field("code", "编号", TextType()),
        field("name", "名称", TextType()),
        field("client", "业主", TextType()),
        field("progress", "进度", PercentType()),
        field("open_claims", "未结签证", IntegerType(), default=0),
        field("lead", "负责人", PersonType()),
    ),
    key="code",
    held_by="lead",
)
LEVELS = ChoiceType((Option("low", {"zh": "低"}), Option("high", {"zh": "高"})))
EVERYTHING = Record(
    "thing",
    {"zh": "物"},
    (
        field("key", "键", TextType()),
        field("count", "数量", IntegerType(0, 2000), optional=True),
        field("size", "大小", NumberType(), optional=True),
        field("share", "占比", PercentType(), optional=True),
        field("price", "价格", MoneyType("CNY"), optional=True),
        field("day", "日期", DateType(), optional=True),
        field("clock", "时刻", TimeType(), optional=True),
        field("moment", "时间", DateTimeType(), optional=True),
        field("span", "时长", DurationType(), optional=True),
        field("done", "完成", YesNoType(), optional=True),
        field("level", "级别", LEVELS, optional=True),
    ),
    key="key",
)


def read(folder, record, content, name="feed.csv", directory=None):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_feed(path, record, {record.id: record}, ZONE, directory)


def only(folder, column, cell):
    """The row that one cell makes, or the codes and words of its problems."""
    content = json.dumps([{"key": "a", column: cell}])
    found = read(folder, EVERYTHING, content, "feed.json")
    if isinstance(found, FeedData):
        return found.rows[0].get(column)
    for problem in found:
        assert all(explain(problem, CATALOGUE, language).text for language in ("en", "zh"))
    return [(problem.code, problem.row, problem.column) for problem in found]


def test_the_sample_projects_belong_to_their_leads():
    projects = read_feed(SAMPLE / "projects.csv", PROJECT, {"project": PROJECT}, ZONE)
    assert isinstance(projects, FeedData)
    assert rows_for(projects, "1601") == (
        {
            "code": "P-06",
            "name": "Harbour Road Bridge",
            "client": "Northport Council",
            "progress": "71%",
            "open_claims": 4,
            "lead": "1601",
        },
        {
            "code": "P-10",
            "name": "Elm Street Depot",
            "client": "Elmfield Transit",
            "progress": "100%",
            "open_claims": 1,
            "lead": "1601",
        },
    )
    assert [len(rows_for(projects, lead)) for lead in ("1401", "1501", "1001")] == [4, 3, 0]


def test_the_sample_loans_belong_to_their_borrowers():
    loan = Record(
        "借款",
        {"zh": "借款"},
        (
            Field("编号", {"zh": "编号"}, TextType()),
            Field("借款人", {"zh": "借款人"}, PersonType()),
            Field("事由", {"zh": "事由"}, TextType()),
            Field("金额", {"zh": "金额"}, MoneyType("CNY")),
            Field("借款日期", {"zh": "借款日期"}, DateType()),
        ),
        key="编号",
        held_by="借款人",
    )
    loans = read_feed(SAMPLE / "loans.csv", loan, {"借款": loan}, ZONE)
    assert isinstance(loans, FeedData)
    assert [row["金额"] for row in rows_for(loans, "1401")] == ["12000 CNY"]


def test_columns_go_by_id_or_title_and_defaults_are_filled_in(tmp_path):
    found = read(tmp_path, PROJECT, "code,名称,Client,进度,lead\nP-1,桥,城投,６０％,7\n")
    assert isinstance(found, FeedData)
    assert found.rows == (
        {
            "code": "P-1",
            "name": "桥",
            "client": "城投",
            "progress": "60%",
            "open_claims": 0,
            "lead": "7",
        },
    )


@pytest.mark.parametrize(
    ("column", "cell", "wire"),
    [
        ("count", "1,200", 1200),
        ("count", "３", 3),
        ("count", 3, 3),
        ("size", "1,234.50", "1234.50"),
        ("size", 1.25, "1.25"),
        ("share", "60 %", "60%"),
        ("price", "18,000", "18000 CNY"),
        ("price", "18000.50 CNY", "18000.50 CNY"),
        ("price", "CNY 12", "12 CNY"),
        ("price", "１８，０００元", "18000 CNY"),
        ("price", 12.5, "12.5 CNY"),
        ("day", "2026/3/1", "2026-03-01"),
        ("day", "2026年3月1日", "2026-03-01"),
        ("day", "2026.3.1", "2026-03-01"),
        ("clock", "8:30", "08:30"),
        ("moment", "2026/3/1 8:30", "2026-03-01T08:30"),
        ("moment", "2026-03-01T18:00", "2026-03-01T18:00"),
        ("span", "2 working days", "2 working days"),
        ("done", "是", True),
        ("done", "no", False),
        ("done", True, True),
        ("level", "高", "high"),
        ("level", "low", "low"),
        ("level", "", None),
        ("level", None, None),
    ],
)
def test_cells_are_read_as_spreadsheets_write_them(tmp_path, column, cell, wire):
    assert only(tmp_path, column, cell) == wire


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("count", "many", "P201"),
        ("count", "1,20", "P201"),
        ("count", 1.5, "P201"),
        ("count", True, "P201"),
        ("count", "9" * 5000, "P201"),
        ("count", "3000", "P202"),
        ("size", "1e5", "P201"),
        ("share", "60", "P201"),
        ("share", 60, "P201"),
        ("price", "18000 USD", "P204"),
        ("price", "a lot", "P201"),
        ("price", ["1"], "P201"),
        ("day", "03/04/2026", "P201"),
        ("day", "2026-02-30", "P201"),
        ("clock", "25:00", "P201"),
        ("moment", "2026-03-01", "P201"),
        ("span", "soon", "P201"),
        ("done", "maybe", "P201"),
        ("done", 1, "P201"),
        ("level", "middle", "P203"),
        ("key", {"a": 1}, "P201"),
        ("key", "a\u202eb", "P121"),
        ("key", "\ud800", "P121"),
        ("key", "", "P205"),
    ],
)
def test_cells_that_do_not_fit_are_named(tmp_path, column, cell, code):
    assert only(tmp_path, column, cell) == [(code, 1, column)]


def test_every_problem_of_a_file_is_said_at_once(tmp_path):
    content = "编号,名称,业主,进度,负责人\nP-1,桥,,60,7\nP-1,路,城投,60%,\nP-2,,城投,60%,7\n"
    problems = read(tmp_path, PROJECT, content)
    assert isinstance(problems, tuple)
    assert [(one.code, one.row, one.column) for one in problems] == [
        ("P205", 2, "业主"),
        ("P201", 2, "进度"),
        ("P205", 3, "负责人"),
        ("P206", 3, "编号"),
        ("P205", 4, "名称"),
    ]
    assert explain(problems[1], CATALOGUE, "zh").place == "feed.csv 第 2 行“进度”列"
    assert explain(problems[1], CATALOGUE, "zh").text == "“60”不是百分比（如 60%）。"
    assert explain(problems[1], CATALOGUE, "en").text == "“60” is not a percentage (such as 60%)."


def test_columns_must_be_those_of_the_record(tmp_path):
    problems = read(tmp_path, PROJECT, "编号,名称,进度,负责人,备注\nP-1,桥,60%,7,x\n")
    assert isinstance(problems, tuple)
    assert [(one.code, one.row) for one in problems] == [("P116", 1), ("P115", 1)]


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path):
    problems = read_feed(tmp_path / "none.csv", PROJECT, {"project": PROJECT}, ZONE)
    assert isinstance(problems, tuple)
    assert [one.code for one in problems] == ["P101"]


def test_a_holder_whom_nobody_knows_is_warned_of(tmp_path):
    directory = directory_of([Person("7", "Ann")])
    content = "编号,名称,业主,进度,负责人\nP-1,桥,城投,60%,7\nP-2,路,城投,60%,8\n"
    found = read(tmp_path, PROJECT, content, directory=directory)
    assert isinstance(found, FeedData)
    assert [(one.code, one.row, one.column) for one in found.warnings] == [("P207", 3, "负责人")]
    assert explain(found.warnings[0], CATALOGUE, "zh").text == "人员名录里没有工号为 8 的人。"


def test_another_person_whom_nobody_knows_is_warned_of_too(tmp_path):
    fields = tuple(
        replace(one, type=PersonType()) if one.id == "client" else one for one in PROJECT.fields
    )
    record = replace(PROJECT, fields=fields)
    directory = directory_of([Person("7", "Ann")])
    content = "编号,名称,业主,进度,负责人\nP-1,桥,9,60%,7\nP-2,路,7,60%,7\n"
    found = read(tmp_path, record, content, directory=directory)
    assert isinstance(found, FeedData)
    assert [(one.code, one.row, one.column) for one in found.warnings] == [("P207", 2, "业主")]


def test_a_feed_without_a_holder_is_for_everybody(tmp_path):
    found = read(tmp_path, EVERYTHING, "key\na\nb\n")
    assert isinstance(found, FeedData)
    assert rows_for(found, "anyone") == ({"key": "a"}, {"key": "b"})


def test_an_empty_feed_is_a_feed(tmp_path):
    found = read(tmp_path, EVERYTHING, "key\n")
    assert isinstance(found, FeedData)
    assert found.rows == ()
    assert isinstance(read(tmp_path, EVERYTHING, "[]", "feed.json"), FeedData)


rows = st.fixed_dictionaries(
    {"key": st.uuids().map(str)},
    optional={
        "count": st.integers(0, 2000),
        "size": st.decimals(-1000, 1000, places=2).map(str),
        "price": st.decimals(0, 10**9, places=2).map(lambda amount: f"{amount} CNY"),
        "day": st.dates(min_value=date(1900, 1, 1)).map(lambda day: day.isoformat()),
        "moment": st.timedeltas(timedelta(0), timedelta(9999)).map(
            lambda since: f"2026-01-0{since.days % 9 + 1}T0{since.seconds % 10}:30"
        ),
        "done": st.booleans(),
        "level": st.sampled_from(["low", "high"]),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=4, unique_by=lambda row: row["key"]))
def test_what_is_canonical_stays_as_it_is(tmp_path_factory, given_rows):
    folder = tmp_path_factory.getbasetemp()
    found = read(folder, EVERYTHING, json.dumps(given_rows), "feed.json")
    assert isinstance(found, FeedData)
    again = read(folder, EVERYTHING, json.dumps(found.rows), "feed.json")
    assert again == found
    assert list(found.rows) == given_rows


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("2 working days", "2 working days"),
        ("1 Working Day", "1 working day"),
        ("2个工作日", "2 working days"),
        ("８ 个工时", "8 working hours"),
        ("3小时", "3 hours"),
        ("1 周", "1 week"),
        ("3 fortnights", "3 fortnights"),
        ("days", "days"),
    ],
)
def test_a_duration_is_read_in_the_words_of_both_dialects(typed, wire):
    assert wire_of(DurationType(), typed) == wire
