"""A Chromium without a window: the one that playwright has brought, else the system's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "google-chrome")


def path_of(playwright: Playwright) -> str | None:
    """Where a browser is; None where there is none."""
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser, ended afterwards."""
    found = playwright.chromium.launch(executable_path=path_of(playwright), args=["--no-sandbox"])
    yield found
    found.close()
