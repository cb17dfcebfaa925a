"""What sentences that may repeat each other have in common, as numbers that depend on nothing but the sentence.

Two sentences that ``compare`` relates lack at most ``allowance`` of each other's plain words. Of the words they share,
the two rarest stand, in either sentence, among its ``allowance + 2`` rarest; so a *signature*, the hash of a pair of
words among these, is common to both (a prefix filter over pairs: Chaudhuri et al. 2006, Wang et al. 2012). Rarity is
the order of the word list, then of the hash; it is the same for all sentences ever, so signatures can be made anywhere,
kept and compared later. All plain words in order are a signature too, the only one where they are few.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from malbild.repeat.compare import allowance
from malbild.repeat.keys import plain_marks
from malbild.repeat.words import BARE, FEW, SMALL, TOKEN, WORD, common_words, kind_of, letters, word_list

Hashes = NDArray[np.uint64]
BITS = 2
"""Numbers of 64 bits in which the set of a sentence's plain words is told roughly."""
VERSION = 1
_SHARED = 2
_PLAIN, _SMALL, _VALUE, _BARE = range(4)
_A, _B = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0x9E3779B97F4A7C15)
_SEED = np.uint64(0x2545F4914F6CDD1D)
_RARE = 1 << 20


@dataclass(frozen=True, slots=True)
class Signed:
    """Signatures of sentences, as arrays with a row a sentence but for the last five.

    ``content``: how many plain words, 0 for labels; ``allowed``: how many of them another may lack; ``frame``: hash of
    the plain words in order; ``masked``: of all words in order, with kinds in place of values; ``values``: of the
    values, whatever their order; ``bits``: the plain words, each a bit. ``signature[n]`` is a signature of the sentence
    ``owner[n]``. The plain words of sentence ``n`` are ``plain[starts[n] : starts[n] + content[n]]``, places in
    ``tokens``.
    """

    content: NDArray[np.int16]
    allowed: NDArray[np.int8]
    frame: Hashes
    masked: Hashes
    values: Hashes
    bits: Hashes
    owner: NDArray[np.int32]
    signature: Hashes
    starts: NDArray[np.int64]
    plain: NDArray[np.int32]
    tokens: tuple[str, ...]


def parameters() -> str:
    """What signatures depend on: those of other parameters cannot be compared."""
    known = word_list()
    return f"malbild signatures {VERSION}, {known.name} {known.version} {known.sha256[:12]}"


class _Vocabulary:
    """The words of a batch by number, with what signatures need of each."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def tokens(self, text: str) -> list[int]:
        number, known = self.number, len(self.number)
        found = TOKEN.findall(plain_marks(text))
        try:
            return [number[token] for token in found]
        except KeyError:
            for token in found:
                if token not in number:
                    number[token] = known
                    known += 1
            return [number[token] for token in found]

    def tables(self) -> tuple[NDArray[np.int8], Hashes, Hashes, NDArray[np.int8]]:
        """For every word its class; its hash, of a value the hash of its kind; the hash of its value, of others rarity;
        and whether it is a name: 0 no, 1 within a sentence, 2 at its start too.
        """
        rank = common_words()
        kinds, names = np.zeros(len(self.number), np.int8), np.zeros(len(self.number), np.int8)
        hashes, extra = (np.zeros(len(self.number), np.uint64) for _ in range(2))
        for n, token in enumerate(self.number):
            low = letters(token)
            kind, value = kind_of(low)
            if kind == WORD:
                hashed = _hash(low)
                hashes[n] = hashed
                place, known = rank.get(low, (_RARE, False))
                names[n] = (1 + known) * token[0].isupper()
                extra[n] = ((_RARE - min(place, _RARE)) << 40) | (hashed >> 24)
            elif kind == SMALL:
                kinds[n], hashes[n] = _SMALL, _hash(f"small {value}")
            else:
                kinds[n] = _BARE if kind in BARE else _VALUE
                hashes[n], extra[n] = _hash(f"kind {kind}"), _hash(f"{kind} {value}")
        return kinds, hashes, extra, names


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _mix(numbers: Hashes) -> Hashes:
    """Spread 64-bit numbers over all 64 bits (the finaliser of MurmurHash3)."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * _A
    return np.asarray(numbers ^ (numbers >> np.uint64(29)), np.uint64)


def _summed(numbers: Hashes, counts: NDArray[np.int64]) -> Hashes:
    """Sums of consecutive numbers, ``counts`` of them each, modulo 2**64."""
    ends = np.concatenate([np.zeros(1, np.uint64), np.cumsum(numbers, dtype=np.uint64)])
    stops = np.cumsum(counts)
    return np.asarray(ends[stops] - ends[stops - counts], np.uint64)


def _places(counts: NDArray[np.int64]) -> Hashes:
    """0, 1, 2, … within every stretch."""
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return (np.arange(int(counts.sum())) - starts).astype(np.uint64)


