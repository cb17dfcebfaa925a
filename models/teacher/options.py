"""The paths every script here takes on its command line."""

import argparse
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def read_options(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Read the command line: the options of `parser`, and the paths.

    `--shared` (the data), `--work` (what is made), and in it `--encoder` (the 4-bit file), `--vocab` (pieces kept).
    """
    shared = Path(os.environ.get("MALBILD_SHARED", CHECKOUT.parent / "shared"))
    work = Path(os.environ.get("MALBILD_TEACHER", CHECKOUT / "build/teacher"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder with data/ and gold/ (MALBILD_SHARED)")
    parser.add_argument("--work", type=Path, default=work, help="folder for what is made (MALBILD_TEACHER)")
    parser.add_argument("--encoder", type=Path, help="the encoder's file (in the folder of --work)")
    parser.add_argument("--vocab", type=Path, help="the pieces kept, of vocab.py (in the folder of --work)")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16: faster where the processor can")
    args = parser.parse_args()
    args.encoder = args.encoder or args.work / "e5-small-q4.bin"
    args.vocab = args.vocab or args.work / "vocab.txt"
    return args
