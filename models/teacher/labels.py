"""What the teacher predicts for a word, as classes: tags, relations, names, and lemmas as rules from form to lemma."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LAYERS = ("upos", "xpos", "feats", "lemma", "deprel", "name")
NAMES = ["O", *(f"{mark}-{kind}" for kind in ("PER", "ORG", "LOC") for mark in "BI")]


def lemma_rule(form: str, lemma: str) -> str:
    """How to make the lemma: `case`, letters to strip at the end, letters to add.

    >>> lemma_rule("Målen", "mål")
    'low 2 '
    >>> lemma_rule("Obamas", "Obama")
    'as 1 '
    """
    best = None
    for case, start in (("low", form.lower()), ("as", form)):
        shared = next(
            (i for i, (a, b) in enumerate(zip(start, lemma, strict=False)) if a != b), min(len(start), len(lemma))
        )
        rule = (len(form) - shared, f"{case} {len(form) - shared} {lemma[shared:]}")
        best = min(best or rule, rule, key=lambda pair: pair[0])
    return best[1]


def apply_lemma_rule(form: str, rule: str) -> str:
    """The lemma a rule makes of a form; the form itself where it is too short for the rule.

    >>> apply_lemma_rule("Städerna", "low 3 ")
    'städe'
    """
    case, strip, add = rule.split(" ", 2)
    start = form.lower() if case == "low" else form
    return start[: len(start) - int(strip)] + add if len(start) > int(strip) or add else start


@dataclass(frozen=True, slots=True)
class Labels:
    """The classes of each layer, in the order of the model's outputs."""

    classes: dict[str, list[str]]

    @classmethod
    def of(cls, words: Iterable[dict[str, str]], least: int = 2) -> "Labels":
        """The classes seen at least `least` times among training words (a mapping layer -> label each)."""
        counts = {layer: Counter() for layer in LAYERS}
        for word in words:
            for layer, label in word.items():
                counts[layer][label] += 1
        classes = {layer: sorted(label for label, n in counts[layer].items() if n >= least) for layer in LAYERS}
        return cls(classes | {"name": NAMES})

    def tables(self) -> dict[str, dict[str, int]]:
        """Layer -> label -> class; a label without a class is masked in training (-100)."""
        return {layer: {label: i for i, label in enumerate(names)} for layer, names in self.classes.items()}
