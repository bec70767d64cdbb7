"""Names that look the same on the screen though they are written differently.

Only letters that most fonts draw alike are folded; see Unicode Technical Standard 39, confusables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_CYRILLIC = str.maketrans("асеорхуіјѕһкАВЕКМНОРСТХУІ", "aceopxyijshkABEKMHOPCTXYI")
_GREEK = str.maketrans("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX")
_STROKES = str.maketrans("I10〇", "llOO")


def look(name: str) -> str:
    """What a name looks like: the same for two names that nobody can tell apart."""
    folded = unicodedata.normalize("NFKC", name)
    return folded.translate(_CYRILLIC).translate(_GREEK).translate(_STROKES)


def other_letter(name: str, candidates: Iterable[str]) -> str | None:
    """The first letter by which a name is another than the candidate that it looks like."""
    alike = next((one for one in candidates if look(one) == look(name)), name)
    return next((each for each, meant in zip(name, alike, strict=False) if each != meant), None)
