"""Whether an archive is whole: SQLite's own checks, and what holds between the tables. Reads all of it."""

from __future__ import annotations

from sqlite3 import Connection

_AGREE = {
    "sentences that stand nowhere":
        "SELECT count(*) FROM sentence WHERE NOT EXISTS (SELECT 1 FROM place WHERE sentence = sentence.number)",
    "postings too few or too many":
        "SELECT abs((SELECT total(length(signatures)) FROM sentence) / 8 - (SELECT count(*) FROM posting))",
    "keys of the wrong length":
        "SELECT count(*) FROM sentence WHERE length(digest) <> 16",
}  # fmt: skip


def faults(connection: Connection) -> list[str]:
    """What is wrong, a line each; nothing if the archive is sound."""
    found = [str(line) for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"a row of {table} without its {parent}")
    for fault, query in _AGREE.items():
        if count := connection.execute(query).fetchone()[0]:
            found.append(f"{fault}: {count:.0f}")
    return found
