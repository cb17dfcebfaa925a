"""What is the same again, what is the same with another value, and what is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.repeat import compare, similarity

SENTENCES = (
    # The share of pupils that are eligible for upper secondary school was X last year.
    "Andelen elever som är behöriga till gymnasiet var X i fjol.",
    "Under året byggde kommunens bolag X i den norra delen av staden.",
    "Regionen räknar med X när den nya järnvägen tas i bruk.",
    "Antalet besökare på biblioteken, som har haft öppet hela sommaren, var X enligt rapporten.",
)
VALUES = (
    ("40 procent", "47 procent"),
    ("40 procent", "40 procentenheter"),
    ("två", "tre"),
    ("1 000", "10 000"),
    ("fyra", "14"),
    ("2,5", "25"),
    ("högre", "lägre"),
    ("fler", "färre"),
    ("högst 30", "minst 30"),
    ("under 30", "över 30"),
    ("12 ton", "12 kilo"),
    ("i januari", "i juni"),
)

NEAR = [
    ("a letter dropped", "Staden har stärkt samarbetet med högskolan.", "Staden har stärkt samarbtet med högskolan."),
    ("a letter doubled", "Nämnden redovisar kostnaderna för bostäder.", "Nämnden redovisar kostnadderna för bostäder."),
    ("letters swapped", "Föreningarna har fått nya lokaler i år.", "Föreningarna har fått nya lokalre i år."),
    (
        "a word that says a value, mistyped",
        "Utsläppen har minskat i hela länet.",
        "Utsläppen har minskatt i hela länet.",
    ),
    ("a known name mistyped", "Arbetet i Tammerfors går framåt.", "Arbetet i Tamerfors går framåt."),
    ("a word broken", "Arbetet för jämställdhet fortsätter.", "Arbetet för jäm- ställdhet fortsätter."),
    ("a hyphen left", "Arbetet för jämställdhet fortsätter.", "Arbetet för jäm-ställdhet fortsätter."),
    (
        "a word in two",
        "Andelen med eftergymnasial utbildning ökar stadigt i länet.",
        "Andelen med eftergym nasial utbildning ökar stadigt i länet.",
    ),
    ("punctuation", "Skolan, som byggdes i fjol, är full.", "Skolan som byggdes i fjol är full!"),
    ("a word twice", "Planen gäller hela den norra stadsdelen.", "Planen gäller hela den norra norra stadsdelen."),
    ("a small word", "Andelen elever som trivs har ökat.", "Andelen av elever som trivs har ökat."),
    ("an ending of a word of direction", "Andelen elever ökade.", "Andelen elever ökar."),
    ("an ending", "Regionen ska bygga vårdcentralen i Boden.", "Regionen ska bygga vårdcentraler i Boden."),
    ("a figure and its sign", "Andelen resor ökade med 40 procent.", "Andelen resor ökade med 40 %."),
    ("a numeral written out", "Kommunen har fyra träffpunkter för äldre.", "Kommunen har 4 träffpunkter för äldre."),
    ("thousands", "Staden fick 1 000 nya invånare.", "Staden fick 1.000 nya invånare."),
    ("a negation of another style", "Målet för avfallet nåddes inte.", "Målet för avfallet nåddes ej."),
    (
        "a clause moved",
        "När planen har antagits, ska nämnden redovisa kostnaderna.",
        "Nämnden ska redovisa kostnaderna, när planen har antagits.",
    ),
    ("the time moved", "År 2021 ökade andelen till 47 procent.", "Andelen ökade till 47 procent år 2021."),
    ("the subject moved", "Staden ökade stödet till föreningarna 2020.", "2020 ökade staden stödet till föreningarna."),
]

VARIANTS = [
    (
        "year and figure",
        "Andelen ökade till 40 % 2019.",
        "Andelen ökade till 47 % 2021.",
        ("40 % → 47 %", "2019 → 2021"),
    ),
    ("a numeral", "Kommunen har fyra träffpunkter.", "Kommunen har fem träffpunkter.", ("fyra → fem",)),
    ("an article and a numeral", "Staden ska ha ett mål för året.", "Staden ska ha två mål för året.", ("ett → två",)),
    ("a unit", "Beloppet är 40 miljoner kronor.", "Beloppet är 40 miljoner euro.", ("kronor → euro",)),
    ("a place", "I Helsingfors ökade befolkningen.", "I Esbo ökade befolkningen.", ("Helsingfors → Esbo",)),
    (
        "names of two words",
        "Ansvarig är Maria Lund på kansliet.",
        "Ansvarig är Anna Berg på kansliet.",
        ("Maria Lund → Anna Berg",),
    ),
    ("a negation more", "Målet uppnåddes.", "Målet uppnåddes inte.", ("– → inte",)),
    ("none", "Alla skolor har infört planen.", "Inga skolor har infört planen.", ("Alla → Inga",)),
    ("without", "Arbetet sker med externa medel.", "Arbetet sker utan externa medel.", ("med → utan",)),
    (
        "un-",
        "Läget i kommunens skolor är förändrat.",
        "Läget i kommunens skolor är oförändrat.",
        ("förändrat → oförändrat",),
    ),
    (
        "direction",
        "Trivseln har förbättrats kraftigt.",
        "Trivseln har försämrats kraftigt.",
        ("förbättrats → försämrats",),
    ),
    ("another word of one direction", "Staden får bättre lokaler.", "Staden får fler lokaler.", ("bättre → fler",)),
    ("a comparative", "Andelen är högre än i fjol.", "Andelen är lägre än i fjol.", ("högre → lägre",)),
    (
        "from and to",
        "Andelen steg från 40 till 47 procent.",
        "Andelen steg från 47 till 40 procent.",
        ("40 → 47", "47 procent → 40 procent"),
    ),
    (
        "two directions swapped",
        "Trafiken ökade medan utsläppen minskade.",
        "Trafiken minskade medan utsläppen ökade.",
        ("ökade → minskade", "minskade → ökade"),
    ),
    (
        "two names swapped",
        "Sundsvall samarbetar med Umeå om tågen.",
        "Umeå samarbetar med Sundsvall om tågen.",
        ("Sundsvall → Umeå", "Umeå → Sundsvall"),
    ),
    ("a goal and what came of it", "Staden ska minska utsläppen.", "Staden har minskat utsläppen.", ("ska → har",)),
    (
        "a value beside a slip",
        "Samarbetet gav 12 nya företag i länet.",
        "Samarbetet gav 15 nya företg i länet.",
        ("12 → 15",),
    ),
    ("a season", "Vid vårens granskning var felen få.", "Vid höstens granskning var felen få.", ("vårens → höstens",)),
]

NEITHER = [
    ("another word", "Staden ska bygga fler bostäder.", "Staden ska bygga fler skolor."),
    (
        "a word of one letter's difference",
        "Kommunen ska ordna nya lekar för barnen.",
        "Kommunen ska ordna nya lekor för barnen alls.",
    ),
    ("two known words", "Nämnden ska utreda frågan om lagar.", "Nämnden ska utreda frågan om dagar."),
    ("roles exchanged", "Regionen överlåter uppgiften till kommunen.", "Kommunen överlåter uppgiften till regionen."),
    ("labels", "Mål 1", "Mål 2"),
    ("cells", "Kvinnor: 55 %", "Kvinnor: 60 %"),
    ("a frame that is no frame", "Andelen ökade.", "Andelen är 40 procent."),
    ("much more said", "Målet nåddes.", "Målet nåddes, men på bekostnad av arbetsmiljön i alla stadens förskolor."),
    ("nothing", "", "Staden växer."),
]


@pytest.mark.parametrize(("one", "other"), [pytest.param(a, b, id=name) for name, a, b in NEAR])
def test_the_same_again(one: str, other: str) -> None:
    for relation in (compare(one, other), compare(other, one)):
        assert relation is not None
        assert (relation.kind, relation.differs) == ("near", ())


@pytest.mark.parametrize(("one", "other", "differs"), [pytest.param(*rest, id=name) for name, *rest in VARIANTS])
def test_the_same_frame_with_another_value(one: str, other: str, differs: tuple[str, ...]) -> None:
    relation = compare(one, other)
    assert relation is not None
    assert (relation.kind, relation.differs) == ("variant", differs)
    back = compare(other, one)
    assert back is not None
    assert back.kind == "variant"


@pytest.mark.parametrize(("one", "other"), [pytest.param(a, b, id=name) for name, a, b in NEITHER])
def test_something_else(one: str, other: str) -> None:
    assert compare(one, other) is None


def test_neighbours_may_differ_in_other_words_besides_a_value() -> None:
    one, other = "Utlåningen på svenska ökade med 6 procent.", "Utlåningen på finska minskade med 6 procent."
    assert compare(one, other) is None
    loose = compare(one, other, loose=True)
    assert loose is not None
    assert (loose.kind, loose.differs) == ("variant", ("ökade → minskade",))
    assert compare("Staden ska bygga fler bostäder.", "Staden ska bygga fler skolor.", loose=True) is None


@given(st.sampled_from(SENTENCES), st.sampled_from(VALUES))
def test_a_value_is_never_a_slip(sentence: str, values: tuple[str, str]) -> None:
    one, other = (sentence.replace("X", value) for value in values)
    relation = compare(one, other)
    assert relation is not None
    assert relation.kind == "variant"


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_similarity_is_symmetric_and_one_for_equal_keys(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert similarity(one, one.upper()) == 1.0
    assert 0.0 <= similarity(one, other) <= 1.0
