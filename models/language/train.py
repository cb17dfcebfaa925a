"""Trains the pipeline from ``config.cfg`` until its learning rate has run down, and puts it into ``finished``.

    python models/language/train.py --work DIR [--force]

Needs ``prepare.py`` and ``vectors.py`` first. One core, about 15 minutes. The threads of the linear algebra are held
at one, so that the same data and seed give the same model.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import shutil
from pathlib import Path

import spacy
from options import ABBREVIATIONS, HERE, NAME, SEED, VERSION, add_options, skip
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_pipeline
from spacy.util import load_config
from thinc.api import use_ops
from tokens import read_abbreviations, set_tokenizer


def finish(model: Path, finished: Path) -> None:
    """Give a trained pipeline its tokenizer and its facts, and write it to ``finished``."""
    nlp = spacy.load(model)
    set_tokenizer(nlp, read_abbreviations(ABBREVIATIONS))
    # The folders of this machine are nobody's business at run time; the data format is that of the minor version.
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(name=NAME.removeprefix("sv_"), version=VERSION, license="CC BY-SA 4.0", performance={})
    nlp.meta.update(description="Swedish: tags, lemmas, trees and names, one sentence a text", author="Malbild")
    nlp.meta["spacy_version"] = ">=3.8.0,<3.9.0"
    shutil.rmtree(finished, ignore_errors=True)
    nlp.to_disk(finished)
    print("finished:", finished)


def main() -> None:
    """Read the options, train, finish."""
    args = add_options(argparse.ArgumentParser(description=__doc__)).parse_args()
    finished, training = args.work / "finished", args.work / "training"
    if skip(args, finished / "meta.json"):
        return
    if not skip(args, training / "model-last/meta.json"):
        files = {"train": "train.spacy", "dev": "dev.spacy", "vectors": "vectors"}
        paths = {f"paths.{key}": str(args.work / name) for key, name in files.items()}
        config = load_config(HERE / "config.cfg", overrides={**paths, "system.seed": SEED})
        training.mkdir(parents=True, exist_ok=True)
        # numpy's own BLAS multiplies three times as fast as the one spaCy brings.
        with use_ops("numpy", use_blis=False):
            train_pipeline(init_nlp(config), training)
    # The last, not the best on the development set: the learning rate has run down to nothing by then, while the choice
    # of a best would hang on the 46 names of the development set.
    finish(training / "model-last", finished)


if __name__ == "__main__":
    main()
