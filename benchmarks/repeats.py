#!/usr/bin/env python3
"""How well and how fast repeats are found among real sentences, with planted ones, by malbild and by its peers.

    repeats.py [--only truth|peers|all] [--shared ../shared] [--sizes 10000 100000 1000000] [--limit 600] [--errors]
        [--methods malbild rensa ...]

needs scikit-learn and psutil, and of the peers those that are to be measured: datasketch, rensa, semhash, rapidfuzz,
sparse_dot_topn. The sentences are those of ``data/raw``, as malbild cuts them, each key once, drawn by chance; they are
cut once, into build/benchmarks/repeats (remove it to have them cut anew).

*Truth*: 10,000 sentences, in stretches of a hundred, and 2,000 planted copies. By brute force every pair of a Jaccard
similarity of 0.3 on its four-letter strings is compared, and every pair that was planted: what of these do groups hold?
Then what the planter says, kind by kind. *Peers*: at every size 36.5 % of the sentences are planted copies, as many as
it takes to make 1,000,000 of the 635,000 there are. --errors prints what is wrong, and near repeats that nobody has
planted.
"""

from __future__ import annotations

import argparse
import lzma
import math
import os
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from folds import SHARED
from machine import described
from repeats_peers import METHODS, J, Measured, Pairs, measured, similar
from repeats_planted import Lists, Planted, kinds, lists, planted

from malbild.flat import flatten
from malbild.read import read_text
from malbild.repeat import compare, groups, sentence_key, similarity
from malbild.segment import outline

WORK = Path(__file__).parents[1] / "build/benchmarks/repeats"
_LOW = 0.3
_BRUTE = 10_000
"""So many sentences are compared each with each."""
_DRAWN = 0.635
"""The share of sentences that are drawn, the rest being planted."""
_PARAGRAPHS, _STRETCH = 2000, 100
Related = dict[tuple[int, int], str]
"""Of pairs of rows, the smaller first: "near" or "variant"."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentences in any order, and of every planted copy the rows of its source and of itself.

    Both rows are one where the copy has its source's key.
    """

    texts: list[str]
    copies: list[tuple[int, int, Planted]]

    def keys(self) -> list[str]:
        return [sentence_key(text) for text in self.texts]


def distinct(shared: Path) -> list[str]:
    """All sentences of the raw texts, each key once."""
    path = WORK / "sentences.txt"
    if not path.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_cut(shared / "data/raw/sv-public.txt.xz")), "utf-8")
    first: dict[str, str] = {}
    for text in path.read_text("utf-8").split("\n"):
        first.setdefault(sentence_key(text), text)
    return list(first.values())


