"""Any sequence of changes leaves an archive that says what a dictionary would, without a row too many."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from stored_sentences import PARAMETERS, entry, listed, rows

from malbild.archive import Archive, Counts, Entry, Place

WORDS = ["Mål", "MÅL", "mål", "– mål", "Staden växer.", "staden växer.", "Ja", "nej", "1", "2"]
SIGNATURES = {word.casefold(): (n, n + 1, 2**64 - 1 - n // 2) for n, word in enumerate(WORDS)}
ids = st.sampled_from("abcde")
fingerprints = st.sampled_from(["f", "g"])
entries = st.lists(
    st.builds(
        lambda word, at, page: entry(word, *SIGNATURES[word.casefold()], at=tuple(at), page=page),
        st.sampled_from(WORDS),
        st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
        st.sampled_from([None, 1]),
    ),
    unique_by=lambda one: one.key,
)


class ArchiveMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.stack = ExitStack()
        self.archive = Archive.open(Path(self.folder.name) / "arkiv", PARAMETERS, create=True)
        self.documents: dict[str, list[Entry]] = {}
        self.first: dict[str, Entry] = {}
        self.analyses: dict[tuple[str, str], bytes] = {}

    def teardown(self) -> None:
        self.stack.close()
        self.archive.close()
        self.folder.cleanup()

    def settle(self) -> None:
        living = {one.key for held in self.documents.values() for one in held}
        for key in self.first.keys() - living:
            del self.first[key]
            for kept in [kept for kept in self.analyses if kept[0] == key]:
                del self.analyses[kept]

    @rule(id=ids, held=entries)
    def add(self, id: str, held: list[Entry]) -> None:
        self.archive.add(listed(id), held)
        self.documents[id] = held
        self.first = {one.key: one for one in held} | self.first
        self.settle()

    @rule(id=ids)
    def remove(self, id: str) -> None:
        assert self.archive.remove(id) == (self.documents.pop(id, None) is not None)
        self.settle()

    @rule(word=st.sampled_from(WORDS), value=st.binary(max_size=3), fingerprint=fingerprints)
    def keep(self, word: str, value: bytes, fingerprint: str) -> None:
        self.archive.keep_analyses({word.casefold(): value}, fingerprint)
        self.analyses[word.casefold(), fingerprint] = value

    @rule(fingerprint=fingerprints)
    def forget(self, fingerprint: str) -> None:
        dropped = [kept for kept in self.analyses if kept[1] != fingerprint]
        assert self.archive.forget_analyses(fingerprint) == len(dropped)
        for kept in dropped:
            del self.analyses[kept]

    @precondition(lambda self: not self.archive._transactions._most)
    @rule(changes=st.integers(1, 4))
    def begin_batch(self, changes: int) -> None:
        self.stack.enter_context(self.archive.batch(changes))

    @rule()
    def end_batch(self) -> None:
        self.stack.close()

    @rule()
    def reopen(self) -> None:
        self.stack.close()
        self.archive.close()
        self.archive = Archive.open(self.archive.path, PARAMETERS, write=True)

    @invariant()
    def says_what_the_dictionary_says(self) -> None:
        places = [(id, one.key, place) for id, held in self.documents.items() for one in held for place in one.places]
        assert {document.id for document in self.archive.documents()} == self.documents.keys()
        assert self.archive.counts() == Counts(len(self.documents), len(self.first), len(places))
        numbers = self.archive.exact(SIGNATURES)
        assert numbers.keys() == self.first.keys()
        for key, number in numbers.items():
            stored = self.archive.stored([number])[number]
            assert (stored.text, stored.bits) == (self.first[key].text, self.first[key].bits)
            found: list[tuple[str, Place]] = self.archive.places([number])[number]
            assert sorted(found, key=str) == sorted(((id, at) for id, of, at in places if of == key), key=str)
        asked = [(signature,) for signature in sorted(set().union(*SIGNATURES.values()))]
        for (signature,), found_numbers in zip(asked, self.archive.candidates(asked), strict=True):
            assert found_numbers == sorted(n for key, n in numbers.items() if signature in SIGNATURES[key])
        for fingerprint in "fg":
            kept = {key: value for (key, of), value in self.analyses.items() if of == fingerprint}
            assert self.archive.analysed(SIGNATURES, fingerprint) == kept
        assert self.archive.faults() == []

    @precondition(lambda self: not self.archive._transactions._most)
    @invariant()
    def has_no_row_too_many(self) -> None:
        counted = rows(self.archive)
        assert counted["posting"] == sum(len(set(SIGNATURES[key])) for key in self.first)
        assert counted["analysis"] == len(self.analyses)


TestArchive = ArchiveMachine.TestCase
TestArchive.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
