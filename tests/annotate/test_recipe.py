"""The recipe of the language model, as far as it can be checked without the training data."""

from __future__ import annotations

import importlib
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

RECIPE = Path(__file__).parents[2] / "models" / "language"
SHARED = Path(os.environ.get("MALBILD_SHARED", RECIPE.parents[2] / "shared"))


def recipe(name: str) -> ModuleType:
    """A module of the recipe, whose files are scripts beside one another."""
    if not RECIPE.is_dir():
        pytest.skip("the recipe is not here: an installed package, no checkout")
    sys.path.insert(0, str(RECIPE))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(RECIPE))


def sentence(rows: str):
    """Words given as lines: form, UPOS, head (from 1; 0 the root), relation and, if it matters, features and lemma."""
    treebank = recipe("treebank")
    made = treebank.Sentence("", "")
    for row in rows.strip().splitlines():
        form, upos, head, deprel, *more = row.split()
        feats = more[0] if more else ""
        lemma = more[1] if len(more) > 1 else form.lower()
        xpos = "PC|PRF" if "VerbForm=Part" in feats else ""
        made.words.append(treebank.Word(form, lemma, upos, xpos, feats, int(head) - 1, deprel))
    return made


def arcs(made) -> list[tuple[str, int, str]]:
    return [(word.form, word.head + 1, word.deprel) for word in made.words]


def test_commas_and_stops_are_attached_as_in_talbanken() -> None:
    # We build, grow and plan (now).
    made = sentence("""
        Vi PRON 2 nsubj
        bygger VERB 0 root
        , PUNCT 1 punct
        växer VERB 2 conj
        och CCONJ 6 cc
        planerar VERB 2 conj
        ( PUNCT 1 punct
        nu ADV 6 advmod
        ) PUNCT 1 punct
        . PUNCT 1 punct
    """)
    recipe("punctuation").attach_punctuation(made)
    heads = {(place, word.form): word.head + 1 for place, word in enumerate(made.words) if word.deprel == "punct"}
    assert heads == {(2, ","): 4, (6, "("): 6, (8, ")"): 6, (9, "."): 2}


def test_bli_with_a_participle_becomes_a_passive() -> None:
    # The proposal becomes adopted.
    made = sentence("""
        Förslaget NOUN 2 nsubj
        blir VERB 0 root Mood=Ind bli
        antaget ADJ 2 xcomp VerbForm=Part
    """)
    assert arcs(recipe("repair").repaired(made)) == [
        ("Förslaget", 3, "nsubj:pass"),
        ("blir", 3, "aux:pass"),
        ("antaget", 0, "root"),
    ]


def test_a_copula_before_a_phrase_of_place() -> None:
    # The city is in change.
    made = sentence("""
        Staden NOUN 2 nsubj
        är AUX 0 root Mood=Ind vara
        i ADP 4 case
        förändring NOUN 2 obl
    """)
    assert arcs(recipe("repair").repaired(made)) == [
        ("Staden", 4, "nsubj"),
        ("är", 4, "cop"),
        ("i", 4, "case"),
        ("förändring", 0, "root"),
    ]


def test_a_verb_below_its_own_infinitive_is_raised() -> None:
    # We need grow.
    made = sentence("""
        Vi PRON 3 nsubj
        behöver VERB 3 xcomp Mood=Ind behöva
        växa VERB 0 root
    """)
    assert arcs(recipe("repair").repaired(made)) == [("Vi", 2, "nsubj"), ("behöver", 0, "root"), ("växa", 2, "xcomp")]


def test_fixed_expressions_are_taken_apart_but_not_all() -> None:
    # It works so that all (people) grow; it works because all grow.
    fixed = recipe("fixed")
    rows = """
        Det PRON 2 nsubj
        går VERB 0 root
        {0} ADV 6 mark
        att SCONJ 3 fixed
        alla PRON 6 nsubj
        växer VERB 2 advcl
    """
    apart, kept = sentence(rows.format("så")), sentence(rows.format("därför"))
    for made in (apart, kept):
        fixed.take_fixed_apart(made.words)
    assert arcs(apart)[2:4] == [("så", 6, "advmod"), ("att", 6, "mark")]
    assert arcs(kept)[2:4] == [("därför", 6, "mark"), ("att", 3, "fixed")]
    assert kept.words[2].feats == "ExtPos=SCONJ"


def test_augmented_sentences_are_still_trees() -> None:
    import random

    treebank, augment = recipe("treebank"), recipe("augment")
    made = sentence("""
        Vi PRON 2 nsubj
        bygger VERB 0 root
        bostäder NOUN 2 obj
        . PUNCT 2 punct
    """)
    made.names = ["O"] * 4
    before = arcs(made)
    for copy in augment.augmented([made] * 200, random.Random(1)):
        assert treebank.is_tree(copy.words)
        assert len(copy.names) == len(copy.words)
    assert arcs(made) == before


