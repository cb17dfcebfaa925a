"""The pipeline components of our own: the lexicon of lemmas, and the morphologizer that heeds the tree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed

from malbild.annotate.lexicon import LemmaLexicon
from malbild.annotate.morphologizer import ANY, TreeMorphologizer, Weigher

ENTRIES = {"NOUN": {"planerna": "plan", "medlemmarna": "medlem"}, "VERB": {"växer": "växa"}}


def lexicon(nlp: Language) -> LemmaLexicon:
    """A pipeline's lexicon, filled as the recipe fills it."""
    return nlp.add_pipe("malbild_lemma_lexicon").fill(ENTRIES)


def doc(nlp: Language, words: list[str], pos: list[str], lemmas: list[str]) -> Doc:
    return Doc(nlp.vocab, words=words, pos=pos, lemmas=lemmas)


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("planerna", "NOUN", "plan"),
        ("Planerna", "NOUN", "plan"),
        # the city plans: a compound
        ("stadsplanerna", "NOUN", "stadsplan"),
        ("Stadsplanerna", "NOUN", "stadsplan"),
        # the EU members: capitals before a hyphen stay
        ("EU-medlemmarna", "NOUN", "EU-medlem"),
        # the lemma it had is left: another part of speech, an unknown word, too little before the known part
        ("planerna", "VERB", "was"),
        ("insatserna", "NOUN", "was"),
        ("åplanerna", "NOUN", "was"),
    ],
)
def test_lemmas_are_looked_up_by_form_and_part_of_speech(form: str, pos: str, lemma: str) -> None:
    nlp = spacy.blank("sv")
    component = lexicon(nlp)
    assert component(doc(nlp, [form], [pos], ["was"]))[0].lemma_ == lemma


def test_the_lexicon_survives_the_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("sv")
    lexicon(nlp)
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    given = doc(again, ["Stadsplanerna", "växer"], ["NOUN", "VERB"], ["", ""])
    assert [token.lemma_ for token in again.get_pipe("malbild_lemma_lexicon")(given)] == ["stadsplan", "växa"]


SEEN = {"aux": {ANY: {"AUX": 10}, "har": {"AUX": 9}}, "ROOT": {ANY: {"VERB": 8, "NOUN": 2}, "har": {"VERB": 5}}}
LABELS = ["AUX", "VERB", "NOUN", "NOUN"]


def chosen(odds: list[float], form: str, relation: str, seen: dict = SEEN) -> str:
    """What the weigher makes of probabilities of ``LABELS`` for a word under a relation."""
    strings = spacy.blank("sv").vocab.strings
    weigher = Weigher(LABELS, seen, strings.add)
    (label,) = weigher.choose(np.log(np.array([odds], np.float32) + 1e-9), [(strings.add(form), strings.add(relation))])
    return LABELS[label]


def test_a_word_is_what_it_was_under_its_relation() -> None:
    # The same doubt between an auxiliary and a verb is settled by the tree, either way.
    assert chosen([0.5, 0.5, 0.0, 0.0], "har", "aux") == "AUX"
    assert chosen([0.6, 0.4, 0.0, 0.0], "har", "ROOT") == "VERB"


def test_a_word_never_seen_is_what_others_are_under_the_relation() -> None:
    assert chosen([0.5, 0.0, 0.5, 0.0], "nåddes", "aux") == "AUX"


def test_without_counts_the_parts_of_speech_are_summed_over_their_labels() -> None:
    assert chosen([0.0, 0.4, 0.3, 0.3], "har", "ROOT", seen={}) == "NOUN"
    assert chosen([0.0, 0.4, 0.3, 0.3], "har", "dep") == "NOUN"


def test_the_network_is_believed_where_it_is_sure() -> None:
    assert chosen([0.0, 0.999, 0.0005, 0.0005], "nåddes", "aux") == "VERB"


def test_the_morphologizer_trains_and_survives_the_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("sv")
    pipe = nlp.add_pipe("malbild_morphologizer")
    # The city has ...: the words alone do not say whether "har" is an auxiliary.
    fix_random_seed(1)
    gold = [
        Doc(nlp.vocab, words=["Staden", "har"], pos=["NOUN", pos], morphs=["Case=Nom", ""]) for pos in ("AUX", "VERB")
    ]
    examples = [Example(Doc(nlp.vocab, words=[token.text for token in one]), one) for one in gold]
    sgd = nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples, sgd=sgd)
    assert isinstance(pipe, TreeMorphologizer)
    pipe.look_at({"ROOT": {"har": {"VERB": 50}}, "aux": {"har": {"AUX": 50}}})
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path).get_pipe("malbild_morphologizer")
    for pos, heads, deps in (("VERB", [1, 1], ["nsubj", "ROOT"]), ("AUX", [0, 0], ["ROOT", "aux"])):
        given = again(Doc(again.vocab, words=["Staden", "har"], heads=heads, deps=deps))
        assert [token.pos_ for token in given] == ["NOUN", pos]
        assert str(given[0].morph) == "Case=Nom"


def test_nothing_is_nothing() -> None:
    nlp = spacy.blank("sv")
    pipe = nlp.add_pipe("malbild_morphologizer")
    pipe.add_label("POS=NOUN")
    assert len(pipe.predict([Doc(nlp.vocab)])[0]) == 0
