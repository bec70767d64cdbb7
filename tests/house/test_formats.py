"""What is stored has the shape that its format number stands for."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import msgspec

from engine.artefact import Artefact, Release
from engine.chronicle import WORKSPACE_EVENTS
from engine.events import EVENT_TYPES
from engine.feeds import FeedData
from engine.store.frames import FORMAT
from engine.store.port import RowChange, StoredAct
from engine.workspace import Settings

PRINTS = {1: "2d576084a022f785"}
"""Format → the print of everything that is stored in it."""


def test_a_stored_shape_changes_with_the_number() -> None:
    """A change after a release: raise `frames.FORMAT` and add its print.

    The format of no release yet: note its new print. Either way: `make histories`.
    """
    types = (*EVENT_TYPES.values(), *WORKSPACE_EVENTS, Artefact, Release, FeedData, Settings)
    _, parts = msgspec.json.schema_components((*types, StoredAct, RowChange))
    names = sorted(f"{name} {version}" for name, version in EVENT_TYPES)
    shape = json.dumps([names, _bare(parts)], sort_keys=True, ensure_ascii=False)
    assert sha256(shape.encode()).hexdigest()[:16] == PRINTS[FORMAT]


def _bare(part: Any) -> Any:
    """A schema without what is said about it in words."""
    if isinstance(part, dict):
        return {key: _bare(value) for key, value in part.items() if key != "description"}
    return [_bare(one) for one in part] if isinstance(part, list) else part
