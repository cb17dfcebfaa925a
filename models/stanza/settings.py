"""What the steps have in common: options, and the way to the parts of the language recipe."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
NAME = "sv_malbild_stanza"
VERSION = "0.1.0"
SEED = 20
PARTS = ("pos", "lemma", "depparse", "ner")

sys.path.append(str(CHECKOUT / "models/language"))

from options import add_options, skip  # noqa: E402

__all__ = ["CHECKOUT", "NAME", "PARTS", "SEED", "VERSION", "options", "skip"]


def options(description: str | None) -> argparse.Namespace:
    """The options of every step: those of the language recipe, with other places, and some more."""
    form = argparse.RawDescriptionHelpFormatter
    parser = add_options(argparse.ArgumentParser(description=description, formatter_class=form))
    parser.set_defaults(work=CHECKOUT / "build/stanza", out=CHECKOUT / "models" / NAME)
    vectors = CHECKOUT / "build/language/vectors"
    parser.add_argument("--vectors", type=Path, default=vectors, help="the language recipe's word vectors")
    names = CHECKOUT / "build/language/names.json"
    parser.add_argument("--names", type=Path, default=names, help="the language recipe's names of the world")
    parser.add_argument("--words", type=int, default=600_000, help="how many words of silver, about; 0 for none")
    parser.add_argument("--part", choices=PARTS, action="append", help="train only this (may be given several times)")
    parser.add_argument("--steps", type=float, default=1.0, help="train so many times as long as usual")
    args = parser.parse_args()
    args.part = args.part or list(PARTS)
    return args