def sign(texts: Sequence[str]) -> Signed:
    """Signatures of flat sentences. Time and memory are linear in their words; nothing is kept between calls."""
    vocabulary = _Vocabulary()
    numbers: list[int] = []
    counts = np.zeros(len(texts), np.int64)
    for n, text in enumerate(texts):
        found = vocabulary.tokens(text)
        counts[n] = len(found)
        numbers += found
    words = np.array(numbers, np.int32)
    del numbers
    kinds, hashes, extra, names = vocabulary.tables()
    kind, hashed, more = kinds[words], hashes[words], extra[words]
    sentence = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    masked = _summed(_mix(hashed + _mix(_places(counts) * _B + _SEED)), counts)
    value = np.where(kind >= _VALUE, _mix(more), np.uint64(0))
    says = np.bincount(sentence[(kind == _PLAIN) | (kind == _VALUE)], minlength=len(texts))
    plain = (kind == _PLAIN) & ((counts >= FEW) | (says > 1))[sentence]
    content = np.bincount(sentence[plain], minlength=len(texts))
    frame = _mix(_summed(_mix(hashed[plain] + _mix(_places(content) * _B)), content) + content.astype(np.uint64))
    named = plain & (names[words] > (_places(counts) == 0))
    allowed = _allowed(content, np.bincount(sentence[named], minlength=len(texts)) > 0)
    owner, signature, bits = _pairs(sentence[plain], hashed[plain], more[plain], content, allowed)
    some = np.flatnonzero(content).astype(np.int32)
    return Signed(
        content.astype(np.int16),
        allowed,
        frame,
        masked,
        _summed(np.asarray(value, np.uint64), counts),
        bits,
        np.concatenate([owner, some]),
        np.concatenate([signature, frame[some]]),
        np.cumsum(content) - content,
        words[plain],
        tuple(vocabulary.number),
    )


def _allowed(content: NDArray[np.int64], named: NDArray[np.bool_]) -> NDArray[np.int8]:
    """``compare.allowance`` of every sentence."""
    most = int(content.max(initial=0))
    table = np.array([[allowance(n, with_name) for with_name in (False, True)] for n in range(most + 1)], np.int8)
    return np.asarray(table[content, named.astype(np.int8)])


def _pairs(
    sentence: NDArray[np.int32],
    hashed: Hashes,
    rarity: Hashes,
    content: NDArray[np.int64],
    allowed: NDArray[np.int8],
) -> tuple[NDArray[np.int32], Hashes, Hashes]:
    """The signatures of pairs of rare words, whose they are, and the words as bits."""
    order = np.lexsort((rarity, sentence))
    sentence, hashed, rarity = sentence[order], hashed[order], rarity[order]
    hashed = hashed + _again(sentence, rarity) * _B
    bits = np.zeros((len(content), BITS), np.uint64)
    place = _mix(hashed) >> np.uint64(57)
    flag = np.uint64(1) << (place & np.uint64(63))
    for half in range(BITS):
        of = (place >> np.uint64(6)) == half
        np.bitwise_xor.at(bits[:, half], sentence[of], flag[of])
    starts = np.cumsum(content) - content
    owners, signatures = [np.zeros(0, np.int32)], [np.zeros(0, np.uint64)]
    for most in np.unique(allowed):
        rows = np.flatnonzero(allowed == most)
        for pair in combinations(range(int(most) + _SHARED), _SHARED):
            having = rows[content[rows] > pair[-1]]
            first, second = (hashed[starts[having] + place] for place in pair)
            owners.append(having.astype(np.int32))
            signatures.append(_mix(_mix(first) + second))
    # Of two words one may be another name: then they share one.
    few = (content == 1) | ((content == _SHARED) & (allowed > 0))
    for n in range(_SHARED):
        rows = np.flatnonzero(few & (content > n))
        owners.append(rows.astype(np.int32))
        signatures.append(_mix(hashed[starts[rows] + n] ^ _SEED))
    return np.concatenate(owners), np.concatenate(signatures), bits


def _again(sentence: NDArray[np.int32], rarity: Hashes) -> Hashes:
    """How many equal words stand before each, in its sentence; both arrays are in order."""
    new = np.ones(len(rarity), bool)
    new[1:] = (sentence[1:] != sentence[:-1]) | (rarity[1:] != rarity[:-1])
    starts = np.maximum.accumulate(np.where(new, np.arange(len(rarity)), 0)) if len(rarity) else np.zeros(0, np.int64)
    return (np.arange(len(rarity)) - starts).astype(np.uint64)


def merged(parts: Sequence[Signed]) -> Signed:
    """The signatures of batches of sentences, as if they had been one batch."""
    number: dict[str, int] = {}
    plain, owner, starts = [], [], []
    rows = words = 0
    for part in parts:
        places = np.array([number.setdefault(token, len(number)) for token in part.tokens], np.int32)
        plain.append(places[part.plain])
        owner.append(part.owner + np.int32(rows))
        starts.append(part.starts + words)
        rows += len(part.content)
        words += len(part.plain)

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    return Signed(
        joined("content"), joined("allowed"), joined("frame"), joined("masked"), joined("values"), joined("bits"),
        np.concatenate(owner), joined("signature"), np.concatenate(starts), np.concatenate(plain), tuple(number),
    )  # fmt: skip
