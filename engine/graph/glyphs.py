"""The characters of the drawing: box-drawing ones, and a plain set for terminals without them.

Every character here is one cell wide. Kinds of nodes can be told apart without colour: by their
sign, by the shape of their border, by heading lines and bars.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Mark = Literal["here", "done", "overdue", "waiting", "skipped", "closed"]
"""Where a case stands at a node; `closed` is a gate that still holds."""
Frame = Literal["plain", "conditional", "here"]

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
UPRIGHT, LEVEL = NORTH | SOUTH, EAST | WEST


class Glyphs(Struct, frozen=True):
    """One set of characters.

    Attributes:
        signs: per kind of node.
        marks: per mark.
        frames: corners from the upper left clockwise, then the level and the upright side.
        ports: for a plain and a heavy frame, a line that leaves below and one that leaves above.
        joints: per set of directions, the piece of a line; 15 is a real meeting of four.
        strokes: per kind of edge, the level and the upright piece, where they differ from `joints`.
        heads: arrow heads down and up, of tokens and of dependencies.
        cross: two lines that only cross.
        bars: what forks and joins, and what merges, are drawn with: left end, middle, right end.
        heading: the rule beside a stage's title.
        ends: what stands around the start and an end.
        cut: the sign of a text that was cut.
        outline: branch, last branch, upright and nothing, in front of an outline's lines.
        spans: of a time line: what was planned, what has been, what is late, days of rest, now.
        shades: five degrees, from nothing to the most.
        words: what else stands for signs in texts, as `str.translate` takes it.
    """

    signs: dict[str, str]
    marks: dict[Mark, str]
    frames: dict[Frame, tuple[str, ...]]
    ports: dict[Frame, str]
    joints: dict[int, str]
    strokes: dict[str, tuple[str, str]]
    heads: str
    cross: str
    bars: dict[str, tuple[str, str, str]]
    heading: str
    ends: str
    cut: str
    outline: tuple[str, str, str, str]
    spans: dict[str, str]
    shades: str
    words: dict[int, str] = {}


UNICODE = Glyphs(
    signs={
        "approval": "◈",
        "step": "◇",
        "revise": "↺",
        "item": "▤",
        "gate": "▣",
        "action": "▸",
        "access": "◎",
        "document": "✎",
        "process": "❖",
        "wait": "◷",
        "choice": "?",
        "folded": "⊞",
        "start": "○",
        "end": "■",
    },
    marks={
        "here": "●",
        "done": "✔",
        "overdue": "✖",
        "waiting": "◌",
        "skipped": "⊘",
        "closed": "⊠",
    },
    frames={"plain": tuple("┌┐┘└─│"), "conditional": tuple("┌┐┘└╌╎"), "here": tuple("╔╗╝╚═║")},
    ports={"plain": "┬┴", "conditional": "┬┴", "here": "╤╧"},
    joints={
        NORTH | SOUTH: "│",
        EAST | WEST: "─",
        NORTH | EAST: "└",
        NORTH | WEST: "┘",
        SOUTH | EAST: "┌",
        SOUTH | WEST: "┐",
        NORTH | SOUTH | EAST: "├",
        NORTH | SOUTH | WEST: "┤",
        EAST | WEST | NORTH: "┴",
        EAST | WEST | SOUTH: "┬",
        15: "╋",
    },
    strokes={
        "return": ("╌", "╎"),
        "reject": ("╌", "╎"),
        "after": ("┈", "┊"),
        "holds": ("┈", "┊"),
        "later": ("┈", "┊"),
    },
    heads="▼▲▽△",
    cross="┼",
    bars={"fork": ("━", "━", "━"), "join": ("━", "━", "━"), "merge": ("╶", "─", "╴")},
    heading="═",
    ends="()",
    cut="…",
    outline=("├ ", "└ ", "│ ", "  "),
    spans={"planned": "┄", "worked": "━", "late": "▓", "rest": "░", "now": "│"},
    shades="·░▒▓█",
)

ASCII = Glyphs(
    signs={
        "approval": "%",
        "step": "o",
        "revise": "<",
        "item": "=",
        "gate": "#",
        "action": ">",
        "access": "@",
        "document": "&",
        "process": ":",
        "wait": "~",
        "choice": "?",
        "folded": "+",
        "start": "o",
        "end": "x",
    },
    marks={"here": "*", "done": "+", "overdue": "!", "waiting": ".", "skipped": "-", "closed": "X"},
    frames={"plain": tuple("++++-|"), "conditional": tuple("++++-:"), "here": tuple("####=H")},
    ports={"plain": "++", "conditional": "++", "here": "++"},
    joints={
        mask: "|" if mask == UPRIGHT else "-" if mask == LEVEL else "+" for mask in range(3, 16)
    },
    strokes={
        "return": ("~", "!"),
        "reject": ("~", "!"),
        "after": (".", ":"),
        "holds": (".", ":"),
        "later": (".", ":"),
    },
    heads="v^v^",
    cross="|",
    bars={"fork": ("=", "=", "="), "join": ("=", "=", "="), "merge": ("-", "-", "-")},
    heading="=",
    ends="()",
    cut="~",
    outline=("|-", "`-", "| ", "  "),
    spans={"planned": ".", "worked": "=", "late": "!", "rest": ":", "now": "|"},
    shades=".-+#@",
    words=str.maketrans(
        {"≠": "!=", "≤": "<=", "≥": ">=", "∈": "in", "¬": "not", "⋯": "..", "×": "x", "·": "-"}
    ),
)
