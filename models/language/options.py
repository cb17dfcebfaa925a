"""The options the steps have in common."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
NAME = "sv_malbild_core"
VERSION = "0.3.0"
SEED = 20
ABBREVIATIONS = CHECKOUT / "pipeline/malbild/sv/abbreviations.txt"


def add_options(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add the paths and ``--force``."""
    shared = Path(os.environ.get("MALBILD_SHARED", CHECKOUT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of the training data (or MALBILD_SHARED)")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build/language", help="folder of what lies between")
    teacher = CHECKOUT / "build/teacher"
    parser.add_argument("--silver", type=Path, default=teacher / "silver", help="folder of the teacher's annotation")
    parser.add_argument("--trees", type=Path, help="Talbanken's training part as the teacher corrected it (CoNLL-U)")
    parser.add_argument("--without", type=Path, help="file of ids: sentences of PUD that are left out, to measure on")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "models" / NAME, help="folder of the finished model")
    parser.add_argument("--force", action="store_true", help="do the step even if its output exists")
    return parser


def read_options(description: str | None) -> argparse.Namespace:
    """The options of a step that has none of its own."""
    form = argparse.RawTextHelpFormatter
    return add_options(argparse.ArgumentParser(description=description, formatter_class=form)).parse_args()


def skip(args: argparse.Namespace, *outputs: Path) -> bool:
    """Whether all outputs of a step exist already and need not be made again."""
    done = not args.force and all(path.exists() for path in outputs)
    if done:
        print("exists, skipped:", ", ".join(path.name for path in outputs))
    return done
