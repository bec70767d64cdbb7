"""What is kept of a defect: where it came about, and nothing of what anybody typed."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path


def place_of(error: BaseException) -> str:
    """The file and the line of Baton or of a library that could not go on."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def keep(error: BaseException) -> Path | None:
    """Write the ways to an error into a file of its own that its owner alone may read; None where that is refused.

    Only kinds of errors and lines of code stand in it: the message of an error and the values around it may be private.
    """
    ways: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        ways += [f"{type(cause).__name__}\n", *traceback.format_tb(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="baton-", suffix=".txt", delete=False
        ) as file:
            file.writelines(ways)
    except OSError:
        return None
    return Path(file.name)
