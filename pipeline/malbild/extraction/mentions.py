"""Actor mentions: a linear tagger over the tree's own facts, decoded to the best lawful sequence of spans.

Tags are BIO over ORG, UNIT, GROUP, PERSON. A token's tag is scored from its form, lemma, morphology, place in the tree,
name and role lists, and its neighbours (a maximum-entropy Markov model of order 0 with constrained Viterbi decoding).
"""

from __future__ import annotations

import re
from typing import cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from malbild.encoded import TAGS, TYPES, Encoded
from malbild.extraction.hashing import Values, mix, pair, salt
from malbild.extraction.table import Table
from malbild.extraction.weights import Floats
from malbild.findings import ActorType, Mention
from malbild.source import Span

_SALTS = np.array([salt(f"mention {n}") for n in range(64)])


def _shifted(column: Values, by: int) -> Values:
    """The value ``by`` tokens further on, at every token; tables have boundary rows where that leaves a sentence."""
    return np.roll(column, -by)


def token_values(table: Table) -> Values:
    """Values of every token's features, shape (rows of the table, templates)."""
    t = table
    heads = t.head
    before, after = _shifted(t.lower, -1), _shifted(t.lower, 1)
    pos_before, pos_after = _shifted(t.pos, -1), _shifted(t.pos, 1)
    grammar = pair(pair(t.pos, t.morph), t.dep)
    head_lemma = t.lemma[heads]
    names_before, names_after = _shifted(t.names, -1), _shifted(t.names, 1)
    ent_before, ent_after = _shifted(t.ent, -1), _shifted(t.ent, 1)
    columns = [
        t.lower, t.lemma, t.suffix3, t.suffix5, t.shape, t.pos, t.morph, t.dep, t.ent, t.names,
        head_lemma, t.pos[heads], before, after, _shifted(t.lemma, -2), _shifted(t.lemma, 2), pos_before, pos_after,
        pair(pos_before, t.pos), pair(t.pos, pos_after), pair(pair(pos_before, t.pos), pos_after),
        grammar, pair(t.lemma, t.morph), pair(t.suffix5, t.morph), pair(before, t.lower), pair(t.lower, after),
        names_before, names_after, ent_before, ent_after, pair(t.ent, t.names),
        pair(t.suffix5, t.dep), pair(t.dep[heads], t.dep), _shifted(t.suffix5, -1), _shifted(t.suffix5, 1),
        _shifted(t.shape, -1), _shifted(t.shape, 1), pair(t.names, t.morph), pair(t.suffix3, grammar),
        pair(_shifted(t.suffix3, 1), t.pos), t.lower[heads], pair(_shifted(t.dep, 1), t.dep),
        _shifted(t.shape, -2), _shifted(t.pos, 2), pair(_shifted(grammar, -1), grammar), np.zeros_like(t.lower),
    ]  # fmt: skip
    return mix(np.stack(columns, axis=1), _SALTS[: len(columns)])


def _lawful() -> npt.NDArray[np.float32]:
    """Transition scores: 0 where tag j may follow tag i, else minus infinity; the last row is the sentence's start."""
    n = len(TAGS)
    allowed = np.zeros((n + 1, n), dtype=np.float32)
    for j, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            allowed[:, j] = -np.inf
            allowed[j, j] = allowed[TAGS.index("B" + tag[1:]), j] = 0
    return allowed


_TRANSITIONS = _lawful()


def best_sequence(scores: npt.NDArray[np.float32]) -> list[int]:
    """The lawful sequence of tags with the highest sum of scores; ``scores`` has shape (tokens, tags)."""
    n = len(scores)
    if n == 0:
        return []
    plain = scores.argmax(axis=1)
    inside = plain % 2 == 0
    inside &= plain > 0
    previous = np.concatenate(([0], plain[:-1]))
    if not np.any(inside & (previous != plain) & (previous != plain - 1)):
        return cast(list[int], plain.tolist())  # the best tag of each token is lawful already: mostly so
    best = scores[0] + _TRANSITIONS[-1]
    back = np.zeros((n, len(TAGS)), dtype=np.int64)
    for i in range(1, n):
        ways = best[:, None] + _TRANSITIONS[:-1]
        back[i] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[i]
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


_ENCODER_SHARE = 0.6
"""What the encoder's log probabilities count beside the linear tagger's (cross-validated; .5 to .7 are alike)."""
_INSIDE = 0.8
"""What is taken off the score of being outside: as many mentions are then found as there are (cross-validated)."""


def weighed(scores: Floats, doc: Doc, encoded: Encoded | None = None) -> Floats:
    """Tag scores of a sentence's tokens, shape (tokens, tags), ready to decode: with the encoder's where it has read
    the token, and weighed so that mentions are neither too few nor too many.
    """
    made = _log_softmax(scores)
    if encoded is not None and len(encoded.words):
        starts = [word.start for word in encoded.words]
        places = np.searchsorted(starts, [token.idx for token in doc], side="right") - 1
        read = np.array([n >= 0 and encoded.words[n].end > t.idx for n, t in zip(places, doc, strict=True)], dtype=bool)
        theirs = _log_softmax(encoded.tags)[places[read]]
        made[read] = (1 - _ENCODER_SHARE) * made[read] + _ENCODER_SHARE * theirs
    made[:, 0] -= _INSIDE
    return made


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float32)


_LEADS_ON = frozenset({"ADP", "CCONJ", "SCONJ", "DET"})
"""Words that cannot end a name: the tagger at times begins an attribute ("personer med") and does not finish it."""
_GENITIVE = re.compile(r"(?<=[^\W_]):?s$")


def actor_key(doc: Doc, first: int, last: int, kind: ActorType) -> str:
    """What mentions of one actor have in common: folded words, the last one's lemma for common nouns.

    Names keep their form but for a genitive the tagger saw; whether "Helsingfors" is a genitive of "Helsingfor" is for
    ``malbild.link`` to judge.
    """
    words = [token.lower_ for token in doc[first : last + 1]]
    tail = doc[last]
    if kind in {"UNIT", "GROUP"} and tail.pos_ != "PROPN":
        words[-1] = tail.lemma_.lower()
    elif "Case=Gen" in str(tail.morph):
        words[-1] = _GENITIVE.sub("", words[-1])
    return f"{kind}:{' '.join(words)}"


def spans_of(path: list[int]) -> list[tuple[int, int, ActorType]]:
    """Token spans (first, last) and types of a lawful tag sequence."""
    found: list[tuple[int, int, ActorType]] = []
    for i, tag in enumerate(path):
        if tag == 0:
            continue
        kind = TYPES[(tag - 1) // 2]
        if tag % 2 == 1:
            found.append((i, i, kind))
        elif found:
            found[-1] = (found[-1][0], i, kind)
    return found


def mentions(doc: Doc, scores: npt.NDArray[np.float32]) -> tuple[Mention, ...]:
    """The mentions of a sentence from its tokens' tag scores, shape (tokens, tags)."""
    found = []
    for first, last, kind in spans_of(best_sequence(scores)):
        while last > first and doc[last].pos_ in _LEADS_ON:
            last -= 1
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        found.append(Mention(Span(start, end), kind, actor_key(doc, first, last, kind)))
    return tuple(found)
