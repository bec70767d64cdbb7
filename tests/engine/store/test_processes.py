"""Real processes on one folder: no update is lost, and a kill loses nothing that was acknowledged."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.engine.store.samples import ledger
from tests.engine.store.writer import CASE

ROOT = Path(__file__).parents[3]


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.engine.store.writer", str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def acknowledged(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate()
    # A kill may cut the last line; what it began to tell was acknowledged all the same.
    return [line for line in out.split("\n")[:-1] if line]


def check(folder: Path, told: set[str]) -> None:
    """Every acknowledged command is there, whole, and so is the one that was cut off, or not at all."""
    store = ledger(folder)
    assert list(store.verify()) == []
    written = [event.command_id for event in store.read(CASE)]
    assert len(written) == len(set(written))
    assert told <= set(written)
    row = store.get("cases", CASE) or {"count": 0}
    assert row["count"] == len(written) == store.count("tasks", {"case": CASE})
    store.close()


def test_four_writers_lose_no_update(tmp_path: Path) -> None:
    processes = [writer(tmp_path, f"w{number}", 50) for number in range(4)]
    told = [command for process in processes for command in acknowledged(process)]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert len(told) == 200
    check(tmp_path, set(told))
    assert ledger(tmp_path).version(CASE) == 200


def kill(folder: Path, round_number: int, after: int) -> list[str]:
    """Let a writer tell some commands, kill it where it stands, and return all that it told."""
    process = writer(folder, f"r{round_number}", 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(after)]
    process.kill()
    return told + acknowledged(process)


def kills(folder: Path, rounds: int) -> None:
    chance = random.Random(5)  # noqa: S311 - where to strike, no secret
    told: set[str] = set()
    for number in range(rounds):
        told |= set(kill(folder, number, chance.randint(1, 40)))
        check(folder, told)


def test_killed_writers_keep_their_word(tmp_path: Path) -> None:
    kills(tmp_path, 2)


@pytest.mark.long
def test_four_writers_of_five_hundred_commands_lose_no_update(tmp_path: Path) -> None:
    processes = [writer(tmp_path, f"w{number}", 500) for number in range(4)]
    told = [command for process in processes for command in acknowledged(process)]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    check(tmp_path, set(told))
    assert ledger(tmp_path).version(CASE) == len(told) == 2000


@pytest.mark.long
def test_a_hundred_kills_among_two_writers(tmp_path: Path) -> None:
    """Both write and compact; one of them is killed at a random moment, a hundred times."""
    chance = random.Random(7)  # noqa: S311 - when to strike, no secret
    told: set[str] = set()
    compacted = 0
    for number in range(100):
        folder = tmp_path / str(number // 10)
        folder.mkdir(exist_ok=True)
        told = set() if number % 10 == 0 else told
        victim = writer(folder, f"v{number}", 100_000)
        other = writer(folder, f"o{number}", 20)
        assert victim.stdout is not None
        told.add(victim.stdout.readline().strip())
        with suppress(subprocess.TimeoutExpired):
            victim.wait(chance.random() * 0.2)
        victim.kill()
        told |= set(acknowledged(victim)) | set(acknowledged(other))
        assert other.returncode == 0
        check(folder, told)
        compacted += (folder / "snapshot.baton").exists()
    assert compacted > 50


@pytest.mark.long
def test_a_kill_among_other_writers_stops_nobody(tmp_path: Path) -> None:
    told: set[str] = set()
    for number in range(6):
        others = [writer(tmp_path, f"o{number}{which}", 30) for which in range(2)]
        told |= set(kill(tmp_path, number, 10))
        for process in others:
            told |= set(acknowledged(process))
            assert process.returncode == 0
        check(tmp_path, told)


def test_a_limit_of_the_file_size_refuses_the_command(tmp_path: Path) -> None:
    """The operating system's own limit, met in the middle of a frame."""
    process = subprocess.run(
        [sys.executable, "-m", "tests.engine.store.writer", str(tmp_path), "w", "100000"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    told = process.stdout.split()
    assert process.returncode == 1
    assert "K109" in process.stderr
    assert len(told) > 5
    check(tmp_path, set(told))
    assert ledger(tmp_path).version(CASE) == len(told)
