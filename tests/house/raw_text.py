"""Finds where a screen could show a text that nobody has looked through: markup, or signs that act.

A text comes onto a screen as `Content`, and `Content` of what is not written in the code comes from `tui.texts`
alone. So whatever is given to a widget must be provably `Content`: made by a function that says so, or a
name that only ever holds such.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

WIDGETS = {"Static", "Label", "Button", "Option", "Checkbox", "RadioButton", "Link", "Toast", "Tab"}
"""What shows its first argument."""
SHOWS = {"update", "add_option", "set_label"}
"""Methods that show their first argument."""
TITLES = {"tooltip", "border_title", "border_subtitle", "title", "sub_title"}
MARKUP = {"from_markup", "render_markup", "from_ansi"}
MARKING = {"rich.markup", "textual.markup"}
SAME = {"join", "truncate", "pad", "pad_left", "pad_right", "stylize", "rstrip", "right_crop"}
"""Methods of `Content` that give `Content`."""
ROWS = (ast.GeneratorExp, ast.Dict, ast.DictComp)
"""What a dictionary is updated with."""


def makers(trees: Iterable[ast.AST]) -> frozenset[str]:
    """The functions, methods and properties that say they give `Content`, in whatever file they are."""
    gives: dict[str, bool] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            type_ = ast.unparse(node.returns) if node.returns is not None else ""
            gives[node.name] = gives.get(node.name, True) and type_ == "Content"
    return frozenset(name for name, is_content in gives.items() if is_content)


def raw_texts(tree: ast.AST, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The lines of a file that show a text otherwise, each with what it does.

    Args:
        tree: the file.
        known: the functions of all files that give `Content`; a name may mean something else in another one.
    """
    known |= makers([tree])
    scopes = [
        one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    scope_of = {id(inner): scope for scope in scopes for inner in ast.walk(scope)}
    for node in ast.walk(tree):
        proof = _Proof(scope_of.get(id(node), tree), tree, known)
        if any(_is_raw(node, proof)):
            yield getattr(node, "lineno", 0), ast.unparse(node)


def _is_raw(node: ast.AST, proof: _Proof) -> Iterator[bool]:
    match node:
        case ast.ImportFrom(module=module):
            yield module in MARKING
        case ast.Attribute(attr=name):
            yield name in MARKUP
        case ast.keyword(arg="markup", value=value):
            yield not (isinstance(value, ast.Constant) and value.value is False)
        case ast.keyword(arg="tooltip", value=value):
            yield not proof.holds(value)
        case ast.Assign(targets=targets, value=value):
            titled = any(isinstance(one, ast.Attribute) and one.attr in TITLES for one in targets)
            yield titled and not proof.holds(value)
        case ast.Call():
            yield from _calls(node, proof)
        case _:
            pass


def _calls(node: ast.Call, proof: _Proof) -> Iterator[bool]:
    name = _name(node.func)
    markup = {one.arg for one in node.keywords}
    first = node.args[0] if node.args else None
    if name in WIDGETS or (name in SHOWS and not _is_of_rows(node)):
        yield first is not None and not proof.holds(first)
    elif name == "notify":
        yield "markup" not in markup or not _is_told(first, proof)
    elif name == "OptionList":
        # What a function gives is looked at there, where options are made.
        given = [one for one in node.args if not _is_made_elsewhere(one)]
        yield "markup" not in markup or not all(proof.holds(one) for one in given)
    elif name == "Content":
        yield first is not None and not isinstance(first, ast.Constant)
    elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "Content":
        yield not all(isinstance(one, ast.Constant) or proof.holds(one) for one in node.args)


def _is_told(node: ast.AST | None, proof: _Proof) -> bool:
    """True of the plain text of `Content`, and of a text of the catalogue into which nothing is put."""
    if isinstance(node, ast.Call):
        return _name(node.func) == "say" and len(node.args) == 1 and not node.keywords
    return isinstance(node, ast.Attribute) and node.attr == "plain" and proof.holds(node.value)


def _is_made_elsewhere(node: ast.AST) -> bool:
    return isinstance(node, ast.Starred) and isinstance(node.value, ast.Call)


def _is_of_rows(node: ast.Call) -> bool:
    """True if something is updated that shows nothing: a dictionary, the styles."""
    first = node.args[0] if node.args else None
    given = isinstance(first, ROWS) or (
        isinstance(first, ast.Call) and _name(first.func) == "enumerate"
    )
    assert isinstance(node.func, ast.Attribute)
    return given or _name(node.func.value) == "stylesheet"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


class _Proof:
    """Shows of expressions in a function that they are `Content`.

    Args:
        scope: the function, or the file outside of any.
        tree: the file.
        known: the functions that give `Content`.
    """

    def __init__(self, scope: ast.AST, tree: ast.AST, known: frozenset[str]) -> None:
        self._scope = scope
        self._tree = tree
        self._known = known
        self._asked: set[str] = set()

    def holds(self, node: ast.AST) -> bool:
        """True if an expression is `Content`, whatever happens."""
        match node:
            case ast.Call(func=func):
                return self._gives(func)
            case ast.IfExp(body=body, orelse=other):
                return self.holds(body) and self.holds(other)
            case ast.BinOp(left=left, right=right):
                return self.holds(left) and self.holds(right)
            case ast.Starred(value=ast.GeneratorExp(elt=each) | ast.ListComp(elt=each)):
                return self.holds(each)
            case ast.Name(id=name):
                return self._is_held(self._scope, name)
            case ast.Attribute(attr=name):
                return name in self._known or self._is_held(self._tree, name)
            case _:
                return False

    def _gives(self, func: ast.AST) -> bool:
        if isinstance(func, ast.Attribute) and func.attr in SAME:
            return self.holds(func.value)
        made = isinstance(func, ast.Attribute) and _name(func.value) == "Content"
        return made or _name(func) in {*self._known, "Content", "Option"}

    def _is_held(self, scope: ast.AST, name: str) -> bool:
        """True if a name is declared as `Content`, or only ever gets such."""
        if name in self._asked:
            return False
        self._asked.add(name)
        values = [value for target, value in _stored(scope) if _name(target) == name]
        held = bool(values) and all(
            ast.unparse(value) == "Content" if is_type else self.holds(value)
            for is_type, value in values
        )
        self._asked.discard(name)
        return held


def _stored(scope: ast.AST) -> Iterator[tuple[ast.AST, tuple[bool, ast.AST]]]:
    """What a name or an attribute gets: the type it is declared with, or a value."""
    for node in ast.walk(scope):
        match node:
            case ast.arg(arg=name, annotation=ast.AST() as type_):
                yield ast.Name(name), (True, type_)
            case ast.AnnAssign(target=target, annotation=type_):
                yield target, (True, type_)
            case ast.Assign(targets=targets, value=value):
                yield from ((target, (False, value)) for target in targets)
            case _:
                pass
