"""The grammar's parse tables are read, not worked out, where Baton starts; others are never taken."""

import pytest

from dsl.parser import tables
from dsl.parser.grammar import parser
from dsl.parser.lexer import StatementLexer


@pytest.fixture
def built(monkeypatch):
    """How often tables are worked out; they are, one would not get to see them."""
    count = []
    monkeypatch.setattr(tables, "_built", lambda *_: count.append(1))
    return count


def test_what_the_build_has_written_is_read(built):
    assert tables.TABLES.is_file(), "make setup"
    assert tables.make_parser(StatementLexer, None) is not None
    assert not built


@pytest.mark.parametrize(
    "kept", [None, b"", b"\x80", b"no tables", lambda whole: whole.replace(b"\xa3key\xd9", b"")]
)
def test_what_is_not_there_or_damaged_is_worked_out(tmp_path, monkeypatch, built, kept):
    file = tmp_path / "tables.msgpack"
    if kept is not None:
        file.write_bytes(kept(tables.TABLES.read_bytes()) if callable(kept) else kept)
    monkeypatch.setattr(tables, "TABLES", file)
    assert tables.make_parser(StatementLexer, None) is None
    assert built


def test_the_tables_of_another_grammar_are_not_taken(monkeypatch, built):
    text = tables.grammar_text()
    monkeypatch.setattr(tables, "grammar_text", lambda: f"{text}\nmore_line: ITEM\n")
    assert tables.make_parser(StatementLexer, None) is None
    assert built


def test_what_is_written_reads_as_what_is_worked_out(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "TABLES", tmp_path / "tables.msgpack")
    tables.write()
    first = tables.make_parser(StatementLexer, None)
    assert first.rules == parser().rules
    assert first.options.start == parser().options.start
