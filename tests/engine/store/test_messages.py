"""Every code of the stores can be said in both languages with the values that come with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dsl.catalogue import Catalogue, Language
from engine.store.entries import place
from engine.store.examination import Examination
from engine.store.port import Damage, RowChange, Sealed, Transaction
from tests.engine.store.samples import act, damage, filled, ledger, signing
from tests.engine.store.test_ledger import FILE, starts

ENGINE = Path(__file__).parents[3] / "engine"
CATALOGUE = Catalogue("engine", ENGINE / "locales")
VALUES = {
    "K101": "file reason",
    "K102": "file",
    "K103": "file found supported",
    "K104": "file reason",
    "K105": "file offset bytes kept",
    "K106": "file offset events behind",
    "K107": "file offset events behind",
    "K108": "file",
    "K109": "file reason",
    "K110": "file",
    "K111": "size limit",
    "K112": "name event",
    "K113": "file name",
    "K114": "name event",
    "K115": "file name",
    "K116": "table key",
    "K117": "event stream",
    "K118": "file size known",
    "K119": "file",
    "K121": "file reason",
    "K122": "file reason",
    "K123": "file",
    "K124": "file limit",
    "K125": "file reason",
    "K126": "file",
    "K127": "file",
    "K128": "file offset stream",
    "K129": "file offset",
    "K130": "folder",
    "K131": "line",
    "K132": "file reason",
}


def said(language: Language, found: Damage) -> str:
    parts = [
        CATALOGUE.say(language, f"{found.code}.{part}", **found.values)
        for part in ("title", "text", "hint")
    ]
    return "\n".join(parts)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", VALUES)
def test_a_code_needs_no_other_values(code: str, language: Language) -> None:
    values = {name: f"<{name} {{x}}>" for name in VALUES[code].split()}
    text = said(language, Damage(code, "", values))
    assert "<" in text, "a message says where or what"
    assert not re.search(r"<(\w+) (?!{x}>)", text)


def test_every_code_of_the_stores_is_listed() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ENGINE / "store").glob("*.py"))
    assert sorted(set(re.findall(r'"(K\d{3})"', code))) == sorted(VALUES)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_really_happens_can_be_said(tmp_path: Path, language: Language) -> None:
    data = filled(tmp_path)
    at = starts(data)[2] + 100
    found: list[Damage] = []
    (tmp_path / FILE).write_bytes(data[:at] + b"!" + data[at + 1 :])
    found.append(damage(tmp_path))
    (tmp_path / FILE).write_bytes(data[:-3])
    store = ledger(tmp_path)
    found += store.repairs
    store.append(signing("c9", pay=Sealed("1" * 64), file={"sha256": "2" * 64, "size": 1}))
    store._index.tables.apply([RowChange("tasks", "t", {})])
    found += store.verify()
    for path in ("missing", "."):
        refused = store.keep(tmp_path / path)
        assert isinstance(refused, Damage)
        found.append(refused)
    codes = ["K106", "K105", "K112", "K114", "K116", "K121", "K123"]
    assert [one.code for one in found] == codes
    for one in found:
        assert said(language, one)


def test_an_event_out_of_its_stream_is_found() -> None:
    """The chain of a stream is checked by itself, besides the chain of the frames."""
    acts = tuple(act("2026-0001", {"n": number}) for number in range(3))
    stored = place(Transaction("c1", {}, acts), 0, lambda _: (0, "")).acts
    examination = Examination(lambda _: None, lambda _: None)
    found = [
        problem
        for one in (stored[0], stored[2], b'{"stream":5}')
        for problem in examination.act(one)
    ]
    assert [(one.code, one.where) for one in found] == [("K117", "2026-0001#3"), ("K117", "")]
    for one in found:
        assert "2026-0001" in said("zh", one) + said("en", one) or one.where == ""
