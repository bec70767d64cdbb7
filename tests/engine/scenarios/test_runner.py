"""Scenarios: every expectation holding and failing, acts, time, and what the cast is made of."""

from pathlib import Path

import pytest

from dsl.checks.shared_task_ids import task_ids
from engine.drafting.playing import failure_text
from engine.program import Program
from engine.scenarios.cast import Cast
from engine.scenarios.runner import Result, run_scenario
from engine.texts import MESSAGES
from engine.views.reader import Reader
from tests.engine.sample.company import EXIT, artefact_of

GIVEN = """
scenario tried "Tried"
  given grade 8, kind agreement, last_day 2026-03-31, salary 18000 CNY, car yes
  given projects code "P-1", name "Bridge", progress 60%
  given projects code "P-2", name "Dam", progress 100%
"""
STARTED = f"{GIVEN}  start on 2026-03-02 09:00\n"
APPROVED = f"""{STARTED}  manager approves resignation "fine" on 2026-03-02 10:00
  hr approves resignation "fine" on 2026-03-02 11:00
  manager names "Wang Wei" as successor on 2026-03-02 12:00
"""
PAPERS = f"""{APPROVED}  leaver hands over papers summary "All", register "r.pdf", receipt "q.pdf"
"""
SIGNED = f"{PAPERS}  hr signs papers\n  manager signs papers\n"
LATE = f"{APPROVED}  wait until 2026-03-20 09:00\n"
GATE_WAIVED = f'{APPROVED}  vp waives gate severance "now" on 2026-03-03 09:00\n'
WITHDRAWN = f'{STARTED}  leaver withdraws "I stay" on 2026-03-02 10:00\n'


def play(text: str) -> Result:
    artefact = artefact_of(EXIT + text)
    program = Program(artefact, "leaving")
    return run_scenario(program, program.rulebook.scenarios[-1])


HOLDING = [
    (APPROVED, "expect item papers open"),
    (APPROVED, "expect item car_keys waiting"),
    (APPROVED, "expect item bonus_letter not applicable"),
    (APPROVED, "expect item bonus_letter done"),
    (PAPERS, "expect item papers handed over"),
    (SIGNED, "expect item papers done"),
    (SIGNED, "expect item car_keys open"),
    (LATE, "expect item papers overdue"),
    (LATE, "expect item papers open"),
    (APPROVED, 'expect item project_handover["P-1"] open'),
    (APPROVED, "expect item papers due 2026-03-17"),
    (STARTED, "expect approval resignation waits for manager"),
    (APPROVED, "expect approval resignation approved"),
    (APPROVED, "expect gate severance closed because item papers"),
    (APPROVED, "expect gate severance closed because approval clearance"),
    (APPROVED, 'expect gate severance closed because item project_handover["P-1"]'),
    (APPROVED, "expect gate paper_gate closed"),
    (SIGNED, "expect gate paper_gate open"),
    (GATE_WAIVED, "expect gate severance open"),
    (APPROVED + "  hr hands over papers\n", "expect refused not allowed"),
    (APPROVED + '  leaver hands over papers summary "x"\n', "expect refused missing register"),
    (APPROVED + "  hr signs papers\n", "expect refused too early"),
    (LATE, "expect notified leaver by sms about papers"),
    (LATE, "expect notified manager by email about papers"),
    (LATE, 'expect nobody notified in group "Board"'),
    (STARTED, "expect case open"),
    (WITHDRAWN, "expect case withdrawn"),
]
FAILING = [
    (APPROVED, "expect item papers done", "ExpectItem"),
    (STARTED, "expect item papers open", "ExpectItem"),
    (APPROVED, 'expect item project_handover["P-2"] open', "ExpectItem"),
    (APPROVED, "expect item papers overdue", "ExpectItem"),
    (APPROVED, "expect item papers due 2026-03-18", "ExpectDue"),
    (APPROVED, "expect item mentoring due 2026-03-18", "ExpectDue"),
    (STARTED, "expect approval resignation waits for hr", "ExpectWaiting"),
    (STARTED, "expect approval resignation approved", "ExpectApproval"),
    (APPROVED, "expect approval clearance waits for manager", "ExpectWaiting"),
    (APPROVED, "expect gate severance open", "ExpectGate"),
    (APPROVED, "expect gate severance closed because item bonus_letter", "ExpectGate"),
    (GATE_WAIVED, "expect gate severance closed", "ExpectGate"),
    (APPROVED + '  leaver hands over papers summary "x"\n', "expect refused not allowed",
     "ExpectRefused"),
    (APPROVED + '  leaver hands over papers summary "x"\n', "expect refused missing summary",
     "ExpectRefused"),
    (APPROVED, "expect notified leaver by sms about papers", "ExpectNotified"),
    (LATE, "expect notified leaver by email about papers", "ExpectNotified"),
    (LATE, "expect notified leaver by sms about car_keys", "ExpectNotified"),
    (LATE, "expect notified board by sms about papers", "ExpectNotified"),
    (STARTED, "expect case closed", "ExpectCase"),
    (WITHDRAWN, "expect case open", "ExpectCase"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), HOLDING)
