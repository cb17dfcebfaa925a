"""Counts which parts of speech words have under which relations in the treebanks: ``seen.json``.

    python models/language/relations.py --shared ../shared --work DIR [--trees FILE] [--force]

``malbild.annotate.morphologizer`` weighs the network's tags with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import srsly
from options import read_options, skip
from sources import talbanken_and_pud
from treebank import Sentence

from malbild.annotate.morphologizer import ANY

TWICE = 2
"""Times a form comes under a relation at least to be counted by itself."""


def seen(sentences: Iterable[Sentence]) -> dict[str, dict[str, dict[str, int]]]:
    """Relation, form in small letters or ``ANY``, UPOS: how often. The root's relation is spaCy's ``ROOT``."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for sentence in sentences:
        for word in sentence.words if sentence.parsed else ():
            relation = "ROOT" if word.head < 0 else word.deprel
            for form in (ANY, word.form.lower()):
                counts[relation][form][word.upos] += 1
    return {
        relation: {form: dict(sorted(own.items())) for form, own in sorted(forms.items()) if own.total() >= TWICE}
        for relation, forms in sorted(counts.items())
    }


def main() -> None:
    """Read the options, count, write."""
    args = read_options(__doc__)
    out: Path = args.work / "seen.json"
    if skip(args, out):
        return
    talbanken, pud = talbanken_and_pud(args.shared, True, args.trees, args.without)
    found = seen([*talbanken, *pud])
    srsly.write_json(out, found)
    print(f"{out.name}: {len(found)} relations, {sum(map(len, found.values()))} forms under one")


if __name__ == "__main__":
    main()
