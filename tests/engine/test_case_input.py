"""Facts from a document: every problem at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dsl.model import Rulebook
from dsl.pipeline import check_source
from dsl.source import of_bytes
from engine.case_input import check_facts

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
    checked = check_source(of_bytes(BOOK.name, BOOK.read_bytes())).checked
    assert checked is not None
    return checked.rulebook


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


@pytest.mark.parametrize("document", [[], "x", 1, None])
def test_what_is_no_object_is_refused(rulebook: Rulebook, document: object) -> None:
    assert codes(rulebook, document) == [("P301", None)]
