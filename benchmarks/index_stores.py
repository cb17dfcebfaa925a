#!/usr/bin/env python3
"""The archive of sentences in SQLite (malbild's own), LMDB and DuckDB: the same data and the same questions.

    PYTHONPATH=pipeline python benchmarks/index_stores.py [--sentences 1000000] [--stores sqlite lmdb duckdb]
        [--folder /tmp] [--one-by-one]

It needs lmdb, duckdb and numpy. Each store is written by a process of its own, in documents of 100 sentences, 100
documents a commit; each sentence has ten signatures of 64 bits. One sentence in ten shares five of them with an
earlier one, and one signature in a hundred is one of 5,000 hot ones, rank by rank less often: every twelfth of these
is the hottest. Then documents of 500 sentences are looked up, added and removed, each in its own commit that has
reached the disk. Of the sentences looked up a third is in the archive, a third shares signatures with some, a third
is new. Looking up gives the numbers of equal sentences, those of all that share a signature, and the texts of all
these. "Cold" is after the system was told to drop the file's pages. --one-by-one loads all again with a commit a
document.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from machine import described

from malbild.archive import Archive, Entry, Listed, Place
from malbild.archive.layout import digest

Document = tuple[Listed, list[Entry]]
PER, AFTER, SIGNATURES, HOT = 100, 10_000_000, 10, 5_000
_WORDS = sorted({w for f in Path(__file__).parents[1].glob("corpus/*.txt") for w in f.read_text("utf-8").split()})


class Store(Protocol):
    """An archive in some store. ``__init__`` opens or makes it, for writing."""

    def __init__(self, path: Path) -> None: ...
    def batch(self) -> AbstractContextManager[None]: ...
    def add(self, document: Listed, entries: list[Entry]) -> None: ...
    def look_up(self, entries: list[Entry]) -> tuple[int, int]: ...
    def remove(self, id: str) -> None: ...
    def close(self) -> None: ...


class InSqlite:
    """The archive that ships."""

    def __init__(self, path: Path, write: bool = True) -> None:
        self.archive = Archive.open(path, "index_stores", write=write, create=write)
        self.add, self.remove, self.close = self.archive.add, self.archive.remove, self.archive.close

    def batch(self) -> AbstractContextManager[None]:
        return self.archive.batch(100, 1e9)

    def look_up(self, entries: list[Entry]) -> tuple[int, int]:
        numbers = self.archive.exact([entry.key for entry in entries])
        found = self.archive.candidates([entry.signatures for entry in entries])
        texts = self.archive.stored(set().union(numbers.values(), *found))
        return len(numbers), len(texts)


class InLmdb:
    """Keys and values in B+ trees of a file mapped into memory; the postings and places are sorted duplicates."""

    def __init__(self, path: Path, write: bool = True) -> None:
        import lmdb

        self.env = lmdb.open(str(path), map_size=64 << 30, subdir=False, max_dbs=8, readonly=not write)
        many = {"integerkey": True, "dupsort": True, "dupfixed": True}
        self.documents, self.digests = (self.env.open_db(name, create=write) for name in (b"documents", b"digests"))
        self.sentences = self.env.open_db(b"sentences", integerkey=True, create=write)
        self.postings, self.held = (
            self.env.open_db(name, integerdup=True, create=write, **many) for name in (b"postings", b"held")
        )
        self.places = self.env.open_db(b"places", create=write, **many)
        self.open: Any = None

    @contextmanager
    def batch(self) -> Iterator[None]:
        self.open, self.left = self.env.begin(write=True), 100
        yield
        self.open = self.open.commit()

    @contextmanager
    def change(self) -> Iterator[Any]:
        if not self.open:
            with self.env.begin(write=True) as txn:
                yield txn
            return
        yield self.open
        self.left -= 1
        if not self.left:
            self.open.commit()
            self.open, self.left = self.env.begin(write=True), 100

    def add(self, document: Listed, entries: list[Entry]) -> None:
        with self.change() as txn:
            own = txn.stat(self.documents)["entries"] + 1
            about = json.dumps([own, document.source, document.sha256, document.title]).encode()
            txn.put(document.id.encode(), about, db=self.documents)
            with txn.cursor(self.sentences) as cursor:
                last = struct.unpack("=Q", cursor.key())[0] if cursor.last() else 0
            sentences, digests, postings, places = [], [], [], []
            for entry in entries:
                found = txn.get(digest(entry.key), db=self.digests)
                number = struct.unpack("=I", found)[0] if found else (last := last + 1)
                if not found:
                    text = entry.text.encode()
                    packed = struct.pack(f"={SIGNATURES}Q", *entry.signatures)
                    sentences.append((struct.pack("=Q", number), digest(entry.key) + entry.bits + packed + text))
                    digests.append((digest(entry.key), struct.pack("=I", number)))
                    postings += [(signature, number) for signature in entry.signatures]
                places += [(number, struct.pack(">4I", own, p.start, p.end, p.page or 0)) for p in entry.places]
            for db, rows in (
                (self.sentences, sentences),
                (self.digests, sorted(digests)),
                (self.postings, [(struct.pack("=Q", key), struct.pack("=I", n)) for key, n in sorted(postings)]),
                (self.places, [(struct.pack("=Q", number), place) for number, place in places]),
                (self.held, [(struct.pack("=Q", own), struct.pack("=I", number)) for number, _ in places]),
            ):
                with txn.cursor(db) as cursor:
                    cursor.putmulti(rows)

    def look_up(self, entries: list[Entry]) -> tuple[int, int]:
        with self.env.begin() as txn:
            exact = {
                struct.unpack("=I", number)[0]
                for _, number in txn.cursor(self.digests).getmulti([digest(entry.key) for entry in entries])
            }
            keys = [struct.pack("=Q", key) for key in sorted(set().union(*(entry.signatures for entry in entries)))]
            holders: dict[bytes, list[int]] = {}
            for key, number in txn.cursor(self.postings).getmulti(keys, dupdata=True, dupfixed_bytes=4):
                holders.setdefault(key, []).append(struct.unpack("=I", number)[0])
            found = [
                sorted(set().union(*(holders.get(struct.pack("=Q", key), ()) for key in entry.signatures)))
                for entry in entries
            ]
            numbers = [struct.pack("=Q", number) for number in exact.union(*found)]
            rows = txn.cursor(self.sentences).getmulti(numbers)
            texts = {key: row[32 + 8 * SIGNATURES :].decode() for key, row in rows}
            return len(exact), len(texts)

    def remove(self, id: str) -> None:
        with self.change() as txn:
            own = json.loads(txn.pop(id.encode(), db=self.documents))[0]
            key = struct.pack("=Q", own)
            held = {struct.unpack("=I", number)[0] for _, number in txn.cursor(self.held).getmulti([key], dupdata=True)}
            txn.delete(key, db=self.held)
            postings = []
            with txn.cursor(self.places) as places:
                for number in held:
                    at = struct.pack("=Q", number)
                    places.set_key(at)
                    ours = [place for place in places.iternext_dup() if place[:4] == struct.pack(">I", own)]
                    for place in ours:
                        txn.delete(at, place, db=self.places)
                    if not places.set_key(at):
                        row = txn.pop(at, db=self.sentences)
                        txn.delete(row[:16], db=self.digests)
                        postings += [(s, number) for s in struct.unpack_from(f"={SIGNATURES}Q", row, 32)]
            for signature, number in sorted(postings):
                txn.delete(struct.pack("=Q", signature), struct.pack("=I", number), db=self.postings)

    def close(self) -> None:
        self.env.close()


class InDuckdb:
    """Columns, without indexes: an index on ten million signatures costs more memory than all else together."""

    def __init__(self, path: Path, write: bool = True) -> None:
        import duckdb

        self.db = duckdb.connect(str(path), read_only=not write)
        self.db.execute("SET threads = 1")
        if write:
            self.db.execute("""
                CREATE TABLE IF NOT EXISTS document (number UINTEGER, id TEXT, source TEXT, sha256 TEXT, title TEXT);
                CREATE TABLE IF NOT EXISTS sentence (number UINTEGER, digest BLOB, bits BLOB, text TEXT);
                CREATE TABLE IF NOT EXISTS posting (signature UBIGINT, sentence UINTEGER);
                CREATE TABLE IF NOT EXISTS place
                    (sentence UINTEGER, document UINTEGER, start UINTEGER, stop UINTEGER, page UINTEGER);
            """)
        self.numbers = [
            self.db.execute(f"SELECT max(number) FROM {t}").fetchone()[0] or 0 for t in ("document", "sentence")
        ]
        self.left: int | None = None

    @contextmanager
    def batch(self) -> Iterator[None]:
        self.left = 100
        self.db.execute("BEGIN")
        yield
        self.left = None
        self.db.execute("COMMIT")

    @contextmanager
    def change(self) -> Iterator[None]:
        if self.left is None:
            self.db.execute("BEGIN")
        yield
        if self.left is None:
            self.db.execute("COMMIT")
        else:
            self.left -= 1
            if not self.left:
                self.db.execute("COMMIT")
                self.db.execute("BEGIN")
                self.left = 100

    def exact(self, entries: list[Entry]) -> dict[bytes, int]:
        asked = {"digest": np.array([digest(entry.key) for entry in entries], object)}  # noqa: F841 - DuckDB reads it
        return dict(self.db.execute("SELECT digest, number FROM sentence SEMI JOIN asked USING (digest)").fetchall())

    def add(self, document: Listed, entries: list[Entry]) -> None:
        with self.change():
            self.numbers[0] += 1
            own, known = self.numbers[0], self.exact(entries)
            about = [own, document.id, document.source, document.sha256, document.title]
            self.db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", about)
            fresh = [entry for entry in entries if digest(entry.key) not in known]
            numbers = np.arange(len(fresh), dtype=np.uint32) + np.uint32(self.numbers[1] + 1)
            self.numbers[1] += len(fresh)
            known |= {digest(entry.key): int(number) for entry, number in zip(fresh, numbers, strict=True)}
            rows = [(known[digest(e.key)], own, p.start, p.end, p.page or 0) for e in entries for p in e.places]
            self.insert(
                "sentence",
                number=numbers,
                digest=np.array([digest(entry.key) for entry in fresh], object),
                bits=np.array([entry.bits for entry in fresh], object),
                text=np.array([entry.text for entry in fresh], object),
            )
            self.insert(
                "posting",
                signature=np.array([entry.signatures for entry in fresh], np.uint64).ravel(),
                sentence=np.repeat(numbers, SIGNATURES),
            )
            columns = np.array(rows, np.uint32).T
            self.insert("place", **{str(n): np.ascontiguousarray(column) for n, column in enumerate(columns)})

    def insert(self, table: str, **new: Any) -> None:
        if len(next(iter(new.values()))):
            self.db.execute(f"INSERT INTO {table} SELECT * FROM new")

    def look_up(self, entries: list[Entry]) -> tuple[int, int]:
        exact = self.exact(entries)
        lengths = [len(entry.signatures) for entry in entries]
        asked = {  # noqa: F841
            "entry": np.repeat(np.arange(len(entries), dtype=np.uint32), lengths),
            "signature": np.array([s for entry in entries for s in entry.signatures], np.uint64),
        }
        rows = self.db.execute("SELECT DISTINCT entry, sentence FROM asked JOIN posting USING (signature) ORDER BY ALL")
        found = rows.fetchnumpy()["sentence"]
        wanted = {"number": np.unique(np.concatenate([found, np.fromiter(exact.values(), np.uint32)]))}  # noqa: F841
        texts = self.db.execute("SELECT number, text FROM sentence SEMI JOIN wanted USING (number)").fetchall()
        return len(exact), len(texts)

    def remove(self, id: str) -> None:
        with self.change():
            (own,) = self.db.execute("DELETE FROM document WHERE id = ? RETURNING number", [id]).fetchone()
            gone = self.db.execute("DELETE FROM place WHERE document = ? RETURNING sentence", [own]).fetchnumpy()
            held = {"sentence": np.unique(gone["sentence"])}  # noqa: F841
            free = self.db.execute("SELECT sentence FROM held ANTI JOIN place USING (sentence)").fetchnumpy()  # noqa: F841
            self.db.execute("DELETE FROM posting WHERE sentence IN (SELECT sentence FROM free)")
            self.db.execute("DELETE FROM sentence WHERE number IN (SELECT sentence FROM free)")

    def close(self) -> None:
        self.db.close()


STORES: dict[str, Callable[..., Store]] = {"sqlite": InSqlite, "lmdb": InLmdb, "duckdb": InDuckdb}


def mixed(numbers: Any) -> Any:
    """Spread 64-bit numbers over all 64 bits (SplitMix64)."""
    numbers = (np.asarray(numbers, np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def signatures(sentences: Any, like: Any, hot: bool) -> Any:
    """Ten signatures of each sentence, the first five those of another where ``like`` is not negative."""
    place = np.arange(SIGNATURES, dtype=np.uint64)
    made = mixed(sentences.astype(np.uint64)[:, None] * np.uint64(16) + place)
    sharing = like >= 0
    made[sharing, :5] = mixed(like[sharing].astype(np.uint64)[:, None] * np.uint64(16) + place[5:])
    if hot:
        drawn = mixed(made + np.uint64(7))
        rank = np.power(HOT, (drawn >> np.uint64(32)) / 2**32).astype(np.uint64)
        made = np.where(drawn % np.uint64(100) == 0, mixed(rank + np.uint64(1 << 60)), made)
    return made


def made(sentences: Any, like: Any, hot: bool = True) -> list[Entry]:
    out = []
    for at, (number, row) in enumerate(zip(sentences.tolist(), signatures(sentences, like, hot).tolist(), strict=True)):
        chance = random.Random(number)
        text = " ".join(chance.choices(_WORDS, k=14)).capitalize()
        places = (Place(at * 110, at * 110 + len(text), at // 40 + 1),)
        out.append(Entry(text.casefold(), text, tuple(row), chance.randbytes(16), places))
    return out


def documents(first: int, count: int, size: int) -> Iterator[Document]:
    """Documents of sentences that nobody has, one in ten of which shares signatures with an earlier one."""
    for number in range(first, first + count):
        sentences = np.arange(number * size, (number + 1) * size)
        like = np.where((sentences % 10 == 3) & (number > 0), mixed(sentences) % np.uint64(max(1, number * size)), -1)
        yield listed(number, size), made(sentences, like.astype(np.int64))


def listed(number: int, size: int) -> Listed:
    return Listed(f"{size}-{number}", f"rapporter/{number}.pdf", f"{number:064}", f"Årsredovisning {number}")


def reports(first: int, count: int, archived: int, hot: bool) -> Iterator[Document]:
    """Documents of 500 sentences: a third as they stand in the archive, a third like one there, a third new."""
    for number in range(first, first + count):
        own = AFTER + number * 500 + np.arange(500)
        there = (mixed(own) % np.uint64(archived)).astype(np.int64)
        there -= there % 10  # these have all their signatures to themselves
        kind = np.arange(500) % 3
        sentences, like = np.where(kind == 0, there, own), np.where(kind == 1, there, -1)
        yield listed(number, 500), made(sentences, like, hot)


def clocked(act: Callable[..., Any], *what: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    given = act(*what)
    return time.perf_counter() - began, given


def loaded(store: Store, what: Iterable[Document]) -> float:
    return sum(clocked(store.add, *document)[0] for document in what)


def files(path: Path) -> list[Path]:
    return [file for file in path.parent.iterdir() if file.name.startswith(path.name)]


def forgotten(path: Path) -> None:
    """Have the system drop its copies of the pages of these files."""
    for file in files(path):
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def probe(name: str, path: Path, how: str) -> str:
    """What another process is answered that wants to read, or write, while the store is open for writing."""
    command = [sys.executable, __file__, "--probe", name, str(path), how]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        return "waits for the writer"
    return "can" if done.returncode == 0 else "is refused"


def probing(name: str, path: Path, how: str) -> None:
    store = STORES[name](path, how == "write")
    if how == "write":
        store.remove("500-0")
    else:
        store.look_up(next(reports(0, 1, 1000, False))[1])
    os._exit(0)


def measured(name: str, path: Path, sentences: int, one_by_one: bool) -> dict[str, str]:
    """Everything the table says of one store."""
    out: dict[str, str] = {}
    store = STORES[name](path)

    def told(row: str, act: Callable[..., Any], what: Iterable[tuple[Any, ...]]) -> list[Any]:
        times, given = zip(*(clocked(act, *each) for each in what), strict=True)
        out[row] = f"{statistics.median(times) * 1e3:,.0f} (at most {max(times) * 1e3:,.0f})"
        return list(given)

    began = time.perf_counter()
    with store.batch():
        seconds = loaded(store, documents(0, sentences // PER, PER))
        began += time.perf_counter() - began - seconds
    out["load, 100 documents of 100 a commit, s"] = f"{time.perf_counter() - began:,.0f}"
    store.close()
    out["on disk, MB"] = f"{sum(file.stat().st_size for file in files(path)) / 1e6:,.0f}"
    out["memory at most while loading, MB"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"
    forgotten(path)
    took, store = clocked(STORES[name], path)
    out["open, cold, ms"] = f"{took * 1e3:,.1f}"
    plain = [(entries,) for _, entries in reports(1000, 20, sentences, hot=False)]
    told("look up 500 sentences, cold, ms", store.look_up, plain[:1])
    found = told("the same, warm, ms", store.look_up, plain * 2)
    hot = told("with hot ones, warm, ms", store.look_up, [(e,) for _, e in reports(2000, 10, sentences, hot=True)])
    out["found: equal, texts in all; with hot ones"] = f"{found[0][0]:,}, {found[0][1]:,}; {hot[0][1]:,}"
    added = list(reports(0, 20, sentences, hot=True))
    told("add 500 sentences, ms", store.add, added)
    told("remove them, ms", store.remove, [(document.id,) for document, _ in added[1:]])
    told("add 100 sentences, 500 times, ms", store.add, documents(sentences // PER, 500, PER))
    out["meanwhile another process that reads"] = probe(name, path, "read")
    with store.batch():
        store.add(*next(documents(sentences // PER + 500, 1, PER)))
        out["and one that writes"] = probe(name, path, "write")
    store.close()
    out["memory at most in all, MB"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"
    if one_by_one:
        for file in files(path):
            file.unlink()
        store = STORES[name](path)
        out["load, a document a commit, s"] = f"{loaded(store, documents(0, sentences // PER, PER)):,.0f}"
        store.close()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--stores", nargs="*", choices=STORES, default=list(STORES))
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--one-by-one", action="store_true")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--probe", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.probe:
        return probing(options.probe[0], Path(options.probe[1]), options.probe[2])
    if options.measure:
        folder = Path(tempfile.mkdtemp(dir=options.folder))
        try:
            return print(json.dumps(measured(options.measure, folder / "a", options.sentences, options.one_by_one)))
        finally:
            shutil.rmtree(folder)
    columns = {}
    for name in options.stores:
        command = [sys.executable, *sys.argv, "--measure", name]
        columns[name] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    print(f"{described()}; {options.sentences:,} sentences, {options.sentences * SIGNATURES:,} postings\n")
    print("| |", *(f"{name} |" for name in columns))
    print("| --- |", *("--- |" for _ in columns))
    for row in columns[options.stores[0]]:
        print(f"| {row} |", *(f"{column[row]} |" for column in columns.values()))


if __name__ == "__main__":
    main()
