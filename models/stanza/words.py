"""Puts word vectors of the language recipe into a file of Stanza's: ``vectors.pt``, all parts share it.

    python models/stanza/words.py --work DIR [--silver DIR] [--vectors DIR]

Needs ``models/language/distil.py`` first. Its vectors are made of parts of words, Stanza's are a list of words in small
letters: the commonest of the text the teacher has annotated.
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

import numpy as np
import spacy
import torch
from settings import options, skip
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

COMMONEST = 24_000
"""Words that have a vector."""


def main(args: Namespace) -> None:
    """Count, look up, write."""
    out = args.work / "vectors.pt"
    if skip(args, out):
        return
    counts: Counter[str] = Counter()
    for path in sorted(args.silver.glob("*.npz")):
        with np.load(path, allow_pickle=False) as shard:
            counts.update(dict(zip(shard["forms"].tolist(), shard["counts"].tolist(), strict=True)))
    words = sorted(counts, key=lambda word: (-counts[word], word))[:COMMONEST]
    vocab = spacy.load(args.vectors).vocab
    rows = np.stack([np.zeros(vocab.vectors_length)] * len(VOCAB_PREFIX) + [vocab.get_vector(word) for word in words])
    # As they come back from half precision, so that training sees what will be shipped.
    matrix = torch.from_numpy(rows.astype(np.float16).astype(np.float32))
    args.work.mkdir(parents=True, exist_ok=True)
    torch.save({"vocab": PretrainedWordVocab(words).state_dict(), "emb": matrix}, out)
    print(f"{out.name}: {len(words)} words of {len(counts)}, {matrix.shape[1]} wide")


if __name__ == "__main__":
    main(options(__doc__))
