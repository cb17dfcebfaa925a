"""A record is the same with an archive and without, and what stands there is not made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from runs import ACCURATE, BUILT, CUT, FAST, PROFILES, run

import malbild
from malbild.flow import analyses_in, extract_source
from malbild.read import read, read_text
from malbild.settings import Settings

by_profile = pytest.mark.parametrize("settings", PROFILES, ids=lambda settings: settings.profile)

PIECES = [
    CUT, CUT.upper(), f"”{CUT}”", BUILT, BUILT.replace("Staden", "Vi"), "\ud83d Målet nåddes inte.", "# Mål",
    "## 2.1 Bo",
    "- ", "1. ", "Vi ska:", "*", "”", "\n", "\n\n", "\n\n", " ", "\x00", "Ma\u030alet", "| a | b |",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


@by_profile
def test_the_corpus_cold_and_warm(settings: Settings, corpus: list[Path], tmp_path: Path) -> None:
    documents = [read(file) for file in corpus]
    plain = run(None, settings, *documents)
    cold = run(tmp_path / "a", settings, *documents)
    warm = run(tmp_path / "a", settings, *documents[::-1])
    assert cold.records == plain.records == warm.records[::-1]
    assert 0 < len(cold.annotated) <= len(plain.annotated)
    assert cold.judged == plain.judged
    assert (warm.annotated, warm.judged, warm.told) == ([], 0, [])


@by_profile
def test_a_report_with_one_sentence_more(settings: Settings, corpus: list[Path], tmp_path: Path) -> None:
    text = next(file for file in corpus if file.name == "regional-handlingsplan.txt").read_text("utf-8")
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    longer = "\n\n".join([*paragraphs[:middle], "Vi bygger badhuset under 2031.", *paragraphs[middle:]])
    first = run(tmp_path / "a", settings, text)
    again = run(tmp_path / "a", settings, longer)
    assert again.records == run(None, settings, longer).records
    assert "Vi bygger badhuset under 2031." in again.annotated
    assert len(again.annotated) == 1 if settings is FAST else len(again.annotated) < len(first.annotated)
    assert again.judged <= first.judged


@by_profile
@examples(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_documents_of_the_same_pieces(
    settings: Settings, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    shared = tmp_path_factory.getbasetemp() / f"shared-{settings.profile}"  # by all examples
    documents = ["Mål " + text for text in texts]
    assert run(shared, settings, *documents).records == run(None, settings, *documents).records
    assert run(shared, settings, *documents).annotated == []


def test_a_sentence_of_two_documents_is_annotated_once(tmp_path: Path) -> None:
    one, other = f"{CUT} {CUT}\n\n{BUILT}", f"# Bostäder\n\n{BUILT} {CUT}"
    assert run(tmp_path / "a", FAST, one, other).annotated == [CUT, BUILT, "Bostäder"]
    assert run(tmp_path / "a", FAST, other, one).annotated == []


def test_a_sentence_in_other_capitals_is_another(tmp_path: Path) -> None:
    done = run(tmp_path / "a", FAST, CUT, CUT.upper(), f"”{CUT}”", CUT)
    assert done.annotated == [CUT, CUT.upper(), f"”{CUT}”"]
    assert done.records == run(None, FAST, CUT, CUT.upper(), f"”{CUT}”", CUT).records


def test_a_passage_that_is_the_same_is_encoded_once(tmp_path: Path) -> None:
    done = run(tmp_path / "a", ACCURATE, CUT, f"{CUT}\n", f"{CUT} {BUILT}", CUT)
    assert done.annotated == [CUT, CUT, BUILT]
    assert done.judged == 2


def test_a_sentence_that_stood_second_in_its_passage_and_now_stands_first(tmp_path: Path) -> None:
    rest = " ".join(f"Nämnden ska se över rutin {n} under {2020 + n % 9} och sedan redovisa den." for n in range(60))
    once = f"# Rubrik\n\n{rest}\n\n# Sist\n\n{CUT}"
    twice = f"{CUT}\n\n{once}"
    run(tmp_path / "a", ACCURATE, twice)
    assert run(tmp_path / "a", ACCURATE, once).records == run(None, ACCURATE, once).records
    warm = run(tmp_path / "a", ACCURATE, once, twice)
    assert warm.records == run(None, ACCURATE, once, twice).records
    assert (warm.annotated, warm.judged) == ([], 0)


def test_the_front_doors(tmp_path: Path) -> None:
    file, archive = tmp_path / "plan.txt", tmp_path / "plan.archive"
    file.write_text(CUT, "utf-8")
    for _ in range(2):
        assert malbild.extract(CUT, archive=archive) == malbild.extract(CUT)
        assert malbild.extract_file(file, FAST, archive=str(archive)) == malbild.extract_file(file, FAST)
    with analyses_in(archive, FAST) as analyses:
        assert extract_source(read_text(CUT), FAST, analyses=analyses) == extract_source(read_text(CUT), FAST)
