"""The way of texts through a back-end: cut to words, annotated in order of length, laid back on the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

from malbild.annotate.sentence import one_sentence, words_only


def annotated_texts(
    texts: Iterable[str], together: int, tokenize: Callable[[str], Doc], annotate: Callable[[list[Doc]], list[Doc]]
) -> Iterator[Doc]:
    """One ``Doc`` for each text, in order, as ``Annotator.pipe`` promises.

    Args:
        texts: the sentences.
        together: how many texts are read ahead and annotated together.
        tokenize: a text's tokens, white space among them.
        annotate: the words of texts, in order of length, annotated in that order: those of a batch are alike, and none
            waits for a long one. May give back the Docs it was given.
    """
    stream = iter(texts)
    while chunk := list(islice(stream, together)):
        made = [tokenize(text) for text in chunk]
        words = [words_only(doc) for doc in made]
        order = sorted(range(len(chunk)), key=lambda i: len(words[i]))
        done = list(made)
        for i, parsed in zip(order, annotate([words[i] for i in order]), strict=True):
            # Where the words are the tokens as they stand, the parsed Doc needs no laying back.
            done[i] = one_sentence(parsed if words[i] is made[i] and len(parsed) else made[i], parsed)
        yield from done
