"""The archive on disk, format 1.

An archive is an SQLite 3 database in UTF-8 with a write-ahead log, and any SQLite tool opens it. Its ``application_id``
is 0x6D616C62 ("malb"), its ``user_version`` the format. Beside it stand ``-wal`` and ``-shm`` while it is open or after
a crash, which belong to it and must be moved with it, and ``-lock``, an empty file that the one writer holds.

It holds text, numbers and bytes of a fixed meaning, and nothing that is run. The tables, as the file tells them itself
(``.schema``):
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection

APPLICATION = int.from_bytes(b"malb")
FORMAT = 1

TABLES = """
CREATE TABLE about (
  name TEXT PRIMARY KEY, -- 'parameters': what keys, signatures and bits were made with
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL, -- path or name it was read from
  sha256 TEXT NOT NULL,
  title TEXT,
  issuer TEXT,
  date TEXT
);
CREATE TABLE sentence ( -- a distinct sentence, which stands in one document at least
  number INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again for another sentence
  digest BLOB NOT NULL, -- 16 bytes: BLAKE2b of the key in UTF-8
  bits BLOB NOT NULL, -- 16 bytes
  text TEXT NOT NULL, -- as it came first
  key TEXT, -- what repeats have in common; NULL where it is Python's text.casefold()
  signatures BLOB NOT NULL -- 8 bytes each, little-endian, signed, ascending
);
CREATE INDEX sentence_digest ON sentence (digest);
CREATE TABLE posting ( -- the signatures again, to find sentences by
  signature INTEGER NOT NULL, -- 64 bits, signed: from 2**63 on they are negative
  sentence INTEGER NOT NULL REFERENCES sentence,
  PRIMARY KEY (signature, sentence)
) WITHOUT ROWID;
CREATE TABLE place ( -- where a sentence stands
  sentence INTEGER NOT NULL REFERENCES sentence,
  document INTEGER NOT NULL REFERENCES document,
  start INTEGER NOT NULL, -- in code points of the document's text, from 0
  stop INTEGER NOT NULL, -- the first one after it
  page INTEGER, -- from 1
  PRIMARY KEY (sentence, document, start, stop)
) WITHOUT ROWID;
CREATE INDEX place_document ON place (document);
CREATE TABLE fingerprint ( -- the settings and models of analyses
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE analysis ( -- kept analyses, also of sentences that are not here yet
  number INTEGER PRIMARY KEY,
  digest BLOB NOT NULL, -- as in sentence
  fingerprint INTEGER NOT NULL REFERENCES fingerprint,
  value BLOB NOT NULL,
  UNIQUE (digest, fingerprint)
);
"""

__doc__ = f"{__doc__}{TABLES}"


def digest(key: str) -> bytes:
    """The 16 bytes that a key is found by.

    >>> digest("staden ska växa.").hex()
    'ecdbf0c6e32f68a47c7580a0fc3924ab'
    """
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def signed(signatures: Collection[int]) -> tuple[int, ...]:
    """Unsigned numbers of 64 bits as signed ones, in the same order.

    >>> signed([1, 2**63, 2**64 - 1])
    (1, -9223372036854775808, -1)

    Raises:
        ValueError: if one is negative, or of more than 64 bits.
    """
    try:
        return struct.unpack(f"<{len(signatures)}q", struct.pack(f"<{len(signatures)}Q", *signatures))
    except struct.error as error:
        raise ValueError("a signature is an unsigned number of 64 bits") from error


def packed(signatures: Collection[int]) -> bytes:
    """Signed numbers as ``sentence.signatures`` has them."""
    return struct.pack(f"<{len(signatures)}q", *sorted(signatures))


def unpacked(data: bytes) -> tuple[int, ...]:
    """The signed numbers of a ``sentence.signatures``."""
    return struct.unpack(f"<{len(data) // 8}q", data)
