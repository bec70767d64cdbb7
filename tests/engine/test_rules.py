"""Rules in cases: when they act, what they do, and who is told of it."""

from engine.commands import Cancel, HandOver, Reassign, Refuse, Resubmit, Waive
from engine.events import (
    ApprovalRequired,
    FactChanged,
    Noted,
    NoticeQueued,
    NoticeWithheld,
    RuleActed,
    RuleFailed,
    RulesHalted,
)
from engine.flow.rules import MOST
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from tests.engine.sample.company import EXIT, Player

MORE = """
approval exception "Exception"
  step vp within 2 working days

item debt_plan "Plan for the debt"
  from leaver to hr
"""


def player(rules: str) -> Player:
    return Player(EXIT + MORE + rules)


def happened(one: Player, kind: type) -> list:
    return one.of(kind)


def told(one: Player) -> list[tuple[str, str, str]]:
    """Who was told what by a rule, by which channel."""
    notices = [event for event in happened(one, NoticeQueued) if event.text]
    return [(to.person, event.channel, event.text) for event in notices for to in event.to]


def test_whenever_something_happens_a_rule_acts_if_its_condition_holds():
    rules = """
rule short "Short"
  whenever case opens
  when grade >= 5 and last_day < 2026-04-30
  notify hr by email "{leaver.name} leaves on {last_day}, grade {grade}"

rule high "High"
  whenever case opens
  when grade >= 10
  notify vp by email "never"
"""
    one = player(rules)
    one.open()
    assert told(one) == [
        ("H1", "email", "Li Lei leaves on 2026-03-31, grade 5"),
        ("H2", "email", "Li Lei leaves on 2026-03-31, grade 5"),
    ]
    assert [event.rule for event in happened(one, RuleActed)] == ["short"]


def test_a_condition_acts_when_it_becomes_true_and_again_only_after_it_was_not():
    one = player("""
rule early "Early"
  when last_day < 2026-03-20
  note "{leaver.name} leaves early"
""")
    one.resigned()
    assert happened(one, Noted) == []
    one.change("last_day", "2026-03-19")
    one.change("last_day", "2026-03-18")
    assert [event.text for event in happened(one, Noted)] == ["Li Lei leaves early"]
    one.change("last_day", "2026-03-31")
    one.change("last_day", "2026-03-18")
    assert len(happened(one, Noted)) == 2


def test_an_item_that_a_rule_adds_opens_at_once_and_holds_the_close():
    one = player("""
rule debt "Debt"
  when car = yes
  add item debt_plan
""")
    one.resigned()
    assert "debt_plan" not in one.state.items
    one.change("car", value=True)
    (task,) = one.state.items["debt_plan"]
    assert one.state.tasks[task].status == "open"
    assert one.state.undone["debt_plan"] == 1


def test_whoever_does_the_leavers_task_is_not_the_leaver():
    one = player("""
rule back "Back"
  whenever item refused
  when leaver.level = 5
  notify leaver by inbox "{leaver.name} leaves"
""")
    one.resigned()
    one.act("H1", Reassign(one.task("papers").id, "L", "V", "ill"))
    one.attach("V", "papers", "register")
    one.hand_over("V", "papers", summary="All")
    one.act("H1", Refuse(one.task("papers").id, "not all"))
    assert told(one) == [("V", "inbox", "Li Lei leaves")]


def test_what_waits_for_an_approval_cannot_be_done_before():
    one = player("""
rule careful "Careful"
  whenever case opens
  require approval exception before item papers
""")
    one.resigned()
    (required,) = happened(one, ApprovalRequired)
    assert required.begins
    one.attach("L", "papers", "register")
    refusal = one.refused("L", HandOver(one.task("papers").id, {"summary": "All"}))
    assert (refusal.code, refusal.ids) == ("R128", ("exception",))
    one.approve("V", "exception.vp")
    one.hand_over("L", "papers", summary="All")
    assert one.task("papers").status == "handed_over"


CAREFUL = """
rule careful "Careful"
  whenever case opens
  require approval exception before item papers
"""


