"""The encoder as it runs: an ONNX graph over windows of pieces, on one thread."""

from __future__ import annotations

from collections.abc import Sequence
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
        pieced = [self.pieces.cut(text) for text in texts]
        kinds = [SENTENCE_KINDS.index(sentence.kind) for sentence in outline.sentences]
        found: list[Encoded] = []
        for window in windows([1 + len(p.ids) for p in pieced], above_of(outline)):
            found += self._run(window, [(pieced[n], kinds[n]) for n in window.sentences])
        return found

    def _run(self, window: Window, read: Sequence[tuple[Pieced, int]]) -> list[Encoded]:
        """The core sentences of one window."""
        labels, tags, details = self._session.run(None, inputs(read, self.pieces.mark))
        found = []
        at = 0
        for row, (n, (pieced, _)) in enumerate(zip(window.sentences, read, strict=True)):
            here = slice(at, at := at + len(pieced.words))
            if n in window.core:
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