def _cut(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    for start in range(0, len(lines), _PARAGRAPHS):
        source = read_text("\n\n".join(lines[start : start + _PARAGRAPHS]) + "\n")
        for sentence in outline(source).sentences:
            yield flatten(sentence.span.quote(source.text)).text


def stretches(sentences: Sequence[str], size: int, chance: random.Random) -> list[str]:
    """Sentences in stretches of a hundred, so that neighbours that repeat each other come together."""
    starts = chance.sample(range(0, len(sentences) - _STRETCH, _STRETCH), math.ceil(size / _STRETCH))
    return [text for start in starts for text in sentences[start : start + _STRETCH]][:size]


def corpus(chosen: list[str], count: int, known: Lists, others: int = 0, exact: bool = False) -> Corpus:
    """Sentences and ``count`` copies of them, ``others`` with another word; see ``planted``."""
    chance = random.Random(len(chosen))
    made = planted(chosen, count, known, len(chosen), others, exact)
    texts = chosen + [copy.text for copy in made]
    kept = list({sentence_key(text): n for n, text in reversed(list(enumerate(texts)))}.values())
    chance.shuffle(kept)
    row = {sentence_key(texts[n]): at for at, n in enumerate(kept)}
    copies = [(row[sentence_key(chosen[copy.row])], row[sentence_key(copy.text)], copy) for copy in made]
    return Corpus([texts[n] for n in kept], copies)


# Truth


def told(texts: Sequence[str]) -> tuple[Related, int]:
    """What groups say of pairs, and of how many they say both; near counts then."""
    found: Related = {}
    both = set()
    for group in groups(texts):
        for version in group.versions:
            for pair in combinations(sorted(version), 2):
                if found.get(pair, "near") != "near":
                    both.add(pair)
                found[pair] = "near"
        for one, other in combinations(group.versions, 2):
            for pair in ((min(a, b), max(a, b)) for a in one for b in other):
                if found.setdefault(pair, "variant") == "near":
                    both.add(pair)
    return found, len(both)


def judged(texts: Sequence[str], pairs: Iterable[tuple[int, int]]) -> Related:
    """What ``compare`` says of pairs; those it does not relate are left out."""
    relations = ((pair, compare(texts[pair[0]], texts[pair[1]])) for pair in sorted(pairs))
    return {pair: relation.kind for pair, relation in relations if relation}


def _rows(pairs: Pairs) -> list[tuple[int, int]]:
    return [(a, b) for a, b in pairs.tolist()]


def truth(sentences: Sequence[str], known: Lists, errors: bool) -> None:
    made = corpus(stretches(sentences, 10_000, random.Random(1)), 2_000, known, others=200, exact=True)
    found, both = told(made.texts)
    sown = {(min(a, b), max(a, b)) for a, b, _ in made.copies if a != b}
    close = similar(made.keys(), _LOW)[0]
    right = judged(made.texts, {*_rows(close), *sown, *found})
    count = len(made.texts)
    print(f"\n## Truth: {count:,} distinct sentences, {len(made.copies):,} of them planted copies\n")
    print(f"Of {math.comb(count, 2):,} pairs {len(close):,} have J >= {_LOW}; {both} are told both near and variant.\n")
    _print_join(right, found)
    _print_kinds(made.copies, found)
    _print_shingles(sentences)
    if errors:
        _print_errors(made, right, found)
        _print_own(sentences)


def _print_join(right: Related, found: Related) -> None:
    print("| pairs | compare relates | groups say the same | the other | nothing | recall | groups give | precision |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind, other in (("near", "variant"), ("variant", "near")):
        said = Counter(found.get(pair) for pair, what in right.items() if what == kind)
        given = [pair for pair, what in found.items() if what == kind]
        rightly = sum(right.get(pair) == kind for pair in given)
        print(
            f"| {kind} | {said.total():,} | {said[kind]:,} | {said[other]:,} | {said[None]:,} "
            f"| {_share(said[kind], said.total())} | {len(given):,} | {_share(rightly, len(given))} |"
        )


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.4f}" if whole else "–"


def _print_kinds(copies: Sequence[tuple[int, int, Planted]], found: Related) -> None:
    """What groups say of every kind of copy and its source."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b, copy in copies:
        what = "same key" if a == b else found.get((min(a, b), max(a, b)), "nothing")
        for name in (copy.kind, copy.label):
            said[name][what] += 1
    labels = {kind: label for kind, (label, _) in kinds(_NO_LISTS).items()}
    print("\n| planted | should be | copies | same key | near | variant | nothing | right |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind, label in sorted(labels.items(), key=lambda item: item[1]) + [(f"{n}", n) for n in ("near", "variant")]:
        is_, name = said[kind], f"all {kind}" if kind == label else kind
        right = (
            is_["near"] + is_["same key"] if label == "near" else is_["variant" if label == "variant" else "nothing"]
        )
        cells = [is_.total(), *(is_[what] for what in ("same key", "near", "variant", "nothing"))]
        should = "nothing" if label == "other" else label
        print(f"| {name} | {should} | {' | '.join(map(str, cells))} | {_share(right, is_.total())} |")
    near = {label: said[label]["near"] + said[label]["same key"] for label in ("near", "variant", "other")}
    print(f"\nNear by the planter: recall {_share(near['near'], said['near'].total())}, ", end="")
    print(
        f"precision {_share(near['near'], sum(near.values()))}; value-changed called near: {near['variant']}; ", end=""
    )
    print(f"variant recall {_share(said['variant']['variant'], said['variant'].total())}.")


_NO_LISTS = Lists(frozenset(), {}, {}, {})


def _print_shingles(sentences: Sequence[str]) -> None:
    """What another word in a random place does to the similarity of sentences of fifteen words."""
    chance = random.Random(1)
    long = chance.sample([text for text in sentences if text.count(" ") == 14], 1000)
    pairs = []
    for text, other in pairwise(long):
        words, at = text.split(), chance.randrange(15)
        pairs.append((text, " ".join([*words[:at], chance.choice(other.split()), *words[at + 1 :]])))
    on_words = statistics.median(_jaccard(_shingles(one), _shingles(other)) for one, other in pairs)
    on_letters = statistics.median(similarity(one, other) for one, other in pairs)
    found = [f"{b}x{r} bands find {1 - (1 - J**r) ** b:.2f}" for b, r in ((14, 8), (25, 5))]
    print(
        f"\nOne of fifteen words replaced: median Jaccard {on_words:.2f} on strings of five words, {on_letters:.2f} on "
        f"strings of four letters. Of pairs at J = {J}, {', '.join(found)}."
    )


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = sentence_key(text).split()
    return {tuple(words[n : n + 5]) for n in range(max(1, len(words) - 4))}


def _jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def _print_errors(made: Corpus, right: Related, found: Related) -> None:
    wanted = {"near": "near", "variant": "variant", "other": None}
    print("\n## Planted and told otherwise, in brackets what compare says\n")
    for a, b, copy in sorted(made.copies, key=lambda told: told[2].kind):
        pair = min(a, b), max(a, b)
        if a != b and (said := found.get(pair)) != wanted[copy.label]:
            _print_pair(f"{copy.kind}: {said} [{right.get(pair)}]", made.texts, (a, b))
    print("\n## Groups and compare differ\n")
    for pair in sorted(p for p in right.keys() | found.keys() if right.get(p) != found.get(p)):
        _print_pair(f"groups {found.get(pair)}, compare {right.get(pair)}", made.texts, pair)


def _print_own(sentences: Sequence[str], many: int = 100) -> None:
    """Near repeats among all sentences, none of which was planted."""
    versions = [version for group in groups(sentences) for version in group.versions if len(version) > 1]
    print(f"\n## {many} of {sum(math.comb(len(v), 2) for v in versions):,} near pairs that nobody planted\n")
    chance = random.Random(1)
    for members in chance.sample(versions, min(many, len(versions))):
        _print_pair("near", sentences, chance.sample(members, 2))


def _print_pair(head: str, texts: Sequence[str], pair: Sequence[int]) -> None:
    print(f"- {head}\n    {texts[pair[0]]}\n    {texts[pair[1]]}")


# Peers

_TRUTHS = ("related", "planted", "all")
_COLUMNS = f"""
Malbild and what is "compared" tell near from variant; the others give pairs that may be alike. Recall is told at
J >= {J}: of the pairs that compare relates, near or variant (of planted ones, if there are over {_BRUTE:,} sentences);
of all that were planted; of all pairs. Semhash has its models on a hub; here it has a mean of malbild's word vectors.
Rensa's C-MinHash has no index of bands and is left out.

| method | threads | sentences | seconds | of CPU | MB | pairs | of them J >= {J} | related | planted | all |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def peers(sentences: Sequence[str], known: Lists, sizes: Sequence[int], limit: float, only: Sequence[str]) -> None:
    print(f"\n## Peers, {os.cpu_count()} cores, threads as told\n{_COLUMNS}")
    seconds: dict[str, dict[int, float]] = defaultdict(dict)
    late: set[str] = set()
    for size in sizes:
        drawn = round(size * _DRAWN)
        made = corpus(random.Random(size).sample(sentences, drawn), size - drawn, known)
        texts, pairs, asked = _written(made, size)
        for name, method in METHODS.items():
            if size > method.most or name in late or (only and name not in only):
                continue
            result = measured(name, texts, pairs, limit)
            print(f"| {method.name} | {method.threads} | {len(made.texts):,} | {_told(result, asked)} |", flush=True)
            if isinstance(result, Measured):
                seconds[method.name][size] = result.seconds
            else:
                late.add(name)
    _print_growth(seconds, sizes)


def _written(made: Corpus, size: int) -> tuple[Path, Path, dict[str, int]]:
    """A file of the sentences, one of the pairs that are to be found, and how many these are."""
    sown = [(min(a, b), max(a, b)) for a, b, _ in made.copies]
    sown = [(a, b) for a, b in sown if similarity(made.texts[a], made.texts[b]) >= J]
    asked = {"planted": np.array(sown, np.int64)}
    if size <= _BRUTE:
        asked["all"] = similar(made.keys(), J)[0]
    asked["related"] = np.array(list(judged(made.texts, _rows(asked.get("all", asked["planted"])))), np.int64)
    texts, pairs = WORK / f"texts-{size}.txt", WORK / f"pairs-{size}.npz"
    texts.write_text("\n".join(made.texts), "utf-8")
    np.savez(pairs, **asked)
    return texts, pairs, {name: len(rows) for name, rows in asked.items()}


def _told(result: Measured | str, asked: dict[str, int]) -> str:
    if isinstance(result, str):
        return " | ".join([result, *"–" * 7])
    measures = (
        f"{result.seconds:.1f} | {result.worked:.1f} | {result.megabytes:.0f} | {result.pairs:,} | {result.alike:.3f}"
    )
    recall = [_share(result.found[name], asked[name]) if name in asked else "–" for name in _TRUTHS]
    return " | ".join([measures, *recall])


def _print_growth(seconds: dict[str, dict[int, float]], sizes: Sequence[int]) -> None:
    lower, upper = sizes[-2:] if len(sizes) > 1 else (0, 0)
    for name, took in seconds.items():
        if lower in took and upper in took:
            power = math.log(took[upper] / took[lower]) / math.log(upper / lower)
            print(f"\nFrom {lower:,} to {upper:,} sentences {name} grows with n^{power:.2f}.", end="")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", choices=["truth", "peers", "all"], default="all")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--limit", type=float, default=600, help="seconds that a run may take")
    parser.add_argument("--methods", nargs="+", default=[], choices=METHODS, help="only these peers")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    sentences = distinct(options.shared)
    known = lists(sentences, options.shared / "data")
    print(f"{described()}; {len(sentences):,} distinct sentences")
    if options.only in ("truth", "all"):
        truth(sentences, known, options.errors)
    if options.only in ("peers", "all"):
        peers(sentences, known, options.sizes, options.limit, options.methods)


if __name__ == "__main__":
    main()
