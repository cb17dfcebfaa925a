"""Cuts plain text into tokenised sentences, shard by shard, for the teacher to annotate.

    python models/language/sentences.py --shared ../shared --work DIR [--words N] [--named N] [--force]

First the texts of the gold folders other than ``dev`` (the genre itself), then paragraphs drawn from the public-sector
text; then, from the rest of it, only sentences rich in names, which plain text is poor in. Sentences are cut and
tokenised as at run time and no sentence comes twice. A shard is CoNLL-U with forms only.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
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
NAMED_LONGEST, NAMED_APART = 50, 14
"""Most words of a sentence rich in names, and most for every name in it."""
CAPITAL = re.compile("(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]")
"""A word that may be a name; sentences without two of them need not be tokenised."""
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


def named(lines: list[str]) -> bool:
    """Whether a sentence is rich in names: two runs of words with a capital behind the first word, and not long."""
    forms = [line.split("\t")[1] for line in lines]
    capital = [form[0].isupper() and not form.isupper() for form in forms]
    runs = sum(here and not before for before, here in pairwise([False, *capital[1:]]))
    return runs >= 2 and len(forms) <= min(NAMED_LONGEST, NAMED_APART * runs)


def write(folder: Path, name: str, groups: Iterator[list[list[str]]]) -> None:
    """Write a shard of groups of sentences, whole groups, of ``SHARD`` words or a little more."""
    shard: list[str] = []
    words = 0
    while words < SHARD and (group := next(groups, [])):
        words += sum(map(len, group))
        shard += ["\n".join(lines) + "\n" for lines in group]
    (folder / f"{name}.conllu").write_text("\n".join(shard) + "\n", encoding="utf-8")


def main() -> None:
    """Read the options, write the shards."""
    parser = add_options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    parser.add_argument("--words", type=int, default=3_200_000, help="how many words of any sentences, about")
    parser.add_argument("--named", type=int, default=1_020_000, help="how many words of sentences rich in names, about")
    args = parser.parse_args()
    folder, count, more = args.work / "plain", -(-args.words // SHARD), -(-args.named // SHARD)
    if skip(args, folder / f"{count - 1:03d}.conllu", folder / f"named{more - 1:02d}.conllu"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("sv")
    set_tokenizer(nlp, read_abbreviations(ABBREVIATIONS))
    texts = sentences(paragraphs(args.shared, SEED))
    cut = (lines for text in texts if (lines := tokenised(nlp, text)))
    fifties = iter(lambda: list(islice(cut, 50)), [])
    for number in range(count):
        write(folder, f"{number:03d}", fifties)
    capitals = (text for text in texts if len(CAPITAL.findall(text)) >= 2)
    singly = ([lines] for text in capitals if (lines := tokenised(nlp, text)) and named(lines))
    for number in range(more):
        write(folder, f"named{number:02d}", singly)
    print(f"{folder}: {count} and {more} shards of about {SHARD} words")


if __name__ == "__main__":
    main()
