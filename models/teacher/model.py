"""The teacher: the encoder with heads for tags, lemma rules, trees (biaffine, Dozat & Manning 2017) and names.

The embeddings and the lowest layers stand still (`frozen`), so that training computes them once for each sentence.
Above them a share of the pieces is hidden in training (`forget`), so that no word is learnt by heart.

A word is its first and its last piece, each a learned mix of the encoder's layers. The sources of the training data
annotate in slightly different styles; each head is told the source by a small vector, and asked for one style later.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache

import torch
from e5 import Encoder
from torch import Tensor, nn

BUCKETS, FEATURES = 20000, 7
STYLES = {"talbanken": 0, "pud": 1, "klintan": 2}


@dataclass(slots=True)
class Batch:
    """Sentences of like length. Word 0 of each sentence is `<s>`, the root.

    `pieces` (batch, pieces); `first`, `last` (batch, words) places in it; `surface` (batch, words, FEATURES);
    `styles` layer -> (batch,); `targets` layer or "head" -> (batch, words), -100 where nothing is to be learnt.
    """

    pieces: Tensor
    real: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    surface: Tensor
    styles: dict[str, Tensor]
    targets: dict[str, Tensor]


@lru_cache(1 << 17)
def surface(form: str) -> tuple[int, ...]:
    """Hashed features of a form: its ends, its start, its shape, itself."""
    low = form.lower()
    shape = "".join(
        "X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c for c in form[:1] + form[-3:]
    )
    parts = (low[-1:], low[-2:], low[-3:], low[-4:], low[:3], shape + str(form.isupper()), low)
    return tuple(zlib.crc32(f"{k}{part}".encode()) % BUCKETS for k, part in enumerate(parts))


class Mix(nn.Module):
    """A learned weighted mean of the layers, taken at the first and last piece of each word."""

    def __init__(self, layers: int):
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-1, 1, layers))

    def forward(self, outputs: list[Tensor], batch: Batch) -> Tensor:
        mixed = sum(w * x for w, x in zip(self.weights.softmax(0), outputs, strict=True))
        rows = torch.arange(len(mixed))[:, None]
        return torch.cat([mixed[rows, batch.first], mixed[rows, batch.last]], -1)


class Biaffine(nn.Module):
    """Scores of pairs: (batch, n, size) and (batch, m, size) -> (batch, labels, n, m)."""

    def __init__(self, size: int, labels: int = 1):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, size + 1, size + 1))

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        d, h = (torch.cat([x, torch.ones_like(x[..., :1])], -1) for x in (dependents, heads))
        return torch.einsum("bni,lij,bmj->blnm", d, self.weight, h)

    def paired(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Each dependent with its own head: (words, size) twice -> (words, labels)."""
        d, h = (torch.cat([x, torch.ones_like(x[..., :1])], -1) for x in (dependents, heads))
        return torch.einsum("nlj,nj->nl", torch.einsum("ni,lij->nlj", d, self.weight), h)


def _both_ends(view: Tensor, hidden: int) -> Tensor:
    """The mean of a word's first and last piece."""
    return (view[..., :hidden] + view[..., hidden : 2 * hidden]) / 2


