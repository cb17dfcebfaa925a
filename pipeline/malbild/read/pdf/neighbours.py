"""What blocks are by what stands around them: speech, lists that count, footnotes, and what goes on elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from malbild.read.pdf.drafts import CLOSING, NUMBERED, SAME_SIZE, STOPS, Draft, Looks, is_hyphen

_DASHES = ("–", "—", "-")


def settled(made: list[Draft], looks: Looks) -> list[Draft]:
    """The blocks with their kinds set right; a paragraph that goes on in the next column or page is one."""
    _speech(made)
    _counted(made, looks)
    _notes(made, looks)
    return list(_joined(made))


def _speech(made: list[Draft]) -> None:
    """A dash before lines that do not hang behind it is speech: "– Vi är glada, säger hon."."""
    for draft in made:
        marker = draft.marker
        if marker is None or marker.text not in _DASHES or len(draft.lines) < 2:
            continue
        if draft.lines[1].left < marker.left + 2:
            draft.kind, draft.marker = "paragraph", None
            draft.lines[0].words.insert(0, marker)


def _counted(made: list[Draft], looks: Looks) -> None:
    """Paragraphs that count on from one to the next are a list: "1. …", "2. …"."""
    plain = [d for d in made if d.kind in ("paragraph", "item") and d.level == 0]
    listed: set[int] = set()
    for before, draft in pairwise(plain):
        a, b = _count(before), _count(draft)
        if a is not None and b is not None and a[0] == b[0] and b[1] == a[1] + 1:
            listed |= {id(before), id(draft)}
    for draft in plain:
        if id(draft) in listed and draft.size <= 1.08 * looks.size and not draft.bold:
            draft.kind = "item"
            draft.marker = draft.lines[0].words.pop(0)


def _count(draft: Draft) -> tuple[str, int] | None:
    """The style and the value of the number that begins a block; letters count as numbers do."""
    first = draft.lines[0].words[0].text
    if draft.marker is not None or len(draft.lines[0].words) < 2 or not NUMBERED.fullmatch(first):
        return None
    inner = first.strip("().")
    value = int(inner) if inner.isdigit() else ord(inner.casefold()) if len(inner) == 1 else None
    return None if value is None else (first.replace(inner, "0" if inner.isdigit() else "a"), value)


def _notes(made: list[Draft], looks: Looks) -> None:
    """What begins with a raised number, or with one that is a mark in the text, is a footnote if it is written small.

    In print as large as the text, the mark must stand on the same page.
    """
    lines = [line for draft in made for line in draft.lines]
    marks = {(line.page, word.text) for line in lines for word in line.words[1:] if word.raised}
    anywhere = {text for _, text in marks}
    for draft in made:
        first = draft.lines[0].words[0]
        if draft.kind != "paragraph" or not first.text.isdigit() or len(draft.lines[0].words) < 2:
            continue
        raised = first.raised or first.size < 0.8 * draft.size
        small = draft.size < 0.95 * looks.size and (raised or first.text in anywhere)
        plain = draft.size <= 1.05 * looks.size and not draft.bold and (draft.page, first.text) in marks
        if small or plain:
            draft.kind = "footnote"
            first.raised = True


def _joined(made: list[Draft]) -> Iterator[Draft]:
    """Blocks, those put together that a column or a page has parted; what stands between them follows."""
    waiting: list[Draft] = []
    here: Draft | None = None
    for draft in made:
        if draft.kind in ("paragraph", "item") and here is not None and _continues(here, draft):
            here.lines += draft.lines
            continue
        if here is not None and draft.kind in ("footnote", "cell"):
            waiting.append(draft)
            continue
        if here is not None:
            yield here
        yield from waiting
        waiting = []
        here = draft if draft.kind in ("paragraph", "item") else None
        if here is None:
            yield draft
    if here is not None:
        yield here
    yield from waiting


def _continues(here: Draft, draft: Draft) -> bool:
    """Whether a block is the rest of one that stands in an earlier column or on an earlier page."""
    last, line = here.lines[-1], draft.lines[0]
    if line.page == last.page and line.base > last.base and abs(line.column[0] - last.column[0]) < 5:
        return False
    if draft.marker is not None or abs(last.size - line.size) > SAME_SIZE * last.size or here.bold or draft.bold:
        return False
    if is_hyphen(last.text[-1]):
        return True
    if last.text.rstrip(CLOSING)[-1:] in STOPS + ";":
        return False
    if line.text[0].islower():
        return True
    return last.right > last.column[1] - 3 * last.size and len(here.lines) > 1 and len(line.words) > 2
