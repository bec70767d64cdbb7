"""Every form of a condition, in both dialects: it means the same in both, and has this value.

What does not fit together is refused alike in both. `test_compile` looks closer at the values.
"""

from datetime import date, timedelta
from functools import cache

import pytest

from dsl.expressions.compile import compile_expression, holds
from dsl.formatter import format_source
from dsl.pipeline import check_source
from dsl.source import of_text
from dsl.types import Duration
from tests.dsl.test_compile import FACTS, HEAD, Case

FRAME = HEAD.replace(
    "fact grade",
    """fact notice "Notice" duration
fact applied "Applied" date
fact car "Car" yes/no
fact grade""",
).replace(
    'approval ok "OK"',
    """table bonus "Bonus" unique
  given level 1..15
  gives months integer
  | level | months |
  | 1..7  | 1      |
  | 8..15 | 2      |
approval ok "OK\"""",
)
KNOWN = FACTS | {"notice": Duration(30, "day"), "applied": date(2026, 3, 1), "car": True}


class Forms(Case):
    """A case in which every day is a working day."""

    def shift(self, moment, duration, direction):
        days = timedelta(days=duration.amount)
        return moment - days if direction == "before" else moment + days


HOLDING = [
    ("level = 8", "level = 8", True),
    ('"Board" in leaver.groups', '"Board" 属于 leaver.小组', True),
    ('"HR" in leaver.groups', '"HR" 属于 leaver.小组', False),
    ("level is not 8", "level 不等于 8", False),
    ("level != 8", "level != 8", False),
    ("level < 8", "level < 8", False),
    ("level <= 8", "level <= 8", True),
    ("level > 7", "level > 7", True),
    ("level >= 9", "level >= 9", False),
    ("level in [7, 8]", "level 属于 [7, 8]", True),
    ("team in [lead]", "team 属于 [lead]", True),
    ("team = other or level = 8", "team = other 或 level = 8", True),
    ("team = lead and level = 9", "team = lead 且 level = 9", False),
    ("not (team = other and car = yes)", "非 (team = other 且 car = 是)", True),
    ("car", "car", True),
    ("car = no", "car = 否", False),
    ("rate = 5%", "rate = 5%", True),
    ("pay >= 2000 CNY", "pay >= 2000 CNY", True),
    ("pay * 50% < 1001 CNY", "pay * 50% < 1001 CNY", True),
    ("notice = 30 days", "notice = 30 天", True),
    ("notice = 720 hours", "notice = 720 小时", False),
    ("notice in [4 weeks, 30 days]", "notice 属于 [4 周, 30 天]", True),
    ("notice in [30 days, 60 days]", "notice 属于 [30 天, 60 天]", True),
    ("last < 2026-04-01", "last < 2026-04-01", True),
    ("last = 30 days after applied", "last = applied 后 30 天", True),
    ("last < 30 days after applied", "last < applied 后 30 天", False),
    ("15 days before last > applied", "last 前 15 天 > applied", True),
    ("3 working days before last = 2026-03-28", "last 前 3 个工作日 = 2026-03-28", True),
    ("last 18:00 > 2026-03-31 17:59", "last 18:00 > 2026-03-31 17:59", True),
    ("days until last = 30", "距 last 天数 = 30", True),
    ("known grade", "已知 grade", False),
    ("not known grade", "非 已知 grade", True),
    ("known grade and grade > 3", "已知 grade 且 grade > 3", False),
    ("not known grade or grade > 3", "非 已知 grade 或 grade > 3", True),
    ("not (known grade and grade > 3)", "非 (已知 grade 且 grade > 3)", True),
    (
        "(known grade and grade > 3) or (not known grade and level = 8)",
        "(已知 grade 且 grade > 3) 或 (非 已知 grade 且 level = 8)",
        True,
    ),
    ("any x in projects where x.claims > 1", "projects 中 有 x 满足 x.claims > 1", True),
    ("every x in projects where x.claims > 1", "projects 中 每个 x 满足 x.claims > 1", False),
    (
        "any x in projects where known x.note and x.note = \"x\"",
        "projects 中 有 x 满足 已知 x.note 且 x.note = \"x\"",
        True,
    ),
    ("count of projects = 2", "projects 的 个数 = 2", True),
    ("sum of x.budget in projects = 15.50 CNY", "projects 中 x.budget 的 合计 = 15.50 CNY", True),
    ("bonus.months = 2", "bonus.months = 2", True),
    ("boss.level > 10", "boss.职级 > 10", True),
    ("boss.department = \"Sales\"", "boss.部门 = \"Sales\"", True),
    ("item keys overdue", "交接项 keys 逾期", True),
    ("item keys done", "交接项 keys 完成", False),
    ("every item done", "全部 交接项 完成", False),
    ("count of items overdue = 1", "逾期 交接项 个数 = 1", True),
    ("approval ok approved", "审批 ok 已通过", True),
    ("approval ok rejected", "审批 ok 被驳回", False),
]  # fmt: skip
REFUSED = [
    ("rate > 5", "rate > 5", "E302"),
    ("level > 5%", "level > 5%", "E302"),
    ("pay > 2000", "pay > 2000", "E302"),
    ("level > 2000 CNY", "level > 2000 CNY", "E302"),
    ("pay > 2000 USD", "pay > 2000 USD", "E303"),
    ("pay + 5 USD > 2000 CNY", "pay + 5 USD > 2000 CNY", "E303"),
    ("notice > 30", "notice > 30", "E301"),
    ("level > 3 days", "level > 3 天", "E302"),
    ("notice < 5 working days", "notice < 5 个工作日", "E308"),
    ("notice < 31 days", "notice < 31 天", "E308"),
    ("last < 2026-04-01 09:00", "last < 2026-04-01 09:00", "E305"),
    ("last > level", "last > level", "E301"),
    ("3 days before level > last", "level 前 3 天 > last", "E309"),
    ("team > lead", "team > lead", "E308"),
    ("team = chief", "team = chief", "E353"),
    ("level in [lead]", "level 属于 [lead]", "E201"),
    ("grade > 3", "grade > 3", "E306"),
    ("known grade or grade > 3", "已知 grade 或 grade > 3", "E306"),
    ("not known grade and grade > 3", "非 已知 grade 且 grade > 3", "E306"),
    ("(known grade or level = 8) and grade > 3", "(已知 grade 或 level = 8) 且 grade > 3", "E306"),
    ("level", "level", "E307"),
    ("level and car", "level 且 car", "E307"),
    ("any x in level where x = 1", "level 中 有 x 满足 x = 1", "E311"),
    ("sum of x.code in projects = 1", "projects 中 x.code 的 合计 = 1", "E311"),
    ("team + 1 = 2", "team + 1 = 2", "E312"),
    ("pay * pay > 1 CNY", "pay * pay > 1 CNY", "E312"),
]


@cache
def frame(language):
    return format_source(of_text("t", FRAME), language).text


def outcome(language, text):
    gate = {
        "en": 'gate g "G"\n  holds severance\n  until ',
        "zh": '门 g "G"\n  暂缓 经济补偿\n  直到 ',
    }
    return check_source(of_text("t", f"{frame(language)}\n{gate[language]}{text}\n"))


def checked(language, text):
    found = outcome(language, text)
    assert found.checked is not None, found.diagnostics
    return found.checked.rulebook


@pytest.mark.parametrize(("english", "chinese", "expected"), HOLDING)
def test_a_condition_has_this_value_in_both_dialects(english, chinese, expected):
    for language, text in (("en", english), ("zh", chinese)):
        rulebook = checked(language, text)
        compiled = compile_expression(
            rulebook.gates[0].until[0], {table.id: table for table in rulebook.tables}
        )
        assert holds(compiled, KNOWN, Forms()) is expected, language


@pytest.mark.parametrize(("english", "chinese", "code"), REFUSED)
def test_a_condition_is_refused_in_both_dialects(english, chinese, code):
    for language, text in (("en", english), ("zh", chinese)):
        assert [each.code for each in outcome(language, text).diagnostics] == [code], language
