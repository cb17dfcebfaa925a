"""The encoder as it runs: an ONNX graph over windows of pieces, on one thread."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession, SessionOptions

from malbild.encode.layout import lay_out
from malbild.encode.pieces import Pieced, Pieces
from malbild.encode.windows import Window, above_of, windows
from malbild.encoded import SENTENCE_KINDS, Encoded, Logits
from malbild.source import Outline

_GRAPH, _PIECES = "encoder.onnx", "pieces.model"


@dataclass(frozen=True, slots=True)
class Passage:
    """A window with what stands in it: of every sentence its text, and its pieces with the number of its kind.

    What the encoder says of the core depends on this and nothing else: windows are run one at a time.
    """

    window: Window
    texts: tuple[str, ...]
    pieced: tuple[tuple[Pieced, int], ...]

    @property
    def core(self) -> range:
        """The sentences that are judged, as positions in the outline."""
        return self.window.core

    @property
    def digest(self) -> str:
        """Hexadecimal digits that differ when the encoder may say anything else of the core (BLAKE2b, 16 bytes)."""
        made = hashlib.blake2b(digest_size=16)
        for n, text, (_, kind) in zip(self.window.sentences, self.texts, self.pieced, strict=True):
            data = text.encode("utf-8", "surrogatepass")
            made.update(struct.pack("<?BI", n in self.core, kind, len(data)) + data)
        return made.hexdigest()


class Encoder:
    """Reads the sentences of a document, each in its window."""

    def __init__(self, folder: Path) -> None:
        """``folder``: the artefact, with the graph and its pieces.

        Raises:
            FileNotFoundError: if a file of it is missing.
        """
        for name in (_GRAPH, _PIECES):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder / name}: missing; make the encoder again with models/encoder")
        self.pieces = Pieces(folder / _PIECES)
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(str(folder / _GRAPH), options, providers=["CPUExecutionProvider"])

    def read(self, texts: Sequence[str], outline: Outline) -> list[Encoded]:
        """What the encoder says of every sentence of a document.

        Args:
            texts: the sentences, as they are analysed, in the order of ``outline.sentences``.
            outline: the sentences with their kinds, sections and lead-ins.
        """
        return [encoded for passage in self.passages(texts, outline) for encoded in self.judge(passage)]

    def passages(self, texts: Sequence[str], outline: Outline) -> list[Passage]:
        """A document in passages, in order: every sentence is in the core of one. Arguments as for ``read``."""
        kinds = (SENTENCE_KINDS.index(sentence.kind) for sentence in outline.sentences)
        pieced = list(zip(map(self.pieces.cut, texts), kinds, strict=True))
        cut = windows([1 + len(of.ids) for of, _ in pieced], above_of(outline))
        return [
            Passage(one, tuple(texts[n] for n in one.sentences), tuple(pieced[n] for n in one.sentences)) for one in cut
        ]

    def judge(self, passage: Passage) -> list[Encoded]:
        """What the encoder says of the core sentences of a passage."""
        labels, tags, details = self._session.run(None, inputs(passage.pieced, self.pieces.mark))
        found = []
        at = 0
        for row, (n, (pieced, _)) in enumerate(zip(passage.window.sentences, passage.pieced, strict=True)):
            here = slice(at, at := at + len(pieced.words))
            if n in passage.core:
                words = tags[here], details[here].reshape(-1, 3, 3)
                found.append(Encoded(labels[row], pieced.words, *words))
        return found


def inputs(read: Sequence[tuple[Pieced, int]], mark: int) -> dict[str, npt.NDArray[np.int64] | Logits]:
    """The graph's inputs for sentences with the numbers of their kinds: a layout, and ``mean`` (sentences, pieces) to
    average over each sentence's pieces.
    """
    made = lay_out(((pieced.ids, pieced.first, kind) for pieced, kind in read), mark)
    mean = np.zeros((len(made.marks), len(made.ids)), dtype=np.float32)
    for row, (start, length) in enumerate(zip(made.marks, made.lengths, strict=True)):
        mean[row, start : start + length] = 1 / length
    numbers = {"ids": made.ids, "kinds": made.kinds, "mark": made.marks, "first": made.first}
    return {name: np.array(values, dtype=np.int64) for name, values in numbers.items()} | {"mean": mean}
