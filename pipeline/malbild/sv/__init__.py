"""Swedish in small data files, one subject each; any room may read them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of ``<name>.txt``: one a line, in order; ``#`` starts a comment.

    Raises:
        FileNotFoundError: if there is no such list.
    """
    lines = files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    entries = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(entry for entry in entries if entry)


CAPTION = rf"(?:{'|'.join(words('captions'))})(?:\s+\d{{1,3}}(?:\.\d{{1,3}})?(?![\w,])|\s*:)"
"""How a caption begins, as a pattern that knows no case: "Figur 2", "Tabell 1.3", "Bild:"."""
CONTENTS = frozenset(words("contents"))
"""The titles of tables of contents, in lower case."""
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 40_000
_FEW = 20


def looks_swedish(text: str) -> bool:
    """Whether a text is Swedish, by its function words. Texts of fewer than twenty words pass: too little to judge by.

    >>> looks_swedish("This strategy says what the city and its people want to reach " * 3)
    False
    """
    found = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(found) < _FEW:
        return True
    known = frozenset(words("function_words"))
    return sum(word in known for word in found) >= 0.03 * len(found)
