"""Whole texts with the model that they mean.

Each `tests/cases/model/NAME_en.rulebook` has a twin `NAME_zh.rulebook` of the same meaning and ids,
and `NAME.json`, the model of the English one. After a wanted change of the model,
`python tests/dsl/test_models.py` writes the models anew; read the difference.
"""

from pathlib import Path

import msgspec
import pytest

from dsl.model import Rulebook
from dsl.pipeline import check_source
from dsl.source import of_bytes

CASES = Path(__file__).parent.parent / "cases" / "model"
NAMES = sorted(path.name.removesuffix("_en.rulebook") for path in CASES.glob("*_en.rulebook"))


def model_of(path):
    outcome = check_source(of_bytes(path.name, path.read_bytes()))
    assert outcome.diagnostics == ()
    return outcome.checked


def pretty(rulebook):
    return msgspec.json.format(msgspec.json.encode(rulebook), indent=1).decode() + "\n"


def without_titles(part):
    if isinstance(part, dict):
        return {k: without_titles(v) for k, v in part.items() if k not in {"title", "language"}}
    return [without_titles(each) for each in part] if isinstance(part, list | tuple) else part


@pytest.mark.parametrize("name", NAMES)
def test_a_text_means_this_model(name):
    model = model_of(CASES / f"{name}_en.rulebook").rulebook
    assert pretty(model) == (CASES / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_both_dialects_mean_the_same(name):
    english, chinese = (
        msgspec.to_builtins(model_of(CASES / f"{name}_{dialect}.rulebook").rulebook)
        for dialect in ("en", "zh")
    )
    assert without_titles(english) == without_titles(chinese)


@pytest.mark.parametrize("name", NAMES)
def test_a_model_survives_json(name):
    model = model_of(CASES / f"{name}_en.rulebook").rulebook
    assert msgspec.json.decode(msgspec.json.encode(model), type=Rulebook) == model


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("item.handover.id", "handover"),
        ("item.keys.due", "last_day 18:00"),
        ("item.handover.content.rest", "provide rest"),
        ("approval.resignation.steps.desk", "step hr as desk"),
        ("gate.pay.until.1", "item keys done"),
        ("process.exit.body.3.0.1", "item keys"),
        ("process.exit.body.5.then.0", "item advance_back"),
    ],
)
def test_places_point_into_the_text(place, text):
    path = CASES / "offboarding_en.rulebook"
    found = model_of(path).places[place]
    source = path.read_text(encoding="utf-8")
    assert source[found.start : found.end].startswith(text)
    assert source.split("\n")[found.line - 1][found.column - 1 :].startswith(text)


if __name__ == "__main__":
    for each in NAMES:
        checked = model_of(CASES / f"{each}_en.rulebook")
        (CASES / f"{each}.json").write_text(pretty(checked.rulebook), encoding="utf-8")
