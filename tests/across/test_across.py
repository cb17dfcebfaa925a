"""Sets of documents: issuers and dates, places, boilerplate, and new ones against an archive."""

from pathlib import Path

import pytest

from malbild.across import Gathered, found_in, said_in, said_in_record
from malbild.across.against import against, entries, listed
from malbild.across.documents import date_of, issuer_of
from malbild.archive import Archive
from malbild.read import read_text

ABOUT = "Rapporten har godkänts av kommunstyrelsen och finns på webbplatsen."  # the report has been approved
SHARE = "Andelen elever som når målen ökade till {} procent."


def report(year: int, *sentences: str, issuer: str = "Umeå kommun") -> tuple:
    text = "\n\n".join([f"# Uppföljning {year}", f"{issuer} följer upp sina mål varje år.", *sentences])
    return said_in(read_text(text, f"{issuer} {year}.md"))


def gathered(*reports: tuple) -> Gathered:
    made = Gathered()
    for document, said in reports:
        made.add(document, said)
    return made


@pytest.mark.parametrize(
    ("title", "head", "source", "issuer"),
    [
        ("Klimatprogram för Malmö stad", "Region Skåne och Skåne län", "a/b.pdf", "Malmö kommun"),
        (None, "Naturvårdsverket redovisar. Naturvårdsverkets uppdrag. Umeå.", "a/b.pdf", "Naturvårdsverket"),
        ("Handlingsplan", "Vi vill att alla ska trivas.", "nämnder/b.pdf", "nämnder"),
        (None, "", "b.pdf", None),
    ],
)
def test_who_issued_it(title: str | None, head: str, source: str, issuer: str | None) -> None:
    assert issuer_of(title, head, source) == issuer


@pytest.mark.parametrize(
    ("title", "source", "date"),
    [
        ("Strategi 2021–2024", "plan-2019.pdf", "2024"),
        ("Strategi", "plan-2019.pdf", "2019"),
        ("Möte 2023-05-31", "x.pdf", "2023-05-31"),
        ("Artikel 12019", "x.pdf", None),
    ],
)
def test_when_it_was_issued(title: str, source: str, date: str | None) -> None:
    assert date_of(title, source) == date


def test_last_years_sentence_with_this_years_figure() -> None:
    found = found_in(
        gathered(report(2022, SHARE.format(71)), report(2023, SHARE.format(74)), report(2024, "Taket läcker."))
    )
    (share,) = [group for group in found if "elever" in group.versions[0].text]
    assert (share.kind, share.documents, share.boilerplate) == ("variant", 2, False)
    assert [version.differs for version in share.versions] == [(), ("71 procent → 74 procent",)]
    places = [place for version in share.versions for place in version.occurrences]
    assert [(place.document.issuer, place.document.date) for place in places] == [
        ("Umeå kommun", "2022"),
        ("Umeå kommun", "2023"),
    ]


def test_places_are_where_the_words_stand() -> None:
    text = f"{SHARE.format(71)}\n\nSkolan är ny. {SHARE.format(71).upper()}"
    made = gathered(said_in(read_text(text, "a.txt")))
    (group,) = found_in(made)
    assert group.kind == "exact"
    assert [text[place.start : place.end].casefold() for place in group.versions[0].occurrences] == [
        SHARE.format(71).casefold()
    ] * 2


def test_what_stands_in_most_reports_of_one_issuer_is_boilerplate() -> None:
    umeå = [report(2020 + n, ABOUT, f"Åtgärd nummer {n} har slutförts i {n + 3} skolor.") for n in range(4)]
    luleå = [
        report(2021, ABOUT, SHARE.format(50), issuer="Luleå kommun"),
        report(2022, SHARE.format(50), issuer="Luleå kommun"),
    ]
    found = {group.versions[0].text: group for group in found_in(gathered(*umeå, *luleå))}
    assert found[ABOUT].versions[0].boilerplate == "Umeå kommun"
    assert found[ABOUT].boilerplate
    assert not found[SHARE.format(50)].boilerplate


def test_a_slip_tells_its_own_words() -> None:
    slipped = ABOUT.replace("webbplatsen", "webplatsen")
    (group,) = [
        g for g in found_in(gathered(report(2022, ABOUT), report(2023, slipped))) if "Rapporten" in g.versions[0].text
    ]
    assert (group.kind, [place.text for place in group.versions[0].occurrences]) == ("near", [None, slipped])


def test_labels_are_no_repeats_of_a_set() -> None:
    assert found_in(
        gathered(report(2022, "Tabell 1.", issuer="A"), report(2022, "Tabell 1.", issuer="B"))
    ) == [] or all(
        "Tabell" not in group.versions[0].text
        for group in found_in(gathered(report(2022, "Tabell 1."), report(2023, "Tabell 1.")))
    )


def test_a_record_gives_its_claims(tmp_path: Path) -> None:
    record = {
        "document": {"id": "x", "source": "plan 2024.md", "sha256": "0", "title": None},
        "goals": [{"text": "Staden ska\nväxa.", "occurrences": [{"start": 9, "end": 25, "page": 2}]}],
        "outcomes": [{"text": "Staden har vuxit.", "occurrences": [{"start": 0, "end": 17, "page": 1}]}],
        "actors": [{"name": "Borgå", "mentions": [{}, {}]}],
    }
    document, said = said_in_record(record)
    assert (document.issuer, document.date) == ("Borgå", "2024")
    assert [(one.text, one.start, one.page) for one in said] == [
        ("Staden har vuxit.", 0, 1),
        ("Staden ska växa.", 9, 2),
    ]


def test_a_new_report_against_an_archive(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", "p", create=True) as archive:
        for document, said in (
            report(2021, ABOUT, SHARE.format(70)),
            report(2022, SHARE.format(71), "Taket läcker på skolan."),
        ):
            archive.add(listed(document), entries(said))
        new = report(
            2023,
            ABOUT.replace("webbplatsen", "webplatsen"),
            SHARE.format(74),
            "Taket läcker på skolan.",
            "Allt är nytt här.",
        )
        found = {group.versions[0].text: group for group in against(gathered(new), archive)}
        again = list(against(gathered(report(2021, ABOUT, SHARE.format(70))), archive))
    said = {text: group.kind for text, group in found.items()}
    assert said.pop("Umeå kommun följer upp sina mål varje år.") == "exact"
    assert said.pop("Uppföljning 2023", "variant") == "variant"
    assert said == {
        "Rapporten har godkänts av kommunstyrelsen och finns på webplatsen.": "near",
        SHARE.format(74): "variant",
        "Taket läcker på skolan.": "exact",
    }
    assert sorted(version.differs for version in found[SHARE.format(74)].versions) == [
        (),
        ("74 procent → 70 procent",),
        ("74 procent → 71 procent",),
    ]
    # A document that the archive has is not found again in itself.
    assert {place.document.date for group in again for v in group.versions[1:] for place in v.occurrences} == {"2022"}
