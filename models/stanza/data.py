"""Writes what Stanza trains from: CoNLL-U for tags, lemmas and trees, JSON for names.

    python models/stanza/data.py --shared ../shared --work DIR [--trees FILE] [--silver DIR] [--words N] [--force]

The gold is that of the language recipe (``models/language``). ``--trees`` is its Talbanken with reconciled trees
(``models/teacher/reconcile.py``), in the place of the derived ones. ``--silver`` is text annotated by the teacher
(``models/teacher/predict.py``); of each shard the sentences it is surest of are taken.
"""

from __future__ import annotations

import json
import math
import random
from argparse import Namespace
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from settings import options, skip

from augment import augmented, renamed  # isort: skip (models/language, found by way of settings)
from prepare import development_sentences  # isort: skip
from repair import harmonised, repaired  # isort: skip
from treebank import Sentence, Word, add_names, blocks, read_conllu, read_name_list, read_public_names, split_numbers  # isort: skip

SEED = 20
HELD = 12
"""One sentence in so many with names is kept to choose and measure by: the official development set has too few."""
SURE = 0.75
"""Share of the silver sentences taken, the surest."""
GOLD = 2
"""How often gold stands in the training files for every time silver does."""
UNKNOWN = "?"
"""Features the reconciled trees do not know."""


def gold(shared: Path, trees: Path | None) -> list[Sentence]:
    """Talbanken's training part and PUD, with names where they are known."""
    data = shared / "data"
    talbanken = list(read_conllu(trees or data / "ud/sv_talbanken-recon-train.conllu"))
    pud = list(read_conllu(data / "ud/sv_pud-ud-test.conllu"))
    add_names(talbanken, data / "ner/sv_talbanken-ud-train.iob2")
    add_names(pud, data / "ner/sv_pud-ud-test.iob2")
    if trees is None:
        talbanken = [repaired(sentence) for sentence in talbanken]
    sentences = talbanken + [harmonised(sentence) for sentence in pud]
    for sentence in sentences:
        split_numbers(sentence)
    return sentences


def silver(folder: Path, words: int) -> list[Sentence]:
    """About so many words of annotated text, evenly from all shards, the sentences the teacher is surest of."""
    shards = sorted(folder.glob("*.conllu"))
    taken: list[Sentence] = []
    for shard in shards:
        rated = sorted(_rated(shard), key=lambda pair: -pair[0])
        kept = [sentence for _, sentence in rated[: int(len(rated) * SURE)]]
        random.Random(SEED).shuffle(kept)
        count = 0
        for sentence in kept:
            if count * len(shards) >= words:
                break
            count += len(sentence.words)
            taken.append(sentence)
    return taken


def _rated(shard: Path) -> Iterator[tuple[float, Sentence]]:
    """The sentences of a shard, each with the mean log probability of its arcs and names."""
    for lines, sentence in zip(blocks(shard), read_conllu(shard), strict=True):
        names, rates = [], []
        for line in lines:
            if line[0].isdigit():
                misc = dict(cell.partition("=")[::2] for cell in line.split("\t")[9].split("|"))
                names.append(misc.get("Name", "O"))
                head, deprel, *_, name = (float(p) for p in misc["P"].split(","))
                rates.append(math.log(max(head * deprel * name, 1e-4)))
        sentence.names = names
        if len(sentence.words) > 1:
            yield sum(rates) / len(rates), sentence


def fill_features(sentences: Iterable[Sentence], models: Iterable[Sentence]) -> None:
    """Give words of unknown features those their form and part of speech mostly have in ``models``; in place."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in models:
        for word in sentence.words:
            if word.feats != UNKNOWN:
                seen[word.form.lower(), word.upos][word.feats] += 1
    for sentence in sentences:
        for word in sentence.words:
            if word.feats == UNKNOWN:
                (word.feats, _), *_ = seen[word.form.lower(), word.upos].most_common(1) or [("", 0)]


def conllu(sentences: Iterable[Sentence]) -> str:
    """The sentences as CoNLL-U, without XPOS."""
    return "".join(f"{_block(sentence)}\n" for sentence in sentences)


def _block(sentence: Sentence) -> str:
    rows = (
        (place, w.form, w.lemma or "_", w.upos, "_", w.feats or "_", w.head + 1, "root" if w.head < 0 else w.deprel)
        for place, w in enumerate(sentence.words, 1)
    )
    return "".join("\t".join(map(str, row)) + "\t_\t_\n" for row in rows)


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
    """The words and IOB tags of the sentences; unknown tags are left empty, which Stanza does not train."""
    rows = [
        [{"text": word.form, "ner": "-" if tag == UNKNOWN else tag} for word, tag in zip(s.words, s.names, strict=True)]
        for s in sentences
        if s.names
    ]
    return json.dumps(rows, ensure_ascii=False)


def split_names(sentences: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """(to train names from, to choose and measure by)."""
    named = [sentence for sentence in sentences if sentence.names]
    held = [sentence for place, sentence in enumerate(named) if place % HELD == 0]
    return [sentence for place, sentence in enumerate(named) if place % HELD], held


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"{name}: {text.count(chr(10))} lines")


def main(args: Namespace) -> None:
    """Collect and write."""
    folder = args.work / "data"
    if skip(args, folder / "lemma-train.conllu"):
        return
    rng = random.Random(SEED)
    trees = gold(args.shared, args.trees)
    annotated = silver(args.silver, args.words) if args.silver else []
    fill_features(trees, [*trees, *annotated])
    listed = [sentence for sentence in read_name_list(args.shared / "data/ner/klintan-train.txt") if sentence.words]
    named, held = split_names(trees + listed)
    more = augmented(trees, rng)
    parsed = (trees + more) * (GOLD if annotated else 1) + annotated
    rng.shuffle(parsed)
    named += renamed(listed, read_public_names(args.shared / "data/lex"), rng) + annotated
    rng.shuffle(named)
    dev = development_sentences(args.shared)
    write(
        folder,
        {
            "train.conllu": conllu(parsed),
            "dev.conllu": conllu(dev),
            "ner-train.json": names_json(named),
            "ner-held.json": names_json(held),
            "ner-dev.json": names_json(dev),
            "lemma-train.conllu": conllu(lemma_list(trees + annotated)),
        },
    )


if __name__ == "__main__":
    main(options(__doc__))
