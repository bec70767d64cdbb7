"""One slip of the pen is one error: texts with a token missing, and what people type wrong.

For about twenty-five of them `tests/cases/slips` holds the exact words in both languages; after a
wanted change `python tests/dsl/test_slips.py` writes them anew; read the difference.
"""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsl.pipeline import Checker, check_source
from dsl.render import render_text
from dsl.source import of_bytes, of_text

HERE = Path(__file__).parent
CASES = HERE.parent / "cases" / "slips"
GOLDEN = sorted(CASES.glob("*.rulebook"))


def _slips():
    """The generator beside this file; the folder of tests is no package."""
    spec = importlib.util.spec_from_file_location("slips", HERE / "slips.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


slips = _slips()


def errors(text, checker=None):
    found = (checker or Checker()).check(of_text("slip", text)).diagnostics
    return [each for each in found if each.severity == "error"]


def lines(text, found):
    source = of_text("slip", text)
    return {source.position(label.span.start).line for each in found for label in each.labels}


@pytest.mark.parametrize("path", slips.TEXTS, ids=lambda path: path.stem)
def test_the_texts_are_right_before_the_slip(path):
    assert errors(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("make", "count", "seed"), [(slips.deletions, 300, 7), (slips.mistakes, 216, 11)]
)
def test_one_slip_is_one_error(make, count, seed):
    made = make(count, seed)
    checkers = {right: Checker() for right, _ in made}
    found = {slip: errors(slip.text, checkers[right]) for right, slip in made}
    counts = Counter(len(found[slip]) for _, slip in made)
    assert counts[0] + counts[1] >= 0.95 * count
    assert max(counts) <= 3
    far = [s for s, wrong in found.items() if wrong and s.line not in lines(s.text, wrong)]
    assert len(far) <= 0.05 * count


@pytest.mark.parametrize("kind", slips.HARMLESS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("path", slips.TEXTS, ids=lambda path: path.stem)
def test_what_the_keyboard_may_do_is_no_error(kind, path):
    text = path.read_text("utf-8")
    slip = kind(text, slips.random.Random(3))
    if slip is None:
        assert kind is slips.pasted_table
        assert "|" not in text
    else:
        assert slip.text != text
        assert errors(slip.text) == []


def rendered(path, language):
    source = of_bytes(path.name, path.read_bytes())
    return render_text(check_source(source).diagnostics, {source.name: source}, language)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_slip_is_explained_like_this(path, language):
    expected = path.with_suffix(f".{language}.txt").read_text(encoding="utf-8")
    assert rendered(path, language) == expected


SHIPPED = [path.read_text("utf-8") for path in slips.TEXTS]
WILD = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def splice(data):
    text = data.draw(st.sampled_from(SHIPPED))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 40, len(text))))
    by = data.draw(st.text(alphabet='"“”「」()[],.:：#`\n\t0９%≥=且or 结束end规则书', max_size=8))
    return of_text("spliced", text[:start] + by + text[end:])


def shuffle_and_cut(data):
    every = data.draw(st.sampled_from(SHIPPED)).split("\n")
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=60))
    cut = data.draw(st.integers(0, 12))
    first = every[:1] if data.draw(st.booleans()) else []
    return of_text("lines", "\n".join([*first, *(line[: len(line) - cut] for line in chosen)]))


def raw_bytes(data):
    return of_bytes("bytes", data.draw(st.binary(max_size=400)))


MAKERS = pytest.mark.parametrize("make", [raw_bytes, shuffle_and_cut, splice])


@MAKERS
@WILD
@given(data=st.data())
def test_no_text_raises(make, data):
    check_source(make(data))


@pytest.mark.long
@MAKERS
@settings(WILD, max_examples=300)
@given(data=st.data())
def test_none_of_many_texts_raises(make, data):
    check_source(make(data))


if __name__ == "__main__":
    for each in GOLDEN:
        for reader in ("en", "zh"):
            each.with_suffix(f".{reader}.txt").write_text(rendered(each, reader), encoding="utf-8")
