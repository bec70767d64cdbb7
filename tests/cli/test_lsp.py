"""Without its library the language server says what to install."""

from cli.commands import lsp
from cli.main import main


def test_what_is_missing_is_named(monkeypatch, capsys):
    monkeypatch.setattr(lsp, "find_spec", lambda name: None if name == "pygls" else name)
    assert main(["lsp", "--lang", "en"]) == 2
    assert "C135" in capsys.readouterr().err