class Teacher(nn.Module):
    """Encoder and heads; `forward` gives logits layer by layer, "head" as (batch, words, words).

    "view" among them is what the heads of tags and trees see of each word: (batch, words, 2 * hidden).

    `short` computes in bfloat16 where that is safe: three times as fast on processors that can (AVX512-BF16).
    """

    short = False

    def __init__(
        self,
        encoder: Encoder,
        sizes: dict[str, int],
        frozen: int = 0,
        forget: float = 0.1,
        dropout: float = 0.33,
        arc: int = 320,
        rel: int = 96,
    ):
        super().__init__()
        self.encoder, self.frozen, self.forget, self._kept = encoder, frozen, forget, {}
        layers, hidden = encoder.shape.layers - frozen + 1, encoder.shape.hidden
        self.mix = nn.ModuleDict({task: Mix(layers) for task in ("tags", "trees", "names")})
        self.style = nn.ModuleDict({task: nn.Embedding(len(STYLES), 16) for task in self.mix})
        self.surface = nn.EmbeddingBag(BUCKETS, 96, mode="sum")
        nn.init.normal_(self.surface.weight, std=0.3)
        wide = 2 * hidden + 16
        self.tags = self._layer(wide + 96, 448, dropout)
        self.names = self._layer(wide + 96, 256, dropout)
        self.arc_of, self.arc_to = self._layer(wide, arc, dropout), self._layer(wide, arc, dropout)
        self.rel_of, self.rel_to = self._layer(wide, rel, dropout), self._layer(wide, rel, dropout)
        self.arc, self.rel = Biaffine(arc), Biaffine(rel, sizes["deprel"])
        self.out = nn.ModuleDict({layer: nn.Linear(448, sizes[layer]) for layer in ("upos", "xpos", "feats", "lemma")})
        self.out["name"] = nn.Linear(256, sizes["name"])
        self.dropout = nn.Dropout(dropout)

    @staticmethod
    def _layer(size: int, out: int, dropout: float) -> nn.Sequential:
        return nn.Sequential(nn.Linear(size, out), nn.GELU(), nn.Dropout(dropout))

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        with torch.autocast("cpu", torch.bfloat16, enabled=self.short):
            logits = self._logits(batch)
        logits = {layer: values.float() for layer, values in logits.items()}
        logits["head"] = logits["head"].masked_fill(~batch.words[:, None, :], -1e4)
        return logits

    def _logits(self, batch: Batch) -> dict[str, Tensor]:
        outputs = self.encoder.climb(self._below(batch), batch.real, self.frozen)
        b, n = batch.first.shape
        faces = self.surface(batch.surface.flatten(0, 1)).view(b, n, -1)
        views = {}
        for task, mix in self.mix.items():
            style = self.style[task](batch.styles[task])[:, None].expand(-1, n, -1)
            views[task] = torch.cat([self.dropout(mix(outputs, batch)), style], -1)
        tags = self.tags(torch.cat([views["tags"], self.dropout(faces)], -1))
        logits = {layer: out(tags) for layer, out in self.out.items() if layer != "name"}
        logits["name"] = self.out["name"](self.names(torch.cat([views["names"], self.dropout(faces)], -1)))
        logits["head"] = self.arc(self.arc_of(views["trees"]), self.arc_to(views["trees"]))[:, 0] / 16
        logits["rel_of"], logits["rel_to"] = self.rel_of(views["trees"]), self.rel_to(views["trees"])
        seen = [_both_ends(views[task], self.encoder.shape.hidden) for task in ("tags", "trees")]
        logits["view"] = torch.cat(seen, -1)
        return logits

    @torch.no_grad()
    def _below(self, batch: Batch) -> Tensor:
        """The output of the frozen layers, in training kept (as float16) from one epoch to the next."""
        if not self.training:
            return self.encoder.climb(self.encoder.embed(batch.pieces), batch.real, 0, self.frozen)[-1]
        keys = [tuple(row[real].tolist()) for row, real in zip(batch.pieces, batch.real, strict=True)]
        if any(key not in self._kept for key in keys):
            self.eval()
            for key, row in zip(keys, self._below(batch), strict=True):
                self._kept[key] = row[: len(key)].half()
            self.train()
        x = torch.zeros(*batch.pieces.shape, self.encoder.shape.hidden)
        for k, key in enumerate(keys):
            x[k, : len(key)] = self._kept[key]
        return x * (torch.rand(*batch.pieces.shape, 1) >= self.forget)

    def relations(self, logits: dict[str, Tensor], heads: Tensor) -> Tensor:
        """(batch, words) heads -> (batch, words, relations) logits."""
        rows = torch.arange(len(heads))[:, None]
        to = logits["rel_to"][rows, heads.clamp(min=0)]
        return self.rel.paired(logits["rel_of"].flatten(0, 1), to.flatten(0, 1)).view(*heads.shape, -1)
