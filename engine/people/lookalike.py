"""Names that a reader takes for one another."""

from __future__ import annotations

import unicodedata

# Cyrillic and Greek letters that are drawn like Latin ones (a part of Unicode's confusables.txt,
# UTS #39), in lower case, as names are compared without case.
_DRAWN_ALIKE = str.maketrans(
    "аеорсухіјѕԁһкмтвнεοαρυινκτχ",
    "aeopcyxijsdhkmtbheoapuivktx",
)


def skeleton(name: str) -> str:
    """What two names have in common that look alike: width, case, spaces, accents, alphabets."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    letters = (char for char in decomposed if not unicodedata.combining(char))
    return "".join("".join(letters).split()).translate(_DRAWN_ALIKE)
