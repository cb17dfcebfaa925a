"""The encoder that reads a window of sentences, and what it is asked: one network, many heads.

Every sentence of a window begins with a mark; its kind (heading, item …) is added to each of its pieces. A sentence is
judged from its mark's vector beside the mean of its pieces, a word from its first piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import torch
from torch import Tensor, nn

from malbild.encode.layout import lay_out
from malbild.encode.windows import Window
from malbild.encoded import SENTENCE_KINDS, TAGS
from malbild.findings import Direction, GoalKind

LABELS = ("goal", "outcome")
GOAL_KINDS = get_args(GoalKind)
DIRECTIONS = get_args(Direction)
DETAILS = ("actor", "deadline", "quantity")
"""Each with the classes outside, begins, goes on."""
SENTENCE_COLUMNS = len(LABELS) + len(GOAL_KINDS) + len(DIRECTIONS)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows beside each other, padded to the longest (``real`` says where none is).

    ``owner`` numbers the sentence that a piece belongs to (``sentences`` where none); ``mark`` and ``first`` are places
    in the flattened pieces. ``keys`` tells for every sentence its document, its number there, whether it is judged, and
    how many words it has.
    """

    ids: Tensor
    kinds: Tensor
    real: Tensor
    owner: Tensor
    mark: Tensor
    first: Tensor
    keys: list[tuple[dict, int, bool, int]]


def batch_of(items: list[tuple[dict, Window]], mark: int, pad: int) -> Batch:
    """The tensors of some windows; ``mark`` and ``pad`` are ids of pieces."""
    layouts = []
    for document, window in items:
        sentences = [document["sentences"][n] for n in window.sentences]
        read = ((one["ids"], one["first"], SENTENCE_KINDS.index(one["kind"])) for one in sentences)
        layouts.append(lay_out(read, mark))
    width = max(len(made.ids) for made in layouts)
    total = sum(len(made.marks) for made in layouts)
    shape = (len(layouts), width)
    ids, kinds = torch.full(shape, pad), torch.full(shape, len(SENTENCE_KINDS))
    owner, real = torch.full(shape, total), torch.zeros(shape, dtype=torch.bool)
    marks, firsts, keys = [], [], []
    for row, ((document, window), made) in enumerate(zip(items, layouts, strict=True)):
        here = slice(0, len(made.ids))
        ids[row, here], kinds[row, here], real[row, here] = torch.tensor(made.ids), torch.tensor(made.kinds), True
        owners = torch.arange(len(made.marks)) + len(keys)
        owner[row, here] = owners.repeat_interleave(torch.tensor(made.lengths))
        marks += [row * width + at for at in made.marks]
        firsts += [row * width + at for at in made.first]
        for n in window.sentences:
            keys.append((document, n, n in window.core, len(document["sentences"][n]["first"])))
    return Batch(ids, kinds, real, owner, torch.tensor(marks), torch.tensor(firsts, dtype=torch.long), keys)


class Reader(nn.Module):
    """The encoder with its heads. ``frozen`` layers at the bottom, and the pieces' vectors, are left as they are."""

    def __init__(self, encoder: nn.Module, frozen: int = 2, drop: float = 0.1, bf16: bool = False):
        super().__init__()
        self.encoder, self.frozen, self.bf16 = encoder, frozen, bf16
        hidden = encoder.shape.hidden
        self.kind = nn.Embedding(len(SENTENCE_KINDS) + 1, hidden)
        nn.init.zeros_(self.kind.weight)
        self.middle = nn.Sequential(nn.Linear(2 * hidden, 256), nn.GELU(), nn.Dropout(drop))
        self.sentence = nn.Linear(256, SENTENCE_COLUMNS)
        self.word = nn.Sequential(nn.Linear(hidden, 256), nn.GELU(), nn.Dropout(drop))
        self.tags = nn.Linear(256, len(TAGS))
        self.details = nn.Linear(256, 3 * len(DETAILS))
        self.drop = nn.Dropout(drop)
        for part in (encoder.word, encoder.position, encoder.norm, *encoder.layers[:frozen]):
            part.requires_grad_(False)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of all sentences, of all words' tags, and of all words' details."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            x = self.encoder.embed(batch.ids) + self.kind(batch.kinds)
            with torch.no_grad():
                low = self.encoder.climb(x, batch.real, 0, self.frozen)[-1] if self.frozen else x
            top = self.drop(self.encoder.climb(low, batch.real, self.frozen)[-1])
            flat = top.flatten(0, 1)
            owner, sentences = batch.owner.flatten(), len(batch.keys)
            sums = torch.zeros(sentences + 1, flat.shape[1]).index_add(0, owner, flat.float())
            count = torch.zeros(sentences + 1).index_add(0, owner, torch.ones(len(owner)))
            mean = (sums / count.clamp(min=1)[:, None])[:sentences]
            judged = self.sentence(self.middle(torch.cat([flat[batch.mark].float(), mean], -1)))
            words = self.word(flat[batch.first])
            return judged.float(), self.tags(words).float(), self.details(words).float()
