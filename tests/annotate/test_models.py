"""Other spaCy pipelines in place of the shipped one: built here, as none can be had from a package registry."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam

from malbild.annotate import ModelNotFound, load
from malbild.annotate.labels import foreign_relations, to_our_labels
from malbild.annotate.pipelines import ModelRefused
from malbild.shipped import shipped

sys.path.insert(0, str(Path(__file__).parent))
from test_contract import ODD, check

NAMED = [
    # Anna Lind has led the work in Gothenburg since 2020.
    ("Anna Lind har lett arbetet i Göteborg sedan 2020.", ["PRS", "LOC", "TME"], ["Anna Lind", "Göteborg", "2020"]),
    # The Swedish Energy Agency arranges the Energy Day.
    ("Energimyndigheten ordnar Energidagen.", ["ORG", "EVN"], ["Energimyndigheten", "Energidagen"]),
]
TAGS = {"Staden": "NN", "ska": "VB", "minska": "VB", "utsläppen": "NN", ".": "MAD"}


def core() -> Language:
    """The shipped pipeline, to be changed."""
    return spacy.load(shipped("sv_malbild_core"))


def save(nlp: Language, folder: Path, name: str = "core_news_sm", version: str = "3.8.0") -> str:
    nlp.meta.update(name=name, version=version)
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    return str(folder)


def learn(nlp: Language, pipe: str, examples: list[Example]) -> None:
    """Train one component until it knows the examples by heart."""
    nlp.get_pipe(pipe).initialize(lambda: examples, nlp=nlp)
    with nlp.select_pipes(enable=pipe):
        optimizer = Adam(0.002)  # that of the pipeline begins with a learning rate of nothing
        for _ in range(40):
            nlp.update(examples, sgd=optimizer, drop=0.0)


def with_suc_names(nlp: Language) -> Language:
    """Names as in sv_core_news_sm: PRS, EVN, …; and components that are not used."""
    nlp.remove_pipe("ner")
    nlp.add_pipe("ner")
    examples = []
    for text, labels, names in NAMED:
        spans = [(text.index(n), text.index(n) + len(n), label) for n, label in zip(names, labels, strict=True)]
        examples.append(Example.from_dict(nlp.make_doc(text), {"entities": spans}))
    learn(nlp, "ner", examples)
    nlp.add_pipe("merge_entities")
    nlp.add_pipe("sentencizer", first=True, config={"punct_chars": ["i"]})
    return nlp


def with_tagger(nlp: Language) -> Language:
    """Parts of speech and features by way of tags, as before there was a morphologizer."""
    nlp.remove_pipe("morphologizer")
    nlp.add_pipe("tagger")
    nlp.add_pipe("attribute_ruler")
    text = nlp.make_doc(" ".join(TAGS))
    learn(nlp, "tagger", [Example.from_dict(text, {"tags": list(TAGS.values())})])
    ruler = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"TAG": "NN"}]], {"POS": "NOUN", "MORPH": "Case=Nom"})
    ruler.add([[{"TAG": "VB"}]], {"POS": "VERB"})
    return nlp


def with_old_relations(nlp: Language) -> Language:
    nlp.remove_pipe("parser")
    parser = nlp.add_pipe("parser", after="tok2vec", config={"min_action_freq": 1})
    words = ["Vi", "minskar", "dem"]
    heads, deps = [1, 1, 1], ["nsubj", "ROOT", "dobj"]
    learn(nlp, "parser", [Example.from_dict(Doc(nlp.vocab, words=words), {"heads": heads, "deps": deps})])
    assert "dobj" in parser.labels
    return nlp


@Language.component("test_models_merge")
def merge(doc: Doc) -> Doc:
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[:2])
    return doc


@pytest.fixture(scope="module")
def suc(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save(with_suc_names(core()), tmp_path_factory.mktemp("models") / "sv_core_news_sm-3.8.0")


# What can stand in


def test_names_of_suc_are_mapped_and_others_left_out(suc: str) -> None:
    docs = load(model=suc).pipe([text for text, _, _ in NAMED])
    assert [[(ent.text, ent.label_) for ent in doc.ents] for doc in docs] == [
        [("Anna Lind", "PER"), ("Göteborg", "LOC")],
        [("Energimyndigheten", "ORG")],
    ]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_text_is_kept_and_has_one_tree(suc: str, text: str) -> None:
    annotator = load(model=suc)
    for doc, wanted in zip(annotator.pipe([text, NAMED[0][0], text]), [text, NAMED[0][0], text], strict=True):
        check(wanted, doc)


def test_the_model_is_named_by_its_meta_and_its_files(suc: str, tmp_path: Path) -> None:
    (first,) = load(model=suc).models
    assert (first.name, first.version) == ("sv_core_news_sm", "3.8.0")
    (again,) = load(model=save(spacy.load(suc), tmp_path / "elsewhere", version="3.8.1")).models
    assert len(first.sha256) == 64
    assert again.sha256 != first.sha256


def test_the_shipped_model_in_another_folder_has_the_same_digest(tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(shipped("sv_malbild_core"), tmp_path / "copy")
    assert load(model=str(copy)).models == load().models


def test_parts_of_speech_may_come_from_tags(tmp_path: Path) -> None:
    (doc, other) = load(model=save(with_tagger(core()), tmp_path)).pipe([" ".join(TAGS), "Staden 2030 växer ."])
    assert [token.pos_ for token in doc] == ["NOUN", "VERB", "VERB", "NOUN", "X"]
    check(" ".join(TAGS), doc)
    check("Staden 2030 växer .", other)


def test_without_ner_there_are_no_names(tmp_path: Path) -> None:
    nlp = core()
    nlp.remove_pipe("ner")
    (doc,) = load(model=save(nlp, tmp_path)).pipe([NAMED[0][0]])
    assert not doc.ents
    check(NAMED[0][0], doc)


@pytest.fixture
def package(suc: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package, laid out as `spacy package` does."""
    folder = tmp_path / "sv_pack_models-0.2" / "sv_pack_models"
    save(spacy.load(suc), folder / "sv_pack_models-0.2", "pack_models", "0.2")
    (folder / "__init__.py").write_text("", "utf-8")
    (folder / "meta.json").write_text("{}", "utf-8")
    monkeypatch.syspath_prepend(folder.parent)
    monkeypatch.delitem(sys.modules, "sv_pack_models", raising=False)
    return folder


