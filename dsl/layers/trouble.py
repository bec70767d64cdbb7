"""What is wrong with layers, as diagnostics at places of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, Unpack

from dsl.diagnostic import Diagnostic, Edit, Fix, Label, Value
from dsl.source import Span
from dsl.texts import Texts


class More(TypedDict, total=False):
    """What a diagnostic may have besides its place and values.

    Keys:
        others: further places.
        variant: another text, `CODE.VARIANT`.
        near: what was probably meant in the place.
    """

    others: tuple[Label, ...]
    variant: str | None
    near: str | None


def trouble(
    texts: Texts, code: str, at: Span, values: Mapping[str, Value], **more: Unpack[More]
) -> Diagnostic:
    """An error of tailoring; it always has a hint.

    Args:
        texts: the layers, which spans are in.
        code: of the error.
        at: its place.
        values: fill its texts.
        more: what else it has.
    """
    near, variant = more.get("near"), more.get("variant")
    fix = None
    if near is not None:
        fix = Fix("fix.rename", (Edit(texts.find(at).span, near),), {"near": near})
    text = None if variant is None else f"{code}.{variant}"
    labels = (label(texts, at, f"{code}.label"), *more.get("others", ()))
    return Diagnostic(code, "error", labels, dict(values), f"{text or code}.hint", fix, text)


def label(texts: Texts, at: Span, message: str, values: Mapping[str, Value] | None = None) -> Label:
    """A label at a place of one of the layers."""
    (source, _), span = texts.find(at)
    return Label(span, source.name, message, dict(values or {}))
