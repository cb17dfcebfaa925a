"""Reads treebanks (CoNLL-U) and name annotation (IOB2, one-tag-a-word lists) into plain sentences.

Not a full CoNLL-U library: comments other than ``sent_id`` and ``text``, enhanced graphs, empty nodes and multiword
ranges are skipped, because nothing here is trained from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(slots=True)
class Word:
    """One token. ``head`` is an index into the sentence's words, ``-1`` for the root."""

    form: str
    lemma: str = ""
    upos: str = ""
    xpos: str = ""
    feats: str = ""
    head: int = -1
    deprel: str = ""
    space: bool = True
    misc: str = ""


@dataclass(slots=True)
class Sentence:
    """The words of one sentence; ``names`` are IOB tags, one a word, or ``None`` where names were not annotated."""

    id: str
    text: str
    words: list[Word] = field(default_factory=list)
    names: list[str] | None = None

    @property
    def parsed(self) -> bool:
        """Whether the sentence has tags and a tree (lists of names have neither)."""
        return bool(self.words) and bool(self.words[0].deprel)

    def copy(self) -> Sentence:
        """A copy whose words can be changed."""
        names = None if self.names is None else list(self.names)
        return Sentence(self.id, self.text, [replace(word) for word in self.words], names)


def is_tree(words: list[Word]) -> bool:
    """Whether there is one root and every word leads to it."""
    if sum(word.head < 0 for word in words) != 1:
        return False
    for word in words:
        seen = 0
        while word.head >= 0:
            word, seen = words[word.head], seen + 1
            if seen > len(words):
                return False
    return True


def dependents(words: list[Word], head: int) -> list[int]:
    """Places of the words that hang on ``head``."""
    return [place for place, word in enumerate(words) if word.head == head]


def split_numbers(sentence: Sentence) -> None:
    """Take numbers written with spaces ("5 000") apart, in place: the first group heads the others (``flat``).

    The tokenizer always cuts at a space, so at run time such a number is several tokens.
    """
    place = 0
    while place < len(sentence.words):
        first, *rest = sentence.words[place].form.split(" ")
        if rest and first[:1].isdigit():
            word = sentence.words[place]
            more = [Word(form, form, word.upos, word.xpos, word.feats, place, "flat") for form in rest]
            more[-1].space, word.space, word.form, word.lemma = word.space, True, first, first
            for other in sentence.words:
                other.head += len(more) if other.head > place else 0
            sentence.words[place + 1 : place + 1] = more
            if sentence.names is not None:
                sentence.names[place + 1 : place + 1] = ["O"] * len(more)
        place += 1


def blocks(path: Path) -> Iterator[list[str]]:
    """The stretches of lines between blank lines."""
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file."""
    for lines in blocks(path):
        sentence = Sentence("", "")
        for line in lines:
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                if key.strip() == "sent_id":
                    sentence.id = value.strip()
                elif key.strip() == "text":
                    sentence.text = value.strip()
                continue
            number, form, lemma, upos, xpos, feats, head, deprel, _, misc = line.split("\t")
            if number.isdigit():
                empty = "" if feats == "_" else feats
                space = "SpaceAfter=No" not in misc
                sentence.words.append(Word(form, lemma, upos, xpos, empty, int(head) - 1, deprel, space, misc))
        yield sentence


def conllu_row(number: int, word: Word, misc: str = "_") -> str:
    """The line of a word in a CoNLL-U file; what is not known of it is ``_``."""
    known = (word.lemma or "_", word.upos, word.xpos or "_", word.feats or "_", word.head + 1, word.deprel)
    return "\t".join(map(str, (number, word.form, *known, "_", misc)))


def facts_of(word: Word) -> dict[str, str]:
    """What the last column of a CoNLL-U file says of a word: ``{"Name": "B-ORG"}`` of ``Name=B-ORG``."""
    return dict(fact.split("=", 1) for fact in word.misc.split("|") if "=" in fact)


def read_iob2(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The words and IOB tags of every sentence of a Universal NER file."""
    for lines in blocks(path):
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        yield [row[1] for row in rows], [row[2] for row in rows]


def add_names(sentences: list[Sentence], path: Path) -> None:
    """Lay the tags of a Universal NER file on the sentences of its treebank.

    The two files are in different orders and not equally long, so sentences are found by their words. A sentence not
    found keeps no names (``None``: unknown).
    """
    tagged = {tuple(words): tags for words, tags in read_iob2(path)}
    for sentence in sentences:
        sentence.names = tagged.get(tuple(word.form for word in sentence.words))


def read_name_list(path: Path, tags: frozenset[str] = frozenset({"PER", "ORG", "LOC"})) -> Iterator[Sentence]:
    """The sentences of the Swedish NER corpus: a word and a tag a line, no B or I.

    Neighbouring words with one tag are one name. Tags other than ``tags`` (MISC, a stray "bn") become "?", which is
    trained as *unknown*, neither a name nor none.
    """
    for number, lines in enumerate(blocks(path), 1):
        sentence, previous = Sentence(f"klintan-{number}", "", names=[]), "0"
        for line in lines:
            form, _, tag = line.replace("\t", " ").rpartition(" ")
            if not form.strip():
                continue
            sentence.words.append(Word(form.strip()))
            assert sentence.names is not None
            if tag == "0":
                sentence.names.append("O")
            elif tag in tags:
                sentence.names.append(("I-" if tag == previous else "B-") + tag)
            else:
                sentence.names.append("?")
            previous = tag
        yield sentence


def name_spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and label of the names in a list of IOB tags."""
    start = None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield start, place, tags[start][2:]
            start = None
        if tag.startswith("B-"):
            start = place


def hold_names(sentences: list[Sentence], first: int = 0, every: int = 12) -> list[Sentence]:
    """Take the names off every twelfth sentence, in place, to measure on; gives copies of these with their names."""
    held = [sentence.copy() for sentence in sentences[first::every]]
    for sentence in sentences[first::every]:
        sentence.names = None
    return held


def read_public_names(folder: Path) -> dict[str, list[str]]:
    """Names of Swedish authorities, ministries and municipalities (ORG) and of places (LOC)."""

    def rows(name: str) -> list[list[str]]:
        return [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").splitlines() if line.strip()]

    agencies, municipalities, counties = rows("myndigheter_se.tsv"), rows("kommuner_se.txt"), rows("lan_se.txt")
    organisations = [row[0] for row in agencies] + [row[0] for row in rows("departement_se.txt")]
    organisations += [row[1] for row in agencies if len(row) > 1 and row[1]] + [row[0] for row in municipalities]
    organisations += [f"Region {row[1]}" for row in counties] * 5
    return {"ORG": organisations, "LOC": [row[1] for row in municipalities] + [row[0] for row in counties] * 5}
