"""Cuts plain text into tokenised sentences, shard by shard, for the teacher to annotate.

    python models/language/sentences.py --shared ../shared --work DIR [--words N] [--force]

First the texts of the gold folders other than ``dev`` (the genre itself), then paragraphs drawn from the public-sector
text. Sentences are cut and tokenised as at run time and no sentence comes twice. A shard is CoNLL-U with forms only.
"""

from __future__ import annotations

import argparse
import lzma
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import spacy
from options import ABBREVIATIONS, SEED, add_options, skip
from spacy.language import Language
from tokens import read_abbreviations, set_tokenizer

from malbild.flow import flat_sentences
from malbild.read import read_text
from malbild.repeat import sentence_key
from malbild.segment import outline

SHARD = 20_000
"""Words of a shard, about."""
LONGEST = 120
"""Sentences of more words are left out: lists of law, mostly."""
TOGETHER = 400
"""Paragraphs cut into sentences as one text."""


def paragraphs(shared: Path, seed: int) -> Iterator[list[str]]:
    """Texts as lists of paragraphs: the gold texts whole, then the public-sector text, shuffled."""
    for folder in ("train", "train-labels", "own"):
        for path in sorted((shared / "gold" / folder).glob("*.txt")):
            yield [path.read_text(encoding="utf-8")]
    with lzma.open(shared / "data/raw/sv-public.txt.xz", "rt", encoding="utf-8") as lines:
        # Links belong to the web, not to the language.
        public = [line.strip() for line in lines if "](" not in line]
    random.Random(seed).shuffle(public)
    for start in range(0, len(public), TOGETHER):
        yield public[start : start + TOGETHER]


def sentences(texts: Iterable[list[str]]) -> Iterator[str]:
    """The distinct sentences of the texts as analysis sees them."""
    seen: set[str] = set()
    for text in texts:
        source = read_text("\n\n".join(text))
        for flat in flat_sentences(source, outline(source))[1]:
            key = sentence_key(flat.text)
            if key and key not in seen and any(letter.isalpha() for letter in flat.text):
                seen.add(key)
                yield flat.text


def tokenised(nlp: Language, text: str) -> list[str]:
    """The CoNLL-U lines of a sentence, forms only; empty if it is too long."""
    words = [token for token in nlp.make_doc(text) if not token.is_space]
    if not 2 <= len(words) <= LONGEST:
        return []
    return [
        f"{number}\t{word.text}\t_\t_\t_\t_\t0\tdep\t_\t{'_' if word.whitespace_ else 'SpaceAfter=No'}"
        for number, word in enumerate(words, 1)
    ]


def main() -> None:
    """Read the options, write the shards."""
    parser = add_options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    parser.add_argument("--words", type=int, default=3_000_000, help="how many words, about")
    args = parser.parse_args()
    folder, count = args.work / "plain", -(-args.words // SHARD)
    if skip(args, folder / f"{count - 1:03d}.conllu"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("sv")
    set_tokenizer(nlp, read_abbreviations(ABBREVIATIONS))
    cut = (lines for text in sentences(paragraphs(args.shared, SEED)) if (lines := tokenised(nlp, text)))
    for number in range(count):
        shard: list[str] = []
        words = 0
        while words < SHARD and (group := list(islice(cut, 50))):
            words += sum(map(len, group))
            shard += ["\n".join(lines) + "\n" for lines in group]
        (folder / f"{number:03d}.conllu").write_text("\n".join(shard) + "\n", encoding="utf-8")
    print(f"{folder}: {count} shards of about {SHARD} words")


if __name__ == "__main__":
    main()