def test_an_installed_package_is_found_by_name_and_by_path(package: Path) -> None:
    by_name = load(model="sv_pack_models")
    assert [(m.name, m.version) for m in by_name.models] == [("sv_pack_models", "0.2")]
    assert load(model=str(package)).models == load(model=str(package.parent)).models == by_name.models


def test_a_package_that_cannot_be_imported_is_refused(package: Path) -> None:
    (package / "__init__.py").write_text("import no_such_module", "utf-8")
    with pytest.raises(ModelRefused, match=r"sv_pack_models.*No module named 'no_such_module'"):
        load(model="sv_pack_models")


@pytest.mark.parametrize("name", ["json", "pytest", "__main__", __file__, ""])
def test_what_holds_no_pipeline_is_none(name: str) -> None:
    with pytest.raises(ModelNotFound, match="no spaCy model"):
        load(model=name)


def test_of_several_pipelines_in_a_folder_none_is_chosen(package: Path, suc: str) -> None:
    save(spacy.load(suc), package / "sv_pack_models-0.3")
    with pytest.raises(ModelNotFound, match="several"):
        load(model=str(package))


# What cannot


def without(*pipes: str) -> Callable[[Language], Language]:
    def change(nlp: Language) -> Language:
        for pipe in pipes:
            nlp.remove_pipe(pipe)
        return nlp

    return change


def with_merging(nlp: Language) -> Language:
    nlp.add_pipe("test_models_merge")
    return nlp


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (without("parser"), r"no trees \(a parser\), but has only: tok2vec, ner, morphologizer, trainable_lemmatizer"),
        (without("morphologizer"), r"no parts of speech \(.*\), no features \(a morphologizer\)"),
        (without("trainable_lemmatizer", "malbild_lemma_lexicon"), r"no lemmas \(a lemmatizer\)"),
        (lambda _: spacy.blank("sv"), "only: a tokenizer"),
        (with_old_relations, r"not those of Universal Dependencies 2: dobj"),
        (with_merging, "changes the text or the tokens"),
    ],
    ids=["parser", "morphologizer", "lemmatizer", "nothing", "relations", "tokens"],
)
def test_what_lacks_something_is_refused_in_one_line(
    change: Callable[[Language], Language], why: str, tmp_path: Path
) -> None:
    model = save(change(core()), tmp_path / "given")
    with pytest.raises(ModelRefused, match=why) as error:
        load(model=model)
    assert "\n" not in str(error.value)
    assert model in str(error.value)
    assert "leave it out for 'sv_malbild_core'" in str(error.value)


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def truncate(folder: Path) -> None:
    (folder / "parser/model").write_bytes((folder / "parser/model").read_bytes()[:1000])


