"""A rulebook that extends others: what each verb makes of the base, and that nothing else changes."""

import msgspec
import pytest
from msgspec.structs import replace

from dsl.formatter import format_source
from dsl.pipeline import Checker, beside_scenarios, check_source
from dsl.source import of_text
from tests.dsl.shelves import LIBRARY, SHARED, folders, load, texts

HEADERS = {
    "en": 'rulebook mine "Ours"\n  version 1.0.0\n  extends base 1.x\n\n',
    "zh": '规则书 mine "我们的"\n  版本 1.0.0\n  继承 base 1.x\n\n',
}
BASE = check_source(load(SHARED / "base.rulebook")).checked.rulebook


def tailored(text="", language="en"):
    source = of_text("mine.rulebook", HEADERS[language] + text)
    found = check_source(source, folders(SHARED))
    assert [each for each in found.diagnostics if each.severity == "error"] == []
    return found


def model(text="", language="en"):
    return tailored(text, language).checked.rulebook


def one(rulebook, kind, id_):
    return next(each for each in getattr(rulebook, kind) if each.id == id_)


def bare(value):
    """A model without titles, which each layer writes in its own language."""
    data = msgspec.to_builtins(value)

    def strip(part):
        if isinstance(part, dict):
            return {key: strip(each) for key, each in part.items() if key != "title"}
        return [strip(each) for each in part] if isinstance(part, list | tuple) else part

    return strip(data)


def things(body):
    return [getattr(each, "id", None) or getattr(each, "kind", None) or bare(each) for each in body]


def test_without_verbs_it_is_the_base():
    mine = model()
    same = replace(mine, id=BASE.id, title=BASE.title, version=BASE.version)
    assert same == BASE


def test_a_base_in_the_other_dialect_is_the_same_base():
    mine = model(language="zh")
    same = replace(mine, id=BASE.id, title=BASE.title, version=BASE.version, language="en")
    assert same == BASE


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "adjust item papers\n  due last_day\n  accountable hr\n  add visible to hr read-only\n",
        ),
        ("zh", "调整 交接项 papers\n  截止 last_day\n  责任人 hr\n  添加 可见 hr 只读\n"),
    ],
)
def test_an_item_is_adjusted_clause_by_clause(language, text):
    before, after = one(BASE, "items", "papers"), one(model(text, language), "items", "papers")
    assert (after.accountable, after.read_only_for) == ("hr", ("hr",))
    assert after.due != before.due
    kept = replace(
        after, due=before.due, accountable=before.accountable, read_only_for=before.read_only_for
    )
    assert kept == before


def test_clauses_and_entries_are_added_said_anew_and_taken_away():
    text = (
        "adjust item papers\n"
        "  remove due\n"
        "  remove evidence scan\n"
        '  provide list "All papers" text optional\n'
        '  add provide shelf "Shelf" text\n'
        "  add after seal\n"
        '  title zh "文件"\n'
    )
    after = one(model(text), "items", "papers")
    assert after.due is None
    assert after.evidence == ()
    assert [(each.id, each.optional) for each in after.contents] == [
        ("list", True),
        ("shelf", False),
    ]
    assert after.after == ("seal",)
    assert after.title == {"en": "Papers", "zh": "文件"}


def test_the_title_is_told_in_the_language_of_the_layer():
    after = one(model('调整 交接项 papers "纸质文件"\n', "zh"), "items", "papers")
    assert after.title == {"en": "Papers", "zh": "纸质文件"}


def test_steps_are_put_in_their_place():
    text = (
        "adjust approval resignation\n"
        "  add step office as counter at start\n"
        "  add step hr as personnel after manager when level > 3\n"
        "  step manager within 5 working days\n"
        "  remove step second\n"
        "  on reject return to leaver\n"
    )
    after = one(model(text), "approvals", "resignation")
    assert [step.id for step in after.steps] == ["counter", "manager", "personnel"]
    assert after.steps[1].within.amount == 5


