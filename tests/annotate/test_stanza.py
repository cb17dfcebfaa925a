"""Stanza: the conversion and the choice of files without it, the shipped models with it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import socket
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
import spacy
from spacy.tokens import Doc
from typer.testing import CliRunner

from malbild.annotate import Annotator, ModelNotFound, from_stanza, load, stanza_models
from malbild.annotate.sentence import one_sentence
from malbild.cli.app import app
from malbild.flow import load_models
from malbild.shipped import shipped

REAL = pytest.mark.skipif(
    importlib.util.find_spec("stanza") is None, reason="stanza is not installed: make test-stanza runs this"
)
NLP = spacy.blank("sv")
# Göran Persson leads the Government Offices.
WORDS = ["Göran", "Persson", "leder", "Regeringskansliet", "."]
FOUND = [
    ("PROPN", "Case=Nom", "Göran", 3, "nsubj", "B-person"),
    ("PROPN", "Case=Nom", "Persson", 1, "flat:name", "E-person"),
    ("VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin|Voice=Act", "leda", 0, "root", "O"),
    ("PROPN", "Case=Nom", "Regeringskansliet", 3, "obj", "S-inst"),
    ("PUNCT", None, ".", 3, "punct", "O"),
]


def sentence(rows: list[tuple[str | None, ...]]) -> Thing:
    """A sentence as Stanza gives it back."""
    keys = ("upos", "feats", "lemma", "head", "deprel")
    words = [Thing(**dict(zip(keys, row[:5], strict=True))) for row in rows]
    return Thing(words=words, tokens=[Thing(ner=row[5]) for row in rows])


def converted(words: list[str], *sentences: Thing) -> Doc:
    return from_stanza.annotated(Doc(NLP.vocab, words=words), sentences)


def test_layers_are_taken_over() -> None:
    doc = converted(WORDS, sentence(FOUND))
    assert [token.pos_ for token in doc] == ["PROPN", "PROPN", "VERB", "PROPN", "PUNCT"]
    assert [token.lemma_ for token in doc] == ["Göran", "Persson", "leda", "Regeringskansliet", "."]
    assert [token.head.i for token in doc] == [2, 0, 2, 2, 2]
    assert [token.dep_ for token in doc] == ["nsubj", "flat:name", "ROOT", "obj", "punct"]
    assert str(doc[2].morph) == "Mood=Ind|Tense=Pres|VerbForm=Fin|Voice=Act"
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Göran Persson", "PER"), ("Regeringskansliet", "ORG")]


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (["O", "S-LOC", "O"], [(1, 2, "LOC")]),
        (["B-ORG", "I-ORG", "E-ORG"], [(0, 3, "ORG")]),
        (["S-PER", "S-PER", "O"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["S-work", "B-event", "E-event"], []),
        (["I-ORG", "E-ORG", "O"], [(0, 2, "ORG")]),
        (["B-place", "E-inst", "O"], [(0, 1, "LOC"), (1, 2, "ORG")]),
        ([None, None, None], []),
    ],
    ids=["one word", "three words", "two names", "no names to us", "no beginning", "of two kinds", "no model"],
)
def test_names_of_every_shape(tags: list[str | None], names: list[tuple[int, int, str]]) -> None:
    rows = [("X", None, "a", 0 if place == 0 else 1, "dep", tag) for place, tag in enumerate(tags)]
    doc = converted(["a", "b", "c"], sentence(rows))
    assert [(ent.start, ent.end, ent.label_) for ent in doc.ents] == names


def test_labels_that_are_none_become_some() -> None:
    rows = [
        ("<UNK>", None, None, 2, "root", None),
        ("NOUN", None, "_", 0, "nsubj", None),
        (None, None, "", 2, None, None),
    ]
    doc = converted(["x", "Mål", "y"], sentence(rows))
    assert [token.pos_ for token in doc] == ["X", "NOUN", "X"]
    assert [token.dep_ for token in doc] == ["dep", "ROOT", "dep"]
    assert [token.lemma_ for token in doc] == ["x", "Mål", "y"]


def test_a_long_sentence_goes_in_pieces_and_comes_back_as_one() -> None:
    doc = Doc(NLP.vocab, words=["mål"] * (2 * from_stanza.PIECE + 1))
    pieces = list(from_stanza.pieces(doc))
    assert [len(piece) for piece in pieces] == [from_stanza.PIECE, from_stanza.PIECE, 1]
    assert pieces[1][0] == {"text": "mål"}
    back = [sentence([("NOUN", None, "mål", n and 1, "dep", None) for n in range(len(piece))]) for piece in pieces]
    parsed = from_stanza.annotated(doc, back)
    assert [token.i for token in parsed if token.dep_ == "ROOT"] == [0, from_stanza.PIECE, 2 * from_stanza.PIECE]
    whole = one_sentence(doc, parsed)
    assert [token.i for token in whole if token.dep_ == "ROOT"] == [0]
    assert whole[from_stanza.PIECE].dep_ == "parataxis"


def test_a_long_word_is_cut_for_stanza_alone() -> None:
    word = "å" * 1000
    ((given,),) = from_stanza.pieces(Doc(NLP.vocab, words=[word]))
    assert len(given["text"]) == from_stanza.LONGEST
    doc = converted([word], sentence([("NOUN", None, "å" * 64, 0, "root", None)]))
    assert (doc[0].text, doc[0].lemma_) == (word, word)


def fill(folder: Path, *names: str) -> Path:
    """A folder with empty files where models would be."""
    for name in names:
        path = folder / "sv" / f"{name}.pt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def chosen(folder: Path) -> dict[str, str]:
    return {option: path.stem for option, path in stanza_models.downloaded(folder).items()}


NEEDED = ("pos/talbanken_charlm", "lemma/talbanken_nocharlm", "depparse/talbanken_charlm")


@pytest.mark.parametrize(
    ("there", "missing"),
    [((), "pos, lemma, depparse"), (NEEDED[:2], "depparse"), (("ner/suc3shuffle", NEEDED[0]), "lemma, depparse")],
    ids=["nothing", "no parser", "names only"],
)
def test_missing_parts_are_named_with_the_cure(tmp_path: Path, there: tuple[str, ...], missing: str) -> None:
    fill(tmp_path, *there)
    with pytest.raises(ModelNotFound) as error:
        stanza_models.downloaded(tmp_path)
    assert f"no Swedish Stanza model for {missing} in" in str(error.value)
    assert "stanza.download('sv'" in str(error.value)
    assert "\n" not in str(error.value)


def test_talbanken_is_taken_and_names_are_a_choice(tmp_path: Path) -> None:
    fill(tmp_path, *NEEDED, "pos/lines_charlm", "depparse/lines_charlm", "forward_charlm/conll17", "pretrain/conll17")
    files = chosen(tmp_path)
    assert files["pos_model_path"] == "talbanken_charlm"
    assert files["depparse_model_path"] == "talbanken_charlm"
    assert files["depparse_forward_charlm_path"] == files["pos_pretrain_path"] == "conll17"
    assert "ner_model_path" not in files
    fill(tmp_path, "ner/suc3shuffle")
    assert chosen(tmp_path)["ner_model_path"] == "suc3shuffle"


def test_a_model_that_needs_what_is_not_there_comes_last(tmp_path: Path) -> None:
    fill(tmp_path, *NEEDED, "pos/talbanken_nocharlm", "pretrain/conll17")
    assert chosen(tmp_path)["pos_model_path"] == "talbanken_nocharlm"


def test_the_list_of_stanza_decides_if_it_is_there(tmp_path: Path) -> None:
    fill(tmp_path, *NEEDED, "pos/lines_nocharlm", "pretrain/conll17", "pretrain/fasttext157")
    known = {
        "packages": {"default": {"pos": "lines_nocharlm", "ner": "suc3shuffle"}},
        "pos": {"lines_nocharlm": {"dependencies": [{"model": "pretrain", "package": "fasttext157"}]}},
        "lemma": {"talbanken_nocharlm": {}},
    }
    (tmp_path / "resources.json").write_text(json.dumps({"sv": known}))
    files = chosen(tmp_path)
    assert files["pos_model_path"] == "lines_nocharlm"
    assert files["pos_pretrain_path"] == "fasttext157"


def test_files_are_told_by_their_digests(tmp_path: Path) -> None:
    fill(tmp_path, *NEEDED, "pretrain/conll17")
    facts = stanza_models.facts(tmp_path, stanza_models.downloaded(tmp_path), "1.15.0")
    assert [fact.name for fact in facts] == [
        "stanza/sv/pos/talbanken_charlm",
        "stanza/sv/pretrain/conll17",
        "stanza/sv/lemma/talbanken_nocharlm",
        "stanza/sv/depparse/talbanken_charlm",
    ]
    assert facts[0].sha256 == hashlib.sha256(b"pos/talbanken_charlm").hexdigest()


def without_stanza(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stanza", None)
    monkeypatch.delitem(sys.modules, "malbild.annotate.stanza_backend", raising=False)
    load_models.cache_clear()


def test_without_stanza_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    without_stanza(monkeypatch)
    with pytest.raises(ModelNotFound, match=r"needs stanza: pip install 'malbild\[stanza\]'"):
        load("stanza")


def test_the_command_line_tells_it_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_stanza(monkeypatch)
    (tmp_path / "plan.txt").write_text("Staden ska växa.", encoding="utf-8")
    run = CliRunner().invoke(app, ["extract", "-q", "--backend", "stanza", str(tmp_path / "plan.txt")])
    assert run.exit_code == 2
    assert run.stderr.count("\n") == 1
    assert "pip install 'malbild[stanza]'" in run.stderr


def test_the_models_are_named_once(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Staden ska växa.", encoding="utf-8")
    run = CliRunner().invoke(app, ["extract", "--stanza-dir", "x", "--model", "y", str(tmp_path / "plan.txt")])
    assert run.exit_code == 2
    assert "leave one of them out" in run.stderr


def test_what_is_shipped_is_arrays_and_plain_data() -> None:
    files = [path for path in shipped("sv_malbild_stanza").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".json", ".npz"}


@pytest.mark.parametrize("part", stanza_models.PARTS)
def test_a_shipped_part_is_arrays_and_plain_data(part: str) -> None:
    state = stanza_models.checkpoint(shipped("sv_malbild_stanza"), part)
    assert state["model"]
    assert all(array.dtype == "float32" for array in state["model"].values())
    assert not [value for value in state["config"].values() if isinstance(value, str) and "/" in value]


@cache
def annotator() -> Annotator:
    return load("stanza")


@REAL
def test_a_swedish_sentence_is_understood() -> None:
    # The municipality of Västervik is to cut emissions from transport.
    (doc,) = annotator().pipe(["Västerviks kommun ska minska utsläppen från transporterna."])
    words = {token.text: token for token in doc}
    assert words["minska"].dep_ == "ROOT"
    assert (words["ska"].pos_, words["ska"].dep_, words["ska"].lemma_) == ("AUX", "aux", "skola")
    assert (words["kommun"].dep_, words["utsläppen"].dep_, words["utsläppen"].lemma_) == ("nsubj", "obj", "utsläpp")
    assert "Definite=Def" in str(words["utsläppen"].morph)


@REAL
def test_tokens_are_those_of_the_other_back_end() -> None:
    texts = ["Bl.a. FN:s mål 2021–2025, ca 40 %.", "Sam\u00adhälls\u00adplanering\n m.m.", "(kl. 10.30)"]
    pairs = zip(load("spacy").pipe(texts), annotator().pipe(texts), strict=True)
    assert all([token.text for token in one] == [token.text for token in other] for one, other in pairs)


@REAL
def test_the_same_text_gives_the_same_whatever_is_beside_it() -> None:
    text = "Insatserna ska följas upp årligen."

    def layers(doc: Doc) -> list[tuple[object, ...]]:
        return [(t.text, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.ent_type_) for t in doc]

    (alone,) = annotator().pipe([text])
    *_, last = annotator().pipe(["Staden växer så det knakar i fogarna, sade borgmästaren i går.", "", text])
    assert layers(alone) == layers(last)


@REAL
def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    (doc,) = load("stanza").pipe(["Staden växer."])
    assert doc[1].dep_ == "ROOT"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``stanza.download`` leaves it, with our models in the place of the official ones."""
    pytest.importorskip("stanza")
    from malbild.annotate.stanza_backend import _unpacked

    flat, folder = tmp_path_factory.mktemp("flat"), tmp_path_factory.mktemp("own")
    for option, path in _unpacked(shipped("sv_malbild_stanza"), flat).items():
        part, _, kind = option.removesuffix("_path").partition("_")
        target = folder / "sv" / (part if kind == "model" else kind) / "talbanken_nocharlm.pt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


