"""What the steps have in common: options, paths, and the way to the parts of the language recipe."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
NAME = "sv_malbild_stanza"
VERSION = "0.1.0"
SEED = 20
PARTS = ("pos", "lemma", "depparse", "ner")

sys.path.append(str(CHECKOUT / "models/language"))


def options(description: str | None) -> argparse.Namespace:
    """The options of every step."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("MALBILD_SHARED", CHECKOUT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of the training data (or MALBILD_SHARED)")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build/stanza", help="folder of what lies between")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "models" / NAME, help="folder of the finished model")
    parser.add_argument("--trees", type=Path, help="Talbanken's training part with reconciled trees (CoNLL-U)")
    parser.add_argument("--silver", type=Path, help="folder of annotated text (CoNLL-U)")
    parser.add_argument("--words", type=int, default=400_000, help="how many words of it, about")
    parser.add_argument(
        "--vectors", type=Path, default=CHECKOUT / "build/language/vectors", help="the language recipe's word vectors"
    )
    parser.add_argument("--part", choices=PARTS, action="append", help="train only this (may be given several times)")
    parser.add_argument("--steps", type=float, default=1.0, help="train so many times as long as usual")
    parser.add_argument("--force", action="store_true", help="do the step even if its output exists")
    args = parser.parse_args()
    args.part = args.part or list(PARTS)
    return args


def skip(args: argparse.Namespace, output: Path) -> bool:
    """Whether the last output of a step exists already and need not be made again."""
    done: bool = not args.force and output.exists()
    if done:
        print("exists, skipped:", output.name)
    return done
