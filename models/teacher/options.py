"""The paths every script here takes on its command line."""

import argparse
import os
from pathlib import Path


def add_paths(parser: argparse.ArgumentParser) -> None:
    """`--shared` (the data), `--encoder` (the 4-bit file), `--work` (what is made), `--vocab` (pieces kept)."""
    shared, work = os.environ.get("MALBILD_SHARED", "../shared"), os.environ.get("MALBILD_TEACHER", "../teacher")
    parser.add_argument(
        "--shared", type=Path, default=Path(shared), help="folder with data/ and gold/ (MALBILD_SHARED)"
    )
    parser.add_argument("--work", type=Path, default=Path(work), help="folder for what is made (MALBILD_TEACHER)")
    parser.add_argument("--encoder", type=Path, default=Path(work, "e5-small-q4.bin"), help="the encoder's file")
    parser.add_argument("--vocab", type=Path, default=Path(work, "vocab.txt"), help="the pieces kept (vocab.py)")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16: faster where the processor can")