@REAL
def test_models_of_ones_own_are_used_and_named(own: Path) -> None:
    mine = load("stanza", str(own))
    # Göran Persson lived in Malmö.
    texts = ["Göran Persson bodde i Malmö.", "Staden ska minska utsläppen."]
    for one, other in zip(mine.pipe(texts), annotator().pipe(texts), strict=True):
        assert one.to_json() == other.to_json()
    names = [model.name for model in mine.models]
    assert names[0] == "sv_malbild_core/tokenizer"
    assert set(names[1:]) == {
        f"stanza/sv/{kind}/talbanken_nocharlm" for kind in ("pos", "lemma", "depparse", "ner", "pretrain")
    }
    assert all(len(model.sha256) == 64 for model in mine.models)


def link_but(own: Path, kind: str, folder: Path) -> None:
    """A folder like ``own``, without the models of a kind."""
    for path in own.rglob("*.pt"):
        if path.parent.name != kind:
            (folder / path.relative_to(own)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(own)).symlink_to(path)


@REAL
def test_without_a_model_for_names_there_are_none(own: Path, tmp_path: Path) -> None:
    link_but(own, "ner", tmp_path)
    (doc,) = load("stanza", str(tmp_path)).pipe(["Göran Persson bodde i Malmö."])
    assert doc.ents == ()
    assert doc[2].dep_ == "ROOT"


