"""Looking things up in an archive. Each function reads what is committed; several agree only in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection

from malbild.archive.contents import Counts, Listed, Place, Stored
from malbild.archive.layout import digest, signed

_LISTED = "id, source, sha256, title, issuer, date"


def documents(connection: Connection) -> Iterator[Listed]:
    """The documents, in the order in which they were first added. Nothing is held between two of them."""
    number = 0
    query = f"SELECT number, {_LISTED} FROM document WHERE number > ? ORDER BY number LIMIT 500"
    while rows := connection.execute(query, (number,)).fetchall():
        for number, *listed in rows:  # noqa: B007
            yield Listed(*listed)


def document(connection: Connection, id: str) -> Listed | None:
    """The document of that id."""
    row = connection.execute(f"SELECT {_LISTED} FROM document WHERE id = ?", (id,)).fetchone()
    return Listed(*row) if row else None


def counts(connection: Connection) -> Counts:
    """How many documents, sentences and places there are."""
    tables = ("document", "sentence", "place")
    return Counts(*(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables))


def exact(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the sentences that have these keys. A digest finds them, the key itself decides."""
    query = "SELECT number, key, text FROM sentence WHERE digest = ?"
    found: dict[str, int] = {}
    for asked in keys:
        for number, key, text in connection.execute(query, (digest(asked),)):
            if asked == (text.casefold() if key is None else key):
                found[asked] = number
    return found


def candidates(connection: Connection, signatures: Sequence[Sequence[int]], most: int | None) -> list[list[int]]:
    """For each sequence, the numbers of the sentences that have one of its signatures, ascending.

    A signature that more than ``most`` sentences have is passed over.
    """
    query = "SELECT sentence FROM posting WHERE signature = ? LIMIT ?"
    limit = -1 if most is None else most + 1
    asked = list(set().union(*signatures))
    holders: dict[int, list[int]] = {}
    # In their order, so that what lies on one page is read together.
    for key, signature in sorted(zip(signed(asked), asked, strict=True)):
        rows = connection.execute(query, (key, limit)).fetchall()
        holders[signature] = [] if len(rows) == limit else [number for (number,) in rows]
    return [sorted(set().union(*(holders[signature] for signature in each))) for each in signatures]


def stored(connection: Connection, numbers: Iterable[int]) -> dict[int, Stored]:
    """The sentences of these numbers, as far as there are any."""
    found: dict[int, Stored] = {}
    for number in numbers:
        for text, bits in connection.execute("SELECT text, bits FROM sentence WHERE number = ?", (number,)):
            found[number] = Stored(number, text, bits)
    return found


def places(connection: Connection, numbers: Iterable[int]) -> dict[int, list[tuple[str, Place]]]:
    """Where the sentences of these numbers stand: ids of documents in the order of adding, and places in them."""
    query = """
        SELECT document.id, start, stop, page FROM place JOIN document ON document.number = place.document
        WHERE sentence = ? ORDER BY place.document, start, stop
    """
    found: dict[int, list[tuple[str, Place]]] = defaultdict(list)
    for number in numbers:
        if number not in found:
            for id, *place in connection.execute(query, (number,)):
                found[number].append((id, Place(*place)))
    return dict(found)
