"""Holds a parsed ``Doc`` to its promises: one sentence, one tree, every character of the text.

Treebanks know no tokens of white space, no soft hyphens and no headings in capitals, and a parser may leave a sentence
with two roots. So the words alone are parsed, in plain spelling, and what was found is laid back on the text as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc, Token

NAMES = frozenset({"PROPN", "X"})
"""Parts of speech that keep the capital of their lemma."""
UNSEEN = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
"""Soft hyphens and other marks without width, inside words."""
LONG = 5
"""Letters a word in capitals has at least that is no acronym."""


def words_only(doc: Doc) -> Doc:
    """The words of a text, plainly spelt, as one sentence the parser may not split; ``doc`` itself if nothing changes.

    Soft hyphens are taken out, and a text all in capitals is given small letters.
    """
    words = [token for token in doc if not token.is_space]
    given = [word.text for word in words]
    forms = [UNSEEN.sub("", form) or form for form in given]
    if doc.text.isupper() and any(len(form) >= LONG and form.isalpha() for form in forms):
        forms = [form.lower() for form in forms]
        forms[0] = forms[0].capitalize()
    if len(words) < len(doc) or forms != given:
        doc = Doc(doc.vocab, words=forms, spaces=[bool(word.whitespace_) for word in words])
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def one_sentence(text: Doc, parsed: Doc) -> Doc:
    """``parsed`` laid back on the tokens of ``text``, with one root.

    Args:
        text: the tokenized text, white space and all.
        parsed: its annotated words, as ``words_only`` gave them; may be ``text`` itself.
    """
    lower_lemmas(parsed)
    roots = [token for token in parsed if token.head.i == token.i]
    if len(roots) == 1 and parsed is text:
        return parsed
    return _rebuilt(text, parsed, roots)


def unsure_lemmas(doc: Doc) -> list[int]:
    """Places of common words with a capital whose lemma is no more than the word as it stands.

    The lemmatizer edits forms, and has not seen every ending behind every capital: "Insatserna" at the beginning of a
    sentence is left as it is, "insatserna" becomes "insats".
    """
    return [token.i for token in doc if token.is_title and token.pos_ not in NAMES and token.lemma_ == token.text]


def lower_lemmas(doc: Doc) -> None:
    """Small letters for the lemma of a common word that has a capital only because it begins a sentence; in place.

    A word that was all ending to the lemmatizer ("erna") is its own lemma.
    """
    for token in doc:
        if not token.lemma:
            token.lemma_ = token.text
        if token.is_title and token.pos_ not in NAMES and not token.lemma_.islower():
            token.lemma_ = token.lemma_.lower()


def main_root(roots: list[Token]) -> Token:
    """The root to keep: the first verb, else the first that is no punctuation, else the first."""
    verbs = [token for token in roots if token.pos_ in ("VERB", "AUX")]
    words = [token for token in roots if token.pos_ != "PUNCT"]
    return (verbs or words or roots)[0]


def _rebuilt(text: Doc, parsed: Doc, roots: list[Token]) -> Doc:
    """A new ``Doc`` over all tokens of ``text``: lesser roots hang on the main one, white space on the word before."""
    if not len(text):
        return text
    place = [token.i for token in text if not token.is_space]
    main = main_root(roots).i if roots else 0
    size = len(text)
    pos, lemmas, morphs = ["SPACE"] * size, [token.text for token in text], [""] * size
    heads, deps = _space_heads(text, place), ["dep"] * size
    names = ["O"] * size
    for token, here in zip(parsed, place, strict=True):
        pos[here], lemmas[here], morphs[here] = token.pos_, token.lemma_, str(token.morph)
        names[here] = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        if token.head.i != token.i or token.i == main:
            heads[here], deps[here] = place[token.head.i], token.dep_
        else:
            heads[here], deps[here] = place[main], "punct" if token.pos_ == "PUNCT" else "parataxis"
    for here in range(1, size - 1):
        if pos[here] == "SPACE" and names[here + 1].startswith("I-"):
            names[here] = names[here + 1]
    if not place:
        deps[0] = "ROOT"
    return Doc(
        text.vocab,
        words=[token.text for token in text],
        spaces=[bool(token.whitespace_) for token in text],
        pos=pos,
        lemmas=lemmas,
        morphs=morphs,
        heads=heads,
        deps=deps,
        ents=names,
    )


def _space_heads(text: Doc, place: list[int]) -> list[int]:
    """For every token the word it stands at or after; the first word for what stands before it."""
    heads = [place[0] if place else 0] * len(text)
    for here, after in pairwise([*place, len(text)]):
        heads[here:after] = [here] * (after - here)
    return heads
