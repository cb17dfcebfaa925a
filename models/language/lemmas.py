"""Makes the lexicon of lemmas, by part of speech and form: ``lemmas.json``.

    python models/language/lemmas.py --shared ../shared --work DIR --silver DIR [--trees FILE] [--force]

A form that the treebanks hold has their lemma, and one of a strong verb (``sv/strong_verbs.txt``) its infinitive. Else
every lemma that the teacher gave it somewhere in the silver is weighed, and every one that an ending seen in the
treebanks would make of it with the same features ("-arna" to "-are"): how common the ending is, how often the lemma
itself is met as a word in its basic form, how often the teacher chose it. So "lärarnas" is "lärare" and not "lär",
whatever the teacher made of it in one sentence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import srsly
from options import read_options, skip
from sources import talbanken_and_pud
from treebank import Sentence, Word, read_conllu

from malbild import sv

OPEN = frozenset({"NOUN", "VERB", "ADJ"})
"""Parts of speech whose lemmas are found by weighing; of others, only what the treebanks have, and adverbs."""
NAMES = frozenset({"PROPN", "X", "PUNCT", "NUM", "SYM"})
"""Parts of speech with no entries: their lemma is the form, or hangs on capitals."""
SEEN = 2
"""Times a form is met in the silver at least."""
STRONG_VERBS = Path(sv.__file__).with_name("strong_verbs.txt")
STEM = 2
"""Letters of a form that an ending leaves standing at least."""

PREFIXES = (
    "an", "av", "be", "bort", "bi", "er", "fram", "från", "för", "före", "genom", "hem", "igen", "in", "inne", "kvar",
    "med", "miss", "mot", "ned", "ner", "när", "om", "på", "sam", "samman", "till", "und", "under", "upp",
    "ut", "utom", "vid", "vidare", "åter", "över",
)  # fmt: skip
"""What strong verbs are put together with."""

Key = tuple[str, str]
"""A form in small letters and its part of speech."""


def basic(word: Word) -> bool:
    """Whether a word stands in the form that is its lemma: singular indefinite, infinitive, positive."""
    feats = set(word.feats.split("|"))
    if word.upos == "NOUN":
        single = {"Definite=Ind", "Number=Sing"} <= feats
        return "Case=Nom" in feats and (single or not any(feat.startswith("Definite") for feat in feats))
    if word.upos == "ADJ":
        return {"Definite=Ind", "Degree=Pos", "Gender=Com"} <= feats
    return word.upos == "VERB" and "VerbForm=Inf" in feats


def lemma_of(word: Word) -> str:
    """The lemma; small letters where the capital is that of a sentence's first word."""
    return word.lemma.lower() if word.form.istitle() else word.lemma


def endings(form: str, lemma: str) -> tuple[str, str]:
    """What of the form falls off and what comes instead.

    >>> endings("lärarnas", "lärare")
    ('nas', 'e')
    """
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return form[same:], lemma[same:]


@dataclass(frozen=True, slots=True)
class StrongVerbs:
    """The infinitives of the forms of strong verbs, of words that stand alone and of such as have a prefix."""

    alone: dict[str, str]
    prefixed: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> StrongVerbs:
        """Read the list; verbs marked with ``*`` have neither prefixes nor a passive."""
        alone: dict[str, str] = {}
        prefixed: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            infinitive, *forms = line.partition("#")[0].split() or [""]
            for form in forms:
                alone.setdefault(form, infinitive.removesuffix("*"))
            for form in forms if not infinitive.endswith("*") else ():
                alone.setdefault(f"{form}s", infinitive)
                prefixed.update({form: infinitive, f"{form}s": infinitive})
        return cls(alone, prefixed)

    def infinitive(self, form: str) -> str | None:
        """The infinitive of a form, the longest verb first."""
        if form in self.alone:
            return self.alone[form]
        for start in range(1, len(form)):
            if form[:start] in PREFIXES and (found := self.prefixed.get(form[start:])):
                return form[:start] + found
        return None


