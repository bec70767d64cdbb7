"""Whatever a person typed is shown as text: one wrapper makes it so, and nothing goes past it."""

import ast
from functools import cache

import pytest

from tests.house.raw_text import makers, raw_texts
from tests.house.reading import ROOT, name_of, python_files

WRAPPER = "tui/texts.py"
PAINTERS = {
    "tui/plain.py",
    "tui/widgets/drawing.py",
    "tui/widgets/editor.py",
    "tui/widgets/table.py",
}
"""What paints cells itself: texts that the engine, `fitted` or the editor have looked through."""


@cache
def screens() -> dict[str, ast.AST]:
    """The screens' files; the wrapper is not among those that go through it."""
    paths = [path for path in python_files("tui") if name_of(path) != WRAPPER]
    return {name_of(path): ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def known() -> frozenset[str]:
    wrapper = ast.parse((ROOT / WRAPPER).read_text("utf-8"))
    return makers([*screens().values(), wrapper])


def test_no_screen_shows_a_text_past_the_wrapper() -> None:
    found = [
        f"{name}:{line}: {text}"
        for name, tree in screens().items()
        for line, text in raw_texts(tree, known())
    ]
    assert found == []


def test_cells_are_painted_in_few_places() -> None:
    painting = {
        name
        for name, tree in screens().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("rich.segment", "rich.text")
    }
    assert painting == PAINTERS


@pytest.mark.parametrize(
    "planted",
    [
        "Static(name)",
        'Static(f"{name}")',
        "Static(shown(name) if name else name)",
        "Static(title)",
        "Button(name)",
        "Option(row.title)",
        "OptionList(*(Option(shown(one)) for one in names))",
        "OptionList(*names, markup=False)",
        "self.widget(Static, 'line').update(name)",
        "self.widget(Static, 'line').update(str(name))",
        "line.update(self._title(name))",
        "line.update(Content(name))",
        "line.update(Content.from_markup(name))",
        "line.update(Content.assemble(shown(name), name))",
        "line.update(Text.from_markup(name))",
        "options.add_option(name)",
        'self.app.notify(f"saved {name}")',
        'self.app.notify(f"saved {name}", markup=False)',
        "self.app.notify(shown(name).plain)",
        "self.app.notify(shell.say('gone', case=name), markup=False)",
        "Static(shown(name), markup=True)",
        "Static(shown(name), markup=wanted)",
        "Input(tooltip=name)",
        "self.tooltip = name",
        "self.border_title = name",
        "self.app.sub_title = f'{name}'",
    ],
)
def test_a_text_past_the_wrapper_is_found(planted: str) -> None:
    code = f"title = name\ndef show(self, name: str, line):\n    {planted}\n"
    assert [line for line, _ in raw_texts(ast.parse(code), known())] != []


@pytest.mark.parametrize(
    "fine",
    [
        "Static(shown(name))",
        'Static(id="problem")',
        "Static(shown(name) if name else joined([]))",
        "OptionList(*(Option(shown(one)) for one in names), markup=False)",
        "line.update(Content('\\n').join([shown(name)]))",
        "line.update(Content.assemble(shown(name), '  '))",
        "text = shown(name); line.update(text)",
        "known.update((one, 1) for one in names)",
        "self.app.notify(shown(name).plain, markup=False)",
        "self.app.notify(shell.say('act.none'), markup=False)",
    ],
)
def test_a_text_through_the_wrapper_is_not(fine: str) -> None:
    code = f"def show(self, name: str, line):\n    {fine}\n"
    assert list(raw_texts(ast.parse(code), known())) == []
