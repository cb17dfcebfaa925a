"""Scores saved teachers, alone or averaged, on the official development sentences and on names held back.

python evaluate.py --model WORK/a/best.npz WORK/b/best.npz
"""

import argparse
import time
from pathlib import Path

from data import development, name_lists, split_names, treebanks
from ensemble import load_teachers
from model import Teacher
from options import read_options
from score import scores

from annotate import STYLE, annotate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, nargs="+", required=True, help="best.npz of a run; several are averaged")
    args = read_options(parser)
    Teacher.short = args.bf16
    model, tokenizer, classes = load_teachers(args.model, args.encoder, args.vocab)
    gold = [e.sentence for e in development(args.shared)]
    start = time.perf_counter()
    found = [a.sentence for a in annotate(model, tokenizer, classes, gold)]
    speed = sum(len(s.words) for s in gold) / (time.perf_counter() - start)
    print(f"dev: {scores(gold, found)}; {speed:.0f} words/s")
    held = split_names(treebanks(args.shared, repair=False))[1] + split_names(name_lists(args.shared))[1]
    for style in ("pud", "klintan"):
        kept = [e.sentence for e in held if e.style == style]
        found = [a.sentence for a in annotate(model, tokenizer, classes, kept, STYLE | {"names": style})]
        print(f"names held back, {style}: {scores(kept, found).names:.4f}")


if __name__ == "__main__":
    main()
