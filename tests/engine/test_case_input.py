"""Facts from a document: every problem at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dsl.model import Rulebook
from dsl.pipeline import check_source
from dsl.render import value_text
from dsl.source import of_text
from engine.case_input import check_facts, check_known
from engine.desk.outcome import problem_view
from engine.people.directory import Department, Directory, Person
from engine.texts import MESSAGES

BOOK = Path(__file__).parents[2] / "rulebooks" / "construction.rulebook"
GOOD: dict[str, Any] = {
    "岗位": "资料员",
    "职级": 5,
    "离职类型": "辞职",
    "提出日期": "2026-03-01",
    "最后工作日": "2026-03-31",
    "月薪": "9000 CNY",
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return rulebook_of(BOOK.read_text("utf-8"))


def rulebook_of(text: str) -> Rulebook:
    found = check_source(of_text("t", text))
    assert found.checked is not None, found.diagnostics
    return found.checked.rulebook


def codes(rulebook: Rulebook, document: object) -> list[tuple[str, str | None]]:
    return [(one.code, one.problem) for one in check_facts(rulebook, document)]


def test_a_document_of_facts_that_fit_has_no_problem(rulebook: Rulebook) -> None:
    assert check_facts(rulebook, GOOD) == ()
    rows = [{"编号": "P-1", "名称": "一", "业主": "乙", "进度": "60%"}]
    assert check_facts(rulebook, {**GOOD, "在管项目": rows, "试用期": True}) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"职级": 99}, ("P304", "E352")),
        ({"职级": "5"}, ("P304", "E351")),
        ({"岗位": "厨师"}, ("P304", "E353")),
        ({"月薪": "9000 USD"}, ("P304", "E354")),
        ({"月薪": 9000}, ("P304", "E351")),
        ({"试用期": "是"}, ("P304", "E351")),
        ({"提出日期": "2026/03/01"}, ("P304", "E351")),
        ({"在管项目": {}}, ("P304", "E351")),
        ({"工资": 1}, ("P302", None)),
    ],
)
def test_a_wrong_value_is_told_by_its_fact(
    rulebook: Rulebook, change: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    assert codes(rulebook, {**GOOD, **change}) == [expected]


def test_two_records_of_one_key_are_told_by_their_place(rulebook: Rulebook) -> None:
    row = {"编号": "P-1", "名称": "一", "业主": "乙", "进度": "60%"}
    (found,) = check_facts(rulebook, {**GOOD, "在管项目": [row, row]})
    assert (found.code, found.problem) == ("P304", "E355")
    assert [one if isinstance(one, int) else one["zh"] for one in found.path] == [
        "在管项目",
        2,
        "编号",
    ]


def test_every_problem_is_found_in_one_run(rulebook: Rulebook) -> None:
    rows = [{"编号": "P-1", "名称": "一", "业主": "乙", "进度": "六成", "别的": 1}, {"名称": 3}]
    found = check_facts(rulebook, {"职级": 5, "在管项目": rows})
    assert [one.code for one in found].count("P303") == 8
    places = [tuple(s if isinstance(s, int) else s["zh"] for s in one.path) for one in found]
    assert ("在管项目", 1, "进度") in places
    assert ("在管项目", 2, "编号") in places
    assert ("最后工作日",) in places


PEOPLE = Directory(
    (
        Person("E001", "李伟", department="工程部"),
        Person("E002", "李炜", department="财务部"),
        Person("E003", "王芳", department="财务部"),
        Person("X-4", "张敏", department="财务部", post="会计"),
        Person("X-5", "张敏", department="工程部"),
    ),
    (Department("人力资源部"),),
)
KNOWING = """规则书 x "X"
  版本 1.0.0
记录 移交 "移交"
  主键 编号
  编号 文本
  接手人 人员 可选
事实 接手人 "接手人" 人员
事实 部门 "所属部门" 部门 可选
事实 清单 "移交清单" 多个 移交 可选
角色 离职人 "离职人" 为 当事人
流程 p "P"
  发起 离职人
  主管 离职人
  先 动作 a
动作 a "A"
  由 离职人 限 1 天
"""


@pytest.mark.parametrize(
    ("facts", "code", "place", "alike"),
    [
        ({"接手人": "E009"}, "P305", ["接手人"], "E001 李伟"),
        ({"接手人": "李伟"}, "P305", ["接手人"], "E001 李伟"),
        ({"接手人": "张敏"}, "P307", ["接手人"], "X-4 财务部 会计、X-5 工程部"),
        ({"接手人": "E001", "部门": "财物部"}, "P306", ["所属部门"], "财务部"),
        (
            {"接手人": "E001", "清单": [{"编号": "1"}, {"编号": "2", "接手人": "王方"}]},
            "P305",
            ["移交清单", 2, "接手人"],
            "E003 王芳",
        ),
    ],
)
def test_persons_and_departments_are_those_of_the_directory(
    facts: dict[str, Any], code: str, place: list[str | int], alike: str
) -> None:
    knowing = rulebook_of(KNOWING)
    assert check_facts(knowing, facts) == ()
    (found,) = check_known(knowing, knowing.facts, facts, PEOPLE)
    titles = [one if isinstance(one, int) else one["zh"] for one in found.path]
    assert (found.code, titles) == (code, place)
    assert alike in value_text(found.values["known"], "zh")


def test_whom_the_directory_has_may_be_named() -> None:
    facts = {"接手人": "E001", "部门": "人力资源部", "清单": [{"编号": "1", "接手人": "E003"}]}
    knowing = rulebook_of(KNOWING)
    assert check_known(knowing, knowing.facts, facts, PEOPLE) == ()
    assert check_known(knowing, knowing.facts, {**facts, "部门": "财务部"}, PEOPLE) == ()


def test_a_name_that_is_unknown_is_told_with_what_it_is_most_like(rulebook: Rulebook) -> None:
    (found,) = check_facts(rulebook, {**GOOD, "最后工作": "2026-03-31"})
    assert value_text(found.values["known"], "zh").split("、")[0] == "最后工作日"


@pytest.mark.parametrize("document", [[], "x", 1, None])
def test_what_is_no_object_is_refused(rulebook: Rulebook, document: object) -> None:
    assert codes(rulebook, document) == [("P301", None)]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [({"试用期": "是"}, "yes_no"), ({"最后工作日": 5}, "date"), ({"职级": 99}, "other")],
)
def test_a_wrong_value_is_told_with_an_example_of_its_own_type(
    rulebook: Rulebook, wrong: dict[str, Any], kind: str
) -> None:
    (found,) = check_facts(rulebook, {**GOOD, **wrong})
    assert problem_view(found, "en").hint == MESSAGES.say("en", f"P304.example.{kind}")