def test_rows_of_a_table_are_known_by_what_they_read():
    text = (
        "adjust table reviewers\n"
        "  | 1..6 | hr |\n"
        "  remove | 7..15 | hr |\n"
        "  add | 7..10 | hr |\n"
        "  add | 11..15 | office | before | 7..10 | hr |\n"
    )
    after = one(model(text), "tables", "reviewers")
    assert [row.gives for row in after.rows] == [("hr",), ("office",), ("hr",)]


def test_a_role_finds_its_people_another_way():
    text = 'adjust role office\n  is holder of post "Clerk", otherwise manager of leaver\n  add never leaver\n'
    after = one(model(text), "roles", "office")
    assert [type(each).__name__ for each in after.resolvers] == ["HolderOfPost", "ManagerOf"]
    assert after.never == ("leaver",)


def test_a_choice_gets_options_and_loses_some():
    text = 'adjust fact kind\n  add choice garden "Garden leave"\n  remove choice agreement\n'
    after = one(model(text), "facts", "kind")
    assert [each.id for each in after.type.options] == ["resignation", "garden"]


def process(text):
    more = 'action extra "Extra"\n  by hr\n\n'
    return one(model(f"{more}adjust process leaving\n{text}"), "processes", "leaving").body


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("add action extra after approval resignation", 2),
        ("add action extra before approval resignation", 1),
        ("add action extra after stage begin", 1),
        ("add action extra at start", 0),
        ("add action extra at end", 5),
    ],
)
def test_a_thing_is_put_in_its_place_of_a_process(line, at):
    body = process(f"  {line}\n")
    assert things(body)[at] == "extra"
    assert len(body) == 6


def test_together_with_what_begins_a_branch_is_another_branch():
    group = process("  add action extra together with items\n")[2]
    assert [things(branch) for branch in group.branches] == [["items"], ["mail"], ["extra"]]


def test_together_with_what_stands_alone_makes_a_group():
    group = process("  add action extra together with gate wages\n")[3]
    assert [things(branch) for branch in group.branches] == [["wages"], ["extra"]]


def test_a_group_with_one_branch_left_is_no_group():
    body = process("  remove access mail\n  add action extra at end\n")
    assert things(body) == ["begin", "resignation", "items", "wages", "pay", "extra"]


def test_a_declaration_is_replaced_where_it_stood():
    text = 'replace item papers "Files"\n  from leaver to hr\n'
    mine = model(text)
    assert [each.id for each in mine.items] == ["papers", "seal"]
    assert one(mine, "items", "papers").receiver == "hr"
    assert one(mine, "items", "papers").title == {"en": "Files"}


def test_a_removed_declaration_is_gone():
    assert [each.id for each in model('remove item papers because "none"\n').items] == ["seal"]


def test_what_is_final_may_be_made_stricter():
    text = (
        "adjust item seal\n"
        '  add evidence photo "Photo" file\n'
        "  due 3 working days before last_day\n"
        "  signed by leaver, office then hr\n"
    )
    after = one(model(text), "items", "seal")
    assert after.signers == (("leaver", "office"), ("hr",))


def test_who_signs_last_for_something_final_still_does():
    middle = (
        'rulebook middle "Middle"\n  version 1.0.0\n  extends base 1.x\n\n'
        "adjust item seal\n  signed by leaver, office then hr\n"
    )
    base = (SHARED / "base.rulebook").read_text(encoding="utf-8")

    def codes(signed):
        head = 'rulebook top "Top"\n  version 1.0.0\n  extends middle 1.x\n\n'
        text = of_text("top.rulebook", f"{head}adjust item seal\n  signed by {signed}\n")
        found = check_source(text, texts(middle=middle, base=base))
        return [each.code for each in found.diagnostics]

    assert codes("leaver then office then hr") == []
    assert codes("hr, leaver, office") == ["E613"]
    assert codes("hr then leaver, office") == ["E613"]


@pytest.mark.parametrize("reason", ['""', '"  "'])
def test_a_removal_says_why_in_words(reason):
    text = f"{HEADERS['en']}remove item papers because {reason}\n"
    found = check_source(of_text("mine.rulebook", text), folders(SHARED))
    assert "E609" in [each.code for each in found.diagnostics]


