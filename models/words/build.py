#!/usr/bin/env python3
"""Count the words of public Swedish: the commonest, commonest first, each as it is written within a sentence.

    python models/words/build.py [--shared DIR] [--size N]

What is written with a capital more often than not where no sentence begins is a name, and keeps its capital.
Writes ``models/sv_malbild_words/`` (words.txt, manifest.json).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from malbild.shipped import combined, digests

ARTEFACT = Path(__file__).resolve().parents[1] / "sv_malbild_words"
SIZE = 80_000
_WITHIN = re.compile(r"(?<=[\w,;)] )[^\W\d_]{1,40}(?![\w-])")
"""A word that follows another one, or a comma: not where a sentence may begin."""


def commonest(lines: Iterable[str], size: int) -> list[str]:
    """The ``size`` commonest words, commonest first; words of one spelling but for case are one.

    >>> commonest(["Vi vill att Malmö växer och att vi vill"], 3)
    ['vill', 'att', 'Malmö']
    """
    written: Counter[str] = Counter()
    for line in lines:
        written.update(_WITHIN.findall(line))
    folded: dict[str, Counter[str]] = {}
    for word, times in written.items():
        folded.setdefault(word.casefold(), Counter())[word] += times
    by_count = sorted(folded.items(), key=lambda item: -item[1].total())
    return [max(forms, key=lambda form: (forms[form], form)) for _, forms in by_count[:size]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", "../shared")))
    parser.add_argument("--size", type=int, default=SIZE)
    options = parser.parse_args()
    with lzma.open(options.shared / "data" / "raw" / "sv-public.txt.xz", "rt", encoding="utf-8") as lines:
        words = commonest(lines, options.size)
    ARTEFACT.mkdir(exist_ok=True)
    (ARTEFACT / "words.txt").write_text("\n".join(words) + "\n", "utf-8")
    manifest = {
        "name": "sv_malbild_words",
        "version": "0.1.0",
        "what": f"The {len(words):,} commonest words of public Swedish, commonest first; names have a capital",
        "sha256": combined(digests(ARTEFACT)),
        "trained_from": [
            {
                "source": "sv-public: government web texts, interpellations, statutes (12.1 M words)",
                "licence": "public documents",
            }
        ],
        "licence": "MIT",
        "recipe": "python models/words/build.py",
        "scores": {},
    }
    (ARTEFACT / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
