"""Trains a pipeline of the shape of sv_core_news_sm from nothing, on the treebanks and name lists we train from.

    python benchmarks/sm_shaped.py [--shared DIR] [--out DIR] [--fold K/N] [--retrain]

The opponent of `language_models.py`: what anyone gets who trains spaCy's small shape on the same gold, without word
vectors, silver or augmentation. With `--fold K/N`, the K-th of N parts of PUD is left out, to be measured on. One core,
about ten minutes; what is there already is kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models/language"))

import spacy
from folds import SHARED, Fold, held_out
from prepare import to_doc, training_sentences
from sources import development_sentences
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab
from thinc.api import use_ops
from treebank import Sentence

SEED = 1
HERE = Path(__file__).resolve().parent
WORK = HERE.parent / "build/benchmarks"


def tagged(vocab: Vocab, sentence: Sentence) -> Doc:
    """A gold ``Doc`` that has the treebank's own tags too; a missing one is a missing value."""
    doc = to_doc(vocab, sentence)
    for token, word in zip(doc, sentence.words, strict=True):
        token.tag_ = word.xpos
    return doc


def save(path: Path, sentences: list[Sentence]) -> None:
    """Write the sentences as one ``DocBin``."""
    vocab = spacy.blank("sv").vocab
    docs = [tagged(vocab, sentence) for sentence in sentences]
    DocBin(attrs=["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"], docs=docs).to_disk(path)
    print(f"{path.name}: {len(docs)} sentences, {sum(map(len, docs))} tokens", file=sys.stderr)


def train_sm_shaped(shared: Path, out: Path, fold: Fold | None = None, retrain: bool = False) -> Path:
    """The folder of the trained pipeline; trained first if it is not there yet, or if ``retrain``.

    Args:
        shared: the folder that holds ``data/``.
        out: the folder to make.
        fold: the part of PUD to leave out; ``None`` trains on all of it.
        retrain: train even if ``out`` is there.
    """
    if (out / "meta.json").is_file() and not retrain:
        return out
    work = out.with_name(out.name + "-training")
    work.mkdir(parents=True, exist_ok=True)
    sentences = training_sentences(shared, repair=True, augment=False, seed=SEED, names={})
    unseen = held_out(shared, fold) if fold else frozenset()
    save(work / "train.spacy", [sentence for sentence in sentences if sentence.id not in unseen])
    save(work / "dev.spacy", development_sentences(shared))
    paths = {f"paths.{name}": str(work / f"{name}.spacy") for name in ("train", "dev")}
    config = load_config(HERE / "sm_shaped.cfg", overrides={**paths, "system.seed": SEED})
    # numpy's own BLAS multiplies three times as fast as the one spaCy brings; what is trained is the same.
    with use_ops("numpy", use_blis=False):
        train(init_nlp(config), work, stdout=sys.stderr)
    nlp = spacy.load(work / "model-last")
    # White space has no tag in the treebank; the published pipeline tags it so too.
    nlp.get_pipe("attribute_ruler").add([[{"IS_SPACE": True}]], {"TAG": "_SP", "POS": "SPACE"})
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(name="sm_shaped", version="0.1.0")
    nlp.to_disk(out)
    shutil.rmtree(work)
    return out


def main() -> None:
    """Read the options, train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, help="folder of the pipeline (build/benchmarks/sm_shaped)")
    parser.add_argument("--fold", type=Fold.read, metavar="K/N", help="leave the K-th of N parts of PUD out")
    parser.add_argument("--retrain", action="store_true", help="train even if it is there")
    args = parser.parse_args()
    out = args.out or WORK / (f"sm_shaped-{args.fold.name}" if args.fold else "sm_shaped")
    print(train_sm_shaped(args.shared, out, args.fold, args.retrain))


if __name__ == "__main__":
    main()
