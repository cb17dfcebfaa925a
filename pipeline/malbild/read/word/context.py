"""What the parts of one Word document are read with: its styles, lists and notes."""

from __future__ import annotations

from malbild.read.package import Element
from malbild.read.word.numbering import Numbering
from malbild.read.word.parts import Word
from malbild.read.word.styles import Styles
from malbild.read.word.tags import W
from malbild.source import Problem


class Context:
    """The styles, lists and notes of a document; ``numbering`` counts on as paragraphs are read."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.styles = Styles(word.root("styles"))
        self.numbering = Numbering(word.root("numbering"))
        self._notes = {tag: _notes(word.root(f"{tag}s"), tag) for tag in ("footnote", "endnote")}

    def note(self, reference: Element) -> Element | None:
        """Return the footnote or endnote that an element of the text refers to."""
        tag = "endnote" if reference.tag == f"{W}endnoteReference" else "footnote"
        return self._notes[tag].get(reference.get(f"{W}id") or "")

    def problem(self, code: str, message: str) -> None:
        """Note what could not be read."""
        self.word.problems.append(Problem("read", code, message))


def _notes(root: Element | None, tag: str) -> dict[str, Element]:
    if root is None:
        return {}
    notes = root.iterfind(f"{W}{tag}")
    # The others are the lines that set notes apart from the text.
    return {note.get(f"{W}id") or "": note for note in notes if note.get(f"{W}type") in (None, "normal")}