def test_numbers_with_spaces_are_split() -> None:
    treebank = recipe("treebank")
    made = sentence("""
        Vi PRON 2 nsubj
        bygger VERB 0 root
        N NUM 4 nummod
        bostäder NOUN 2 obj
    """)
    made.words[2].form = "5 000"
    treebank.split_numbers(made)
    assert arcs(made) == [
        ("Vi", 2, "nsubj"), ("bygger", 0, "root"), ("5", 5, "nummod"), ("000", 3, "flat"), ("bostäder", 2, "obj"),
    ]  # fmt: skip


def test_the_recipe_names_no_machine() -> None:
    recipe("options")
    for path in sorted(RECIPE.iterdir()):
        if path.suffix in (".py", ".cfg", ".md"):
            text = path.read_text("utf-8")
            assert not [mark for mark in ("/" + "work/", "/home/", "py" + "pi", "http") if mark in text], path.name


@pytest.mark.skipif(not (SHARED / "data/ud").is_dir(), reason="the training data is not here (MALBILD_SHARED)")
def test_punctuation_of_the_official_development_set() -> None:
    treebank, punctuation = recipe("treebank"), recipe("punctuation")
    right = total = 0
    for gold in treebank.read_conllu(SHARED / "data/ud/sv_talbanken-ud-dev.conllu"):
        made = gold.copy()
        punctuation.attach_punctuation(made)
        for was, now in zip(gold.words, made.words, strict=True):
            if was.deprel == "punct":
                total, right = total + 1, right + (was.head == now.head)
    assert right / total > 0.92


def test_groups_of_a_number_hang_on_the_first() -> None:
    # The municipality has 5 000 new places. The teacher took "000" for the head.
    made = sentence("""
        Kommunen NOUN 2 nsubj
        har VERB 0 root
        5 NUM 4 nummod
        000 NUM 6 nummod
        nya ADJ 6 amod
        platser NOUN 2 obj
        . PUNCT 2 punct
    """)
    recipe("silver").join_numbers(made.words)
    assert arcs(made)[2:4] == [("5", 6, "nummod"), ("000", 3, "flat")]
    assert recipe("treebank").is_tree(made.words)


def test_years_beside_one_another_are_no_number() -> None:
    made = sentence("""
        Mellan ADP 2 case
        2019 NUM 0 root
        och CCONJ 4 cc
        2021 NUM 2 conj
    """)
    before = arcs(made)
    recipe("silver").join_numbers(made.words)
    assert arcs(made) == before


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Målet delas av Region Dalarna .", "O O O B-ORG I-ORG O"),  # The goal is shared by Region Dalarna.
        ("Region Dalarnas plan", "B-ORG I-ORG O"),  # the plan of Region Dalarna
        ("Staden leder C21-nätverket .", "O O B-ORG O"),  # The city leads the C21 network.
        ("Nätverket växer .", "O O O"),  # The network grows: no name.
        ("Enligt Stadsstyrelsen växer staden", "O O O O"),  # an office every city has
    ],
)
def test_public_bodies_are_named(text: str, tags: str) -> None:
    bodies = {"Region": [("Region", "Dalarna")]}
    made = sentence("\n".join(f"{form} NOUN 0 dep" for form in text.split()))
    made.names = ["O"] * len(made.words)
    recipe("public_bodies").name_bodies(made, bodies)
    assert made.names == tags.split()


def test_a_body_does_not_cut_a_longer_name() -> None:
    made = sentence("\n".join(f"{form} NOUN 0 dep" for form in ["Stiftelsen", "Region", "Dalarna"]))
    made.names = ["B-ORG", "I-ORG", "I-ORG"]
    recipe("public_bodies").name_bodies(made, {"Region": [("Region", "Dalarna")]})
    assert made.names == ["B-ORG", "I-ORG", "I-ORG"]


def test_rows_fitted_to_parts_of_words_give_the_words_back(monkeypatch: pytest.MonkeyPatch) -> None:
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    from spacy.vectors import Vectors

    table = Vectors(data=np.zeros((500, 3), "f"), mode="floret", minn=4, maxn=5, hash_count=1)
    forms = ["stadsstyrelse", "stadsplan", "landsbygd", "landsplan"]
    wanted = np.random.default_rng(1).normal(size=(4, 3)).astype("f")
    distil = recipe("distil")
    shares = distil.parts(table, forms)
    assert shares.sum(1) == pytest.approx(np.ones((4, 1)), abs=1e-5)
    monkeypatch.setattr(distil, "RIDGE", 1e-4)
    rows = distil.fitted(shares, wanted, np.ones(4, "f"))
    assert distil.explained(shares, rows, wanted) > 0.95
    # spaCy makes the same vectors of the rows.
    known = Vectors(data=rows, mode="floret", minn=4, maxn=5, hash_count=1)
    assert known.get_batch(forms) == pytest.approx(shares @ rows, abs=1e-5)


