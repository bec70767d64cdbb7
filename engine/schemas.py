"""JSON Schemas (draft 2020-12) of what crosses Baton's borders, generated from the types themselves.

`python -m engine.schemas FOLDER` writes them; a house rule compares the result with `schemas/`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from dsl.model import Rulebook
from dsl.render import Shown
from engine.chronicle import WORKSPACE_EVENTS
from engine.events import EVENT_TYPES
from engine.people.directory import Department, Person
from engine.plan import Plan
from engine.store.port import StoredAct

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, Schema]:
    """Every schema, by name: `model`, `plan`, `events`, `diagnostics`, `people`, `workspace_events`."""
    return {
        "model": _schema("A checked rulebook", [Rulebook]),
        "plan": _schema("A flattened process", [Plan]),
        "events": _events(),
        "diagnostics": _schema("What `baton check --format json` prints", [list[Shown]]),
        "people": _schema("An entry of the directory", [Person, Department]),
        "workspace_events": _schema("The data of a workspace's own events", WORKSPACE_EVENTS),
    }


def written(schema: Schema) -> str:
    """A schema as its file holds it: indented, keys in order, one newline at the end."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(folder: Path) -> None:
    """Writes one file per schema, in a folder that exists."""
    for name, schema in schemas().items():
        (folder / f"{name}.json").write_text(written(schema), encoding="utf-8")


def _schema(title: str, types: Iterable[type]) -> Schema:
    roots, parts = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    choice = roots[0] if len(roots) == 1 else {"anyOf": list(roots)}
    return {"$schema": DRAFT, "title": title, **choice, "$defs": parts}


def _events() -> Schema:
    """The envelope of an act; `type` and `version` of an event say which shape its `data` have."""
    kinds = list(EVENT_TYPES.items())
    schema = _schema("An act of the ledger", [StoredAct, *(kind for _, kind in kinds)])
    envelope, *shapes = schema.pop("anyOf")
    cases = [
        {
            "if": {"properties": {"type": {"const": name}, "version": {"const": version}}},
            "then": {"properties": {"data": shape}},
        }
        for ((name, version), _), shape in zip(kinds, shapes, strict=True)
    ]
    happening = schema["$defs"]["Happening_Raw_"]
    schema["$defs"]["Happening_Raw_"] = {**happening, "allOf": cases}
    return {**schema, **envelope}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
