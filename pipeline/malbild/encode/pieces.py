"""A sentence's words in pieces, as the encoder reads them (SentencePiece unigram, word by word)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from malbild.source import Span

SPACE = "▁"
LONGEST = 200
"""Pieces of a sentence that are looked at; the rest of a longer one is left out."""
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Pieced:
    """A sentence in pieces: their ids, its words as spans of its text, and the place of every word's first piece.

    Words behind ``LONGEST`` pieces are not among them.
    """

    ids: tuple[int, ...]
    words: tuple[Span, ...]
    first: tuple[int, ...]


class Pieces:
    """Cuts words into the pieces of one vocabulary."""

    def __init__(self, model: Path) -> None:
        """``model``: a SentencePiece model file.

        Raises:
            OSError: if there is no such file, or it is no such model.
        """
        self._processor = SentencePieceProcessor(model_file=str(model))
        self.mark: int = self._processor.piece_to_id("<s>")
        self.pad: int = self._processor.piece_to_id("<pad>")

    def cut(self, text: str) -> Pieced:
        """The pieces of a sentence. A word is a run of letters and digits, or one other character."""
        words = [Span(*found.span()) for found in _WORD.finditer(text)]
        forms = [
            (SPACE if start == 0 or text[start - 1].isspace() else "") + unicodedata.normalize("NFKC", text[start:end])
            for start, end in words
        ]
        ids: list[int] = []
        first: list[int] = []
        for pieces in self._processor.encode(forms):
            if len(ids) + max(1, len(pieces)) > LONGEST:
                break
            first.append(len(ids))
            ids += pieces or [self._processor.unk_id()]
        return Pieced(tuple(ids), tuple(words[: len(first)]), tuple(first))