def test_the_course_goes_over_all_the_gold_each_round() -> None:
    train = recipe("train")
    lessons = train.course([Path(f"{number:03d}.spacy") for number in range(60)], seed=1)
    silver = [path for lesson in lessons for path in lesson.silver]
    assert sorted(set(silver)) == sorted(silver)[:: train.SILVER_TIMES]
    share = sum(1 / lesson.parts for lesson in lessons)
    assert share == pytest.approx(train.GOLD_TIMES + train.LAST, rel=0.2)
    assert lessons == train.course([Path(f"{number:03d}.spacy") for number in range(60)], seed=1)


@pytest.mark.parametrize(
    ("text", "rich"),
    [
        # Minister Anna Berg met her colleague from Norway in Umeå.
        ("Minister Anna Berg mötte sin kollega från Norge i Umeå .", True),
        # The municipality of Malmö is building a bridge. / THE PLAN OF THE CITY / The names are too far apart.
        ("Kommunen Malmö bygger en bro .", False),
        ("STADENS PLAN FÖR MALMÖ OCH LUND", False),
        ("Malmö " + "växer och " * 20 + "Lund krymper .", False),
    ],
)
def test_sentences_rich_in_names_are_known_by_their_capitals(text: str, rich: bool) -> None:
    lines = [f"{number}\t{form}\t_" for number, form in enumerate(text.split(), 1)]
    assert recipe("sentences").named(lines) is rich


def test_names_are_exchanged_with_their_genitive_and_nothing_else() -> None:
    # Anna Berg's plan for Lund.
    treebank = recipe("treebank")
    forms = ["Anna", "Bergs", "plan", "för", "Lund", "."]
    given = treebank.Sentence("1", "", [treebank.Word(form) for form in forms])
    given.words[4].space = False
    given.names = ["B-PER", "I-PER", "O", "O", "B-LOC", "O"]
    (made,) = recipe("augment").renamed([given], {"PER": ["Eva"], "LOC": ["Nya Zeeland"]}, random.Random(1))
    assert [word.form for word in made.words] == ["Evas", "plan", "för", "Nya", "Zeeland", "."]
    assert made.names == ["B-PER", "O", "O", "B-LOC", "I-LOC", "O"]
    assert [word.space for word in made.words] == [True, True, True, True, False, True]
    assert given.words[0].form == "Anna"


def test_spoken_pronouns_keep_their_lemma() -> None:
    # They see the judgment.
    made = sentence("""
        De PRON 2 nsubj - de
        ser VERB 0 root
        domen NOUN 2 obj
    """)
    spoken = recipe("augment").spoken(made.copy(), random.Random(1))
    assert (spoken.words[0].form, spoken.words[0].lemma) == ("Dom", "de")
    assert recipe("augment").spoken(sentence("Staden NOUN 2 nsubj\nser VERB 0 root"), random.Random(1)) is None


PLURAL = "Case=Gen|Definite=Def|Number=Plur"
BASIC = "Case=Nom|Definite=Ind|Number=Sing"


def test_a_lemma_is_weighed_by_endings_and_by_the_words_there_are() -> None:
    # The teacher's own lemma for "lärarnas" (the teachers') is wrong; "medborgarnas" (the citizens') shows the ending.
    evidence = recipe("lemmas").Evidence(recipe("lemmas").StrongVerbs({}, {}))
    evidence.learn_gold([sentence(f"medborgarnas NOUN 0 root {PLURAL} medborgare")])
    silver = [sentence(f"lärarnas NOUN 0 root {PLURAL} lär")] * 3
    evidence.learn_silver([*silver, sentence(f"lärare NOUN 0 root {BASIC} lärare")])
    assert evidence.best(("lärarnas", "NOUN")) == "lärare"
    assert evidence.best(("medborgarnas", "NOUN")) == "medborgare"
    assert evidence.best(("lärare", "NOUN")) is None  # seen once


def test_relations_are_counted_by_form_and_for_all_forms() -> None:
    # The city has grown.
    one = sentence("""
        Staden NOUN 3 nsubj
        har AUX 3 aux
        vuxit VERB 0 root
    """)
    assert recipe("relations").seen([one, one.copy()]) == {
        "ROOT": {"": {"VERB": 2}, "vuxit": {"VERB": 2}},
        "aux": {"": {"AUX": 2}, "har": {"AUX": 2}},
        "nsubj": {"": {"NOUN": 2}, "staden": {"NOUN": 2}},
    }


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("legat", "ligga"),
        ("uppstod", "uppstå"),
        ("avgavs", "avge"),
        ("inser", "inse"),
        ("satt", "sitta"),
        ("tillsatt", "tillsätta"),
        ("ökade", None),
        ("xlåg", None),
    ],
)
def test_strong_verbs_are_known_with_their_prefixes(form: str, infinitive: str | None) -> None:
    lemmas = recipe("lemmas")
    assert lemmas.StrongVerbs.read(lemmas.STRONG_VERBS).infinitive(form) == infinitive
