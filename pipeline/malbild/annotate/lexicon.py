"""A spaCy component that looks lemmas up by form and part of speech, and those of compounds by their last part.

The trained lemmatizer edits endings and guesses; what is known need not be guessed. The component stands behind it and
leaves its lemma where the lexicon has none. spaCy finds it by entry point (``malbild_lemma_lexicon``) wherever malbild
is installed; ``models/language/lemmas.py`` makes what it looks up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.lookups import Lookups, Table
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

NAME = "malbild_lemma_lexicon"
COMPOUNDING = frozenset({"NOUN", "ADJ", "VERB"})
"""Parts of speech that make compounds freely."""
FIRST, LAST = 3, 5
"""Letters that the first and the last part of a compound have at least."""
REMEMBERED = 50_000
"""Compounds whose lemma is remembered."""


@Language.factory(NAME, assigns=["token.lemma"], requires=["token.pos"])  # type: ignore[untyped-decorator]
def create(nlp: Language, name: str) -> LemmaLexicon:
    """The component without entries, as spaCy makes it before it reads them."""
    return LemmaLexicon(nlp.vocab, name)


class LemmaLexicon(Pipe):  # type: ignore[misc]
    """Lemmas by part of speech and form in small letters."""

    def __init__(self, vocab: Vocab, name: str = NAME) -> None:
        self.vocab, self.name = vocab, name
        self.tables = Lookups()
        self._compounds: dict[tuple[str, str], str | None] = {}

    def fill(self, entries: Mapping[str, Mapping[str, str]]) -> LemmaLexicon:
        """Take lemmas by UPOS and form in small letters."""
        for pos, lemmas in entries.items():
            self.tables.add_table(pos, lemmas)
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas the lexicon knows, in place."""
        for token in doc:
            table = self.tables.get_table(token.pos_, None)
            if table is not None and (lemma := table.get(token.lower) or self._compound(token, table)):
                token.lemma_ = lemma
        return doc

    def _compound(self, token: Token, table: Table) -> str | None:
        """The lemma of a word whose longest known ending is a word: "stadsplanekontorens" is "stadsplane" + "kontor".

        What stands before a hyphen keeps its capitals: "EU-medlemmarna" is "EU-medlem".
        """
        if token.pos_ not in COMPOUNDING or len(token) < FIRST + LAST:
            return None
        key = token.pos_, token.text
        if key not in self._compounds:
            if len(self._compounds) >= REMEMBERED:
                self._compounds.clear()
            self._compounds[key] = divided(token.text, table)
        return self._compounds[key]

    def to_bytes(self, **_: Any) -> bytes:
        """The entries, as spaCy's lookups write them."""
        return bytes(self.tables.to_bytes())

    def from_bytes(self, data: bytes, **_: Any) -> LemmaLexicon:
        """Take the entries from bytes."""
        self.tables.from_bytes(data)
        self._compounds.clear()
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the entries into a folder."""
        self.tables.to_disk(path)

    def from_disk(self, path: Path, **_: Any) -> LemmaLexicon:
        """Read the entries from a folder."""
        self.tables.from_disk(path)
        self._compounds.clear()
        return self

    def initialize(self, get_examples: Callable[[], Iterable[Any]], *, nlp: Language | None = None) -> None:
        """Nothing to learn: the entries are given."""


def divided(word: str, table: Table) -> str | None:
    """The lemma of a compound by its longest known last part.

    >>> divided("EU-medlemmarna", Table(data={"medlemmarna": "medlem"}))
    'EU-medlem'
    >>> divided("Medlemmarna", Table(data={"marna": "mar"}))
    'medlemmar'
    >>> divided("medmarna", Table(data={"damarna": "dam"})) is None
    True
    """
    small = word.lower()
    for start in range(FIRST, len(small) - LAST + 1):
        if lemma := table.get(small[start:]):
            hyphen = word.rfind("-", 0, start) + 1
            return word[:hyphen] + small[hyphen:start] + str(lemma)
    return None
