"""What a screen writes by itself stays out of the checkout."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _set_aside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A text without a name is set aside in the current folder."""
    monkeypatch.setattr("engine.drafting.manuscript.UNNAMED", str(tmp_path / "rulebook"))
