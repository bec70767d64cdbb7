"""Every refusal in words of both languages, with titles where the case is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dsl.catalogue import Language
from dsl.diagnostic import Term, Terms
from dsl.expressions.scalars import ValueProblem
from engine.rejection import Refusal, wrong_value
from engine.views.refusals import refusal_view

ENGINE = Path(__file__).parents[3] / "engine"
VALUES = {
    "R100": "case",
    "R101": "person what who",
    "R102": "person role",
    "R103": "case status=withdrawn",
    "R104": "task case",
    "R105": "task kind=step",
    "R106": "task status=done",
    "R107": "field=reason",
    "R108": "approval",
    "R109": "task changed",
    "R110": "person",
    "R111": "facts",
    "R112": "facts",
    "R113": "fact problem=E351 value type=type.date",
    "R114": "task items",
    "R115": "task who",
    "R116": "name known",
    "R117": "role",
    "R118": "task missing",
    "R119": "task status=open",
    "R120": "task who",
    "R121": "task gates",
    "R122": "what waits",
    "R123": "person task",
    "R124": "person task",
    "R125": "task need count",
    "R126": "person task",
    "R127": "task who",
    "R128": "task approvals",
    "R129": "person task who",
    "R130": "person",
    "R131": "account",
    "R132": "account person",
    "R133": "account",
    "R134": "account",
    "R135": "person",
    "R136": "person other",
    "R137": "first last",
    "R138": "person first last",
    "R139": "person",
    "R140": "rulebook version",
    "R141": "now last",
    "R142": "",
    "R143": "at now",
    "R144": "",
    "R145": "person task",
    "R146": "person",
    "R147": "id",
    "R148": "person other",
    "R150": "task people",
    "R151": "task who",
    "R152": "task missing",
    "R153": "task role",
    "R170": "what since by reason",
    "R171": "what",
    "R172": "what",
    "R173": "case",
    "R174": "case new",
    "R175": "base version line",
    "R176": "subject case",
}


def refusal(code: str) -> tuple[Refusal, list[str]]:
    """A refusal with telling values, and those that are shown as they are."""
    values, shown = {}, []
    for part in VALUES[code].split():
        name, equals, word = part.partition("=")
        values[name] = word if equals else f"<{name} {{x}}%s\x1b>"
        if not equals:
            shown.append(f"<{name} {{x}}%s<U+001B>>")
    return Refusal(code, "invalid", values), shown


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", VALUES)
def test_a_refusal_says_all_its_values_and_needs_no_other(code: str, language: Language) -> None:
    refused, shown = refusal(code)
    view = refusal_view(refused, language)
    assert view.code == code
    for value in shown:
        assert value in view.text
    assert view.title
    assert view.hint
    assert "\x1b" not in view.text


def test_every_refusal_of_the_engine_is_listed() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py"))
    assert sorted(set(re.findall(r'"(R1\d\d)"', text))) == sorted(VALUES)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "last_day: `soon` is not a date"),
        ("zh", "last_day：`soon` 不是日期"),
    ],
)
def test_a_wrong_value_is_told_as_the_language_tells_it(language: Language, text: str) -> None:
    problem = ValueProblem("E351", (), {"value": "soon", "type": Term("type.date")})
    assert text in refusal_view(wrong_value("last_day", problem), language).text


def test_a_wrong_value_in_a_list_names_its_place() -> None:
    options = Terms(("a", "b"))
    problem = ValueProblem("E353", (0, "kind"), {"value": "c", "options": options})
    refused = wrong_value("things", problem)
    assert refused.values["fact"] == "things.0.kind"
    assert "a, b" in refusal_view(refused, "en").text


@pytest.mark.parametrize("status", ["closed", "rejected", "withdrawn"])
def test_the_status_of_a_case_is_a_word(status: str) -> None:
    view = refusal_view(Refusal("R103", "closed", {"case": "c", "status": status}), "zh")
    assert status not in view.text


def test_whom_it_is_for_is_told() -> None:
    values = {"person": "Li", "what": "approve", "who": "Ann"}
    view = refusal_view(Refusal("R101", "authority", values), "en")
    assert view.text == "Li may not act on “approve”. It is for Ann."


def test_a_field_of_a_record_is_no_word_of_the_engine() -> None:
    values = {"fact": "projects.0", "problem": "E357", "field": "reason", "record": "project"}
    view = refusal_view(Refusal("R113", "invalid", values, ("projects",)), "en")
    assert "reason" in view.text


def test_nobody_is_said_where_nobody_may() -> None:
    values = {"person": "Li", "what": "keys", "who": ""}
    view = refusal_view(Refusal("R101", "authority", values), "en")
    assert "nobody" in view.text + view.hint
