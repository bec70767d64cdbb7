import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.diagnostic import Severity
from dsl.pipeline import check_source
from dsl.source import of_text

BASE = """rulebook t "T"
  version 1.0.0
role leaver "Leaver" is subject
role hr "HR" is anyone in group "HR"
fact grade "Grade" integer optional
fact last "Last" date optional
item keys "Keys"
  from leaver to hr
{item}
{more}
process exit "Exit"
  started by leaver
  managed by hr
  first items
{process}
"""


def outcome(item="", more="", process=""):
    return check_source(of_text("t", BASE.format(item=item, more=more, process=process)))


def codes(**parts):
    return [found.code for found in outcome(**parts).diagnostics]


def test_defaults():
    rulebook = outcome(
        more='approval ok "OK"\n  step hr\n', process="  then approval ok"
    ).checked.rulebook
    assert (rulebook.timezone, rulebook.currency, rulebook.calendar) == ("UTC", "USD", None)
    assert rulebook.items[0].signers == (("leaver", "hr"),)
    assert rulebook.approvals[0].on_reject is None
    assert rulebook.approvals[0].steps[0].id == "hr"


def test_a_chinese_text_is_at_home_in_china_unless_it_says_otherwise():
    text = '规则书 测试 "测试"\n  版本 1.0.0\n'
    end = '角色 人 "人" 为 当事人\n交接项 物 "物"\n  由 人 移交 给 人\n流程 程 "程"\n  发起 人\n  主管 人\n  先 交接项\n'
    here = check_source(of_text("t", text + end)).checked.rulebook
    there = check_source(of_text("t", f"{text}  适用法域 SG\n{end}")).checked.rulebook
    assert (here.timezone, here.currency, here.calendar) == ("Asia/Shanghai", "CNY", None)
    assert (there.timezone, there.currency, there.calendar) == ("Asia/Singapore", "SGD", "SG")


@pytest.mark.parametrize(
    "guarded",
    [
        "  applies when known grade and grade > 3",
        "  applies when not known grade or grade > 3",
        "  applies when not (not known grade or grade < 3)",
        "  applies when (known grade and known last) and (grade > 3 or last > 2026-01-01)",
        "  applies when known last\n  due 3 days before last",
    ],
)
def test_a_guard_lets_an_optional_fact_be_used(guarded):
    assert codes(item=guarded) == []


@pytest.mark.parametrize(
    "open_",
    [
        "  applies when grade > 3",
        "  applies when known grade or grade > 3",
        "  applies when not known grade and grade > 3",
        "  applies when grade > 3 and known grade",
        "  applies when (known grade or known last) and grade > 3",
        "  due 3 days before last",
    ],
)
def test_without_a_guard_it_is_an_error(open_):
    assert codes(item=open_) == ["E306"]


def test_a_choice_of_the_process_guards_its_branches():
    choice = "  then if known grade\n    first if grade > 3\n      first gate g\n    end\n  end"
    gate = 'gate g "G"\n  until every item done'
    assert codes(more=gate, process=choice) == []
    assert codes(more=gate, process=choice.replace("known grade", "known last")) == ["E306"]


def test_keywords_may_be_names():
    text = 'role manager "M" is manager of leaver\nitem items "Items"\n  from leaver to manager'
    assert codes(more=text) == []


def test_one_cause_one_error():
    assert codes(item="  applies when nothing > 3 and nothing < 5 CNY") == ["E201"]
    assert codes(item="  applies when grade > 3 and grade < 5") == ["E306"]
    assert codes(item="  for each p in nowhere where p.a > 3\n  due 3 days before p.b") == ["E201"]


def test_a_name_in_a_declaration_that_could_not_be_read_is_not_reported_again():
    unread = 'table limits "Limits"\n  whatever\n'
    found = codes(more=unread, item="  accountable limits")
    assert "E201" not in found
    assert found


def test_warnings_do_not_prevent_a_model():
    found = outcome(more='approval ok "OK"\n  step hr')
    severities: list[Severity] = [each.severity for each in found.diagnostics]
    assert severities == ["warning"]
    assert found.checked is not None


WORDS = st.sampled_from(
    """rulebook 规则书 item 交接项 role is subject manager of keys hr leaver "T" from to due 3 days
    before last applies when grade > = 5% 10_CNY known and ( ) [ ] . , \\n any x in where process
    first then if end items scenario given expect gate until for each approval step all fact choice
    list 2026-02-30 25:99 ` # record key sla default""".replace("\\n", "⏎").split()
).map(lambda word: word.replace("⏎", "\n").replace("_", " "))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["item", "more", "process"]))
def test_no_text_crashes(words, where):
    found = outcome(**{where: " ".join(words)})
    assert found.checked is not None or found.diagnostics
