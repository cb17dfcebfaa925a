#!/usr/bin/env python3
"""Kills a process that writes an archive, again and again, and looks at what is left.

    index_kill.py [--kills 50] [--per-archive 5] [--sentences 60] [--seed 1]

A child adds, replaces and removes documents by a plan that its seed decides, and says so each time a change has
returned. The parent kills it (SIGKILL) at a random moment, from before the archive is there to well after its log has
been moved into the database, and compares the archive with the plan: all that was said must be there, the one change
that was under way whole or not at all, and nothing else. In batches, changes since the last commit may be lost. The
next child goes on with the same archive. Exit code 1 if an archive is damaged or a committed document lost.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from machine import described

from malbild.archive import Archive, ArchiveError, Counts, Entry, Listed, Place, Stored, opening

PARAMETERS = "index_kill"
_LOG = 2 << 20  # so that kills meet the log being moved, which happens every 64 MiB otherwise
_COMMON = [f"Kommunen ska nå mål {number}." for number in range(200)]  # The municipality is to reach goal n.


@dataclass(frozen=True, slots=True)
class Change:
    """What the plan does next: a document with the seed of its content, or with none: taken out."""

    id: str
    content: int | None


def plan(seed: int) -> Iterator[Change]:
    chance = random.Random(seed)
    living: list[str] = []
    for number in range(1_000_000):
        kind = chance.random()
        if living and kind < 0.15:
            yield Change(living.pop(chance.randrange(len(living))), None)
        elif living and kind < 0.3:
            yield Change(chance.choice(living), number)
        else:
            living.append(f"document {number}")
            yield Change(living[-1], number)


def entries(content: int, sentences: int) -> list[Entry]:
    chance = random.Random(content)
    own = [f"Staden bygger {content} bostäder i område {number}." for number in range(sentences)]
    texts = own + chance.sample(_COMMON, sentences // 6)
    return [_entry(text, start) for start, text in enumerate(texts)]


def _entry(text: str, start: int) -> Entry:
    chance = random.Random(text)
    signatures = tuple(chance.getrandbits(64) for _ in range(10))
    return Entry(text.casefold(), text, signatures, chance.randbytes(16), (Place(start, start + len(text), 1),))


def write(path: Path, seed: int, begin: int, batch: int, sentences: int) -> None:
    """The child: go on with the plan from change ``begin``, and say how many are done."""
    opening._LOG = _LOG
    print("open", flush=True)
    with Archive.open(path, PARAMETERS, create=True) as archive, archive.batch(batch) if batch > 1 else nullcontext():
        for number, change in enumerate(plan(seed)):
            if number < begin:
                continue
            if change.content is None:
                archive.remove(change.id)
            else:
                made = entries(change.content, sentences)
                archive.add(Listed(change.id, f"{change.id}.pdf", str(change.content)), made)
            print(number + 1, flush=True)


def killed(path: Path, seed: int, begin: int, batch: int, sentences: int, wait: float) -> int:
    """Let a child write for a while after it has begun, and kill it; return how many changes it said were done."""
    how = [str(path), str(seed), str(begin), str(batch), str(sentences)]
    child = subprocess.Popen([sys.executable, __file__, "--child", *how], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    child.stdout.readline()
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read().split("\n")[:-1]
    if child.wait() != -signal.SIGKILL:
        raise RuntimeError("the child ended by itself")
    return int(said[-1]) if said else begin


def state(seed: int, changes: int) -> dict[str, int]:
    """The documents after so many changes, with their content."""
    documents: dict[str, int] = {}
    for change, _ in zip(plan(seed), range(changes), strict=False):
        documents.pop(change.id, None)
        if change.content is not None:
            documents[change.id] = change.content
    return documents


def holds(archive: Archive, sentences: int) -> list[str]:
    """How the documents that are listed differ from what is in the archive of them."""
    wrong: list[str] = []
    living: set[str] = set()
    occurrences = 0
    for document in archive.documents():
        made = entries(int(document.sha256), sentences)
        living |= {entry.key for entry in made}
        occurrences += len(made)
        numbers = archive.exact([entry.key for entry in made])
        places = archive.places(numbers.values())
        stored = archive.stored(numbers.values())
        shared = archive.candidates([entry.signatures for entry in made])
        for entry, candidates in zip(made, shared, strict=True):
            number = numbers.get(entry.key)
            if number is None or (document.id, entry.places[0]) not in places.get(number, ()):
                wrong.append(f"{document.id} lacks {entry.text!r}")
            elif stored[number] != Stored(number, entry.text, entry.bits) or candidates != [number]:
                wrong.append(f"{document.id} has another {entry.text!r}")
    counts = archive.counts()
    if (counts.sentences, counts.occurrences) != (len(living), occurrences):
        wrong.append(f"holds {counts}, not {Counts(counts.documents, len(living), occurrences)}")
    return wrong


@dataclass(slots=True)
class Tally:
    """What became of the archives that were written with so many changes a commit."""

    batch: int
    kills: int = 0
    changes: int = 0
    unsaid: int = 0
    damaged: int = 0
    lost: int = 0
    undone: list[int] = field(default_factory=list)

    def row(self) -> str:
        name = "each change its own commit" if self.batch == 1 else f"batches of {self.batch}"
        undone = f"{sum(self.undone) / max(1, len(self.undone)):.1f}, at most {max(self.undone, default=0)}"
        return (
            f"| {name} | {self.kills} | {self.changes} | {self.unsaid} | {self.damaged} | {self.lost} |"
            f" {undone if self.batch > 1 else '–'} |"
        )


def look(path: Path, seed: int, said: int, tally: Tally, sentences: int) -> int:
    """Compare an archive with the plan, and return how many changes are in it."""
    try:
        with Archive.open(path, PARAMETERS) as archive:
            found = {document.id: int(document.sha256) for document in archive.documents()}
            wrong = archive.faults() + holds(archive, sentences)
    except ArchiveError as error:
        # A child that was killed before it had made the archive leaves none, or an empty file.
        if said == 0 and (not path.exists() or path.stat().st_size == 0):
            return 0
        found, wrong = {}, [str(error)]
    if wrong:
        tally.damaged += 1
        print(*wrong[:5], sep="\n", file=sys.stderr)
    lowest = max(0, said - tally.batch + 1)
    done = next((done for done in range(said + 1, lowest - 1, -1) if state(seed, done) == found), None)
    if done is None:
        missing = state(seed, lowest).items() - found.items()
        tally.lost += max(1, len(missing))
        print(f"after {said} changes these are missing: {sorted(missing)[:5]}", file=sys.stderr)
        return said
    tally.unsaid += done > said
    tally.undone.append(max(0, said - done))
    return done


def run(batch: int, kills: int, per_archive: int, sentences: int, chance: random.Random) -> Tally:
    tally = Tally(batch)
    while tally.kills < kills:
        seed = chance.getrandbits(32)
        with tempfile.TemporaryDirectory() as folder:
            path, done = Path(folder) / "arkiv", 0
            for _ in range(min(per_archive, kills - tally.kills)):
                # Half of them soon, while the archive is made or opened; half of them later, at work.
                wait = chance.uniform(0, 0.02) if chance.random() < 0.5 else chance.uniform(0, 1.5)
                said = killed(path, seed, done, batch, sentences, wait)
                tally.kills += 1
                now = look(path, seed, said, tally, sentences)
                tally.changes += max(0, now - done)
                done = now
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=50, help="of each kind")
    parser.add_argument("--per-archive", type=int, default=5, help="before a new archive is begun")
    parser.add_argument("--sentences", type=int, default=60, help="of a document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=5, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        path, *numbers = options.child
        return write(Path(path), *map(int, numbers))
    chance = random.Random(options.seed)
    tallies = [run(batch, options.kills, options.per_archive, options.sentences, chance) for batch in (1, 20)]
    print(f"{described()}\n")
    print("| | kills | changes made | of them unsaid | damaged archives | committed documents lost | undone a kill |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(*(tally.row() for tally in tallies), sep="\n")
    if any(tally.damaged or tally.lost for tally in tallies):
        sys.exit(1)


if __name__ == "__main__":
    main()
