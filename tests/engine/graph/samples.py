"""Small models made in Python: the processes that the golden drawings and the tests are about."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from dsl import model
from dsl.expressions import tree
from dsl.types import ChoiceType, Option, YesNoType
from engine.graph.build import build

KINDS = ChoiceType(
    options=(
        Option(id="resign", title={"zh": "辞职", "en": "resignation"}),
        Option(id="agreed", title={"zh": "协商解除", "en": "mutual agreement"}),
    )
)
NOT_RESIGNED = tree.Compare(
    op="!=", left=tree.FactValue(fact="kind"), right=tree.Constant(type=KINDS, value="resign")
)
PROBATION = tree.FactValue(fact="probation")
FACTS = (
    model.Fact(id="kind", title={"zh": "离职类型", "en": "Kind of exit"}, type=KINDS),
    model.Fact(id="probation", title={"zh": "试用期", "en": "On probation"}, type=YesNoType()),
)
ROLES = tuple(
    model.Role(id=role, title={"zh": zh, "en": en}, resolvers=(model.Subject(),))
    for role, zh, en in (
        ("leaver", "离职人", "Leaver"),
        ("manager", "直属上级", "Manager"),
        ("project", "项目经理", "Project lead"),
        ("vice", "人资副总", "HR vice president"),
        ("officer", "人事专员", "HR officer"),
        ("finance", "财务", "Finance"),
        ("successor", "接手人", "Successor"),
    )
)


def item(ref: str, zh: str = "", en: str = "", **more: object) -> model.Item:
    """An item from the leaver to the successor."""
    return model.Item(
        id=ref,
        title={"zh": zh or ref, "en": en or ref},
        giver="leaver",
        receiver="successor",
        signers=(("leaver",), ("successor",)),
        **more,  # type: ignore[arg-type]
    )


def do(kind: model.DoKind, ref: str | None = None) -> model.Do:
    """One line of a process."""
    return model.Do(kind=kind, id=ref)


def rulebook(
    *body: model.Flow, parts: tuple[model.Process, ...] = (), **declared: object
) -> model.Rulebook:
    """A rulebook with one process, and the parts of it."""
    process = model.Process(
        id="exit",
        title={"zh": "离职流程", "en": "Leaving"},
        started_by=("leaver",),
        managed_by=("officer",),
        body=body,
    )
    return model.Rulebook(
        id="sample",
        title={"zh": "样例", "en": "Sample"},
        language="zh",
        version="1.0.0",
        timezone="Asia/Shanghai",
        currency="CNY",
        processes=(process, *parts),
        facts=FACTS,
        roles=ROLES,
        **declared,  # type: ignore[arg-type]
    )


RESIGNATION = model.Approval(
    id="resignation",
    title={"zh": "离职申请审批", "en": "Resignation"},
    steps=(
        model.Step(id="manager", roles=("manager",)),
        model.Step(id="project", roles=("project",), when=NOT_RESIGNED),
        model.Step(id="officer", roles=("officer",)),
    ),
    on_reject=model.ReturnOnReject(role="leaver"),
)
CONFIRMATION = model.Approval(
    id="confirmation",
    title={"zh": "交接完成确认", "en": "Handover confirmed"},
    steps=(
        model.Step(id="both", roles=("manager", "finance"), need=None),
        model.Step(id="officer", roles=("officer",)),
    ),
    on_reject=model.EndOnReject(),
)
SEVERANCE = model.Gate(
    id="severance",
    title={"zh": "结清经济补偿", "en": "Severance"},
    holds=(model.HeldThing(thing="severance"), model.HeldStage(stage="settling")),
    until=(tree.EveryItemDone(),),
)
PAY = model.Action(
    id="pay",
    title={"zh": "支付经济补偿", "en": "Pay severance"},
    by="finance",
    releases=("severance",),
)
INSURANCE = model.Action(
    id="insurance",
    title={"zh": "办理社保减员与档案转移", "en": "End social insurance and move the file"},
    by="officer",
)
MAIL = model.Access(id="mail", title={"zh": "企业邮箱", "en": "Mailbox"}, by="officer")
ITEMS = (
    item("papers", "工程资料归档", "Engineering papers"),
    item("projects", "项目移交", "Projects", each=model.ForEach("p", "projects")),
    item("visits", "客户回访计划", "Customer visits", applies=NOT_RESIGNED, after=("papers",)),
    item("loans", "借款结清", "Loans settled", applies=NOT_RESIGNED),
)
CONSTRUCTION = rulebook(
    model.StageMark(id="applying", title={"zh": "申请与审批", "en": "Application"}),
    do("approval", "resignation"),
    model.StageMark(id="handing", title={"zh": "工作交接", "en": "Handover"}),
    model.Together(
        branches=(
            (do("items"), do("approval", "confirmation")),
            (do("access", "mail"),),
            (do("action", "insurance"),),
        )
    ),
    model.StageMark(id="settling", title={"zh": "结清", "en": "Settling"}),
    model.Choose(condition=NOT_RESIGNED, then=(do("gate", "severance"), do("action", "pay"))),
    approvals=(RESIGNATION, CONFIRMATION),
    items=ITEMS,
    gates=(SEVERANCE,),
    actions=(PAY, INSURANCE),
    accesses=(MAIL,),
)
SMALL = rulebook(do("items"), items=(item("laptop", "笔记本电脑", "Laptop"),))
BACK = rulebook(
    do("approval", "review"),
    model.Choose(
        condition=tree.AllOf(parts=(NOT_RESIGNED, tree.Not(of=PROBATION))),
        then=(do("item", "keys"),),
        otherwise=(do("item", "badge"), do("item", "car")),
    ),
    approvals=(
        model.Approval(
            id="review",
            title={"zh": "评审", "en": "Review"},
            steps=(
                model.Step(id="a", roles=("manager",)),
                model.Step(id="b", roles=("project", "vice"), need=2),
                model.Step(id="c", roles=("officer",)),
            ),
            on_reject=model.BackOnReject(step="a"),
        ),
    ),
    items=(
        item("keys", "钥匙", "Keys"),
        item("badge", "门禁卡", "Badge"),
        item("car", "车", "Car"),
    ),
)
HANDOVER = model.Process(
    id="handover",
    title={"zh": "工作交接", "en": "Handover"},
    started_by=(),
    managed_by=(),
    body=(do("items"), do("document", "letter")),
)
LETTER = model.Document(
    id="letter",
    title={"zh": "转移责任书", "en": "Transfer of responsibility"},
    template="letter.docx",
    signers=(("leaver", "successor"), ("manager",)),
    releases=("certificate",),
)
NESTED = rulebook(
    do("approval", "confirmation"),
    do("process", "handover"),
    do("action", "insurance"),
    approvals=(CONFIRMATION,),
    items=ITEMS[:3],
    gates=(
        model.Gate(
            id="certificate",
            title={"zh": "开具离职证明", "en": "Leaving certificate"},
            holds=(model.HeldThing(thing="certificate"),),
            until=(tree.EveryItemDone(),),
        ),
    ),
    actions=(INSURANCE,),
    documents=(LETTER,),
    parts=(HANDOVER,),
)
GOLDEN = {"construction": CONSTRUCTION, "small": SMALL, "back": BACK, "nested": NESTED}


NEAR = 8
"""Items wait for items that stand not far before them, as they do where people write them."""


class Maker:
    """Turns a drawn shape into declarations; counts the nodes that it asks for."""

    def __init__(self, random: Random, budget: int) -> None:
        self.random = random
        self.budget = budget
        self.items: list[model.Item] = []
        self.approvals: list[model.Approval] = []
        self.gates: list[model.Gate] = []
        self.actions: list[model.Action] = []
        self.stages = 0

    def body(self, depth: int) -> tuple[model.Flow, ...]:
        """A sequence of a few parts."""
        return tuple(self.part(depth) for _ in range(self.random.randint(0 if depth else 1, 5)))

    def made(self, *body: model.Flow) -> model.Rulebook:
        """A rulebook of a process and of all that has been declared for it."""
        return rulebook(
            *body,
            approvals=tuple(self.approvals),
            items=tuple(self.items),
            gates=tuple(self.gates),
            actions=tuple(self.actions),
        )

    def part(self, depth: int) -> model.Flow:
        """One part; branchings get rarer as they nest and as the budget runs out."""
        shapes = ["item", "item", "approval", "gate", "action", "stage", "wait"]
        if depth < 4 and self.budget > 0:
            shapes += ["together", "together", "choose"]
        shape = self.random.choice(shapes)
        self.budget -= 4 if shape == "approval" else 2
        if shape == "together":
            count = self.random.randint(2, 5)
            return model.Together(branches=tuple(self.body(depth + 1) for _ in range(count)))
        if shape == "choose":
            then, otherwise = self.body(depth + 1), self.body(depth + 1)
            return model.Choose(condition=NOT_RESIGNED, then=then, otherwise=otherwise)
        return getattr(self, f"_{shape}")()

    def _title(self) -> dict[str, str]:
        signs = self.random.choices("交接离职资料客户abc ", k=self.random.randint(1, 30))
        return {"zh": "".join(signs)}

    def _item(self) -> model.Flow:
        known = [each.id for each in self.items[-NEAR:]]
        before = self.random.sample(known, min(len(known), self.random.randint(0, 2)))
        after = tuple(sorted(before))
        made = item(f"i{len(self.items)}", after=after)
        self.items.append(model.Item(**{**_fields(made), "title": self._title()}))
        return do("item", made.id)

    def _approval(self) -> model.Flow:
        ref = f"a{len(self.approvals)}"
        count = self.random.randint(1, 4)
        steps = tuple(model.Step(id=f"s{n}", roles=("manager",)) for n in range(count))
        reject = self.random.choice(
            (
                model.EndOnReject(),
                model.ReturnOnReject(role="leaver"),
                model.BackOnReject(step=f"s{count // 2}"),
            )
        )
        self.approvals.append(
            model.Approval(id=ref, title=self._title(), steps=steps, on_reject=reject)
        )
        return do("approval", ref)

    def _gate(self) -> model.Flow:
        ref = f"g{len(self.gates)}"
        held = model.HeldStage(
            stage=f"t{self.random.randint(max(0, self.stages - 2), self.stages)}"
        )
        thing = model.HeldThing(thing=self.random.choice(("wages", "severance")))
        self.gates.append(
            model.Gate(id=ref, title=self._title(), holds=(held, thing), until=(PROBATION,))
        )
        return do("gate", ref)

    def _action(self) -> model.Flow:
        ref = f"x{len(self.actions)}"
        releases = tuple(self.random.sample(("wages", "severance"), self.random.randint(0, 1)))
        self.actions.append(
            model.Action(id=ref, title=self._title(), by="officer", releases=releases)
        )
        return do("action", ref)

    def _wait(self) -> model.Flow:
        return model.Wait(until=tree.FactValue(fact="kind"))

    def _stage(self) -> model.Flow:
        self.stages += 1
        return model.StageMark(id=f"t{self.stages - 1}", title=self._title())


def _fields(struct: model.Item) -> dict[str, object]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


@st.composite
def processes(draw: st.DrawFn, budget: int = 60) -> model.Rulebook:
    """A random rulebook whose process nests as the language lets it."""
    maker = Maker(draw(st.randoms(use_true_random=False)), draw(st.integers(1, budget)))
    return maker.made(*maker.body(0))


def large_process(seed: int, least: int, most: int) -> model.Rulebook:
    """A random rulebook whose process has so many nodes; it is of one seed, not drawn, so that it can be large."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret
    while True:
        maker, body = Maker(random, most), []
        while len(build(maker.made(*body))) < least:
            body.append(maker.part(0))
        book = maker.made(*body)
        if len(build(book)) <= most:
            return book
