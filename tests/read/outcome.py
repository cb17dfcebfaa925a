"""What a reader made of a document, told shortly; what holds for every built text; and bytes changed by chance."""

import random
import re
import unicodedata

from malbild.read.content import Content

Told = tuple[str, int, str | None, str]
Place = tuple[int, int, int, bool, int, int]


def told(content: Content) -> list[Told]:
    """Kind, level, number and words of each block."""
    return [(block.kind, block.level, block.number, block.span.quote(content.text)) for block in content.blocks]


def plain(words: str) -> Told:
    return ("paragraph", 0, None, words)


def head(level: int, words: str, number: str | None = None) -> Told:
    return ("heading", level, number, words)


def member(level: int, words: str, number: str | None = None) -> Told:
    """An item of a list."""
    return ("item", level, number, words)


def set_aside(content: Content) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in content.asides]


def places(content: Content) -> dict[str, Place]:
    """Table, row, column, whether a head, rows and columns of each cell, by its words."""
    found = {}
    for block in content.blocks:
        if cell := block.cell:
            at = (cell.table, cell.row, cell.column, cell.head, cell.rows, cell.columns)
            found[block.span.quote(content.text)] = at
    return found


def check(content: Content) -> None:
    """What holds for the text and blocks of any document at all."""
    at = 0
    for block in content.blocks:
        quote = block.span.quote(content.text)
        assert at <= block.span.start < block.span.end <= len(content.text)
        assert quote == quote.strip()
        assert not set(content.text[at : block.span.start]) - set(" \n|")
        at = block.span.end
    assert at == len(content.text)
    assert unicodedata.is_normalized("NFC", content.text)
    assert "\u00ad" not in content.text
    assert not re.search(r"[ \t]{2}", content.text)


def changed(data: bytes, chance: random.Random) -> bytes:
    """The same bytes, but for one to four of them."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        out[chance.randrange(len(out))] = chance.choice(b'<>&"/ w:19\x00\xff' + bytes([chance.randrange(256)]))
    return bytes(out)
