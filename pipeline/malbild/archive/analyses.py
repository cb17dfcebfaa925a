"""Analyses of sentences, kept under what they were made with. Their bytes are the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from malbild.archive.layout import digest


def analysed(connection: Connection, keys: Iterable[str], fingerprint: str) -> dict[str, bytes]:
    """The analyses that are kept of the sentences of these keys, made with this fingerprint."""
    number = _fingerprint(connection, fingerprint)
    found: dict[str, bytes] = {}
    if number is not None:
        query = "SELECT value FROM analysis WHERE digest = ? AND fingerprint = ?"
        for key in keys:
            if row := connection.execute(query, (digest(key), number)).fetchone():
                found[key] = row[0]
    return found


def keep(connection: Connection, analyses: Mapping[str, bytes], fingerprint: str) -> None:
    """Keep analyses by the keys of their sentences, in place of those of the same fingerprint."""
    connection.execute("INSERT OR IGNORE INTO fingerprint VALUES (NULL, ?)", (fingerprint,))
    number = _fingerprint(connection, fingerprint)
    connection.executemany(
        "INSERT INTO analysis VALUES (NULL, ?, ?, ?)"
        " ON CONFLICT (digest, fingerprint) DO UPDATE SET value = excluded.value",
        [(digest(key), number, value) for key, value in analyses.items()],
    )


def forget(connection: Connection, except_fingerprint: str) -> int:
    """Drop the analyses of all fingerprints but one. Returns how many were dropped."""
    number = _fingerprint(connection, except_fingerprint)
    dropped = connection.execute("DELETE FROM analysis WHERE fingerprint IS NOT ?", (number,)).rowcount
    connection.execute("DELETE FROM fingerprint WHERE number IS NOT ?", (number,))
    return dropped


def _fingerprint(connection: Connection, name: str) -> int | None:
    row = connection.execute("SELECT number FROM fingerprint WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])
