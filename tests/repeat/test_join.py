"""The join finds every pair that comparison relates: its filters lose none."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from malbild.repeat import compare
from malbild.repeat.groups import signed
from malbild.repeat.hopeless import hopeful
from malbild.repeat.join import candidates
from malbild.repeat.relate import relate
from malbild.repeat.signatures import Signed, merged, parameters, sign

WORDS = [
    "staden",
    "kommunen",
    "regionen",
    "ökade",
    "minskade",
    "ska",
    "har",
    "inte",
    "40",
    "47",
    "2030",
    "procent",
    "kronor",
    "Umeå",
    "Sundsvall",
    "Helsingfors",
    "och",
    "i",
    "på",
    "med",
    "det",
    "en",
    "ett",
    "skolorna",
    "bostäder",
    "bostäderna",
    "trafiken",
    "utsläppen",
    "samarbetet",
    "högskolan",
    "nämnden",
    "föreningarna",
    "jämställdhet",
    "miljön",
    "lokaler",
    "planen",
    "målet",
    "andelen",
    "elever",
    "fler",
    "färre",
    "högre",
    "lägre",
    "tre",
    "fyra",
    "januari",
    "maj",
    "1",
    "000",
    "till",
    "från",
    "också",
    "%",
]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence and what may have become of it: letters or words lost, doubled, swapped or put elsewhere."""
    sentence = draw(sentences)
    words = sentence.split()
    chance = draw(st.randoms(use_true_random=False))
    for _ in range(chance.randint(1, 3)):
        _slip(words, chance)
    return sentence, " ".join(words)


def _slip(words: list[str], chance: random.Random) -> None:
    n = chance.randrange(len(words))
    word = words[n]
    match chance.randrange(7):
        case 0 if len(word) > 4:
            at = chance.randrange(len(word) - 1)
            words[n] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1 if len(word) > 4:
            at = chance.randrange(len(word))
            words[n] = word[:at] + word[at + 1 :]
        case 2:
            words[n] = chance.choice(WORDS)
        case 3 if len(word) > 6:
            words[n] = f"{word[:4]}- {word[4:]}"
        case 4:
            words.insert(chance.randrange(len(words)), words.pop(n))
        case 5:
            words.insert(n, word)
        case _ if len(words) > 1:
            words.pop(n)


def pairs_of(texts: list[str]) -> tuple[Signed, set[tuple[int, int]]]:
    marks = sign(texts)
    a, b = candidates(marks, np.arange(len(texts)))
    likely = hopeful(marks, a, b)
    return marks, set(zip(a[likely].tolist(), b[likely].tolist(), strict=True))


@settings(max_examples=400)
@given(slipped())
def test_what_comparison_relates_shares_a_signature(pair: tuple[str, str]) -> None:
    one, other = pair
    if one != other and compare(one, other) is not None:
        marks, found = pairs_of([one, other])
        assert (0, 1) in found or marks.masked[0] == marks.masked[1]


@settings(max_examples=600)
@given(slipped())
def test_the_fast_way_says_what_comparison_says(pair: tuple[str, str]) -> None:
    relation = compare(*pair)
    assert relate(*pair) == (relation and relation.kind)


@given(st.lists(sentences, min_size=2, max_size=12, unique=True))
def test_all_pairs_that_comparison_relates_are_candidates(texts: list[str]) -> None:
    marks, found = pairs_of(texts)
    for a, b in combinations(range(len(texts)), 2):
        if compare(texts[a], texts[b]) is not None:
            assert (a, b) in found or marks.masked[a] == marks.masked[b]


@given(st.lists(sentences, min_size=1, max_size=12), st.integers(1, 5))
def test_signatures_do_not_depend_on_how_sentences_are_batched(texts: list[str], size: int) -> None:
    whole = sign(texts)
    parts = merged([sign(texts[n : n + size]) for n in range(0, len(texts), size)])
    for name in ("content", "allowed", "frame", "masked", "values", "bits"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))
    both = [sorted(zip(s.owner.tolist(), s.signature.tolist(), strict=True)) for s in (whole, parts)]
    assert both[0] == both[1]
    for n in range(len(texts)):
        said = [[s.tokens[word] for word in s.plain[s.starts[n] : s.starts[n] + s.content[n]]] for s in (whole, parts)]
        assert said[0] == said[1]


def test_signatures_are_the_same_on_every_machine() -> None:
    # An archive keeps them: if this fails, signatures.VERSION must change.
    marks = sign(["Staden ska bygga 4 000 bostäder i Umeå senast 2030."])
    assert (marks.content.tolist(), marks.allowed.tolist()) == ([5], [2])
    assert [int(number) % 1000003 for number in sorted(marks.signature)] == EXPECTED
    assert "sv_malbild_words" in parameters()


EXPECTED = [73304, 744323, 889295, 367072, 80833, 627456, 794559]


def test_equal_values_in_other_order_are_equal_values() -> None:
    marks = sign(["År 2021 ökade andelen till 47 procent.", "Andelen ökade till 47 procent år 2021.", "Andelen ökade."])
    assert marks.values[0] == marks.values[1] != marks.values[2]


def test_nothing_is_lost_in_a_crowd() -> None:
    # 3,000 sentences that share two rare words, and a slip of one of them: more than are compared with each other.
    texts = [f"Stipendiaten {name} besökte kvarnen" for name in (f"Nr{n:x}ä" for n in range(3000))]
    texts.append("Stipendiaten Nr7d0ä besökte kvarnnen")
    _, found = pairs_of(texts)
    assert (2000, 3000) in found


@pytest.mark.parametrize("texts", [[], [""], ["40 %"], ["Mål 1", "Mål 2"]])
def test_nothing_to_sign(texts: list[str]) -> None:
    marks = signed(texts)
    assert len(marks.content) == len(texts)
    assert len(candidates(marks, np.arange(len(texts)))[0]) == 0