def test_three_layers_and_both_dialects():
    industry = (
        '规则书 industry "行业"\n  版本 2.1.0\n  继承 base 1.2.0..1.x\n\n'
        '交接项 tools "工具"\n  由 leaver 移交 给 office\n\n'
        "调整 交接项 papers\n  截止 last_day\n\n"
        '删除 场景 plain 因为 "另有场景"\n'
    )
    company = (
        'rulebook company "Company"\n  version 3.0.0\n  extends industry 2.x\n  currency USD\n\n'
        "adjust item tools\n  accountable hr\n\nadjust item papers\n  accountable hr\n"
    )
    base = (SHARED / "base.rulebook").read_text(encoding="utf-8")
    found = check_source(of_text("company.rulebook", company), texts(industry=industry, base=base))
    assert [each.code for each in found.diagnostics] == []
    mine = found.checked.rulebook
    assert [layer.id for layer in found.layers] == ["company", "industry", "base"]
    assert (mine.currency, mine.timezone) == ("USD", "Asia/Shanghai")
    assert one(mine, "items", "tools").title == {"zh": "工具"}
    places = found.checked.places
    assert places["item.papers.due"].source == "industry.rulebook"
    assert places["item.papers.accountable"].source == "company.rulebook"
    assert places["item.papers.giver"].source == "base.rulebook"
    assert (places["item.papers.accountable"].line, places["item.papers.due"].line) == (10, 9)