def test_an_expectation_that_holds(text, line):
    assert play(f"{text}  {line}\n").failures == ()


@pytest.mark.parametrize(("text", "line", "kind"), FAILING)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_expectation_that_does_not_hold_says_what_was_there(text, line, kind, language):
    result = play(f"{text}  {line}\n")
    (failure,) = result.failures
    assert failure.message in {f"scenario.{kind}{like}" for like in ("", ".none", ".open", ".over")}
    last = len(result.stage.program.rulebook.scenarios[-1].lines) - 1
    assert failure.line == f"lines.{last}"
    said = failure_text(language, result, failure)
    assert "{" not in said
    what = failure.values.get("what", "")
    reader = Reader(result.stage.scope, language)
    title = reader.named(what) if what else ""
    nothing = MESSAGES.say(language, "scenario.nothing")
    values = {"what": title, "found": nothing}
    assert failure.found or said == MESSAGES.say(language, failure.message, **values)


@pytest.mark.parametrize("line", [
    "expect approval clearance approved",
    "expect approval clearance waits for hr",
    "expect item papers due 2026-03-17",
    "expect item papers open",
])  # fmt: skip
def test_what_the_case_has_not_come_to_tells_what_is_open(line):
    (failure,) = (result := play(f"{STARTED}  {line}\n")).failures
    said = failure_text("en", result, failure)
    assert failure.message.endswith(".none")
    assert Reader(result.stage.scope, "en").named("resignation.manager") in said


def test_what_waits_for_nobody_tells_its_state():
    (failure,) = (result := play(f"{SIGNED}  expect item papers waits for hr\n")).failures
    assert failure.message == "scenario.ExpectWaiting.over"
    assert MESSAGES.say("en", "status.done") in failure_text("en", result, failure)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_case_that_is_still_open_tells_what_is_not_over(language):
    (failure,) = (result := play(f"{APPROVED}  expect case closed\n")).failures
    reader = Reader(result.stage.scope, language)
    left = {one.ref for one in result.stage.state.tasks.values() if not one.ended}
    said = failure_text(language, result, failure)
    assert failure.message == "scenario.ExpectCase.open"
    assert left
    assert all(reader.named(one) in said for one in left)


def test_what_was_there_is_said_in_the_language_of_the_reader():
    result = play(f"{APPROVED}  expect item papers done\n")
    (failure,) = result.failures
    assert failure.found == ("open",)
    assert MESSAGES.say("zh", "status.open") in failure_text("zh", result, failure)


def test_whoever_plays_a_person_of_an_id_is_known_by_it_to_those_below_and_to_the_department():
    artefact = artefact_of(
        EXIT.replace("is manager of leaver", 'is manager of leaver, otherwise person "boss"')
    )
    cast = Cast(artefact.rulebook, [])
    persons = cast.directory().persons
    assert persons[persons[cast.subject].manager].id == "boss"


def test_a_member_of_a_group_who_is_told_without_a_task_is_found_out():
    text = GIVEN.replace("grade 8", "grade 12") + "  start on 2026-03-02 09:00\n"
    told = EXIT.replace(
        "role vp \"Vice president\" is holder of post \"VP\"",
        "role vp \"Vice president\" is anyone in group \"Vice\"",
    )  # fmt: skip
    line = '  wait until 2026-03-20 09:00\n  expect nobody notified in group "Vice"\n'
    text = text + '  manager approves resignation "ok"\n  hr approves resignation "ok"\n'
    artefact = artefact_of(
        told.replace("  escalate to manager of accountable", "  escalate to vp")
        + text.replace("grade 12", "grade 5")
        + line
    )
    program = Program(artefact, "leaving")
    (failure,) = run_scenario(program, program.rulebook.scenarios[-1]).failures
    assert failure.message == "scenario.ExpectNobodyNotified"