def made_for_an_old_spacy(folder: Path) -> None:
    edit("meta.json", '">=3.8.0,<3.9.0"', '">=2.3.0,<2.4.0"')(folder)
    truncate(folder)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (edit("config.cfg", 'lang = "sv"', 'lang = "en"'), r"for the language 'en', not for 'sv'"),
        (edit("config.cfg", "[nlp]", "[nlp"), r"spaCy cannot load it \("),
        (edit("config.cfg", 'factory = "parser"', 'factory = "biaffine"'), "spaCy cannot load it .*biaffine"),
        (truncate, r"spaCy cannot load it \("),
        (made_for_an_old_spacy, r"made for spaCy >=2\.3\.0,<2\.4\.0, this is 3\."),
        (lambda folder: (folder / "meta.json").write_text("{", "utf-8"), r"spaCy cannot load it \("),
    ],
    ids=["English", "config", "factory", "weights", "version", "meta"],
)
@pytest.mark.filterwarnings("error")
def test_what_cannot_be_loaded_is_refused_in_one_line(damage: Callable[[Path], None], why: str, tmp_path: Path) -> None:
    model = save(core(), tmp_path / "given")
    damage(Path(model))
    with pytest.raises(ModelRefused, match=why) as error:
        load(model=model)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 500 + len(model)


def test_a_pipeline_for_another_minor_version_is_tried_with_a_warning(tmp_path: Path) -> None:
    model = save(core(), tmp_path)
    edit("meta.json", '">=3.8.0,<3.9.0"', '">=3.7.0,<3.8.0"')(tmp_path)
    with pytest.warns(UserWarning, match="W095"):
        assert load(model=model).models


# Labels


@pytest.mark.parametrize(
    ("relations", "foreign"),
    [
        (["ROOT", "nsubj", "nsubj:pass", "obj", "obl", "case", "dep", "own"], []),
        (["ROOT", "nsubj", "obj"], []),
        (["ROOT", "nsubj", "dobj", "prep", "pobj", "amod"], ["dobj", "pobj", "prep"]),
        (["root", "nsubj", "nsubjpass", "dobj", "nmod", "case"], ["dobj", "nsubjpass"]),
        (["ROOT", "sb", "oa", "nk"], ["nk", "oa", "sb"]),
    ],
    ids=["UD with one of its own", "few", "ClearNLP", "UD 1", "TIGER"],
)
def test_relations_of_another_scheme_are_told(relations: list[str], foreign: list[str]) -> None:
    assert foreign_relations(relations) == foreign


def test_labels_become_ours() -> None:
    nlp = spacy.blank("sv")
    doc = Doc(
        nlp.vocab,
        words=["Barnen", "och", "Oslo", "växer"],
        pos=["NOUN", "CONJ", "", "VERB"],
        lemmas=["barn", "", "", ""],
        heads=[3, 2, 0, 3],
        deps=["nsubj:pass", "own:label", "conj", "root"],
        ents=["B-NORP", "O", "B-GPE", "O"],
    )
    to_our_labels(doc)
    assert [token.pos_ for token in doc] == ["NOUN", "CCONJ", "X", "VERB"]
    assert [token.dep_ for token in doc] == ["nsubj:pass", "dep", "conj", "ROOT"]
    assert [token.lemma_ for token in doc] == ["barn", "och", "Oslo", "växer"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Oslo", "LOC")]


# As a user gives it


def extract(text: Path, model: str) -> subprocess.CompletedProcess[str]:
    malbild = Path(sys.executable).with_name("malbild")
    command = [str(malbild), "extract", str(text), "--model", model]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    # The city shall be climate neutral by 2030. Anna Lind is responsible.
    (tmp_path / "mål.txt").write_text("Staden ska vara klimatneutral senast 2030. Anna Lind ansvarar.\n", "utf-8")
    return tmp_path / "mål.txt"


def test_a_record_names_the_model_given(suc: str, text: Path) -> None:
    done = extract(text, suc)
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads(done.stdout)
    first = record["provenance"]["models"][0]
    assert (first["name"], first["version"], len(first["sha256"])) == ("sv_core_news_sm", "3.8.0", 64)
    assert [goal["text"] for goal in record["goals"]] == ["Staden ska vara klimatneutral senast 2030."]


def test_a_model_without_a_parser_is_misuse(text: Path, tmp_path: Path) -> None:
    done = extract(text, save(without("parser")(core()), tmp_path / "given"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("malbild: the model ")
    assert "no trees (a parser)" in done.stderr
    assert done.stderr.count("\n") == 1
