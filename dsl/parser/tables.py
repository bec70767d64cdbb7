"""The grammar's parse tables: worked out when Baton is built, read when it starts.

Working them out takes longer than reading a rulebook does. The build runs this file, which writes them
beside it and therefore imports nothing of Baton; where they are missing or are those of another grammar,
they are worked out in memory.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import lark
import msgspec
from lark import Lark
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef

TABLES = Path(__file__).with_name("tables.msgpack")
_GRAMMAR = [
    Path(__file__).parents[1] / f"{name}.lark" for name in ("grammar", "scenarios", "tailoring")
]
_COMMENT = re.compile(r"//[^\n]*")
_TERMINAL = re.compile(r"\b[A-Z][A-Z_]+\b")
_START = re.compile(r"^\??(\w+_(?:head|line)):", re.MULTILINE)


class _Written(msgspec.Struct, frozen=True):
    """The file: what the tables were worked out from, and what Lark gives and takes."""

    key: str
    data: dict[str, Any]
    memo: dict[int, Any]


def grammar_text() -> str:
    """The whole grammar. Every keyword is declared: the lexer finds them in the dialects' tables."""
    text = _COMMENT.sub("", "\n".join(part.read_text("utf-8") for part in _GRAMMAR))
    terminals = " ".join(sorted(set(_TERMINAL.findall(text))))
    return f"{text}\n%declare {terminals}\n"


def make_parser(lexer: type[Lexer], transformer: Any) -> Lark:  # noqa: ANN401 (as Lark has it)
    """The parser of all lines.

    Args:
        lexer: finds the tokens; the tables are the same for every lexer.
        transformer: what Lark calls at each reduction.
    """
    text = grammar_text()
    written = _read(_key(text))
    if written is None:
        return _built(text, lexer, transformer)
    written.data["options"] |= {"lexer": lexer, "transformer": transformer}
    written.data["parser"]["lexer_conf"]["lexer_type"] = lexer
    return Lark.load({"data": written.data, "memo": written.memo})


def _built(text: str, lexer: type[Lexer] | Literal["basic"], transformer: Any) -> Lark:  # noqa: ANN401 (as Lark has it)
    return Lark(
        text,
        parser="lalr",
        lexer=lexer,
        start=_START.findall(text),
        keep_all_tokens=True,
        maybe_placeholders=False,
        transformer=transformer,
    )


def _key(text: str) -> str:
    """Other tables come of another grammar, another Lark, and other options in this file."""
    code = Path(__file__).read_text("utf-8")
    return sha256("\n".join((lark.__version__, code, text)).encode()).hexdigest()


def _read(key: str) -> _Written | None:
    """What is written for a grammar; nothing if it is that of another one, or is damaged."""
    try:
        written = msgspec.msgpack.decode(TABLES.read_bytes(), type=_Written)
    except (OSError, msgspec.DecodeError):
        return None
    return written if written.key == key else None


def write() -> None:
    """Writes the tables of the present grammar."""
    text = grammar_text()
    data, memo = _built(text, "basic", None).memo_serialize([TerminalDef, Rule])
    # Code is not written: it is put in again when the tables are read.
    del data["options"]["lexer"], data["options"]["transformer"]
    data["parser"]["lexer_conf"]["lexer_type"] = None
    TABLES.write_bytes(msgspec.msgpack.encode(_Written(_key(text), data, memo)))


if __name__ == "__main__":
    write()
