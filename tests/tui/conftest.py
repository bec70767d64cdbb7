"""What a screen writes by itself stays out of the checkout."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _set_aside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is not saved is set aside beside its file, or in the current folder."""
    monkeypatch.setattr(
        "engine.drafting.manuscript._aside_of", lambda path: tmp_path / f".{path.name}.unsaved"
    )
