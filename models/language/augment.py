"""Makes a few more training sentences look like headings, list items and captions.

Treebanks hold whole sentences with a full stop; strategy texts hold much that is not. A modest share of the sentences
is given a second time: without its final mark, behind a list prefix ("- ", "2.1 "), with words in capitals or spoken.
And the few names of the treebanks are no sample of those in the world: sentences with a name are given again with other
names in the same places, of people and countries and of authorities and municipalities.
"""

from __future__ import annotations

import random

from treebank import Sentence, Word

Names = dict[str, list[str]]
"""Names to draw from, by kind."""

SHARE = {"bare": 0.12, "listed": 0.06, "shouted": 0.04, "lowered": 0.03, "spoken": 0.10}
"""Share of the parsed sentences repeated in each guise."""


def augmented(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    """New sentences made from some of ``sentences``; those given are not changed."""
    made = []
    for sentence in sentences:
        if not sentence.parsed:
            continue
        for guise, share in SHARE.items():
            if rng.random() < share:
                other = GUISES[guise](sentence.copy(), rng)
                if other is not None:
                    made.append(other)
    return made


def bare(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Without the final full stop."""
    words = sentence.words
    last = len(words) - 1
    if last < 2 or words[last].deprel != "punct" or any(word.head == last for word in words):
        return None
    words.pop()
    words[-1].space = True
    if sentence.names is not None:
        sentence.names.pop()
    return sentence


def listed(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """Behind a bullet or a number ("3", "3.", "3.1"); the number is a ``nummod`` of the root, as in Talbanken."""
    number = str(rng.randint(1, 12))
    prefix = rng.choice([["-"], ["–"], ["•"], ["*"], [number], [number, "."], [f"{number}.{rng.randint(1, 9)}"]])
    root = next(place for place, word in enumerate(sentence.words) if word.head < 0) + len(prefix)
    for word in sentence.words:
        word.head += len(prefix) if word.head >= 0 else 0
    if prefix[0][0].isdigit():
        front = [Word(prefix[0], prefix[0], "NUM", "", "NumType=Card", root, "nummod", space=len(prefix) == 1)]
        front += [Word(mark, mark, "PUNCT", "", "", 0, "punct") for mark in prefix[1:]]
    else:
        front = [Word(prefix[0], prefix[0], "PUNCT", "", "", root, "punct")]
    sentence.words[:0] = front
    if sentence.names is not None:
        sentence.names[:0] = ["O"] * len(front)
    return bare(sentence, rng) or sentence if rng.random() < 0.5 else sentence


def shouted(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """All in capitals, if short (a heading), else one or two words of it; lemmas stay."""
    places = range(len(sentence.words))
    for place in places if len(places) <= 9 else rng.sample(places, 2):
        sentence.words[place].form = sentence.words[place].form.upper()
    return sentence


def lowered(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """With a small first letter, as the items of a list often have."""
    first = sentence.words[0]
    if first.upos == "PROPN" or not first.form[:1].isupper() or first.form[1:2].isupper():
        return None
    first.form = first.form[:1].lower() + first.form[1:]
    return sentence


def spoken(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """With "dom" for "de" and "dem", as speeches have it (in official text "dom" is a judgment); lemmas stay."""
    words = [word for word in sentence.words if word.upos in ("PRON", "DET") and word.form.lower() in ("de", "dem")]
    for word in words:
        word.form = "Dom" if word.form.istitle() else "dom"
    return sentence if words else None


def renamed(sentences: list[Sentence], names: Names, rng: random.Random, times: int = 1) -> list[Sentence]:
    """Copies of the sentences that hold a name of a kind in ``names``, with names drawn from there; without trees."""
    named = [s for s in sentences if any(tag[2:] in names for tag in s.names or ())]
    return [_with_other_names(sentence, names, rng) for sentence in named for _ in range(times)]


def _with_other_names(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """Every name of a kind in ``names`` replaced by one drawn from there; a final "s" (genitive) is kept."""
    tags = sentence.names or []
    other = Sentence(sentence.id + "-renamed", "", names=[])
    assert other.names is not None
    for place, (word, tag) in enumerate(zip(sentence.words, tags, strict=True)):
        kind = tag[2:]
        if kind not in names:
            other.words.append(Word(word.form, space=word.space))
            other.names.append(tag)
        elif tag.startswith("B-"):
            name = rng.choice(names[kind]).split()
            last = place
            while tags[last + 1 : last + 2] == ["I-" + kind]:
                last += 1
            if sentence.words[last].form.endswith("s") and not name[-1].endswith("s"):
                name[-1] += "s"
            other.words += [Word(form) for form in name]
            other.words[-1].space = sentence.words[last].space
            other.names += [("I-" if number else "B-") + kind for number in range(len(name))]
    return other


GUISES = {"bare": bare, "listed": listed, "shouted": shouted, "lowered": lowered, "spoken": spoken}
