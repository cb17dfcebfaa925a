"""Measures the trained pipeline, puts it into the repository and writes its ``manifest.json``.

    python models/language/evaluate.py --shared ../shared --work DIR [--out DIR] [--force]

Needs ``train.py`` first. The manifest has no dates and no folders of this machine: same model, same manifest (but for
the measured speed).
"""

from __future__ import annotations

import json
import os
import shutil
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy
from options import NAME, SEED, VERSION, read_options
from prepare import held_names
from scores import tagging_scores, token_score, words_a_second
from sources import development_sentences, pud_sentences

from malbild.shipped import combined, digests

SOURCES = [
    {"name": "UD_Swedish-Talbanken, derived train (tags 2.3, trees converted from the v1 release)",
     "licence": "CC BY-SA 4.0"},
    {"name": "UD_Swedish-PUD", "licence": "CC BY-SA 4.0"},
    {"name": "Universal NER, Swedish (Talbanken train, PUD)", "licence": "CC BY-SA 4.0"},
    {"name": "Swedish NER corpus (klintan)", "licence": "CC BY 4.0"},
    {"name": "Swedish public-sector text annotated by the teacher (government, parliament, statutes)",
     "licence": "public documents; for the government texts unclear, in practice safe to reuse"},
    {"name": "Malbild's gold texts (train, train-labels, own): their sentences annotated by the teacher, and the names "
     "of organisations in them", "licence": "public documents and the project's own"},
    {"name": "multilingual-e5-small, the encoder of the teacher that annotated the silver (no weight of it is here)",
     "licence": "MIT"},
    {"name": "Names of Swedish authorities, ministries, municipalities and counties", "licence": "CC0"},
    {"name": "Common names of people, from the lists of faker (put into sentences with names)", "licence": "MIT"},
    {"name": "Swedish names of countries and cities, CLDR through Babel (put into sentences with names)",
     "licence": "Unicode-3.0; BSD-3-Clause"},
]  # fmt: skip
LARGEST = 45_000_000
"""Most bytes the model may have in the repository."""


def main() -> None:
    """Read the options, copy, measure, write."""
    args = read_options(__doc__)
    made = args.work / NAME  # moved into place when whole, so that no one loads half a model
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(args.work / "finished", made)
    nlp = spacy.load(made)
    dev = development_sentences(args.shared)
    pud = pud_sentences(args.shared)
    scores: dict[str, float] = tagging_scores(nlp, dev)
    for source, sentences in held_names(args.shared).items():
        scores[f"ner_f_{source}_held_back"] = tagging_scores(nlp, sentences)["ner_f"]
    scores |= {"token_f": token_score(nlp, dev), "token_f_pud": token_score(nlp, pud)}
    scores["words_a_second"] = words_a_second(nlp, dev)
    files = digests(made)
    size = sum((made / path).stat().st_size for path in files)
    if size > LARGEST or any("pickle" in path or path.endswith(".pkl") for path in files):
        sys.exit(f"{made}: {size} bytes, at most {LARGEST}, no pickles")
    facts = {
        "name": NAME,
        "what": "spaCy pipeline for Swedish: UPOS, FEATS, lemmas, UD trees, names (PER, ORG, LOC); one sentence a Doc",
        "version": VERSION,
        "sha256": combined(files),
        "licence": "CC BY-SA 4.0",
        "trained_from": SOURCES,
        "scores": {"on": "UD_Swedish-Talbanken dev and its Universal NER names; gold tokens", **scores},
        "recipe": "make models",
        "seed": SEED,
        "spacy": nlp.meta["spacy_version"],
        "bytes": size,
        "files": files,
    }
    manifest = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    (made / "manifest.json").write_text(manifest, encoding="utf-8")
    shutil.rmtree(args.out, ignore_errors=True)
    shutil.move(made, args.out)
    print(json.dumps(scores, indent=2))


if __name__ == "__main__":
    main()
