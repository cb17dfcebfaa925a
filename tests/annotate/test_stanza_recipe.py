"""The recipe of the Stanza model, as far as it can be checked without Stanza and the training data."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

RECIPE = Path(__file__).parents[2] / "models" / "stanza"


@pytest.fixture(scope="module")
def data() -> ModuleType:
    """The step that writes the training files."""
    if not RECIPE.is_dir():
        pytest.skip("the recipe is not here: an installed package, no checkout")
    spec = importlib.util.spec_from_file_location("stanza_recipe_data", RECIPE / "data.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    places = list(sys.path)
    sys.path.insert(0, str(RECIPE))
    try:
        spec.loader.exec_module(made)
    finally:
        sys.path[:] = places
    return made


def sentence(data: ModuleType, *rows: tuple[str, str, str, str, int, str], names: list[str] | None = None):
    """A sentence of words: form, lemma, UPOS, features, head (from 1; 0 the root), relation."""
    words = [data.Word(f, lemma, upos, "NN", feats, head - 1, rel) for f, lemma, upos, feats, head, rel in rows]
    return data.Sentence("s1", "", words, names)


def test_conllu_leaves_out_what_is_not_trained(data: ModuleType) -> None:
    # The city grows.
    made = sentence(data, ("Staden", "stad", "NOUN", "Case=Nom", 2, "nsubj"), ("växer", "växa", "VERB", "", 0, "ROOT"))
    assert data.conllu([made]) == (
        "1\tStaden\tstad\tNOUN\t_\tCase=Nom\t2\tnsubj\t_\t_\n2\tväxer\tväxa\tVERB\t_\t_\t0\troot\t_\t_\n\n"
    )


def test_a_form_is_learnt_once_with_its_commonest_lemma(data: ModuleType) -> None:
    right = ("målen", "mål", "NOUN", "", 0, "root")
    wrong, verb = ("målen", "måle", "NOUN", "", 0, "root"), ("målen", "måla", "VERB", "", 0, "root")
    listed = data.lemma_list([sentence(data, row) for row in (wrong, verb, right, right, verb, verb)])
    assert [(s.words[0].upos, s.words[0].lemma) for s in listed] == [("VERB", "måla"), ("NOUN", "mål")]


def test_unknown_features_are_those_seen_elsewhere(data: ModuleType) -> None:
    known = ("Som", "som", "PRON", "PronType=Rel", 0, "root")
    unknown, strange = ("som", "som", "PRON", "?", 0, "root"), ("vars", "vars", "PRON", "?", 0, "root")
    made = [sentence(data, row) for row in (known, unknown, strange)]
    data.fill_features(made)
    assert [s.words[0].feats for s in made] == ["PronType=Rel", "PronType=Rel", ""]


def test_names_that_are_not_known_are_not_trained(data: ModuleType) -> None:
    rows = [("Volvo", "Volvo", "PROPN", "", 2, "nsubj"), ("växer", "växa", "VERB", "", 0, "root")]
    named, unsure = sentence(data, *rows, names=["B-ORG", "O"]), sentence(data, *rows, names=["?", "O"])
    written = json.loads(data.names_json([named, unsure, sentence(data, *rows)]))
    assert [[word["ner"] for word in words] for words in written] == [["B-ORG", "O"], ["-", "O"]]