def test_an_approval_that_a_rule_requires_holds_its_target_when_rejected_and_may_be_asked_again():
    one = player(CAREFUL)
    one.resigned()
    one.attach("L", "papers", "register")
    one.act("V", one.rejection("exception.vp", "not yet"))
    assert one.state.status == "open"
    assert one.state.approvals["exception"].status == "rejected"
    papers = HandOver(one.task("papers").id, {"summary": "All"})
    assert one.refused("L", papers).code == "R128"
    told = task_view(Reader(one.scope, "en"), one.task("papers"), "L").why
    assert any("“Exception” was rejected" in line and "Careful" in line for line in told)
    revision = one.task("exception")
    again = task_view(Reader(one.scope, "en"), revision, "L")
    assert again.people == ("L",)
    assert "resubmit" in again.acts
    assert again.origin[0].startswith("The rulebook asks for it at sample.rulebook:")
    assert one.refused("M", Resubmit(revision.id, "so", {}, {})).code == "R101"
    one.act("L", Resubmit(revision.id, "All of it is listed now", {}, {}))
    assert one.state.approvals["exception"].round == 2
    one.approve("V", "exception.vp")
    one.act("L", papers)
    assert one.task("papers").status == "handed_over"


def test_nobody_must_revise_what_a_rule_required_once_nothing_waits_for_it():
    one = player(CAREFUL).resigned()
    one.act("V", one.rejection("exception.vp"))
    one.act("H1", Waive(one.task("papers").id, "No need"))
    assert one.state.tokens["revise:exception"] == 0
    assert one.task("exception").status == "open"
    one.act("H1", Cancel("Enough"))
    assert one.task("exception").status == "cancelled"


def test_a_rejection_that_ends_the_case_on_purpose_ends_it_whoever_has_required_the_approval():
    one = Player(EXIT + MORE.replace("days\n", "days\n  on reject end\n", 1) + CAREFUL)
    one.resigned()
    one.act("V", one.rejection("exception.vp"))
    assert one.state.status == "rejected"


def test_what_has_happened_waits_for_nothing_any_more():
    one = player("""
rule late "Late"
  whenever item papers waived
  require approval exception before item papers
""")
    one.resigned()
    one.act("H1", Waive(one.task("papers").id, "No need"))
    (failed,) = happened(one, RuleFailed)
    assert (failed.why, failed.about) == ("too_late", "papers")
    assert one.state.required == {}


def test_a_rule_sets_a_fact_and_what_hangs_on_it_follows():
    one = player("""
rule car "Car"
  whenever item papers waived
  set car to yes
  because "Company rule 7"
""")
    one.resigned()
    one.act("H1", Waive(one.task("papers").id, "No need"))
    (changed,) = happened(one, FactChanged)
    assert (changed.rule, changed.new, changed.reason) == ("car", True, "Company rule 7")
    assert one.state.facts["car"] is True


def test_a_rule_without_a_reason_tells_none():
    silent = 'rule car "Car"\n  whenever item papers waived\n  note "Mind"\n'
    for text, said in ((silent, "."), (f'{silent}  because "Rule 7"\n', ". Why: Rule 7")):
        one = player(text)
        one.resigned()
        one.act("H1", Waive(one.task("papers").id, "No need"))
        (acted,) = happened(one, RuleActed)
        assert sentence(Reader(one.scope, "en"), acted).endswith(f" acts on “Papers”{said}")


def test_a_moment_comes_once_and_moves_with_its_fact():
    one = player("""
rule week "Week"
  whenever 7 days before last_day
  notify hr by inbox "One week left"
""")
    one.resigned()
    one.change("last_day", "2026-04-30")
    one.at("2026-03-31T18:00")
    assert told(one) == []
    one.at("2026-04-23T20:00")
    one.at("2026-04-29T20:00")
    assert [person for person, _, _ in told(one)] == ["H1", "H2"]


def test_a_moment_from_a_fact_that_is_not_known_yet_begins_when_it_is_and_ends_with_it():
    one = player("""
fact last_update "Last update" datetime optional set by hr

rule quiet "Quiet"
  whenever 12 hours after last_update
  when known last_update and last_update < last_day 09:00
  notify hr by inbox "Nothing since {last_update}"
""")
    one.open()
    armed = len(list(one.state.standing))
    one.at("2026-03-02T22:00")
    for hour in (8, 14):
        one.change("last_update", f"2026-03-03T{hour:02}:00")
        assert len(list(one.state.standing)) == armed + 1
    one.at("2026-03-04T01:59")
    assert happened(one, RuleActed) == []
    one.at("2026-03-04T02:00")
    assert {text for _, _, text in told(one)} == {"Nothing since 2026-03-03 14:00"}
    one.change("last_update", "2026-03-04T10:00")
    one.change("last_update", None)
    one.at("2026-03-05T10:00")
    assert len(happened(one, RuleActed)) == 1


