"""A rulebook's file while it is worked on: what is one's own writing, and what is somebody else's."""

from pathlib import Path
from threading import Event, Thread

import pytest

from engine.drafting import manuscript as module
from engine.drafting.manuscript import Manuscript


def test_ones_own_writing_is_never_taken_for_somebody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.rulebook"
    file.write_text("before", "utf-8")
    manuscript = Manuscript(file)
    has_read, go_on, plain = Event(), Event(), module.read_bytes
    seen: list[bool] = []

    def slow(path: Path) -> bytes:
        held = plain(path)
        has_read.set()
        go_on.wait(60)
        return held

    monkeypatch.setattr(module, "read_bytes", slow)
    looks = Thread(target=lambda: seen.append(manuscript.has_moved_on()))
    writes = Thread(target=manuscript.save, args=("after",))
    looks.start()
    has_read.wait(60)
    writes.start()
    writes.join(0.2)  # it may write only when the look is over
    go_on.set()
    looks.join()
    writes.join()
    assert seen == [False]
    assert file.read_text("utf-8") == manuscript.kept == "after"
    file.write_text("theirs", "utf-8")
    assert manuscript.has_moved_on()
