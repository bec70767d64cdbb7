"""Acting: what can be done about what is selected, and the form of the act that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import ClassVar, TypeVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea
from typing_extensions import override

from engine.commands import GATE, CommandName
from engine.desk.fields import FormView
from engine.desk.outcome import Outcome
from engine.views.cases import CaseView
from tui.acts import ABOUT_ANYTHING, ACT_KEYS, TAKEN_BACK
from tui.messages import LedgerMoved
from tui.office import Desk
from tui.screens.dialog import Dialog
from tui.screens.menu import Choice, Menu
from tui.shell import Shell, Undo
from tui.texts import shown
from tui.themes import TONES
from tui.widgets.fields import FormField, People
from tui.widgets.keys import KeyLine

T = TypeVar("T")
Ask = Callable[[Desk, dict[str, str], bool], Outcome]
"""Carries out what a form holds, or with True says what it would do."""
Judge = Callable[[Desk, dict[str, str]], dict[str, str]]
"""Says of what a form holds what is wrong, by the ids of the fields."""
PAUSE_SECONDS = 0.4
"""Who has not typed for so long has come to an end, or waits for a word."""


def act_menu(shell: Shell, title: str, acts: tuple[CommandName, ...]) -> Menu[CommandName]:
    """The acts that are possible now; a letter or Enter chooses.

    Args:
        shell: what every screen has at hand.
        title: what they are about.
        acts: in order.
    """
    return Menu(title, [_choice(shell, act, act) for act in acts])


def _choice(shell: Shell, act: CommandName, value: T) -> Choice[T]:
    key, dangerous = ACT_KEYS[act]
    if dangerous:
        return Choice(key, shell.say("act.with_reason", act=shell.act(act)), value, "notice")
    return Choice(key, shell.act(act), value)


class FormScreen(Dialog[Outcome | None]):
    """A form. It stays open, with the reason, until what it asks for can be done or it is left.

    Args:
        shell: what every screen has at hand.
        form: what is asked for.
        people: whom a field for a person may name.
        ask: carries it out.
        judge: says what is wrong in it while it is filled in.
        dangerous: the act needs a reason, whatever the form says.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("ctrl+s", "send", show=False, priority=True),
        Binding("f4", "foresee", show=False),
    ]
    KEYS: ClassVar = (("^s", "do"), ("F4", "foresee"), ("↵", "next_field"), ("esc", "back"))

    def __init__(  # noqa: PLR0913 - what is asked, of whom, and who judges and does it
        self,
        shell: Shell,
        form: FormView,
        people: People,
        ask: Ask,
        judge: Judge,
        *,
        dangerous: bool = False,
    ) -> None:
        super().__init__()
        self.shell = shell
        self.form = form
        self._people = people
        self._ask = ask
        self._judge = judge
        self._pause: Timer | None = None
        self._dangerous = dangerous
        self._is_sent = False
        self.kept: dict[str, str] = {}
        """What stood in the fields when the form was sent last."""

    @override
    def compose(self) -> ComposeResult:
        """What is decided upon, the fields, what came of it, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(shown(self.form.title, "bold"))
            if self.form.shown:
                yield Static(shown("\n".join(self.form.shown)), classes="shown")
            for field in self.form.fields:
                yield FormField(field, self._people)
            yield Static(id="came-of-it")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """The first field has the focus; the keys stay in sight however long the form is."""
        keys = [(key, self.shell.say(f"key.{name}")) for key, name in self.KEYS]
        self.query_one(KeyLine).show(keys, self.shell.key)
        fields = list(self.query(".entry"))
        if fields:
            fields[0].focus()

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        return {one.field.id: one.value for one in self.query(FormField)}

    def action_send(self) -> None:
        """Do it; once, unless that is refused."""
        if not self._is_sent:
            self._run(dry_run=False)

    def action_foresee(self) -> None:
        """Say what it would do."""
        self._run(dry_run=True)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OptionList.OptionHighlighted)
    def _changed(self) -> None:
        """A field is judged when typing pauses; one that is told to be wrong at once, since it may be mended."""
        if self._pause is not None:
            self._pause.stop()
        if any(one.is_wrong for one in self.query(FormField)):
            self.judge()
        else:
            self._pause = self.set_timer(PAUSE_SECONDS, self.judge)

    def on_descendant_blur(self) -> None:
        """A field that is left is judged."""
        if self.is_current:
            self.judge()

    @work(exclusive=True, group="judge")
    async def judge(self) -> None:
        """Tell under each field what is wrong with it."""
        answers = self.answers
        wrong = await self.shell.ask(lambda desk: self._judge(desk, answers))
        for field in self.query(FormField):
            field.tell(wrong.get(field.field.id, ""))

    @on(Input.Submitted)
    def _next_field(self) -> None:
        """Enter goes on to the next field; in the last one it sends."""
        fields = list(self.query(FormField))
        at = next((n for n, one in enumerate(fields) if one.has_focus_within), len(fields))
        if at + 1 < len(fields):
            fields[at + 1].query_one(".entry").focus()
        else:
            self.action_send()

    def _run(self, *, dry_run: bool) -> None:
        lacking = [one.field.title for one in self.query(FormField) if self._lacks(one)]
        if lacking:
            self._say(
                shown(self.shell.say("form.lacking", fields=", ".join(lacking)), TONES["bad"])
            )
            return
        self._is_sent = self._is_sent or not dry_run
        self.run_worker(self._carry_out(self.answers, dry_run=dry_run), group=f"{dry_run}")

    def _lacks(self, field: FormField) -> bool:
        wants_reason = self._dangerous and field.field.id in ("reason", "opinion")
        return field.is_lacking or (wants_reason and not field.value.strip())

    async def _carry_out(self, answers: dict[str, str], *, dry_run: bool) -> None:
        self.kept = answers
        outcome = await self.shell.ask(lambda desk: self._ask(desk, answers, dry_run))
        if outcome.refusal is not None:
            refusal = outcome.refusal
            self._is_sent = self._is_sent and dry_run
            title = shown(f"{refusal.code} {refusal.title}", TONES["bad"])
            self._say(Content("\n").join([title, shown(refusal.text), shown(refusal.hint)]))
        elif dry_run:
            self._say(self._foreseen(outcome))
        else:
            self.dismiss(outcome)

    def _foreseen(self, outcome: Outcome) -> Content:
        lines = [shown(self.shell.say("form.foreseen"), "bold")]
        lines += [shown(f"! {text}", TONES["notice"]) for text in outcome.cautions]
        lines += [shown(f"· {text}") for text in outcome.sentences]
        lines += [
            shown(
                f"→ {one.title}: {self.shell.local(one.old) or '—'} → "
                f"{self.shell.due(one.due, provisional=one.provisional) or '—'}"
            )
            for one in outcome.moved
        ]
        return Content("\n").join(lines)

    def _say(self, text: Content) -> None:
        came = self.query_one("#came-of-it", Static)
        came.update(text)
        came.scroll_visible(animate=False)


def act_on(screen: Screen[T], shell: Shell, view: CaseView, about: str) -> None:
    """Offer what the person can do about a task or a gate, and about the whole case."""
    task = next((one for one in view.tasks if one.id == about), None)
    gate = next((one for one in view.gates if f"{GATE}{one.id}" == about), None)
    selected = task or gate
    here = selected.acts if selected is not None else ()
    offers = [_choice(shell, act, (act, about)) for act in here]
    offers += [_offer_of_case(shell, act, about, here) for act in view.acts]

    def chosen(offer: tuple[CommandName, str] | None) -> None:
        if offer is not None:
            act, what = offer
            screen.run_worker(ask_form(screen, shell, view.id, what, act))

    if offers:
        title = selected.title if selected is not None else view.subject
        screen.app.push_screen(Menu(title, offers), chosen)
    else:
        screen.app.notify(shell.say("act.none"), markup=False)


def _offer_of_case(
    shell: Shell, act: CommandName, about: str, here: Container[CommandName]
) -> Choice[tuple[CommandName, str]]:
    """An act upon the whole case; one that the selected task offers too has a capital letter."""
    offer = _choice(shell, act, (act, about if act in ABOUT_ANYTHING else ""))
    if act not in here:
        return offer
    text = shell.say("act.whole_case", act=offer.text)
    return Choice(offer.key.upper(), text, offer.value, offer.tone)


async def ask_form(  # noqa: PLR0913, PLR0917 - where it is shown, what it is about, what is known
    screen: Screen[T],
    shell: Shell,
    case: str,
    about: str,
    act: CommandName,
    known: Mapping[str, str] | None = None,
) -> None:
    """Show the form of an act and carry it out; `known` fills fields by their ids."""
    language = shell.language

    def question(desk: Desk) -> tuple[FormView | None, People]:
        return desk.form(case, about, act, language), desk.people()

    form, people = await shell.ask(question)
    if form is None:
        screen.app.notify(shown(shell.say("case.gone", case=case)).plain, markup=False)
        return
    filled = [replace(one, value=(known or {}).get(one.id, one.value)) for one in form.fields]
    form = replace(form, fields=tuple(filled))

    def ask(desk: Desk, answers: dict[str, str], dry_run: bool) -> Outcome:  # noqa: FBT001
        return desk.act(case, about, act, answers, language, dry_run=dry_run)

    def judge(desk: Desk, answers: dict[str, str]) -> dict[str, str]:
        return desk.wrong(case, about, act, answers, language)

    dialog = FormScreen(shell, form, people, ask, judge, dangerous=ACT_KEYS[act].dangerous)

    async def done(outcome: Outcome | None) -> None:
        if outcome is not None:
            await remember(shell, case, about, act, dialog.kept)
            tell(screen, shell, outcome)

    screen.app.push_screen(dialog, done)


async def remember(
    shell: Shell, case: str, about: str, act: CommandName, answers: Mapping[str, str]
) -> None:
    """Keep in mind how an act can be taken back, if the person may do that now."""
    shell.undo = None
    back = TAKEN_BACK.get(act)
    if back is None:
        return
    view = await shell.ask(lambda desk: desk.case(case, shell.language))
    if view is None:
        return
    tasks = (task.acts for task in view.tasks if task.id == about)
    if back.act in next(tasks, ()) or back.act in view.acts:
        known = {field: answers.get(source, "") for field, source in back.fields}
        shell.undo = Undo(case, about, back.act, known)


def take_back(screen: Screen[T], shell: Shell) -> None:
    """Ask for the act that takes the last one back."""
    undo = shell.undo
    if undo is None:
        screen.app.notify(shell.say("undo.none"), markup=False)
    else:
        screen.run_worker(ask_form(screen, shell, undo.case, undo.about, undo.act, undo.known))


def tell(screen: Screen[T], shell: Shell, outcome: Outcome | None) -> None:
    """Say what came of an act, and whether it can be taken back; show the case as it is now."""
    if outcome is None:
        return
    text = " ".join(outcome.sentences[:1] or (shell.say("act.carried_out"),))
    text = " ".join((text, *outcome.cautions))
    if shell.undo is not None:
        text = f"{text} {shell.say('undo.offered', act=shell.act(shell.undo.act))}"
    screen.app.notify(shown(text).plain, title="", markup=False)
    for one in screen.app.screen_stack:
        one.post_message(LedgerMoved())
