"""The small company of the README's pictures, made by commands."""

from __future__ import annotations

import shlex
from pathlib import Path

from cli.main import main

BOOK = "rulebooks/growing_company.rulebook"
OFFICE = f"""
init --sandbox --timezone Asia/Shanghai
people import rulebooks/small_company_people.csv
advance --at "2026-03-02 09:00"
publish {BOOK} --reason "agreed with everybody"
@li case open growing_company --fact last_day=2026-03-31 --fact keeps_customers=yes
@bo case open growing_company --fact last_day=2026-04-10
@sam case open growing_company --fact last_day=2026-03-20
@boss task approve 2026-0001/resignation.manager#1 --opinion "All the best"
@boss task name 2026-0001/successor#1 kim
@boss task approve 2026-0003/resignation.manager#1 --opinion "Good luck"
@boss task name 2026-0003/successor#1 eve
advance --at "2026-03-18 10:00"
@li task hand-over 2026-0001/work_in_progress#1 "open_tasks=two offers" "documents=shared drive"
advance --at "2026-03-20 15:00"
"""


def play(workspace: Path, story: str) -> None:
    """Make a workspace by commands; `@ID` is who acts."""
    for line in filter(None, story.splitlines()):
        words = shlex.split(line)
        who = ["--as", words.pop(0)[1:]] if words[0].startswith("@") else []
        assert main([*words, "--workspace", str(workspace), *who]) == 0, line
