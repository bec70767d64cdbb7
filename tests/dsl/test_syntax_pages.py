"""The examples on the pages of syntax codes are what they say."""

import re
from pathlib import Path

import pytest

from dsl.parser import parse
from dsl.source import of_text

PAGES = Path(__file__).parents[2] / "cli" / "pages"
FENCE = re.compile(r"^```rulebook( wrong)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADERS = {"en": 'rulebook x "X"\n  version 1.0.0\n', "zh": '规则书 x "X"\n  版本 1.0.0\n'}


def examples():
    for path in sorted(PAGES.rglob("[EW]*.md")):
        if path.stem.startswith(("E0", "E1", "W550")):
            found = FENCE.finditer(path.read_text(encoding="utf-8"))
            yield from (
                pytest.param(path.stem, match[2], match[1] is not None, id=f"{path.stem}:{place}")
                for place, match in enumerate(found)
                if "…" not in match[2]
            )


def whole(text):
    """The example below a header of its dialect, unless it is about headers."""
    dialect = "zh" if re.match(r"[\u4e00-\u9fff]", text) else "en"
    return text if text.startswith(("rulebook ", "规则书 ")) else HEADERS[dialect] + text


@pytest.mark.parametrize(("code", "text", "wrong"), list(examples()))
def test_the_example_is_wrong_or_right_as_it_says(code, text, wrong):
    shown = text if code == "E101" else whole(text)
    codes = {found.code for found in parse(of_text("page", shown)).diagnostics}
    assert codes == ({code} if wrong else set())
