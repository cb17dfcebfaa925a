"""Tables of contents in a PDF: lines that lead to pages. They are set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from malbild.read.pdf.lines import Segment, rows
from malbild.source import Aside
from malbild.sv import CONTENTS

_LEADER = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|_{4,})\s*\d{1,4}$")
_UNNUMBERED = 12
"""Pages by which numbers may run ahead of the file's."""
_ENTRY = re.compile(r"\S.*\s(\d{1,4})$")


def without_contents(pages: Sequence[list[Segment]]) -> list[Aside]:
    """Take the table of contents out of ``pages`` (the segments of each), and return what was taken."""
    found = []
    running = False
    most = len(pages) + _UNNUMBERED
    for n, page in enumerate(pages, 1):
        lines = rows(page)
        taken = []
        for at, line in enumerate(lines):
            text = " ".join(one.text for one in line)
            if text.strip(" :").casefold() in CONTENTS and any(_entry(lines, k, most) for k in range(at + 1, at + 4)):
                running = True
                taken.append(line)
            elif _LEADER.search(text) or (running and _entry(lines, at, most)):
                taken.append(line)
            elif running and _entry(lines, at + 1, most) and not text.rstrip().endswith("."):
                taken.append(line)  # The first line of an entry of two.
            elif running and text.strip():
                running = False
        if taken:
            gone = {id(one) for line in taken for one in line}
            page[:] = [one for one in page if id(one) not in gone]
            words = "\n".join(" ".join(one.text for one in line) for line in taken)
            found.append(Aside("contents", words, (n,)))
    return found


def _entry(lines: list[list[Segment]], at: int, most: int) -> bool:
    """Whether a line ends with the number of a page, of which there are ``most``."""
    if at >= len(lines):
        return False
    found = _ENTRY.match(" ".join(one.text for one in lines[at]))
    return found is not None and int(found[1]) <= most
