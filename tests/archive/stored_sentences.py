"""Documents and sentences for archives."""

from malbild.archive import Archive, Entry, Listed, Place

PARAMETERS = "parameters 1"
GROW = "Staden ska växa."  # The city is to grow.
CUT = "Utsläppen ska minska."  # Emissions are to fall.
MORE = "Utsläppen ska minska mer."  # Emissions are to fall more.


def listed(id: str, title: str | None = None) -> Listed:
    return Listed(id, f"{id}.pdf", id.encode().hex().ljust(64, "0"), title)


def entry(text: str, *signatures: int, at: tuple[int, ...] = (0,), page: int | None = None, key: str = "") -> Entry:
    key = key or text.casefold()
    places = tuple(Place(start, start + len(text), page) for start in at)
    return Entry(key, text, signatures, len(key).to_bytes(16, "big"), places)


def rows(archive: Archive) -> dict[str, int]:
    """How many rows every table has, by a connection of its own."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(archive.path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
