"""Early warning: records of a feed are looked at outside any case."""

from engine.feeds import FeedData
from engine.rejection import Refusal
from tests.engine.sample.company import EXIT, Player, artefact_of, local

RULES = """
record lease "Lease"
  key number
  held by tenant
  number text
  place text
  tenant person
  ends date

feed leases "Leases" of lease

rule ending "A lease ends"
  watch each x in leases
  when days until x.ends <= 30
  notify subject, manager, hr by email "{x.place} ends on {x.ends}, held by {x.tenant.name}"
  note "{days until x.ends} days left"

audience
  never group "HR"
"""


def row(number: str, ends: str) -> dict[str, str]:
    return {"number": number, "place": f"Flat {number}", "tenant": "L", "ends": ends}


def office() -> Player:
    return Player(EXIT + RULES)


def fed(player: Player, *rows: dict[str, str]) -> None:
    data = FeedData(rows, {"L": tuple(range(len(rows)))})
    assert player.office.import_feed("sample_exit", "leases", data, "leases.csv") is None


def warnings(player: Player) -> list[tuple[str, bool]]:
    rows = player.service.store.rows("warnings", order="id")
    return [(one["key"], one["cleared_at"] is None) for one in rows]


def told(player: Player) -> list[tuple[tuple[str, ...], str]]:
    rows = player.service.store.rows("outbox", {"kind": "notice"}, order="id")
    return [(tuple(to["person"] for to in one["to"]), one["text"]) for one in rows]


def test_an_import_warns_of_the_records_that_fulfil_the_rule_once():
    player = office()
    fed(player, row("1", "2026-03-20"), row("2", "2026-12-31"))
    assert warnings(player) == [("1", True)]
    assert told(player) == [(("L", "M"), "Flat 1 ends on 2026-03-20, held by Li Lei")]
    fed(player, row("1", "2026-03-21"), row("2", "2026-12-31"))
    assert len(told(player)) == 1


def test_what_the_audience_keeps_back_is_on_record():
    player = office()
    fed(player, row("1", "2026-03-20"))
    types = [one.type for one in player.service.store.read("warnings/sample_exit")]
    assert types == ["WarningRaised", "NoticeQueued", "NoticeWithheld", "Noted"]


def test_a_warning_ends_with_its_reason_or_its_record_and_may_come_again():
    player = office()
    fed(player, row("1", "2026-03-20"))
    fed(player, row("1", "2026-12-31"))
    assert warnings(player) == [("1", False)]
    fed(player, row("1", "2026-03-20"))
    assert warnings(player) == [("1", True)]
    fed(player)
    assert warnings(player) == [("1", False)]
    assert len(told(player)) == 2


def test_days_that_pass_raise_a_warning_on_the_day_itself():
    player = office()
    fed(player, row("2", "2026-04-20"))
    assert warnings(player) == []
    player.office.advance_to(local("2026-04-01T12:00"))
    assert warnings(player) == [("2", True)]
    (raised,) = [
        one
        for one in player.service.store.read("warnings/sample_exit")
        if one.type == "WarningRaised"
    ]
    assert raised.occurred_at == local("2026-03-21T00:00")


def test_nothing_is_looked_at_where_no_rule_watches():
    player = Player()
    player.service.watching.keep("sample_exit")
    assert player.service.store.rows("timers") == []


def test_two_who_look_at_once_warn_once():
    player = office()
    fed(player, row("1", "2026-03-20"))
    player.service.watching.keep("sample_exit")
    assert len(told(player)) == 1


def test_a_version_that_watches_no_more_ends_its_warnings_and_its_days():
    player = office()
    fed(player, row("1", "2026-03-20"))
    plain = artefact_of(EXIT.replace("version 1.0.0", "version 1.1.0"))
    assert not isinstance(player.office.publish(plain, "no more"), Refusal)
    assert warnings(player) == [("1", False)]
    assert player.service.store.rows("timers") == []
    player.office.advance_to(local("2026-03-05T12:00"))
