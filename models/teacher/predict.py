"""Silver annotation: tokenised sentences in, annotated CoNLL-U out, with how likely the teacher holds each choice.

    python predict.py --model WORK/a/best.npz WORK/b/best.npz --out SILVER --shards IN/*.conllu

Each input file is a shard, CoNLL-U of which only comments, forms and `SpaceAfter=No` are read; its result is
`OUT/<its name>`, written whole or not at all, and skipped when it is there: a rerun goes on with the next shard.
`OUT/<its name>.npz` has the mean of the teacher's views of every form (in small letters) of the shard: `forms`,
`counts`, `means`; word vectors are made of them. The last column gets `P=head,deprel,upos,feats,lemma,name`
(probabilities) and `Name=B-ORG` where there is a name.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from data import Sentence
from ensemble import load_teachers
from model import Teacher
from options import read_options
from treebank import conllu_row, read_conllu

from annotate import STYLE, Annotated, annotate

COLUMNS = ("head", "deprel", "upos", "feats", "lemma", "name")


def lines_of(found: Annotated, source: Sentence) -> Iterator[str]:
    """The CoNLL-U lines of an annotated sentence."""
    if source.id:
        yield f"# sent_id = {source.id}"
    if source.text:
        yield f"# text = {source.text}"
    for k, (word, likely) in enumerate(zip(found.sentence.words, found.likely, strict=True)):
        tag = found.sentence.names[k]
        misc = [f"Name={tag}"] if tag != "O" else []
        misc += ["P=" + ",".join(f"{likely[column]:.3f}" for column in COLUMNS)]
        misc += [] if word.space else ["SpaceAfter=No"]
        yield conllu_row(k + 1, word, "|".join(misc))
    yield ""


def save_views(path: Path, found: list[Annotated]) -> None:
    """Average the views of each form and write them."""
    places: dict[str, int] = {}
    rows = np.array([places.setdefault(w.form.lower(), len(places)) for one in found for w in one.sentence.words])
    sums = np.zeros((len(places), found[0].view.shape[1]), np.float32)
    np.add.at(sums, rows, np.concatenate([one.view for one in found]).astype(np.float32))
    counts = np.bincount(rows)
    np.savez(path, forms=np.array(list(places)), counts=counts, means=(sums / counts[:, None]).astype(np.float16))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, nargs="+", required=True, help="best.npz of a run; several are averaged")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--budget", type=int, default=3000, help="pieces a batch")
    parser.add_argument("--style", default="", help="conventions, such as trees=talbanken,names=klintan")
    parser.add_argument("--shards", type=Path, nargs="+", required=True)
    args = read_options(parser)
    Teacher.short = args.bf16
    model, tokenizer, classes = load_teachers(args.model, args.encoder, args.vocab)
    style = STYLE | dict(pair.split("=") for pair in args.style.split(",") if pair)
    args.out.mkdir(parents=True, exist_ok=True)
    for shard in args.shards:
        target = args.out / shard.name
        if target.exists():
            continue
        start, sentences = time.perf_counter(), [s for s in read_conllu(shard) if s.words]
        found = annotate(model, tokenizer, classes, sentences, style, args.budget)
        partly = target.with_suffix(".tmp")
        with partly.open("w", encoding="utf-8") as file:
            for source, one in zip(sentences, found, strict=True):
                file.writelines(line + "\n" for line in lines_of(one, source))
        save_views(target.with_suffix(".npz"), found)
        partly.replace(target)
        words, seconds = sum(len(s.words) for s in sentences), time.perf_counter() - start
        print(f"{target}: {len(sentences)} sentences, {words} words, {words / seconds:.0f} words/s", flush=True)


if __name__ == "__main__":
    main()