class Evidence:
    """What the treebanks and the silver say of forms and lemmas."""

    def __init__(self, strong: StrongVerbs) -> None:
        self.strong = strong
        self.gold: dict[Key, Counter[str]] = defaultdict(Counter)
        self.silver: dict[Key, Counter[str]] = defaultdict(Counter)
        self.feats: dict[Key, Counter[str]] = defaultdict(Counter)
        self.rules: dict[Key, Counter[tuple[str, str]]] = defaultdict(Counter)
        self.basic: Counter[Key] = Counter()

    def learn_gold(self, sentences: Iterable[Sentence]) -> None:
        """Take lemmas, and what endings become by features; a form counts once for its rule."""
        seen = set()
        for word in words(sentences):
            form, lemma = word.form.lower(), lemma_of(word)
            self.gold[form, word.upos][lemma] += 1
            if word.upos in OPEN:
                self.basic[lemma, word.upos] += 5 * ((form, word.upos) not in seen) + 3 * (
                    basic(word) and form == lemma
                )
                if (form, word.upos, word.feats) not in seen:
                    self.rules[word.feats, word.upos][endings(form, lemma)] += 1
                seen |= {(form, word.upos), (form, word.upos, word.feats)}

    def learn_silver(self, sentences: Iterable[Sentence]) -> None:
        """Take the teacher's lemmas and features."""
        for word in words(sentences):
            form = word.form.lower()
            self.silver[form, word.upos][lemma_of(word)] += 1
            self.feats[form, word.upos][word.feats] += 1
            self.basic[form, word.upos] += basic(word)

    def best(self, key: Key) -> str | None:
        """The lemma of a form, if anything is known of it."""
        form, pos = key
        if key in self.gold:
            return self.gold[key].most_common(1)[0][0]
        if pos in ("VERB", "AUX") and (infinitive := self.strong.infinitive(form)):
            return infinitive
        votes = self.silver[key]
        total = sum(votes.values())
        if total < SEEN or pos not in OPEN | {"ADV"}:
            return None
        if pos == "ADV":
            return votes.most_common(1)[0][0]
        likely = self.by_endings(form, pos)

        def weight(lemma: str) -> tuple[float, str]:
            met = math.log(1 + self.basic[lemma, pos])
            return math.log(likely[lemma] + 1e-3) + met + math.log(votes[lemma] / total + 0.02), lemma

        return max({*likely, *votes}, key=weight)

    def by_endings(self, form: str, pos: str) -> Counter[str]:
        """The lemmas that known endings would make of a form, each with the share of its best rule."""
        found: Counter[str] = Counter()
        every = sum(self.feats[form, pos].values())
        for feats, count in self.feats[form, pos].items():
            rules = self.rules[feats, pos]
            for (off, on), times in rules.items():
                if form.endswith(off) and len(form) - len(off) >= STEM:
                    lemma = form[: len(form) - len(off)] + on
                    found[lemma] = max(found[lemma], times / rules.total() * count / every)
        return found

    def lexicon(self) -> dict[str, dict[str, str]]:
        """Lemmas by part of speech and form."""
        entries: dict[str, dict[str, str]] = defaultdict(dict)
        for form, pos in sorted({*self.gold, *self.silver}):
            if lemma := self.best((form, pos)):
                entries[pos][form] = lemma
        return dict(sorted(entries.items()))


def words(sentences: Iterable[Sentence]) -> Iterator[Word]:
    """The words that have entries: of parsed sentences, no names."""
    for sentence in sentences:
        yield from (word for word in sentence.words if word.upos not in NAMES) if sentence.parsed else ()


def main() -> None:
    """Read the options, gather, weigh, write."""
    args = read_options(__doc__)
    out: Path = args.work / "lemmas.json"
    if skip(args, out):
        return
    evidence = Evidence(StrongVerbs.read(STRONG_VERBS))
    for bank in talbanken_and_pud(args.shared, True, args.trees, args.without):
        evidence.learn_gold(bank)
    for path in sorted(args.silver.glob("*.conllu")):
        evidence.learn_silver(read_conllu(path))
    entries = evidence.lexicon()
    srsly.write_json(out, entries)
    print(f"{out.name}:", ", ".join(f"{pos} {len(lemmas)}" for pos, lemmas in entries.items()))


if __name__ == "__main__":
    main()
