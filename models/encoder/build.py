"""Train the encoder that ships and one without each fold, and export the first. Run again, it goes on where it stopped.

    python models/encoder/build.py --encoder e5-small-q4.bin --vocab vocab.txt [--bf16]

Reads ``WORK/documents.jsonl`` and ``WORK/pieces.model``. Six trainings, of about half an hour each on one core.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from options import read_options

HERE = Path(__file__).resolve().parent
FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--vocab", type=Path, required=True)
    parser.add_argument("--bf16", action="store_true")
    args = read_options(parser)
    paths = [f"--{name}={getattr(args, name)}" for name in ("encoder", "vocab", "work")]

    def step(script: str, *options: str) -> None:
        subprocess.run([sys.executable, str(HERE / script), *paths, *options], check=True)

    fast = ["--bf16"] if args.bf16 else []
    for name, which in [("all", []), *((f"fold-{n}", ["--fold", str(n)]) for n in range(FOLDS))]:
        if not (args.work / name / "scores.npz").exists():
            step("train.py", *which, *fast)
    step("export.py")


if __name__ == "__main__":
    main()
