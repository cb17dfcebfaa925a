"""Puts the word vectors of the language recipe into a file of Stanza's: ``vectors.pt``, all parts share it.

    python models/stanza/words.py --shared ../shared --work DIR [--vectors DIR]

Needs ``models/language/vectors.py`` first. That file knows its words by their hashes only, so the words are looked for
in the text they come from. They are in small letters there, as Stanza looks them up.
"""

from __future__ import annotations

from argparse import Namespace

import spacy
import torch
from settings import options, skip
from spacy.strings import hash_string
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from vectors import stream  # isort: skip (models/language, found by way of settings)


def main(args: Namespace) -> None:
    """Read, find the words, write."""
    out = args.work / "vectors.pt"
    if skip(args, out):
        return
    table = spacy.load(args.vectors).vocab.vectors
    rows = {}
    for part in stream(args.shared / "data/raw/sv-public.txt.xz"):
        for word in set(part) - {"", *VOCAB_PREFIX}:
            if (key := hash_string(word)) in table.key2row:
                rows[word] = table.key2row[key]
    words = sorted(rows, key=lambda word: (rows[word], word))
    matrix = torch.zeros((len(VOCAB_PREFIX) + len(words), table.shape[1]))
    matrix[len(VOCAB_PREFIX) :] = torch.from_numpy(table.data[[rows[word] for word in words]])
    # As they come back from half precision, so that training sees what will be shipped.
    matrix = matrix.half().float()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.save({"vocab": PretrainedWordVocab(words).state_dict(), "emb": matrix}, out)
    print(f"{out.name}: {len(words)} words of {len(table.key2row)}, {matrix.shape[1]} wide")


if __name__ == "__main__":
    main(options(__doc__))