def test_so_long_overdue_is_told_to_the_people_of_the_item():
    one = player("""
rule late "Late"
  whenever item papers overdue by 2 days
  notify giver, accountable by email "{item.title} was due on {item.due}"
  escalate to manager of accountable
""")
    one.resigned()
    due = one.task("papers").due
    assert due is not None
    one.at("2026-03-18T09:00")
    assert told(one) == []
    one.at("2026-03-19T20:00")
    assert ("L", "email", "Papers was due on 2026-03-17 18:00") in told(one)


def test_rules_act_in_the_order_of_their_declaration_and_see_what_came_before():
    one = player("""
fact stamp "Stamp" integer default 0

rule last "Last"
  when stamp = 2
  note "two"

rule first "First"
  whenever case opens
  set stamp to 2

rule second "Second"
  whenever case opens
  note "{stamp}"
""")
    one.open()
    assert [event.text for event in happened(one, Noted)] == ["two", "2"]


def test_at_most_so_many_rules_act_on_one_command_and_what_is_left_is_on_record():
    notes = "".join(
        f'\nrule r{n} "R{n}"\n  whenever fact remark changes\n  note "{n}"\n'
        for n in range(MOST + 3)
    )
    one = player(notes)
    one.open()
    one.change("remark", "x")
    assert [event.text for event in happened(one, Noted)] == [str(n) for n in range(MOST)]
    assert [event.left for event in happened(one, RulesHalted)] == [3]
    one.change("remark", "y")
    assert len(happened(one, RuleActed)) == 2 * MOST


def test_a_rule_without_a_value_says_so():
    one = player("""
fact copy "Copy" date optional

rule copied "Copied"
  whenever case opens
  when known bonus_day or grade > 0
  set copy to last_day
""")
    one.open()
    assert one.state.facts["copy"] == "2026-03-31"


def test_members_of_a_silent_group_are_told_of_their_own_tasks_only():
    one = player("""
role board_member "Board" is everyone in group "Board"

rule news "News"
  whenever case opens
  notify board_member, hr by inbox "A case"

audience
  never group "Board"
""")
    one.open()
    assert {person for person, _, _ in told(one)} == {"H1", "H2"}
    (withheld,) = happened(one, NoticeWithheld)
    assert {(kept.who, kept.why) for kept in withheld.kept} == {
        ("B1", "group"), ("B2", "group"), ("B3", "group"),
    }  # fmt: skip


def test_outside_parties_are_told_through_whoever_is_in_charge():
    rules = """
role owner "Owner" is external

rule news "News"
  whenever case opens
  notify owner by email "We change hands"
"""
    one = player(rules)
    one.open()
    assert told(one) == []
    (withheld,) = happened(one, NoticeWithheld)
    assert [(kept.who, kept.why) for kept in withheld.kept] == [("owner", "external")]
    other = player(f"{rules}\naudience\n  external only from manager\n")
    other.open()
    (notice,) = [event for event in happened(other, NoticeQueued) if event.text]
    assert [(to.person, to.passes_to) for to in notice.to] == [("M", "owner")]


def test_who_is_always_told_is_told_besides_and_nobody_twice():
    one = player("""
rule one "One"
  whenever case opens
  notify hr by inbox "Hello"

rule two "Two"
  whenever case opens
  notify hr, manager by inbox "Hello"

audience
  always vp on case opens
""")
    one.open()
    assert [person for person, _, _ in told(one)] == ["H1", "H2", "M"]
    always = [event for event in happened(one, NoticeQueued) if event.reason == "always"]
    assert [to.person for event in always for to in event.to] == ["V"]


def test_a_rulebook_without_rules_hears_nothing():
    assert Player().program.triggers.heard == {}


def test_identical_notices_are_merged_and_nobody_is_told_the_same_twice():
    one = player("""
rule first "First"
  whenever item papers waived
  notify hr by inbox "The papers are waived"
  notify hr, leaver by email "The papers are waived"

rule second "Second"
  whenever item papers waived
  notify leaver, hr by inbox "The papers are waived"
  notify hr by inbox "Something else"
""").resigned()
    one.act("H1", Waive(one.task("papers").id, "No need"))
    assert told(one) == [
        ("H1", "inbox", "The papers are waived"),
        ("H2", "inbox", "The papers are waived"),
        ("H1", "email", "The papers are waived"),
        ("H2", "email", "The papers are waived"),
        ("L", "email", "The papers are waived"),
        ("L", "inbox", "The papers are waived"),
        ("H1", "inbox", "Something else"),
        ("H2", "inbox", "Something else"),
    ]
    assert len([event for event in happened(one, NoticeQueued) if event.text]) == 4
