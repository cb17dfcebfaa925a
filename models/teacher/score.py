"""Measures the teacher on annotated sentences with gold tokens, punctuation counted."""

from dataclasses import dataclass

from treebank import Sentence, name_spans


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of words right: `las` as in the CoNLL 2018 task (relation without its subtype), `las_full` with it."""

    upos: float
    xpos: float
    feats: float
    lemma: float
    uas: float
    las: float
    las_full: float
    names: float

    @property
    def all(self) -> float:
        """What checkpoints are chosen by."""
        return (self.upos + self.feats + self.uas + 2 * self.las) / 5

    def __str__(self) -> str:
        return " ".join(f"{name} {getattr(self, name):.4f}" for name in self.__slots__)


def scores(gold: list[Sentence], found: list[Sentence]) -> Scores:
    """Compare sentence by sentence, word by word."""
    right, total = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las", "las_full"), 0), 0
    for a, b in zip(gold, found, strict=True):
        if not a.parsed:
            continue
        for x, y in zip(a.words, b.words, strict=True):
            total += 1
            for layer in ("upos", "xpos", "feats", "lemma"):
                right[layer] += getattr(x, layer) == getattr(y, layer)
            head = x.head == y.head
            right["uas"] += head
            right["las"] += head and x.deprel.split(":")[0] == y.deprel.split(":")[0]
            right["las_full"] += head and x.deprel == y.deprel
    return Scores(**{k: n / max(total, 1) for k, n in right.items()}, names=name_f(gold, found))


def name_f(gold: list[Sentence], found: list[Sentence]) -> float:
    """F1 of exact name spans with their type, over the sentences whose names are known."""
    known = [k for k, sentence in enumerate(gold) if sentence.names is not None]
    want = {(k, *span) for k in known for span in name_spans(gold[k].names)}
    have = {(k, *span) for k in known for span in name_spans(found[k].names)}
    return 2 * len(want & have) / max(len(want) + len(have), 1)
