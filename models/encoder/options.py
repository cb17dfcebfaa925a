"""The paths that every script here takes on its command line."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def read_options(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The options of ``parser``, with ``--shared`` (the gold texts) and ``--work`` (what is made on the way)."""
    shared = Path(os.environ.get("MALBILD_SHARED", CHECKOUT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder with gold/ (MALBILD_SHARED)")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "encoder", help="folder for what is made")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    return args
