"""What every annotator promises, checked on the shipped models of both back-ends with odd texts."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from malbild.annotate import Annotator, ModelNotFound, load
from malbild.shipped import NotShipped, shipped

UD = frozenset(
    [
        "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop",
        "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark",
        "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "ROOT", "vocative",
        "xcomp",
    ]
)  # fmt: skip
UPOS = frozenset(
    [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SPACE", "SYM", "VERB", "X",
    ]
)  # fmt: skip
STANZA = importlib.util.find_spec("stanza") is not None
BOTH = pytest.mark.parametrize(
    "backend",
    [
        "spacy",
        pytest.param(
            "stanza",
            marks=pytest.mark.skipif(not STANZA, reason="stanza is not installed: make test-stanza runs this"),
        ),
    ],
)
WORDS = ["Staden", "ska", "öka", "Helsingfors", "FN:s", ",", ".", "!", "(", ")", "-", "och", "som", "är"]

ODD = {
    "empty": "",
    "one space": " ",
    "white space only": " \n\t\u00a0 ",
    "leading space": "  Staden växer.",
    "line break inside": "Staden stärker\nsin   intressebevakning .",
    "hard space": "Budgeten är 5\u00a0000 kr\u00a0/ år.",
    "soft hyphen": "Sam\u00adhälls\u00adplanering",
    "two sentences": "Staden växer. Regionen krymper.",
    "three sentences": "Ja! Nej? Kanske. Vi ska bygga. Vi har byggt.",
    "only marks": "… – ( ) !?",
    "one letter": "å",
    "combining": "A\u030astrand o\u0308kar",
    "zero width": "mål\u200bbild \ufeff2030",
    "emoji": "Målet nås 🎯👩‍👩‍👧 2030",
    "capitals": "STRATEGISKA MÅL FÖR HELSINGFORS",
    "list item": "- 10. 2.1 • § 3 Att minska utsläppen med 50 %",
    "other script": "城市 развитие المدينة",
    "null": "a\x00b",
    "an ending alone": "erna",
    "long word": "å" * 3000,
    "long sentence": "Staden växer och " * 200 + "frodas.",
}


@cache
def annotator(backend: str = "spacy") -> Annotator:
    return load(backend)


def check(text: str, doc: Doc) -> None:
    """Text kept, one tree, known labels."""
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    if not len(doc):
        return
    assert [token.dep_ for token in doc if token.head is token or token.head.i == token.i] == ["ROOT"]
    assert len(list(doc.sents)) == 1
    for token in doc:
        seen = 0
        while token.head.i != token.i:
            token, seen = token.head, seen + 1
            assert seen <= len(doc), "a cycle"
    for token in doc:
        assert token.dep_.partition(":")[0] in UD
        assert token.pos_ in UPOS
        assert token.lemma_
        assert (token.dep_ == "ROOT") == (token.head.i == token.i)
    assert {ent.label_ for ent in doc.ents} <= {"PER", "ORG", "LOC"}


@BOTH
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_text_is_kept_and_has_one_tree(backend: str, text: str) -> None:
    (doc,) = annotator(backend).pipe([text])
    check(text, doc)


@BOTH
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_kept_and_has_one_tree(backend: str, texts: list[str]) -> None:
    docs = list(annotator(backend).pipe(texts))
    assert len(docs) == len(texts)
    for text, doc in zip(texts, docs, strict=True):
        check(text, doc)


@BOTH
@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=25), gap=st.sampled_from([" ", "  ", "\n", " \t"]))
def test_any_mixture_of_words_has_one_tree(backend: str, words: list[str], gap: str) -> None:
    text = gap.join(words)
    (doc,) = annotator(backend).pipe([text])
    check(text, doc)


@BOTH
def test_docs_come_in_the_order_of_the_texts(backend: str) -> None:
    texts = ["En lång mening om stadens mål för åren 2025–2030.", "Kort.", "", "Mellan de två."] * 700
    assert [doc.text for doc in annotator(backend).pipe(texts)] == texts


@BOTH
def test_nothing_in_nothing_out(backend: str) -> None:
    assert list(annotator(backend).pipe([])) == []


@BOTH
def test_texts_are_read_as_they_are_needed(backend: str) -> None:
    def endless():
        while True:
            yield "Staden växer."

    assert next(annotator(backend).pipe(endless())).text == "Staden växer."


@BOTH
def test_line_breaks_change_no_analysis(backend: str) -> None:
    straight, broken = annotator(backend).pipe(
        ["Staden ska öka takten i arbetet.", "Staden ska öka\ntakten i  arbetet."]
    )
    assert [(t.text, t.pos_, t.lemma_, t.dep_) for t in broken if not t.is_space] == [
        (t.text, t.pos_, t.lemma_, t.dep_) for t in straight
    ]


@BOTH
@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        # The police authority shall strengthen safety.
        ("Polis\u00admyndig\u00adheten ska stärka säker\u00adheten.", "Polismyndigheten ska stärka säkerheten."),
        # Goals for the city's development
        ("MÅL FÖR STADENS UTVECKLING", "Mål för stadens utveckling"),
    ],
    ids=["soft hyphens", "capitals"],
)
def test_an_odd_spelling_changes_no_analysis(backend: str, odd: str, plain: str) -> None:
    docs = annotator(backend).pipe([odd, plain])
    first, second = ([(t.pos_, t.lemma_, t.dep_, t.head.i) for t in doc] for doc in docs)
    assert first == second


def test_a_name_may_hold_a_line_break() -> None:
    from malbild.annotate.sentence import one_sentence, words_only

    nlp = annotator()._nlp  # type: ignore[attr-defined]
    text = nlp.make_doc("I Göran\n Persson.")
    words = words_only(text)
    words.set_ents([Span(words, 1, 3, label="PER")])
    for token in words:
        token.head = words[1]
        token.dep_ = "ROOT" if token.i == 1 else "dep"
    assert [ent.text for ent in one_sentence(text, words).ents] == ["Göran\n Persson"]


def test_the_models_are_named() -> None:
    (model,) = annotator().models
    assert annotator().name == "spacy"
    assert model.name == "sv_malbild_core"
    assert len(model.sha256) == 64


@pytest.mark.parametrize(("name", "most"), [("sv_malbild_core", 45_000_000), ("sv_malbild_stanza", 25_000_000)])
def test_the_manifest_states_the_files(name: str, most: int) -> None:
    import hashlib
    import json

    folder = shipped(name)
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    assert files == facts["files"]
    lines = "".join(f"{digest}  {path}\n" for path, digest in files.items())
    assert hashlib.sha256(lines.encode()).hexdigest() == facts["sha256"]
    assert facts["bytes"] <= most
    assert not [path for path in files if "pkl" in path or "pickle" in path]


def test_importing_the_room_does_not_import_spacy() -> None:
    code = "import sys, malbild.annotate; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_loading_warns_of_nothing() -> None:
    code = "import malbild.annotate as a; list(a.load().pipe(['Staden växer.']))"
    done = subprocess.run([sys.executable, "-W", "default::UserWarning", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_backend_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'udpipe'.*spacy, stanza"):
        load("udpipe")


@pytest.mark.parametrize("model", ["no_such_model", "/no/such/folder", "."], ids=["name", "path", "not a model"])
def test_an_unknown_model_is_one_line_with_the_cure(model: str) -> None:
    with pytest.raises(ModelNotFound) as error:
        load(model=model)
    assert "\n" not in str(error.value)
    assert "sv_malbild_core" in str(error.value)


def test_a_missing_shipped_model_says_the_cure() -> None:
    with pytest.raises(NotShipped, match="install malbild again"):
        shipped("sv_malbild_nowhere")
