"""What an annotator is: the one thing it does, and what it says of its models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from malbild.shipped import ModelInfo

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Annotator", "ModelInfo"]


class Annotator(Protocol):
    """Turns sentences into spaCy Docs."""

    @property
    def name(self) -> str:
        """The back-end's name, a key of ``BACKENDS``."""

    @property
    def models(self) -> tuple[ModelInfo, ...]:
        """The models used, in the order they are applied."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One ``Doc`` for each text, in order.

        A text is taken as one sentence, whatever it holds. Each ``Doc`` rebuilds its text exactly
        (``doc.text == text``), and, unless empty, has one tree: one ``ROOT``, every other token below it. Tokens
        carry UPOS (``pos_``), UD features (``morph``), lemma and UD relation (``dep_``; the root's is spaCy's
        ``"ROOT"``). White space between words that is more than one space is a token tagged ``SPACE``, related as
        ``dep``. ``doc.ents`` are names labelled PER, ORG or LOC.
        """
