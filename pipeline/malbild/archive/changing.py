"""Adding documents to an archive and taking them out. Each function is for the inside of a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from malbild.archive.contents import Entry, Listed
from malbild.archive.layout import digest, packed, signed, unpacked
from malbild.archive.looking import exact


def add(connection: Connection, document: Listed, entries: Sequence[Entry]) -> None:
    """Put a document in, in place of the one of its id."""
    number, before = _emptied(connection, document)
    numbers = exact(connection, (entry.key for entry in entries))
    _add_sentences(connection, entries, numbers)
    connection.executemany(
        "INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?)",
        [
            (numbers[entry.key], number, place.start, place.end, place.page)
            for entry in entries
            for place in entry.places
        ],
    )
    _forget_sentences(connection, before.difference(numbers.values()))


def remove(connection: Connection, id: str) -> bool:
    """Take a document out, with all that is of no other one. Returns whether it was there."""
    row = connection.execute("SELECT number FROM document WHERE id = ?", (id,)).fetchone()
    if row is None:
        return False
    before = _sentences(connection, row[0])
    connection.execute("DELETE FROM place WHERE document = ?", row)
    connection.execute("DELETE FROM document WHERE number = ?", row)
    _forget_sentences(connection, before)
    return True


def _emptied(connection: Connection, document: Listed) -> tuple[int, set[int]]:
    """The number of a document that now has no places, and the sentences that it had."""
    row = connection.execute("SELECT number FROM document WHERE id = ?", (document.id,)).fetchone()
    about = (document.source, document.sha256, document.title, document.issuer, document.date)
    if row is None:
        inserted = connection.execute("INSERT INTO document VALUES (NULL, ?, ?, ?, ?, ?, ?)", (document.id, *about))
        return int(inserted.lastrowid or 0), set()
    before = _sentences(connection, row[0])
    connection.execute("DELETE FROM place WHERE document = ?", row)
    connection.execute(
        "UPDATE document SET (source, sha256, title, issuer, date) = (?, ?, ?, ?, ?) WHERE number = ?", (*about, *row)
    )
    return int(row[0]), before


def _sentences(connection: Connection, document: int) -> set[int]:
    rows = connection.execute("SELECT DISTINCT sentence FROM place WHERE document = ?", (document,))
    return {number for (number,) in rows}


def _add_sentences(connection: Connection, entries: Iterable[Entry], numbers: dict[str, int]) -> None:
    """Put in those sentences whose keys have no number yet, and note the numbers they get."""
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'sentence'").fetchone()
    number = last[0] if last else 0
    sentences: list[tuple[object, ...]] = []
    postings: list[tuple[int, int]] = []
    for entry in entries:
        if entry.key in numbers:
            continue
        number += 1
        numbers[entry.key] = number
        key = None if entry.key == entry.text.casefold() else entry.key
        signatures = set(signed(entry.signatures))
        sentences.append((number, digest(entry.key), entry.bits, entry.text, key, packed(signatures)))
        postings += [(signature, number) for signature in signatures]
    connection.executemany("INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?)", sentences)
    # In their order, so that what lies on one page is written together.
    connection.executemany("INSERT INTO posting VALUES (?, ?)", sorted(postings))


def _forget_sentences(connection: Connection, numbers: Iterable[int]) -> None:
    """Take out those sentences that stand nowhere, with their postings and analyses."""
    gone: list[tuple[int]] = []
    digests: list[tuple[bytes]] = []
    postings: list[tuple[int, int]] = []
    for number in numbers:
        if connection.execute("SELECT 1 FROM place WHERE sentence = ? LIMIT 1", (number,)).fetchone():
            continue
        gone.append((number,))
        for found, data in connection.execute("SELECT digest, signatures FROM sentence WHERE number = ?", (number,)):
            digests.append((found,))
            postings += [(signature, number) for signature in unpacked(data)]
    connection.executemany("DELETE FROM posting WHERE signature = ? AND sentence = ?", sorted(postings))
    connection.executemany("DELETE FROM sentence WHERE number = ?", gone)
    connection.executemany("DELETE FROM analysis WHERE digest = ?", digests)
