"""Attaches punctuation as UD_Swedish-Talbanken does.

The general rule of Universal Dependencies (a mark belongs to the highest word of the unit it sets off, without
crossing arcs) is followed here in the dialect of the official Talbanken, read off its development set:

* a comma between conjuncts belongs to the conjunct it introduces;
* paired quotes belong to the head of what they hold, when that is one unit, paired brackets to its governor;
* a comma that closes what an earlier comma opened inside the same unit belongs where the first one does;
* any other mark belongs to the word that governs the unit beginning (or ending) at it;
* at either end of the sentence, to the root.
"""

from __future__ import annotations

from treebank import Sentence, Word

PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "„": "“", "‘": "’"}
BRACKETS = frozenset("([{")
SAME = frozenset("\"'”’»")
"""Marks that may open as well as close."""


def attach_punctuation(sentence: Sentence) -> None:
    """Give every word tagged ``punct`` its head anew, from the tree of the other words; in place."""
    words = sentence.words
    marks = [place for place, word in enumerate(words) if word.deprel == "punct"]
    is_mark = [word.deprel == "punct" for word in words]
    if all(is_mark):
        return
    _lift_dependents(words, is_mark)
    partner = _partners(words)
    for place in marks:
        words[place].head = _head(words, is_mark, partner, place)


def _lift_dependents(words: list[Word], is_mark: list[bool]) -> None:
    """No word hangs on a mark: move it up to the first ancestor that is a word (or make it the root)."""
    for place, word in enumerate(words):
        if not is_mark[place]:
            while word.head >= 0 and is_mark[word.head]:
                word.head = words[word.head].head
    roots = [place for place, word in enumerate(words) if word.head < 0 and not is_mark[place]]
    for place in roots[1:]:
        words[place].head = roots[0]


def _partners(words: list[Word]) -> dict[int, int]:
    """Index of the other bracket or quote, for every one that has one."""
    partner: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    for place, word in enumerate(words):
        if word.deprel != "punct":
            continue
        known = [depth for depth, (_, closing) in enumerate(opened) if closing == word.form]
        if known:
            start = opened[known[-1]][0]
            partner[start], partner[place] = place, start
            del opened[known[-1] :]
        elif word.form in PAIRS:
            opened.append((place, PAIRS[word.form]))
        elif word.form in SAME:
            opened.append((place, word.form))
    return partner


def _head(words: list[Word], is_mark: list[bool], partner: dict[int, int], place: int) -> int:
    """The head of the mark at ``place``."""
    other = partner.get(place)
    if other is not None:
        start, end = min(place, other), max(place, other)
        tops = [i for i in range(start + 1, end) if not is_mark[i] and not start < words[i].head < end]
        if len(tops) == 1:
            governor = words[tops[0]].head
            return governor if words[start].form in BRACKETS and governor >= 0 else tops[0]
    left = _climb(words, is_mark, place, -1)
    right = _climb(words, is_mark, place, 1)
    root = next(i for i, word in enumerate(words) if word.head < 0 and not is_mark[i])
    if not left or not right:
        return root
    before, after = left[-1], right[-1]
    if words[after].head in left:
        if words[place].form == "," and words[after].deprel == "conj":
            return after
        return words[after].head
    if words[before].head in right:
        opening = _opening(words, place, before)
        return words[before].head if opening is None else words[opening].head
    return root


def _climb(words: list[Word], is_mark: list[bool], place: int, step: int) -> list[int]:
    """The nearest word on one side of ``place`` and its ancestors, as long as they stay on that side."""
    here = place + step
    while 0 <= here < len(words) and is_mark[here]:
        here += step
    if not 0 <= here < len(words):
        return []
    chain = [here]
    while words[here].head >= 0 and (words[here].head - place) * step > 0:
        here = words[here].head
        chain.append(here)
    return chain


def _opening(words: list[Word], place: int, top: int) -> int | None:
    """The comma or dash before ``place`` that stands after ``top`` and has its head in the unit of ``top``."""
    for here in range(place - 1, top, -1):
        if words[here].form == words[place].form and words[here].deprel == "punct":
            return here
    return None