def test_a_refusal_that_nobody_expected_fails_at_its_own_line():
    result = play(f"{APPROVED}  hr signs papers\n  wait until 2026-03-04 09:00\n")
    (failure,) = result.failures
    assert (failure.message, failure.refusal.code) == ("scenario.refused", "R119")
    lines = result.stage.program.rulebook.scenarios[-1].lines
    assert failure.line == f"lines.{len(lines) - 2}"


def test_a_refusal_at_the_very_end_fails_too():
    (failure,) = play(f"{APPROVED}  hr signs papers\n").failures
    assert failure.refusal.code == "R119"


def test_acting_on_what_is_not_there_yet_is_too_early():
    text = f'{STARTED}  leaver hands over papers summary "x"\n  expect refused too early\n'
    assert play(text).failures == ()


def test_whoever_acts_on_what_is_not_there_yet_is_told_what_is():
    result = play(f'{STARTED}  leaver hands over papers summary "x"\n')
    (failure,) = result.failures
    assert "Open are: Resignation · Manager." in failure_text("en", result, failure)


def test_whom_the_case_is_about_does_not_sign_for_the_group_that_receives():
    own = PAPERS.replace('"Tried"\n', '"Tried"\n  given leaver is "Lin"\n  given hr is "Lin"\n')
    result = play(f'{own}  "Lin" signs papers\n  expect refused too early\n')
    assert result.failures == ()


def test_nothing_is_played_before_the_start():
    (failure,) = play(f"{GIVEN}  wait until 2026-03-04 09:00\n").failures
    assert failure.message == "scenario.not_started"


@pytest.mark.parametrize(
    ("target", "after"),
    [
        ("item papers", "expect item papers open"),
        ("item mentoring", "expect item project_handover done"),
        ("approval clearance", "expect item papers done"),
        ("gate severance", "expect gate severance open"),
        ("action pay", "expect case open"),
    ],
)
def test_everything_before_something_is_played_by_whoever_should(target, after):
    text = f"{STARTED}  wait until 2026-03-31 18:00\n  given everything before {target} done\n"
    assert play(f"{text}  {after}\n").failures == ()


def test_what_is_never_reached_is_told():
    text = STARTED.replace("kind agreement", "kind resignation")
    text = f"{text}  wait until 2026-03-31 18:00\n  given everything before action pay done\n"
    (failure,) = play(text).failures
    assert (failure.message, failure.values) == ("scenario.not_reached", {"what": "pay"})


def test_a_system_answers():
    text = f"{APPROVED}  wait until 2026-03-31 18:00\n"
    result = play(f"{text}  hr_system answers stop ok on 2026-03-31 19:00\n")
    assert result.failures == ()
    assert result.stage.state.tasks["S/insurance#1"].status == "done"


def test_a_fact_changes_on_its_way():
    line = (
        "  last_day becomes 2026-04-30 on 2026-03-04 09:00\n  expect item papers due 2026-04-16\n"
    )
    assert play(APPROVED + line).failures == ()


def test_several_of_a_role_act_in_one_line():
    text = f"{STARTED}  given everything before approval clearance done\n"
    text += '  manager approves clearance "ok"\n  finance approves clearance "ok"\n'
    short = f'{text}  board approves clearance "ok"\n  expect approval clearance waits for board\n'
    enough = (
        f'{text}  2 of board approves clearance "ok"\n  expect approval clearance waits for hr\n'
    )
    assert play(short).failures == ()
    assert play(enough).failures == ()


def test_the_cast_has_one_person_per_role_and_three_per_group():
    stage = play(STARTED).stage
    people = stage.cast.directory()
    assert len(people.members("Board")) == 3
    assert len(people.members("Guards")) == 3
    filled = {
        role: stage.scope.roles.people(role) for role in ("leaver", "manager", "vp", "finance")
    }
    assert len({one for found in filled.values() for one in found}) == 4


def test_one_name_is_one_person():
    text = GIVEN + '  given manager is "Zhao Min"\n  given finance is "Zhao Min"\n'
    stage = play(f"{text}  start on 2026-03-02 09:00\n").stage
    assert stage.scope.roles.people("manager") == stage.scope.roles.people("finance")


