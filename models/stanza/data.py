"""Writes what Stanza trains from: CoNLL-U for tags, lemmas and trees, JSON for names.

    python models/stanza/data.py --shared ../shared --work DIR [--trees FILE] [--silver DIR] [--words N] [--force]

Gold and silver are those of the language recipe (``models/language``): the treebanks repaired, or reconciled by the
teacher (``--trees``), and public-sector text annotated by the teacher, beginning with the texts of the genre.
"""

from __future__ import annotations

import json
import random
from argparse import Namespace
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

from settings import SEED, options, skip

from conventions import UNKNOWN  # isort: skip (models/language, found by way of settings)
from prepare import held_names, training_sentences  # isort: skip
from public_bodies import read_bodies  # isort: skip
from silver import kept  # isort: skip
from sources import development_sentences  # isort: skip
from treebank import Sentence, Word, conllu_row  # isort: skip

GOLD = 2
"""How often gold stands in the training files for every time silver does."""
UNTAGGED = "?"
"""What is neither known to be a name nor none."""


def annotated_text(folder: Path, shared: Path, words: int) -> list[Sentence]:
    """The first so many words of silver, about."""
    bodies, taken, count = read_bodies(shared), [], 0
    shards = sorted(folder.glob("*.conllu")) if words else []
    for sentence in chain.from_iterable(kept(shard, bodies) for shard in shards):
        if count >= words:
            break
        count += len(sentence.words)
        taken.append(sentence)
    return taken


def fill_features(sentences: Iterable[Sentence]) -> None:
    """Give words of unknown features those their form and part of speech mostly have elsewhere; in place."""
    sentences = list(sentences)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for word in chain.from_iterable(sentence.words for sentence in sentences):
        if word.feats != UNKNOWN:
            seen[word.form.lower(), word.upos][word.feats] += 1
    for word in chain.from_iterable(sentence.words for sentence in sentences):
        if word.feats == UNKNOWN:
            word.feats = max(seen[word.form.lower(), word.upos].items(), key=lambda pair: pair[1], default=("", 0))[0]


def conllu(sentences: Iterable[Sentence]) -> str:
    """The sentences as CoNLL-U, without XPOS."""
    return "".join(f"{_block(sentence)}\n" for sentence in sentences)


def _block(sentence: Sentence) -> str:
    rows = (replace(w, xpos="", deprel="root" if w.head < 0 else w.deprel) for w in sentence.words)
    return "".join(f"{conllu_row(place, row)}\n" for place, row in enumerate(rows, 1))


def lemma_list(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Every form once for each part of speech, with its commonest lemma, the commonest first.

    Stanza's lemmatizer looks at a word and its part of speech only, and would read "och" thousands of times.
    """
    counts: Counter[tuple[str, str, str]] = Counter(
        (word.form, word.upos, word.lemma) for sentence in sentences for word in sentence.words if word.lemma
    )
    best: dict[tuple[str, str], str] = {}
    for form, upos, lemma in (key for key, _ in counts.most_common()):
        best.setdefault((form, upos), lemma)
    words = [Word(form, lemma, upos, head=-1, deprel="root") for (form, upos), lemma in best.items()]
    return [Sentence("", "", [word]) for word in words]


def names_json(sentences: Iterable[Sentence]) -> str:
    """The words and IOB tags of the sentences that have some; unknown tags are left empty, which is not trained."""
    rows = [
        [
            {"text": word.form, "ner": "-" if tag == UNTAGGED else tag}
            for word, tag in zip(sentence.words, sentence.names, strict=True)
        ]
        for sentence in sentences
        if sentence.names
    ]
    return json.dumps(rows, ensure_ascii=False)


def main(args: Namespace) -> None:
    """Collect and write."""
    folder = args.work / "data"
    if skip(args, folder / "lemma-train.conllu"):
        return
    names = json.loads(args.names.read_text(encoding="utf-8"))
    gold = training_sentences(args.shared, repair=True, augment=True, seed=SEED, names=names, trees=args.trees)
    silver = annotated_text(args.silver, args.shared, args.words)
    parsed = [sentence for sentence in gold if sentence.parsed]
    fill_features([*parsed, *silver])
    trees = parsed * (GOLD if silver else 1) + silver
    random.Random(SEED).shuffle(trees)
    dev = development_sentences(args.shared)
    held = chain.from_iterable(held_names(args.shared).values())
    files = {
        "train.conllu": conllu(trees),
        "dev.conllu": conllu(dev),
        "ner-train.json": names_json([*gold, *silver]),
        "ner-held.json": names_json(held),
        "lemma-train.conllu": conllu(lemma_list([*parsed, *silver])),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text)} characters")


if __name__ == "__main__":
    main(options(__doc__))
