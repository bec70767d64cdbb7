"""The process of the text that is designed, beside the text: drawn anew whenever that changes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from typing_extensions import override

from engine.drafting.draft import Draft
from engine.drafting.sketch import Sketch, Wish
from tui.shell import Shell
from tui.texts import joined, shown
from tui.themes import TONES
from tui.widgets.drawing import DrawingPane
from tui.widgets.lines import Lines

TALL = 50
"""Rows from which on there is room for the signs below the drawing."""


class SketchPane(Vertical):
    """The drawing under a line that says what it shows, and whether that still holds.

    Args:
        shell: how the reader wants it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "fold", show=False),
        Binding("z", "fold_all", show=False),
        Binding("o", "outline", show=False),
        Binding("right_square_bracket", "process(1)", show=False),
        Binding("left_square_bracket", "process(-1)", show=False),
    ]
    DEFAULT_CSS = """
    SketchPane #sketch-head { height: 1; background: $surface; }
    SketchPane #signs { height: auto; max-height: 4; padding: 0 1; border-top: solid $panel; color: $text-muted; display: none; }
    SketchPane.-tall #signs { display: block; }
    """

    class Changed(Message):
        """The process shall be drawn in another way."""

    def __init__(self, shell: Shell, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._shell = shell
        self._draft: Draft | None = None
        self._process: str | None = None
        self._folded: frozenset[str] = frozenset()
        self._outline: bool | None = None

    @override
    def compose(self) -> ComposeResult:
        """What is shown, and the drawing."""
        yield Lines(id="sketch-head")
        yield DrawingPane(id="graph")
        yield Static(id="signs")

    def on_resize(self) -> None:
        """Where there is room, it is told what the signs mean."""
        self.set_class(self.size.height >= TALL, "-tall")

    @property
    def drawing(self) -> DrawingPane:
        """The drawing itself."""
        return self.query_one(DrawingPane)

    @property
    def _sketch(self) -> Sketch | None:
        return self._draft.sketch if self._draft else None

    def wish(self, width: int, *, narrow: bool) -> Wish:
        """How the process shall be drawn.

        Args:
            width: the cells that there are.
            narrow: an outline serves better, unless the reader wants it otherwise.
        """
        outline = narrow if self._outline is None else self._outline
        view = self._shell.drawing_view(width)
        return Wish(view, self._process, self._folded, outline)

    def show(self, draft: Draft) -> None:
        """Take in what came of the text."""
        self._draft = draft
        sketch, view = draft.sketch, self._shell.drawing_view(None)
        if sketch is None:
            self.drawing.show((), ())
            self.query_one("#signs", Static).update()
            self._head([shown(self._shell.say(_undrawn(draft)), TONES["quiet"])])
            return
        self.drawing.show(sketch.rows, sketch.boxes)
        signs = (f"{one.sample} {view.texts(one.message)}" for one in sketch.legend)
        self.query_one("#signs", Static).update(shown(" · ".join(signs)))
        parts = [shown(sketch.title, "bold")]
        if len(sketch.processes) > 1:
            at = sketch.processes.index(sketch.process) + 1
            parts.append(shown(f"{at}/{len(sketch.processes)} [ ]", TONES["quiet"]))
        if draft.is_stale and draft.checked is None:
            parts.append(shown(self._shell.say("design.stale"), TONES["notice"]))
        self._head(parts)

    def _head(self, parts: list[Content]) -> None:
        self.query_one("#sketch-head", Lines).show(joined(parts, "  "))

    def action_fold(self) -> None:
        """Fold or unfold the node that is picked out."""
        sketch, node = self._sketch, self.drawing.picked
        if sketch is not None and node in sketch.foldable:
            self._close(self._folded ^ {node})

    def action_fold_all(self) -> None:
        """Fold every stage, or unfold everything."""
        sketch = self._sketch
        if sketch is not None:
            stages = frozenset(one for one in sketch.foldable if one.startswith("stage:"))
            self._close(frozenset() if self._folded else stages or sketch.foldable)

    def _close(self, closed: frozenset[str]) -> None:
        self._folded = closed
        self.post_message(self.Changed())

    def action_outline(self) -> None:
        """Draw it, or list it."""
        self._outline = not (self._sketch and self._sketch.is_outline)
        self.post_message(self.Changed())

    def action_process(self, by: int) -> None:
        """Show the next process of the rulebook, or the one before."""
        sketch = self._sketch
        if sketch is not None:
            at = sketch.processes.index(sketch.process) + by
            self._process = sketch.processes[at % len(sketch.processes)]
            self.post_message(self.Changed())


def _undrawn(draft: Draft) -> str:
    """The message of why there is no drawing: a text without a process is none that is wrong or not drawn yet."""
    if draft.checked is not None:
        return "design.drawing" if draft.is_stale else "design.no_sketch"
    return "design.undrawn" if draft.errors else "design.no_sketch"
