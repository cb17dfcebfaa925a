"""What is put into an archive is found there, and what is taken out is gone."""

from __future__ import annotations

import numpy as np
import pytest
from stored_sentences import CUT, GROW, MORE, PARAMETERS, entry, listed, rows

from malbild.archive import Archive, ArchiveError, Counts, Entry, Listed, Place, Stored

TOP = 2**64 - 1


def test_a_document_is_found_as_it_was_added(archive: Archive) -> None:
    plan = Listed("plan", "planer/plan.pdf", "ab" * 32, "Plan för Åbo", "Åbo stad", "2024-05-01")
    bare = Listed("bare", "bare.txt", "cd" * 32)
    archive.add(plan, [entry(GROW, 1, TOP, at=(5, 90), page=2), entry(CUT, 2**63, 7)])
    archive.add(bare, iter([entry(CUT, 2**63, 7, at=(11,))]))
    assert list(archive.documents()) == [plan, bare]
    assert archive.document("bare") == bare
    assert archive.document("none") is None
    assert archive.counts() == Counts(2, 2, 4)
    numbers = archive.exact([GROW.casefold(), CUT.casefold(), "något annat", GROW])
    assert set(numbers) == {GROW.casefold(), CUT.casefold()}
    grow, cut = numbers.values()
    assert archive.stored([cut, grow, 99]) == {
        grow: Stored(grow, GROW, entry(GROW).bits),
        cut: Stored(cut, CUT, entry(CUT).bits),
    }
    assert archive.places([grow, cut, 99, grow]) == {
        grow: [("plan", Place(5, 21, 2)), ("plan", Place(90, 106, 2))],
        cut: [("plan", Place(0, 21)), ("bare", Place(11, 32))],
    }


def test_candidates_are_those_that_share_a_signature(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 1, 2), entry(CUT, 2, 3, TOP), entry(MORE, 2**63)])
    grow, cut, more = (archive.exact([text.casefold()])[text.casefold()] for text in (GROW, CUT, MORE))
    assert archive.candidates([[1], [3, 2], [], [TOP, 4], [2**63, 2**63]]) == [[grow], [grow, cut], [], [cut], [more]]
    assert archive.candidates([]) == []
    assert archive.candidates([[1, 2, 3]], most=1) == [[grow, cut]]
    assert archive.candidates([[2], [1]], most=1) == [[], [grow]]
    assert archive.candidates(np.array([[2, TOP], [2**63, 1]], np.uint64)) == [[grow, cut], [grow, more]]


@pytest.mark.parametrize("wrong", [-1, 2**64])
def test_signatures_have_64_bits(archive: Archive, wrong: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        archive.candidates([[wrong]])
    with pytest.raises(ValueError, match="64 bits"):
        archive.add(listed("a"), [entry(GROW, 1), entry(CUT, wrong)])
    assert archive.counts() == Counts(0, 0, 0)


def test_equal_keys_are_one_sentence_as_it_came_first(archive: Archive) -> None:
    archive.add(listed("a"), [entry("Staden SKA växa.", 1)])
    archive.add(listed("b"), [entry(GROW, 9, at=(3,)), entry("STADEN ska växa.", 8, at=(50, 50))])
    (number,) = archive.exact([GROW.casefold()]).values()
    assert archive.stored([number])[number].text == "Staden SKA växa."
    assert archive.candidates([[1], [8, 9]]) == [[number], []]
    assert archive.places([number])[number] == [("a", Place(0, 16)), ("b", Place(3, 19)), ("b", Place(50, 66))]


def test_a_signature_may_be_told_twice(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 5, 5, 6)])
    assert archive.candidates([[5]]) == [[1]]
    assert archive.faults() == []


def test_a_key_need_not_be_the_text_in_small_letters(archive: Archive) -> None:
    archive.add(listed("a"), [entry("– Målet är 40 %!", key="- målet är 40 %!"), entry("– målet är 40 %!")])
    assert len(archive.exact(["- målet är 40 %!", "– målet är 40 %!", "målet är 40 %!"])) == 2