def test_scenarios_do_not_touch_each_other():
    artefact = artefact_of(
        EXIT + APPROVED + "  expect case open\n" + STARTED.replace("tried", "next")
    )
    program = Program(artefact, "leaving")
    results = [run_scenario(program, one) for one in program.rulebook.scenarios]
    assert [one.failures for one in results] == [(), ()]
    assert len(results[1].stage.state.tasks) == 1


DESIGN = Path(__file__).parents[2] / "cases" / "design" / "construction_zh.rulebook"


def test_a_whole_rulebook_of_a_builder_holds():
    program = Program(artefact_of(DESIGN.read_text("utf-8")), "离职")
    (scenario,) = program.rulebook.scenarios
    assert run_scenario(program, scenario).failures == ()


def test_the_check_of_ids_knows_what_every_task_is_called():
    text = (
        f"{STARTED}  wait until 2026-03-31 18:00\n  given everything before action pay done\n"
        "  expect case open\n"
    )
    stage = play(text).stage
    known = {claim.stem for claim in task_ids(stage.program.rulebook)}
    stems = {
        task.partition("/")[2].partition("#")[0].partition("[")[0] for task in stage.state.tasks
    }
    assert len(stems) > 8
    assert stems <= known


TABLE = """
table reviewers "Who reviews" unique
  given grade 1..15
  gives reviewer role
  | grade  | reviewer |
  | 1..9   | manager  |
  | 10..15 | vp       |
"""


@pytest.mark.parametrize(("grade", "waits"), [(9, "manager"), (10, "vp")])
def test_a_step_waits_for_whom_a_table_chooses(grade, waits):
    chosen = EXIT.replace("\n  step manager ", "\n  step reviewers.reviewer as manager ", 1)
    assert chosen != EXIT
    given = STARTED.replace("grade 8", f"grade {grade}")
    right = artefact_of(f"{chosen}{TABLE}{given}  expect approval resignation waits for {waits}\n")
    program = Program(right, "leaving")
    assert run_scenario(program, program.rulebook.scenarios[-1]).failures == ()
    other = {"manager": "vp", "vp": "manager"}[waits]
    wrong = artefact_of(f"{chosen}{TABLE}{given}  expect approval resignation waits for {other}\n")
    program = Program(wrong, "leaving")
    (failure,) = run_scenario(program, program.rulebook.scenarios[-1]).failures
    assert failure.message == "scenario.ExpectWaiting"


SMALL = """
rulebook small "Small"
  version 1.0.0

fact last_day "Last day" date

role leaver "Leaver" is subject
role taker "Taker" is holder of post "Nobody", otherwise manager of leaver, otherwise subject
role hr "HR" is person "hr"

item laptop "Laptop"
  from leaver to hr
  provide worth "Worth" integer
  provide why "Why so dear" text when item.worth > 100
  evidence photo "Photo" file when item.worth > 100

item other "Other"
  applies when taker.name = "Ann Boss"
  from taker to hr

process small "Small"
  started by hr
  managed by hr
  first items

scenario tried "Tried"
  given last_day 2026-03-31
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("leaver hands over laptop worth 500", "refused missing photo"),
        ('leaver hands over laptop worth 500, photo "p.jpg"', "refused missing why"),
        ('leaver hands over laptop worth 500, why "new", photo "p.jpg"', "item laptop handed over"),
        ("leaver hands over laptop worth 5", "item laptop handed over"),
    ],
)
def test_what_is_asked_for_may_depend_on_what_the_same_act_gives(lines: str, expected: str) -> None:
    text = f"{SMALL}  start on 2026-03-02 09:00\n  {lines}\n  expect {expected}\n"
    program = Program(artefact_of(text), "small")
    assert run_scenario(program, program.rulebook.scenarios[-1]).failures == ()


def test_a_role_that_falls_back_on_the_subject_is_read_as_whoever_fills_it() -> None:
    given = '  given taker is "Ann Boss"\n'
    for lines, expected in ((given, "open"), ("", "not applicable")):
        text = f"{SMALL}{lines}  start on 2026-03-02 09:00\n  expect item other {expected}\n"
        program = Program(artefact_of(text), "small")
        assert run_scenario(program, program.rulebook.scenarios[-1]).failures == (), lines
