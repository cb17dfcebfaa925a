"""What Stanza found, as spaCy Docs: the way there and back, on plain data, without importing Stanza.

Stanza is given the words of our tokenizer, so there is nothing to align: its n-th word is our n-th. Two things are
done for its sake. A word is cut at ``LONGEST`` letters, because it reads words letter by letter, and a batch is as wide
as its longest word; and a sentence is given in pieces of at most ``PIECE`` words, because a graph parser scores every
pair of words. The pieces are joined again below: each has its root, and ``sentence.one_sentence`` makes one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from spacy.tokens import Doc

from malbild.annotate.labels import NAMES, PARTS, RELATIONS, universal

LONGEST = 64
"""Letters of a word that Stanza sees."""
PIECE = 250
"""Words Stanza sees together."""

BEGINNING = {"B": "B", "S": "B", "I": "I", "E": "I"}
"""IOB for BIOES."""


class Word(Protocol):
    """A word of Stanza's, as far as it is read here. ``head`` counts from 1 within the piece, 0 is the root."""

    upos: str | None
    feats: str | None
    lemma: str | None
    head: int | None
    deprel: str | None


class Token(Protocol):
    """A token of Stanza's; ``ner`` is a BIOES tag, or ``None`` without a model for names."""

    ner: str | None


class Sentence(Protocol):
    """A piece as Stanza gives it back: as many words as tokens, for we asked for no splitting of words."""

    @property
    def words(self) -> Sequence[Word]:
        """Its words."""

    @property
    def tokens(self) -> Sequence[Token]:
        """The same as tokens, for names are marked on those."""


def pieces(doc: Doc) -> Iterator[list[dict[str, str]]]:
    """The words of a Doc as Stanza takes sentences; none for an empty Doc."""
    for start in range(0, len(doc), PIECE):
        yield [word(token.text) for token in doc[start : start + PIECE]]


def word(form: str, **known: str) -> dict[str, str]:
    """A word as Stanza takes it, with what is known of it."""
    return {"text": form[:LONGEST], **known}


def annotated(doc: Doc, found: Iterable[Sentence]) -> Doc:
    """A new Doc over the words of ``doc`` with what Stanza found; a root for every piece.

    Args:
        doc: the words that ``pieces`` gave to Stanza.
        found: those pieces as they came back, in order.
    """
    pos, morphs, lemmas, deps, names = [], [], [], [], []
    heads: list[int] = []
    for piece in found:
        start = len(heads)
        for place, (read, token) in enumerate(zip(piece.words, piece.tokens, strict=True), start):
            form = doc[place].text
            root = not read.head
            pos.append(read.upos if read.upos in PARTS else "X")
            morphs.append(read.feats or "")
            lemmas.append(_lemma(form, read.lemma))
            heads.append(place if root else start + (read.head or 0) - 1)
            deps.append("ROOT" if root else _relation(read.deprel))
            names.append(_name(token.ner))
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=_mended(names),
    )


def _lemma(form: str, lemma: str | None) -> str:
    """The lemma; the word itself where there is none, or where Stanza saw only the beginning of the word."""
    return form if not lemma or lemma == "_" or len(form) > LONGEST else lemma


def _relation(deprel: str | None) -> str:
    """The relation of a word that is no root: labels are chosen one by one, so one may say ``root`` all the same."""
    return deprel if deprel and universal(deprel) in RELATIONS else "dep"


def _name(tag: str | None) -> str:
    """The IOB tag with our label for a BIOES tag."""
    mark, _, kind = (tag or "O").partition("-")
    label = NAMES.get(kind.upper())
    return f"{BEGINNING[mark]}-{label}" if label and mark in BEGINNING else "O"


def _mended(names: list[str]) -> list[str]:
    """The tags, every name beginning with a B: a piece may begin within a name."""
    before = ["O", *names]
    return [
        "B-" + tag[2:] if tag[0] == "I" and last[2:] != tag[2:] else tag
        for last, tag in zip(before, names, strict=False)
    ]