def test_the_key_decides_where_digests_are_equal(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("looking", "changing"):
        monkeypatch.setattr(f"malbild.archive.{module}.digest", lambda key: bytes(16))
    archive.add(listed("a"), [entry(GROW), entry(CUT), entry("– nej", key="- nej")])
    numbers = archive.exact([CUT.casefold(), GROW.casefold(), MORE.casefold(), "- nej"])
    assert numbers == {GROW.casefold(): 1, CUT.casefold(): 2, "- nej": 3}
    assert archive.stored([2])[2].text == CUT


@pytest.mark.parametrize(
    "text", ["", "\0", "a\0b", "e\u0301", "ẞ İ ﬁ", "𐍈" * 5000, "'; DROP TABLE sentence; --", "\ufeff\uffff"]
)
def test_any_text_comes_back(archive: Archive, text: str) -> None:
    archive.add(Listed(text, text, text, text, text, text), [Entry(text, text, (0,), bytes(16), (Place(0, 1),))])
    (number,) = archive.exact([text]).values()
    assert archive.stored([number])[number].text == text
    assert archive.places([number])[number] == [(text, Place(0, 1))]
    assert archive.remove(text)


def test_what_is_no_text_adds_nothing(archive: Archive) -> None:
    with pytest.raises(UnicodeEncodeError):
        archive.add(listed("a"), [entry(GROW), entry("\ud800")])
    assert archive.counts() == Counts(0, 0, 0)
    assert archive.exact(["\ud800"]) == {}


def test_a_document_replaces_the_one_of_its_id(archive: Archive) -> None:
    archive.add(listed("a", "Förslag"), [entry(GROW, 1, 2), entry(CUT, 3)])
    archive.add(listed("b"), [entry(MORE, 4)])
    archive.add(listed("a", "Antagen"), [entry(CUT, 3, at=(40,)), entry("Nytt.", 5)])
    assert list(archive.documents()) == [listed("a", "Antagen"), listed("b")]
    assert archive.exact([GROW.casefold()]) == {}
    assert archive.candidates([[1, 2]]) == [[]]
    (cut,) = archive.exact([CUT.casefold()]).values()
    assert archive.places([cut])[cut] == [("a", Place(40, 61))]
    assert archive.counts() == Counts(2, 3, 3)
    assert archive.faults() == []


def test_removal_leaves_nothing_behind(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 1, 2), entry(CUT, 2)])
    archive.add(listed("b"), [entry(CUT, 2)])
    archive.keep_analyses({GROW.casefold(): b"g", CUT.casefold(): b"c"}, "f")
    assert archive.remove("a")
    assert not archive.remove("a")
    assert archive.analysed([GROW.casefold(), CUT.casefold()], "f") == {CUT.casefold(): b"c"}
    assert archive.counts() == Counts(1, 1, 1)
    assert archive.remove("b")
    counted = rows(archive)
    assert {table: count for table, count in counted.items() if count} == {
        "about": 1,
        "fingerprint": 1,
        "sqlite_sequence": 1,
    }


def test_what_is_removed_is_not_in_the_file(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 1)])
    archive.add(listed("b"), [entry(CUT, 2)])
    archive.remove("a")
    archive.close()
    data = archive.path.read_bytes()
    assert CUT.encode() in data
    assert GROW.encode() not in data


def test_a_number_is_never_used_again(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW)])
    old = archive.exact([GROW.casefold()])
    archive.remove("a")
    archive.add(listed("a"), [entry(CUT)])
    assert archive.stored(old.values()) == {}


def test_analyses_are_kept_by_fingerprint(archive: Archive) -> None:
    archive.keep_analyses({"a": b"1", "b": b""}, "old")
    archive.keep_analyses({"a": b"2"}, "new")
    archive.keep_analyses({"a": b"3"}, "new")
    assert archive.analysed(["a", "b", "c"], "old") == {"a": b"1", "b": b""}
    assert archive.analysed(["a", "b"], "new") == {"a": b"3"}
    assert archive.analysed(["a"], "none") == {}
    assert archive.forget_analyses("new") == 2
    assert archive.analysed(["a", "b"], "old") == {}
    assert archive.analysed(["a"], "new") == {"a": b"3"}
    assert archive.forget_analyses("none") == 1
    assert rows(archive)["fingerprint"] == 0


def test_an_archive_is_there_when_it_is_opened_again(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 1)])
    archive.close()
    archive.close()
    assert not archive.path.with_name(f"{archive.path.name}-wal").exists()
    with Archive.open(archive.path, PARAMETERS) as again:
        assert again.candidates([[1]]) == [[1]]
    with Archive.open(str(archive.path), PARAMETERS, create=True) as again:
        again.add(listed("b"), [entry(GROW, 1)])
        assert again.counts() == Counts(2, 1, 2)


def test_a_closed_archive_is_whole_without_its_log_though_somebody_reads(archive: Archive) -> None:
    with Archive.open(archive.path, PARAMETERS) as reader:
        archive.add(listed("a"), [entry(GROW, 1)])
        assert reader.counts().documents == 1
        archive.close()
        copy = archive.path.with_name("copy")
        copy.write_bytes(archive.path.read_bytes())
        with Archive.open(copy, PARAMETERS) as copied:
            assert copied.counts().documents == 1


def test_readers_cannot_change_anything(archive: Archive) -> None:
    with Archive.open(archive.path, PARAMETERS) as reader, pytest.raises(ArchiveError, match="cannot be written"):
        reader.add(listed("a"), [entry(GROW)])
    assert archive.counts() == Counts(0, 0, 0)


def test_a_snapshot_does_not_change(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW)])
    with Archive.open(archive.path, PARAMETERS) as reader:
        with reader.snapshot():
            assert reader.counts().documents == 1
            archive.remove("a")
            assert [document.id for document in reader.documents()] == ["a"]
            assert reader.exact([GROW.casefold()])
        assert reader.counts().documents == 0


def test_documents_may_change_while_they_are_listed(archive: Archive) -> None:
    for number in range(1200):
        archive.add(listed(f"{number:04}"), [])
    seen = []
    for document in archive.documents():
        seen.append(document.id)
        archive.remove(document.id)
    assert seen == [f"{number:04}" for number in range(1200)]
    assert archive.counts().documents == 0
