"""A disk that is really full: the system's own `ENOSPC`, on a small file system in memory."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from engine.store.failure import StoreFailure
from engine.store.ledger import LedgerStore
from tests.engine.store.samples import filled, ledger, signing

FULL = os.strerror(errno.ENOSPC)


def mounted(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """An empty file system of 128 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)):
        pytest.skip("only root may mount a file system that is small enough to fill")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(store: LedgerStore) -> tuple[list[str], StoreFailure]:
    """Append until there is no room; gives what was acknowledged, and the failure."""
    told: list[str] = []
    for number in count():
        try:
            store.append(signing(f"w{number}", expected=5 + number, note="x" * 3000))
        except StoreFailure as failure:
            return told, failure
        told.append(f"w{number}")
    raise AssertionError


def test_a_full_disk_refuses_the_command_and_keeps_what_was_acknowledged(small: Path) -> None:
    folder = small / "store"
    folder.mkdir()
    filled(folder)
    store = ledger(folder)
    told, failure = fill_up(store)
    assert told
    assert (failure.code, failure.values["reason"]) == ("K109", FULL)
    with pytest.raises(StoreFailure, match="K110"):
        store.append(signing("again"))
    store.close()
    full = ledger(folder)
    assert full.position() == 5 + len(told)
    assert list(full.verify()) == []
    full.close()
    assert mounted("-o", "remount,size=1m", str(small))
    roomy = ledger(folder)
    assert roomy.committed(f"w{len(told)}") is None
    roomy.append(signing(f"w{len(told)}", expected=5 + len(told)))
    assert list(roomy.verify()) == []


def test_a_full_disk_takes_in_no_part_of_a_private_value_or_a_file(small: Path) -> None:
    folder = small / "store"
    folder.mkdir()
    filled(folder)
    store = ledger(folder)
    kept = store.seal(b"18000 CNY")
    mail = small.parent / "mail"
    mail.write_bytes(b"we confirm" * 20_000)
    for act in (lambda: store.seal(b"x" * 200_000), lambda: store.keep(mail)):
        with pytest.raises(StoreFailure, match="K109") as caught:
            act()
        assert caught.value.values["reason"] == FULL
    assert list((folder / "incoming").iterdir()) == []
    assert store.unseal(kept) == b"18000 CNY"


def test_a_full_disk_leaves_no_half_of_a_snapshot(small: Path) -> None:
    folder = small / "store"
    folder.mkdir()
    filled(folder)
    store = ledger(folder)
    store.compact()
    before = (folder / "snapshot.baton").read_bytes()
    told, _ = fill_up(store)
    again = ledger(folder)
    with pytest.raises(StoreFailure, match="K109"):
        again.compact()
    assert (folder / "snapshot.baton").read_bytes() == before
    again.close()
    assert ledger(folder).position() == 5 + len(told)
