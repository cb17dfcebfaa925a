"""Which elements of an OpenDocument text hold words, and which are left out."""

from __future__ import annotations

from malbild.read.opendocument.tags import CONTROL, OFFICE, TEXT
from malbild.read.package import Element


def _names(names: str) -> tuple[str, ...]:
    return tuple(TEXT + name for name in names.split())


INDEXES = _names("table-of-content illustration-index table-index object-index user-index alphabetical-index")
# Elements of the text's own namespace that hold no words themselves.
_STRUCTURE = frozenset(
    _names("list list-item list-header numbered-paragraph section note note-body ruby page-sequence")
    + _names("tracked-changes changed-region deletion insertion format-change index-body index-title bibliography")
    + INDEXES
)
# Where nothing stands that is shown, or what stands there is read by itself.
SKIPPED = frozenset(
    _names("note-citation ruby-text number script placeholder bibliography-source")
    + tuple(f"{index}-source" for index in INDEXES)
    + tuple(OFFICE + name for name in ("change-info", "forms", "event-listeners", "binary-data"))
)


def holds_words(element: Element | None) -> bool:
    """Whether the text right under an element is words, and not the white space between other elements."""
    if element is None:
        return False
    return element.tag == CONTROL or (element.tag.startswith(TEXT) and element.tag not in _STRUCTURE)
