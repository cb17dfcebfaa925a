"""Parts of PUD to leave out of training and measure on. Documents are left out whole.

    python benchmarks/folds.py K/N [--shared DIR]

Prints the names (``sent_id``) of the K-th of N parts, one a line, for a recipe that is to leave them out.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models/language"))

from sources import pud_sentences
from treebank import Sentence

SHARED = Path(os.environ.get("MALBILD_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DOCUMENT = 6
"""Letters of a sentence's name that name its document: ``n01001`` of ``n01001011``."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The ``k``-th (from 1) of ``n`` parts."""

    k: int
    n: int

    @classmethod
    def read(cls, text: str) -> Self:
        """From ``"K/N"``."""
        k, _, n = text.partition("/")
        if not (k.isdigit() and n.isdigit() and 1 <= int(k) <= int(n)):
            raise argparse.ArgumentTypeError(f"{text!r} is no fold: give K/N, such as 1/5")
        return cls(int(k), int(n))

    @property
    def name(self) -> str:
        """For folders: ``fold1of5``."""
        return f"fold{self.k}of{self.n}"


def part(sentences: list[Sentence], fold: Fold) -> list[Sentence]:
    """Every ``n``-th document, from the ``k``-th on."""
    documents = list(dict.fromkeys(sentence.id[:DOCUMENT] for sentence in sentences))
    chosen = set(documents[fold.k - 1 :: fold.n])
    return [sentence for sentence in sentences if sentence.id[:DOCUMENT] in chosen]


def held_out(shared: Path, fold: Fold) -> frozenset[str]:
    """The names of a part's sentences."""
    return frozenset(sentence.id for sentence in part(pud_sentences(shared), fold))


def main() -> None:
    """Read the options, print the names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fold", type=Fold.read, metavar="K/N")
    parser.add_argument("--shared", type=Path, default=SHARED)
    args = parser.parse_args()
    print("\n".join(sorted(held_out(args.shared, args.fold))))


if __name__ == "__main__":
    main()
