"""What scenarios reach, line by line: as a listing, as a page, and layer by layer."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, Baton

HOSTILE = "</pre><script>alert(1)</script>𠮷"
OURS = """rulebook ours "Ours"
  version 1.0.0
  extends growing_company 1.x

item badge "Badge"
  from leaver to office

adjust process leaving
  add item badge at end

rule long_ago "Long ago"
  when last_day < 2000-01-01
  note "long ago"
"""


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.fixture(name="hostile")
def _hostile(tmp_path: Path) -> Path:
    file = tmp_path / "hostile.rulebook"
    text = SMALL.read_text(encoding="utf-8").replace('"Customers"', f'"{HOSTILE}"')
    file.write_text(text, encoding="utf-8")
    return file


def test_each_line_is_marked_with_what_is_reached_of_it(baton: Baton, hostile: Path) -> None:
    ran = baton("test", str(hostile), "quiet_exit", "--annotated")
    assert ran.status == 0
    lines = {line[10:].split("  #")[0]: line for line in ran.out.splitlines() if " | " in line}
    assert lines["  remind giver 2 days before due by email"][0] == "+"
    assert lines["  escalate to accountable 1 day after due by email"][0] == "-"
    assert lines['item equipment "Laptop and keys"'][0] == "+"
    assert lines[f'item customers "{HOSTILE}"'].endswith("# not reached: item customers")
    assert lines["  from leaver to successor"][0] == " "
    assert len(lines) <= len(hostile.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_says_the_same_and_what_was_typed_stays_text(
    baton: Baton, hostile: Path, language: str
) -> None:
    ran = baton("test", str(hostile), "quiet_exit", "--format", "html", "--lang", language)
    assert ran.status == 0
    page = Page(ran.out)
    assert "script" not in page.tags
    assert HOSTILE in page.said
    assert {"en": "not reached: item customers", "zh": "未到达：交接项 customers"}[
        language
    ] in page.said
    assert "http" not in ran.out


def test_each_layer_must_be_reached_by_itself(baton: Baton, tmp_path: Path) -> None:
    file = tmp_path / "ours.rulebook"
    file.write_text(OURS, encoding="utf-8")
    ran = baton("test", str(file), "--min-coverage", "60", "--lang", "en")
    assert ran.status == 1
    assert "ours 1.0.0: 1 of 2 places reached" in ran.out
    assert "Reached by scenarios: 10 of 11 (90 %)" in ran.out
    assert "50 % of “ours”; 60 % are asked for" in ran.out
    assert baton("test", str(file), "--min-coverage", "50").status == 0