@REAL
@pytest.mark.parametrize("model", ["no_such_model", "/no/such/folder", "."], ids=["name", "path", "not a model"])
def test_an_unknown_model_is_one_line_with_the_cure(model: str) -> None:
    with pytest.raises(ModelNotFound, match="no Stanza model") as error:
        load("stanza", model)
    assert "\n" not in str(error.value)


@REAL
def test_a_file_that_is_no_model_is_one_line(tmp_path: Path) -> None:
    fill(tmp_path, *NEEDED)
    with pytest.raises(ModelNotFound, match="cannot load it") as error:
        load("stanza", str(tmp_path))
    assert "\n" not in str(error.value)


@REAL
def test_what_a_model_misses_is_told(own: Path, tmp_path: Path) -> None:
    link_but(own, "pretrain", tmp_path)
    with pytest.raises(ModelNotFound, match="cannot load it") as error:
        load("stanza", str(tmp_path))
    assert "\n" not in str(error.value)


@REAL
def test_the_record_names_the_back_end_and_the_models(tmp_path: Path) -> None:
    # The city is to cut emissions by 40 per cent by 2030.
    (tmp_path / "plan.txt").write_text("Staden ska minska utsläppen med 40 procent senast 2030.", encoding="utf-8")
    run = CliRunner().invoke(app, ["extract", "-q", "--backend", "stanza", str(tmp_path / "plan.txt")])
    assert run.exit_code == 0, run.stderr
    record = json.loads(run.stdout)
    assert record["provenance"]["backend"] == "stanza"
    models = {model["name"]: model["sha256"] for model in record["provenance"]["models"]}
    facts = json.loads((shipped("sv_malbild_stanza") / "manifest.json").read_text("utf-8"))
    assert models["sv_malbild_stanza"] == facts["sha256"]
    assert set(models) == {
        "sv_malbild_core/tokenizer", "sv_malbild_stanza", "sv_malbild_extraction", "sv_malbild_encoder"
    }  # fmt: skip
    (goal,) = record["goals"]
    assert goal["deadline"]["to"] == "2030-12-31"
