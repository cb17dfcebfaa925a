"""Train encoders on the gold, all of it and without each fold; then the student that ships, which they teach.

    python models/encoder/build.py --encoder e5-small-q4.bin --vocab vocab.txt [--bf16]

Reads ``WORK/documents.jsonl``, ``WORK/silver.jsonl`` and ``WORK/pieces.model``; run again, it goes on where it stopped.
Six trainings of about half an hour each on one core, a quarter of an hour of teaching, and the student's hour.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from options import read_options

HERE = Path(__file__).resolve().parent
STUDENT = "student-all"


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
    with (args.work / "documents.jsonl").open(encoding="utf-8") as lines:
        folds = sorted({fold for fold in (json.loads(line)["fold"] for line in lines) if fold >= 0})
    trainings = {"all": [], **{f"fold-{fold}": ["--fold", str(fold)] for fold in folds}}
    for name, which in trainings.items():
        if not (args.work / name / "scores.npz").exists():
            step("train.py", *which, *fast)
    if not (args.work / "silver" / "all.npz").exists():
        step("teach.py", "--to", "all", "--teachers", *trainings)
    if not (args.work / STUDENT / "scores.npz").exists():
        step("train.py", "--student", *fast)
    step("export.py", "--name", STUDENT)


if __name__ == "__main__":
    main()
