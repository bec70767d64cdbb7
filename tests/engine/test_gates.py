"""What gates hold, what opens them, and what is told of one that is shut."""

from engine.commands import Sign, Waive
from engine.events import GateOpened, StageEntered
from engine.seen import signed_hash
from engine.views.gates import gate_view
from engine.views.reader import Reader
from tests.engine.sample.company import Player

TEXT = """rulebook gates "Gates"
  version 1.0.0
  timezone "Asia/Shanghai"
fact agreed "Agreed" yes/no default no set by hr
fact audited "Audited" yes/no default no set by hr
fact keys_out "Keys out" yes/no default yes set by hr
role leaver "Leaver" is subject
role hr "HR" is anyone in group "HR"
role finance "Finance" is head of department "Finance"
item papers "Papers"
  from leaver to hr
item keys "Keys"
  applies when keys_out
  from leaver to hr
gate money "Money"
  holds wages, "bonus"
  until agreed
gate paper "Paper"
  holds certificate
  until item papers done
  until item keys done
  waiver by finance with reason
gate audit "Audit"
  holds stage ending
  until audited
action pay "Pay"
  by finance within 5 working days
  releases wages
action treat "Treat"
  by finance
  releases "bonus"
action greet "Greet"
  by hr
document letter "Letter"
  template "letter.docx"
  signed by hr
  releases certificate
action farewell "Farewell"
  by hr
process leaving "Leaving"
  started by leaver, hr
  managed by hr
  stage work "Work"
  first together
    first action pay
  and
    first action treat
  and
    first action greet
  and
    first document letter
  and
    first items
  end
  stage ending "Ending"
  then action farewell
"""


def opened() -> Player:
    player = Player(TEXT)
    player.open()
    return player


def come_up(player: Player) -> set[str]:
    """The actions and documents that have come up, and the stages that have begun."""
    tasks = {one.ref for one in player.state.tasks.values() if one.kind in ("action", "document")}
    return tasks | {one.stage for one in player.of(StageEntered)}


def signed(player: Player, item: str) -> None:
    player.hand_over("L", item)
    player.sign("H1", item)


def test_a_gate_holds_every_action_and_document_that_releases_what_it_holds_and_nothing_else():
    player = opened()
    assert come_up(player) == {"work", "greet"}
    player.change("agreed", value=True)
    assert come_up(player) == {"work", "greet", "pay", "treat"}
    signed(player, "papers")
    assert "letter" not in come_up(player), "the keys are not done"
    signed(player, "keys")
    assert come_up(player) == {"work", "greet", "pay", "treat", "letter"}


def test_a_stage_does_not_begin_while_its_gate_is_shut():
    player = opened()
    player.change("agreed", value=True)
    for item in ("papers", "keys"):
        player.act("H1", Waive(player.task(item).id, "Lost"))
    letter = player.task("letter")
    player.act("H1", Sign(letter.id, signed_hash(player.state, letter)))
    player.complete("F", "pay")
    player.complete("F", "treat")
    player.complete("H1", "greet")
    assert player.state.stage == "work"
    assert player.state.tokens["stage:ending"] == 1
    player.change("audited", value=True)
    assert player.state.stage == "ending"
    assert player.task("farewell").status == "open"


def test_done_in_a_gate_is_done_or_waived_or_not_applicable():
    player = opened()
    player.act("H2", Waive(player.task("papers").id, "They are lost"))
    assert not player.state.is_open("paper")
    player.change("keys_out", value=False)
    assert player.state.is_open("paper")


def test_a_waiver_opens_its_gate_and_nothing_else():
    player = opened()
    player.refused("H1", Waive("gate:paper", "we know him"))
    player.act("F", Waive("gate:paper", "we know him"))
    assert [(one.gate, one.waived_by) for one in player.of(GateOpened)] == [("paper", "F")]
    assert come_up(player) == {"work", "greet", "letter"}
    assert {player.task(one).status for one in ("papers", "keys")} == {"open"}


def test_a_shut_gate_tells_all_that_it_still_waits_for():
    player = opened()
    signed(player, "papers")
    (missing,) = gate_view(Reader(player.scope, "en"), "paper", "F").obstacles
    assert missing.task == player.task("keys").id
    assert missing.waits_for == ("Li Lei",)
