"""Designing a rulebook: its text, what the compiler says of it, and the process that it makes.

The text is checked in a thread while it is typed; the newest text wins and no key ever waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static, TextArea
from typing_extensions import override

from dsl.catalogue import named_problem
from dsl.dialects import DialectName
from dsl.fixing import edited
from dsl.formatter import Formatted, format_source
from dsl.source import of_text
from engine.drafting.draft import Draft
from engine.drafting.manuscript import Manuscript
from engine.drafting.problems import Problem, problems_of
from tui.bench import Bench, Order
from tui.messages import Drafted
from tui.screens.base import WIDE
from tui.screens.beginning import begin_trial
from tui.screens.forms import add, change, choose_template
from tui.screens.publishing import publish
from tui.screens.saving import ManuscriptScreen
from tui.shell import Shell
from tui.texts import joined, shown
from tui.themes import TONES
from tui.widgets.drawing import DrawingPane
from tui.widgets.editor import RulebookEditor
from tui.widgets.lines import Lines
from tui.widgets.problems import ProblemTable, problem_lines
from tui.widgets.sketch import SketchPane
from tui.widgets.table import VirtualTable

PANES = ("editor", "graph", "problems")
PATIENCE_SECONDS = 0.5
"""Whoever waits longer for the check is told that it still runs."""


class DesignerScreen(ManuscriptScreen):
    """See the module's docstring.

    Args:
        shell: what every screen has at hand.
        manuscript: the file that is designed.
        begun: a text to begin with where the file has none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("f4", "fix", show=False),
        Binding("f6", "next_pane(1)", show=False, priority=True),
        Binding("shift+f6", "next_pane(-1)", show=False, priority=True),
        Binding("f7", "format", show=False, priority=True),
        Binding("f8", "next_problem(1)", show=False),
        Binding("shift+f8", "next_problem(-1)", show=False),
        Binding("ctrl+t", "dialect", show=False),
        Binding("ctrl+n", "add", show=False),
        Binding("ctrl+r", "change", show=False),
        Binding("ctrl+o", "template", show=False),
        Binding("u,ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
        Binding("f9", "try", show=False),
        Binding("f10", "publish_rulebook", show=False),
    ]
    HELP_KEY = "F1"
    KEYS: ClassVar = (
        ("^s", "save"),
        ("^o", "template"),
        ("^n", "add"),
        ("^r", "change"),
        ("F4", "fix"),
        ("F9", "try"),
        ("F10", "publish"),
        ("F6", "pane"),
        ("F8", "problem"),
        ("F7", "format"),
        ("^t", "dialect"),
        ("^p", "commands"),
        ("esc", "back"),
    )

    def __init__(self, shell: Shell, manuscript: Manuscript, begun: str = "") -> None:
        super().__init__(shell, manuscript)
        self._begun = begun
        self.draft: Draft | None = None
        self._bench = Bench(manuscript.name, shell.shelf)
        self._pending: Callable[[Draft], object] | None = None

    @override
    def body(self) -> ComposeResult:
        """The text, the problem at the cursor, all problems; beside them the process."""
        yield Lines(id="tabs")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield RulebookEditor(self.manuscript.kept or self._begun, id="editor")
                yield Static(id="problem")
                yield ProblemTable(self.shell, id="problems")
            yield SketchPane(self.shell, id="right")

    @override
    def on_mount(self) -> None:
        """The text has the focus; where there is none, what to begin from is chosen."""
        self.action_pane(0)
        if self.is_blank and not self.offers_aside:
            self.call_after_refresh(self.action_template)

    @override
    async def show_all(self) -> None:
        """Have the text judged again."""
        self.want_draft()

    def want_draft(self) -> None:
        """Order a draft of what stands in the editor; the screen goes on meanwhile."""
        wide = self.size.width >= WIDE
        width = self.size.width // 2 if wide else self.size.width
        wish = self.sketch.wish(max(20, width - 3), narrow=not wide)
        self._bench.order(Order(self.editor.text, self.shell.language, wish))
        self._make_draft()

    @work(group="draft")
    async def _make_draft(self) -> None:
        async for draft in self._bench.drafts():
            self.post_message(Drafted(draft))

    @property
    def sketch(self) -> SketchPane:
        """Where the process is drawn."""
        return self.widget(SketchPane, "right")

    @property
    def problems(self) -> ProblemTable:
        """Where all problems are listed."""
        return self.widget(ProblemTable, "problems")

    @on(SketchPane.Changed)
    def on_resize(self) -> None:
        """The drawing fits its pane."""
        self.want_draft()

    @on(TextArea.Changed, "#editor")
    def _typed(self) -> None:
        self.want_draft()
        self.show_frame()

    @on(TextArea.SelectionChanged, "#editor")
    def _moved(self) -> None:
        self._show_problem()
        self._pick_node()

    def _pick_node(self) -> None:
        """In the drawing, the node that is written at the cursor is picked out."""
        drawing, offset = self.sketch.drawing, self.editor.offset_at_cursor
        if self.draft is None:
            return
        # What was chosen in the drawing stays, though others may be written in the same line.
        if drawing.picked is None or self.draft.place_of(drawing.picked) != offset:
            drawing.pick(self.draft.node_at(offset, drawing.picked))

    @on(DrawingPane.Picked)
    def _node_picked(self, message: DrawingPane.Picked) -> None:
        """The cursor goes to where a node is written."""
        place = self.draft.place_of(message.node) if self.draft else None
        self.sketch.drawing.pick(message.node)
        if place is not None:
            self.editor.go_to(place)

    @on(Drafted)
    def _drafted(self, message: Drafted) -> None:
        self.draft = message.draft
        self.editor.paint(self.draft)
        self.problems.show(self.draft)
        self.set_class(not self.draft.problems, "-clean")
        self._show_problem()
        self._show_tabs(next(at for at, name in enumerate(PANES) if self.has_class(f"-{name}")))
        self.sketch.show(self.draft)
        self._pick_node()
        self.show_frame()
        if self.is_fresh and self._pending is not None:
            pending, self._pending = self._pending, None
            pending(self.draft)

    @property
    def is_blank(self) -> bool:
        """True if nothing is written yet."""
        return not self.editor.text.strip()

    @property
    def is_fresh(self) -> bool:
        """True if the draft is of the text that stands in the editor."""
        return self.draft is not None and self.draft.source.original == self.editor.text

    def when_fresh(self, then: Callable[[Draft], object]) -> None:
        """Do something with the draft of the present text, as soon as there is one."""
        if self.draft is not None and self.is_fresh:
            then(self.draft)
        else:
            self._pending = then
            self.set_timer(PATIENCE_SECONDS, self._say_still_checking)

    def _say_still_checking(self) -> None:
        if self._pending is not None:
            self.tell("design.checking")

    @on(VirtualTable.Moved, "#problems")
    def _show_problem(self) -> None:
        """Under the text, what is wrong at the cursor, to its end."""
        found = self._problem_here()
        line = self.widget(Static, "problem")
        line.set_class(found is None and not self.is_blank, "-hidden")
        if self.is_blank:
            line.update(shown(self.shell.say("design.blank"), TONES["notice"]))
        if found is not None:
            line.update(problem_lines(self.shell, found))

    def _problem_here(self) -> Problem | None:
        """The problem at the cursor, of the list or of the text; in the text else one of its line."""
        if self.draft is None:
            return None
        if self.problems.chosen is not None:
            return self.problems.chosen
        offset, line = self.editor.offset_at_cursor, self.editor.cursor_location[0] + 1
        found = [one for one in self.draft.problems if one.line == line]
        at = (one for one in self.draft.problems if one.start <= offset <= one.end)
        return next(at, next(iter(found), None))

    @on(VirtualTable.Picked, "#problems")
    def _problem_picked(self, message: VirtualTable.Picked) -> None:
        assert self.draft is not None
        self.action_pane(0)
        self.editor.go_to(self.draft.problems[int(message.key)].start)

    def action_next_problem(self, by: int) -> None:
        """Go to the next problem, or to the one before, as soon as they are known."""
        self.when_fresh(lambda draft: self._go_to_problem(draft, by))

    def _go_to_problem(self, draft: Draft, by: int) -> None:
        places = [one.start for one in draft.problems]
        if not places:
            self.tell("design.no_problems")
            return
        here = self.editor.offset_at_cursor
        later, earlier = [p for p in places if p > here], [p for p in places if p < here]
        self.action_pane(0)
        if by > 0:
            self.editor.go_to(later[0] if later else places[0])
        else:
            self.editor.go_to(earlier[-1] if earlier else places[-1])

    def action_fix(self) -> None:
        """Mend the problem at the cursor; without one there, the first that can be mended."""
        self.when_fresh(self._fix)

    def _fix(self, draft: Draft) -> None:
        here = self._problem_here()
        every = ([here] if here is not None else []) + list(draft.problems)
        found = next((one for one in every if one.edits), None)
        if found is None:
            self.tell("design.nothing_to_fix")
            return
        self.editor.become(edited(draft.source.original, found.edits))
        self.editor.go_to(found.start)
        self.app.notify(shown(found.fix).plain, markup=False)

    def action_format(self) -> None:
        """Write the text in its one canonical form."""
        self._rewrite(None)

    def action_dialect(self) -> None:
        """Write the text in the other dialect."""
        self.when_fresh(lambda draft: self._rewrite("en" if draft.dialect == "zh" else "zh"))

    @work(exclusive=True, group="rewrite")
    async def _rewrite(self, to: DialectName | None) -> None:
        before = self.editor.text
        source = of_text(self.manuscript.name, before)
        formatted = await asyncio.to_thread(format_source, source, to)
        if formatted.text is None:
            self._say_why_not(formatted)
        elif self.editor.text == before:
            self.editor.become(formatted.text)

    def _say_why_not(self, formatted: Formatted) -> None:
        source = of_text(self.manuscript.name, self.editor.text)
        first = problems_of(formatted.diagnostics[:1], source, self.shell.language)[0]
        problem = named_problem(self.shell.language, first.code, first.title, first.text)
        text = self.shell.say("design.not_formatted", problem=problem)
        self.app.notify(shown(text).plain, severity="warning", markup=False)

    def action_undo(self) -> None:
        """Take the last change of the text back, wherever the focus is."""
        self.editor.undo()

    def action_redo(self) -> None:
        """Make it again."""
        self.editor.redo()

    def action_add(self) -> None:
        """Add a piece with a form; where there is nothing to add to, begin with a whole rulebook."""
        if self.is_blank:
            self.action_template()
            return
        self.when_fresh(lambda draft: add(self, self.shell, draft, self.editor))

    def action_change(self) -> None:
        """Change what is declared at the cursor with a form."""
        self.when_fresh(lambda draft: change(self, self.shell, draft, self.editor))

    def action_template(self) -> None:
        """Begin a new rulebook from the smallest one, or from one that comes with Baton."""
        choose_template(self, self.shell, self._begin)

    def _begin(self, text: str) -> None:
        """Here, where there is nothing yet; else in a designer of its own, so that nothing is lost."""
        if not self.is_blank or self.manuscript.kept:
            if self.is_unsaved:
                self.manuscript.set_aside(self.editor.text)
            self.app.push_screen(DesignerScreen(self.shell, Manuscript(begun=True), text))
        else:
            self.editor.become(text)

    def action_try(self) -> None:
        """Try the rulebook: a case in virtual time."""
        self.when_fresh(lambda draft: begin_trial(self, self.shell, draft, self._tried))

    def _tried(self, text: str, offset: int) -> None:
        """What was tried stands in the text, as a scenario."""
        self.editor.become(text)
        self.editor.go_to(offset)

    def action_publish_rulebook(self) -> None:
        """Make the rulebook current for new cases."""
        self.when_fresh(lambda draft: self.run_worker(publish(self, draft), exclusive=True))

    def action_pane(self, number: int) -> None:
        """Show a pane, and give it the focus."""
        for at, name in enumerate(PANES):
            self.set_class(at == number, f"-{name}")
        self.query_one(f"#{PANES[number]}").focus()
        self._show_tabs(number)
        self.call_after_refresh(self._show_problem)

    def action_next_pane(self, by: int) -> None:
        """The pane after, or before, the one that is shown."""
        number = next(at for at, name in enumerate(PANES) if self.has_class(f"-{name}"))
        self.action_pane((number + by) % len(PANES))

    def _show_tabs(self, number: int) -> None:
        titles = [self.shell.say(f"pane.{name}") for name in PANES]
        if self.draft is not None and self.draft.problems:
            titles[-1] += f" {len(self.draft.problems)}"
        parts = [
            shown(f" {title} ", "reverse bold" * (at == number)) for at, title in enumerate(titles)
        ]
        self.widget(Lines, "tabs").show(joined(parts))

    @override
    def action_back(self) -> None:
        """Back to the text, and from there to the screen before."""
        if self.focused is not self.editor:
            self.action_pane(0)
        else:
            self.leave(self._go_back)

    def _go_back(self) -> None:
        if len(self.app.screen_stack) > 2:  # noqa: PLR2004 - textual's own and the board stay
            self.dismiss()
        else:
            self.app.exit()
