"""Train the encoder that ships and one without each fold, and export the first. Run again, it goes on where it stopped.

    python models/encoder/build.py --encoder e5-small-q4.bin --vocab vocab.txt [--bf16]

Reads ``WORK/documents.jsonl`` and ``WORK/pieces.model``. Six trainings, of about half an hour each on one core. With
``--student`` also ``WORK/silver.jsonl``: the six then teach a student, in two hours more, which is not exported.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from options import read_options

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--vocab", type=Path, required=True)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--student", action="store_true", help="teach a student too")
    args = read_options(parser)
    paths = [f"--{name}={getattr(args, name)}" for name in ("encoder", "vocab", "work")]

    def step(script: str, *options: str) -> None:
        subprocess.run([sys.executable, str(HERE / script), *paths, *options], check=True)

    fast = ["--bf16"] if args.bf16 else []
    with (args.work / "documents.jsonl").open(encoding="utf-8") as lines:
        folds = sorted({fold for fold in (json.loads(line)["fold"] for line in lines) if fold >= 0})
    trainings = {"all": [], **{f"fold-{fold}": ["--fold", str(fold)] for fold in folds}}
    for name, which in trainings.items():
        if not (args.work / name / "scores.npz").exists():
            step("train.py", *which, *fast)
    step("export.py")
    if args.student:
        if not (args.work / "silver" / "all.npz").exists():
            step("teach.py", "--to", "all", "--teachers", *trainings)
        step("train.py", "--student", *fast)


if __name__ == "__main__":
    main()
