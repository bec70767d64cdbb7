"""Random people do random things; after every act everything that must hold is looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.commands import (
    Answer,
    Approve,
    Attach,
    Comment,
    Complete,
    HandOver,
    Name,
    Provide,
    Refuse,
    Reject,
    Resubmit,
    Return,
    Sign,
    Waive,
    Withdraw,
)
from engine.people.directory import Department
from engine.rejection import Refusal
from engine.seen import application_hash, item_hash
from engine.state import ActionTask, ItemTask, RevisionTask, StepTask, Task
from engine.waiting import people_awaited
from tests.engine.sample.company import PERSONS, PROJECTS, Player, kept
from tests.engine.sample.looking import look_at

PEOPLE = st.sampled_from([one.id for one in PERSONS])
DAYS = st.integers(0, 6)
CHANGES = st.sampled_from(
    [
        ("car", True), ("car", False), ("grade", 9), ("grade", 12), ("kind", "agreement"),
        ("kind", "resignation"), ("last_day", "2026-03-09"), ("last_day", "2026-04-15"),
        ("bonus_day", "2026-03-25"), ("bonus_day", None), ("projects", []),
        ("projects", PROJECTS[:1]), ("projects", PROJECTS), ("salary", "1 CNY"),
        ("hint", "psst"), ("hint", None),
        ("projects", [{"code": "P-1", "name": "Bridge", "progress": "20%"}]),
    ]
)  # fmt: skip
FACTS = st.fixed_dictionaries(
    {
        "grade": st.sampled_from([5, 8, 12]),
        "kind": st.sampled_from(["resignation", "agreement"]),
        "car": st.booleans(),
        "projects": st.sampled_from([[], PROJECTS[:1], PROJECTS]),
    }
)
SUBJECTS = st.sampled_from(["L", "L", "V", "H1", "M"])
CONSTRUCTION = Path(__file__).parents[2] / "rulebooks/construction.rulebook"
SITE = [
    {"编号": "P-07", "名称": "滨江二期", "业主": "滨江置业", "进度": "60%"},
    {"编号": "P-11", "名称": "城北学校", "业主": "城北教育局", "进度": "100%"},
]
LOANS = [{"编号": "L-1", "事由": "备用金", "金额": "12000 CNY"}]
SITE_CHANGES = st.sampled_from(
    [
        ("岗位", "工程师"), ("岗位", "项目负责人"), ("职级", 12), ("离职类型", "辞职"),
        ("最后工作日", "2026-03-10"), ("最后工作日", "2026-04-15"), ("在管项目", SITE[:1]),
        ("在管项目", SITE), ("未清借款", []), ("未清借款", LOANS), ("月薪", "1 CNY"),
    ]
)  # fmt: skip
SITE_FACTS = st.fixed_dictionaries(
    {
        "岗位": st.sampled_from(["项目负责人", "资料员"]),
        "职级": st.sampled_from([6, 12]),
        "离职类型": st.sampled_from(["辞职", "协商解除"]),
        "提出日期": st.just("2026-03-01"),
        "最后工作日": st.just("2026-03-31"),
        "月薪": st.just("9000 CNY"),
        "在管项目": st.sampled_from([[], SITE]),
        "未清借款": st.sampled_from([[], LOANS]),
    }
)
WORDS = {"HR": "人事共享中心", "Guards": "资料室", "VP": "人资副总", "Lead": "项目经理"}
CREW = tuple(
    replace(
        one,
        post=WORDS.get(one.post, one.post),
        groups=tuple(WORDS.get(group, group) for group in one.groups),
    )
    for one in PERSONS
)
OFFICES = (Department("财务部", "F"), Department("Works", "M"))


class Setting(NamedTuple):
    """Where a walk takes place."""

    player: Callable[[], Player]
    facts: st.SearchStrategy
    changes: st.SearchStrategy
    managers: str


SAMPLE = Setting(Player, FACTS, CHANGES, "hr")
BUILDING = Setting(
    lambda: Player(CONSTRUCTION.read_text("utf-8"), persons=CREW, departments=OFFICES),
    SITE_FACTS, SITE_CHANGES, "人事专员",
)  # fmt: skip


class Walk:
    """One case and whoever feels like acting on it."""

    def __init__(self, data: st.DataObject, setting: Setting) -> None:
        self.data = data
        self.setting = setting
        self.player = setting.player()
        self.day = 2
        self.player.open("H2", subject=data.draw(SUBJECTS), **data.draw(setting.facts))

    def step(self) -> None:
        kind = self.data.draw(st.sampled_from(["act", "act", "act", "act", "fact", "wait", "odd"]))
        getattr(self, f"_{kind}")()

    def _wait(self) -> None:
        self.day = min(self.day + self.data.draw(DAYS), 60)
        month, day = (3, self.day) if self.day <= 31 else (4, self.day - 31)
        self.player.at(f"2026-{month:02}-{min(day, 29 + (month == 3) * 2):02}T18:00")

    def _fact(self) -> None:
        fact, value = self.data.draw(self.setting.changes)
        if self.player.state.status == "open" and "H2" in self._managers():
            self.player.change(fact, value, "H2")

    def _managers(self) -> tuple[str, ...]:
        return self.player.scope.roles.people(self.setting.managers)

    def _act(self) -> None:
        """Whoever is waited for does what is asked, more or less."""
        tasks = [self.player.state.tasks[one] for one in self.player.state.active]
        if not tasks:
            return
        task = self.data.draw(st.sampled_from(tasks))
        people = people_awaited(self.player.program, task)
        person = self.data.draw(st.sampled_from(people) if people else PEOPLE)
        if isinstance(task, ItemTask) and task.status == "open":
            for evidence in self.player.program.items[task.ref].evidence:
                self._try(person, Attach(task.id, evidence.id, kept("x"), "x", None))
        self._try(person, self._command(task))

    def _odd(self) -> None:
        """Somebody does something that is most likely not theirs to do."""
        task = self.data.draw(st.sampled_from(list(self.player.state.tasks.values())))
        gate = self.data.draw(st.sampled_from(sorted(self.player.program.gates)))
        call = next(one.call for one in self.player.program.actions.values() if one.call)
        command = self.data.draw(
            st.sampled_from(
                [
                    self._command(task),
                    Waive(task.id, "no need"),
                    Waive(f"gate:{gate}", "no need"),
                    Comment("well", task.id),
                    Provide(task.id, {"pages": 3}),
                    Answer(call.system, call.operation, ok=self.data.draw(st.booleans()), note=""),
                    Withdraw("never mind") if self.data.draw(st.booleans()) else Comment("x", None),
                ]
            )
        )
        behalf = self.data.draw(st.none() | PEOPLE)
        system = isinstance(command, Answer)
        person = f"system:{call.system}" if system else self.data.draw(PEOPLE)
        if isinstance(command, Waive) and self.data.draw(st.booleans()):
            person, behalf = "H1", None
        self._try(person, command, None if system else behalf)

    def _command(self, task: Task):
        seen = application_hash(self.player.state)
        pick = self.data.draw(st.integers(0, 9))
        match task:
            case StepTask():
                no = [Reject(task.id, "no", seen), Return(task.id, "again")]
                return no[pick] if pick < len(no) else Approve(task.id, "fine", seen)
            case RevisionTask():
                return Resubmit(task.id, "", {"remark": f"v{pick}"}, {})
            case ActionTask():
                return Complete(task.id, "done")
            case ItemTask() if task.status == "handed_over":
                return Refuse(task.id, "no") if pick == 0 else Sign(task.id, item_hash(task))
            case ItemTask():
                asked = {one.id for one in self.player.program.items[task.ref].contents}
                return HandOver(task.id, dict.fromkeys(sorted(asked - {"pages"}), "x"))
            case _:
                return Name(task.id, self.data.draw(PEOPLE))

    def _try(self, person: str, command: object, behalf: str | None = None) -> None:
        service, case = self.player.service, self.player.case
        service.advance()
        before = look_at.everything(service, case)
        answer = self.player.attempt(person, command, behalf)
        if isinstance(answer, Refusal):
            after = look_at.everything(service, case)
            assert after.case == before.case
            assert after.attempts == before.attempts + (answer.kind == "authority")


def walk(data: st.DataObject, setting: Setting, steps: int) -> None:
    walking = Walk(data, setting)
    for _ in range(steps):
        walking.step()
        if walking.player.state.status != "open":
            break
    _closed_for_a_reason(walking.player)


def _closed_for_a_reason(player: Player) -> None:
    state = player.state
    if state.status == "closed":
        assert not state.undone_items
        assert not state.unlisted
    if state.status == "open":
        assert state.tokens.total() or state.undone_items


@pytest.mark.parametrize("setting", [SAMPLE, BUILDING], ids=["sample", "construction"])
@settings(max_examples=10)
@given(data=st.data())
def test_everything_holds_whatever_people_do(setting, data):
    walk(data, setting, 40)


@pytest.mark.long
@pytest.mark.parametrize("setting", [SAMPLE, BUILDING], ids=["sample", "construction"])
@settings(max_examples=200)
@given(data=st.data())
def test_everything_holds_whatever_people_do_for_long(setting, data):
    walk(data, setting, 120)
