"""Groups: cliques of the same and of variants, by hand and at random."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from malbild.repeat import compare, groups, repeats_of

BASE = "Nationellt har Helsingfors synlighet ökat med en mer aktiv kommunikation och C21-nätverket."
SLIPPED = BASE.replace("kommunikation", "komunikation")
OTHER = BASE.replace("ökat", "minskat")


def test_a_slip_is_the_same_version_and_a_direction_another() -> None:
    (group,) = groups([BASE, SLIPPED, OTHER])
    assert group.kind == "variant"
    assert group.versions == ((0, 1), (2,))


def test_what_stands_most_often_represents() -> None:
    (group,) = groups([SLIPPED, BASE], times=[1, 4])
    assert (group.kind, group.versions) == ("near", ((1, 0),))


def test_groups_do_not_chain() -> None:
    # Each differs from the next by an ending; the first and the last differ by four.
    steps = [
        "Nämnden redovisar kostnaden för bygget av skolan och lokalen varje månad.",
        "Nämnden redovisar kostnaderna för bygget av skolorna och lokalen varje månad.",
        "Nämnderna redovisar kostnaderna för bygget av skolorna och lokalerna varje månad.",
    ]
    assert [compare(a, b) is not None for a, b in combinations(steps, 2)] == [True, False, True]
    assert [group.versions for group in groups(steps)] == [((0, 1),), ((1, 2),)]
    same, repeats = repeats_of(steps)
    assert (same, [repeat.members for repeat in repeats]) == (((0, 1), (2,)), [(0, 1)])


def test_a_year_of_every_report_is_one_group() -> None:
    texts = [f"Andelen elever som når målen var {n} procent år {1990 + n}." for n in range(60)]
    (group,) = groups(texts)
    assert (group.kind, len(group.versions)) == ("variant", 60)


def test_workers_change_nothing() -> None:
    texts = [BASE, SLIPPED, OTHER, *(f"Staden fick {n} nya träd i parken." for n in range(9))]
    with ThreadPoolExecutor(2) as pool:
        assert groups(texts, spread=pool.map) == groups(texts)


WORDS = [
    "staden",
    "ökade",
    "minskade",
    "ska",
    "40",
    "47",
    "Umeå",
    "Sundsvall",
    "skolorna",
    "skolan",
    "bostäder",
    "utsläppen",
    "nämnden",
    "planen",
    "inte",
    "och",
    "i",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=6).map(" ".join), max_size=14, unique=True))
def test_members_are_related_and_related_pairs_are_members(texts: list[str]) -> None:
    near, variant = set[tuple[int, int]](), set[tuple[int, int]]()
    for group in groups(texts):
        assert len(group.versions) > 1 or len(group.versions[0]) > 1
        for version in group.versions:
            near |= {tuple(sorted(pair)) for pair in combinations(version, 2)}
        for one, other in combinations(group.versions, 2):
            variant |= {tuple(sorted((a, b))) for a in one for b in other}
    related = {
        (a, b): relation.kind
        for a, b in combinations(range(len(texts)), 2)
        if (relation := compare(texts[a], texts[b])) is not None
    }
    for pair, kind in related.items():
        assert pair in variant | near, kind
    assert all(related.get(pair) == "near" for pair in near)


def test_a_document_has_all_three_kinds() -> None:
    same, repeats = repeats_of([BASE, "Staden växer.", BASE.upper(), SLIPPED, OTHER])
    assert same == ((0, 2, 3), (1,), (4,))
    assert [(r.kind, r.members, r.differs) for r in repeats] == [
        ("exact", (0, 2), ()),
        ("near", (0, 2, 3), ()),
        ("variant", (0, 4), ("ökat → minskat",)),
    ]
    assert [r.similarity == 1.0 for r in repeats] == [True, False, False]


def test_neighbours_may_be_variants_where_strangers_are_not() -> None:
    one, other = "Utlåningen på svenska ökade med 6 procent.", "Utlåningen på finska minskade med 6 procent."
    far = ["Barnen läser.", "Skolan är ny.", "Taket läcker.", "Parken är öppen."]
    assert [r.differs for r in repeats_of([one, far[0], other])[1]] == [("ökade → minskade",)]
    assert repeats_of([one, *far, other])[1] == ()


def test_nothing_repeats_nothing() -> None:
    assert repeats_of([]) == ((), ())
    assert repeats_of(["", "", "40 %", "40 %"])[0] == ((0,), (1,), (2, 3))