def test_the_nearest_place_wins_and_there_the_highest_version(tmp_path):
    for name, version, folder in (
        ("a", "1.1.0", "near"),
        ("b", "1.3.0", "near"),
        ("c", "1.9.0", "far"),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        text = (SHARED / "base.rulebook").read_text(encoding="utf-8").replace("1.2.0", version)
        (tmp_path / folder / f"{name}.rulebook").write_text(text, encoding="utf-8")
    shelf = folders(tmp_path / "near", tmp_path / "far")
    found = check_source(of_text("mine.rulebook", HEADERS["en"]), shelf)
    assert found.layers[1].version == "1.3.0"
    later = HEADERS["en"].replace("1.x", "1.4.0..1.x")
    assert check_source(of_text("mine.rulebook", later), shelf).layers[1].version == "1.9.0"


def test_a_scenario_of_the_base_that_can_no_longer_be_said_is_set_aside():
    text = 'remove item papers because "none"\n'
    found = tailored(text)
    assert [each.id for each in found.aside] == ["papers_due"]
    assert [each.id for each in found.checked.rulebook.scenarios] == ["plain"]


def test_each_scenario_that_mentions_what_is_removed_is_set_aside_by_itself():
    """One name is told once, yet whatever a layer above keeps from being said stops nothing."""
    base = (SHARED / "base.rulebook").read_text(encoding="utf-8")
    again = base[base.index("scenario papers_due") :].replace("papers_due", "papers_again")
    source = of_text("mine.rulebook", HEADERS["en"] + 'remove item papers because "none"\n')
    found = check_source(source, texts(base=f"{base}\n{again}"))
    assert [each.id for each in found.aside] == ["papers_due", "papers_again"]
    assert found.checked is not None


def test_an_error_in_a_scenario_leaves_all_else_that_is_said():
    wrong = 'scenario wrong "Wrong"\n  given last_day 2026-03-31\n  expect item nothing done\n'
    source = of_text("mine.rulebook", HEADERS["en"] + wrong)
    left = beside_scenarios(check_source(source, folders(SHARED))).checked.rulebook
    assert bare(left.items) == bare(BASE.items)
    assert [each.id for each in left.scenarios] == ["plain", "papers_due"]
    elsewhere = of_text("mine.rulebook", f"{HEADERS['en']}{wrong}remove item nothing\n")
    assert beside_scenarios(check_source(elsewhere, folders(SHARED))).checked is None


@pytest.mark.parametrize(
    "line", ["  nonsense 1 2", "  expect item papers", "  strat on 2026-03-02 09:00"]
)
@pytest.mark.parametrize("head", ['scenario wrong "Wrong"', 'replace scenario plain "Plain"'])
def test_a_line_of_a_scenario_that_cannot_be_read_leaves_all_else_that_is_said(head, line):
    text = f"{HEADERS['en']}{head}\n  given last_day 2026-03-31\n{line}\n"
    found = check_source(of_text("mine.rulebook", text), folders(SHARED))
    assert found.checked is None
    assert found.is_put_together
    left = beside_scenarios(found).checked.rulebook
    assert bare(left.items) == bare(BASE.items)
    stay = ["plain", "papers_due"] if head.startswith("scenario") else ["papers_due"]
    assert [each.id for each in left.scenarios] == stay


@pytest.mark.parametrize(
    "text",
    [
        'scenario wrong "Wrong"\n  nonsense\n\nitem mine\n  nonsense 1 2\n',
        'scenario wrong "Wrong"\n  given last_day 2026-03-31\nnonsense mine "Mine"\n',
        'scenario wrong "Wrong"\n  nonsense\n\nitem mine "Mine"\n  from leaver to missing\n',
    ],
)
def test_what_cannot_be_read_beside_scenarios_or_at_the_margin_stops_all(text):
    """At the margin a declaration may have been meant, which everything else would lack."""
    found = check_source(of_text("mine.rulebook", HEADERS["en"] + text), folders(SHARED))
    assert beside_scenarios(found).checked is None


def test_a_scenario_without_a_name_leaves_all_else_that_is_said():
    text = f'{HEADERS["en"]}scenario "Wrong"\n  given last_day 2026-03-31\n'
    left = beside_scenarios(check_source(of_text("mine.rulebook", text), folders(SHARED)))
    assert [each.id for each in left.checked.rulebook.scenarios] == ["plain", "papers_due"]


def test_a_checker_reads_a_base_again_only_when_it_has_changed():
    base = (SHARED / "base.rulebook").read_text(encoding="utf-8")
    given = {"base": base}

    def shelf(name, beside):
        return texts(**given)(name, beside)

    checker = Checker(shelf)
    source = of_text("mine.rulebook", HEADERS["en"])
    first = checker.check(source)
    given["base"] = base.replace("default 3", "default 4")
    after = checker.check(source)
    assert one(first.checked.rulebook, "facts", "level").default == 3
    assert one(after.checked.rulebook, "facts", "level").default == 4
    assert after == check_source(source, texts(**given))


def test_the_layer_of_a_company_is_turned_into_the_other_dialect_and_back():
    """`leaver` and `manager` are names of the base, not words for people."""
    text = HEADERS["en"] + (
        "adjust approval resignation\n  step manager within 5 working days\n\n"
        'rule late "Late"\n  whenever item overdue by 5 days\n'
        '  notify accountable by email "{leaver.name}: {item.title}"\n'
    )
    shelf = folders(SHARED)
    source = of_text("mine.rulebook", format_source(of_text("mine.rulebook", text)).text)
    turned = format_source(source, "zh", shelf)
    assert "步骤 manager 限 5 个工作日" in turned.text
    assert "{leaver.姓名}" in turned.text
    back = format_source(of_text("mine.rulebook", turned.text), "en", shelf)
    assert back.text == source.original


def test_a_layer_whose_base_is_not_there_keeps_its_dialect():
    found = format_source(of_text("mine.rulebook", HEADERS["en"]), "zh")
    assert [each.code for each in found.diagnostics] == ["E601"]
    assert found.text is None


def test_the_shipped_library_extends_itself():
    for path in sorted(LIBRARY.glob("*.rulebook")):
        found = check_source(load(path), folders(LIBRARY))
        assert [each.code for each in found.diagnostics] == [], path.name


def test_what_a_statement_of_tailoring_names_is_found_where_it_is_declared():
    text = 'remove access mail because "x"\n\nadjust item nothing\n  due last_day\n'
    source = of_text("mine.rulebook", HEADERS["en"] + text)
    names = check_source(source, folders(SHARED)).names
    removed = names.at(source.original.index("mail "))
    assert (removed.kind, removed.id) == ("access", "mail")
    assert names.declaration(removed).span.start > len(source.original)
    (unknown,) = [
        one for one in names.unknown if one.span.start == source.original.index("nothing")
    ]
    assert unknown.kind == "item"
    assert set(unknown.candidates) == {each.id for each in BASE.items}
