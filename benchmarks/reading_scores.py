"""What was read against what was put in: words, order, headings, asides, cells, pages.

A word is a maximal run of letters and digits (with their combining marks), casefolded; a word with a ligature is left
as it is, so that it matches nothing. What stands in the file but may as well be left out is *free*: it counts neither
for nor against a reader. Free are the numbers of headings, of ordered items and of footnotes, and what a file's truth
calls optional.

Truth and text are aligned word by word. First the anchors: a word is one if some run of up to five words of one element
that begins with it occurs once in the truth and once in the text. Then every neighbour of an aligned word that is the
same on both sides. Reading order is the share of the aligned words that stand in one increasing sequence, the longest.
Footnotes and boxes beside the text stand nowhere in particular, so they are left out of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from malbild.segment import outline
from malbild.source import Block, Source, Span

LONGEST_ANCHOR = 5
LIGATURES = frozenset("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06")
NUMBER = re.compile(r"\A(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+")
"""The number of a heading or an item at its beginning."""


class Word(NamedTuple):
    """A word, folded, and where it stands."""

    form: str
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """An element of the truth: its words, and where it stands in its file."""

    kind: str
    text: str
    words: tuple[str, ...]
    level: int = 0
    number: str | None = None
    cell: tuple[int, int, int] | None = None
    head: bool = False
    page: int = 0
    floating: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What was put into one file. ``asides`` are kinds, words and the pages they stand on."""

    name: str
    text: str
    parts: tuple[Part, ...]
    asides: tuple[tuple[str, str, tuple[int, ...]], ...]
    free: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares between 0 and 1, ``None`` where there is nothing to score.

    ``whole`` are the elements that are one block, ``kinds`` those in a block of their kind. ``leaked`` are the asides
    that stand in the text, ``kept`` the share that ``Source.asides`` holds.
    """

    words: int
    recall: float
    precision: float
    order: float | None
    headings: float | None
    heading_recall: float | None
    numbers: float | None
    whole: float | None
    kinds: float | None
    cells: float | None
    pages: float | None
    leaked: tuple[str, ...]
    kept: float | None


@dataclass(frozen=True, slots=True)
class Floors:
    """What a reader has to reach on a file that is not damaged.

    ``boxes`` is lower than it might be: PDFium's own boxes of kerned letters overlap.
    """

    recall: float = 0.995
    precision: float = 0.99
    order: float = 0.99
    headings: float = 0.95
    whole: float = 0.95
    cells: float = 0.95
    pages: float = 0.99
    boxes: float = 0.98


def words_of(text: str) -> list[Word]:
    """The words of a text, in order.

    >>> [word.form for word in words_of("Social- och hälsovården¹, 2021–2025")]
    ['social', 'och', 'hälsovården', '2021', '2025']
    """
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    start = None
    for at, char in enumerate(text + " "):
        inside = unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            form = text[start:at]
            yield Word(form if LIGATURES & set(form) else form.casefold(), Span(start, at))
            start = None


def forms(text: str) -> tuple[str, ...]:
    """The words of a text without their places."""
    return tuple(word.form for word in _words(text))


def load_truth(folder: Path, name: str) -> Truth:
    """What was put into ``folder/name``: the elements of its text, and what is the file's own."""
    own = json.loads((folder / "truth" / f"{name}.json").read_text("utf-8"))
    elements = json.loads((folder / "truth" / f"{own['text']}.json").read_text("utf-8"))["elements"]
    pages = own.get("pages") or [0] * len(elements)
    without = set(own.get("without", ()))
    parts = [
        _part(element, page) for n, (element, page) in enumerate(zip(elements, pages, strict=True)) if n not in without
    ]
    parts += [_part(element, element["page"], floating=True) for element in own.get("floating", ())]
    free: Counter[str] = Counter()
    for part in parts:
        # A footnote's number stands at its foot and where it is called.
        for form in forms(part.number or ""):
            free[form] += 2 if part.kind == "footnote" else 1
    for text in own.get("optional", ()):
        free.update(forms(text))
    asides = [(aside["kind"], aside["text"], tuple(aside["pages"])) for aside in own["asides"]]
    return Truth(name, own["text"], tuple(parts), tuple(asides), free)


def _part(element: Mapping[str, Any], page: int, floating: bool = False) -> Part:
    cell = (element["table"], element["row"], element["column"]) if element["kind"] == "cell" else None
    return Part(
        kind=element["kind"],
        text=element["text"],
        words=forms(element["text"]),
        level=element.get("level", 0),
        number=element.get("number"),
        cell=cell,
        head=element.get("head", False),
        page=page,
        floating=floating or element["kind"] == "footnote",
    )


Verdicts = list[tuple[Part, bool]]
"""Parts, and whether each is right."""


def _share(verdicts: Verdicts) -> float | None:
    return sum(right for _, right in verdicts) / len(verdicts) if verdicts else None


class Reading:
    """One file's truth laid beside what was read."""

    def __init__(self, truth: Truth, source: Source) -> None:
        self.truth, self.source = truth, source
        self.words = words_of(source.text)

    @cached_property
    def at(self) -> list[list[int | None]]:
        """For every part, for every word of it, which word of the text it is."""
        return aligned([part.words for part in self.truth.parts], [word.form for word in self.words])

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks, as their format gives them, else as the outline infers them."""
        if self.source.blocks:
            return list(self.source.blocks)
        plan = outline(self.source)
        return [
            Block("heading", section.heading, section.level, section.number)
            for section in plan.sections
            if section.heading is not None
        ]

    def scores(self) -> Scores:
        """All of them."""
        recall, precision = self.recall_and_precision()
        headings, heading_recall = self.headings()
        return Scores(
            words=sum(len(part.words) for part in self.truth.parts),
            recall=recall,
            precision=precision,
            order=self.order(),
            headings=headings,
            heading_recall=heading_recall,
            numbers=self.numbers(),
            whole=_share(self.whole()),
            kinds=_share(self.kinds()),
            cells=_share(self.cells()),
            pages=_share(self.pages()),
            leaked=self.leaked(),
            kept=self.kept(),
        )

    def recall_and_precision(self) -> tuple[float, float]:
        """Shares of the truth's words that were read, and of the words read that are the truth's."""
        wanted = Counter(form for part in self.truth.parts for form in part.words)
        got = Counter(word.form for word in self.words)
        right = (wanted & got).total()
        extra = (got - wanted) - Counter(self.truth.free)
        return right / max(1, wanted.total()), right / max(1, right + extra.total())

    def errors(self) -> tuple[list[str], list[str]]:
        """The words that are missing, and those that are too many."""
        wanted = Counter(form for part in self.truth.parts for form in part.words)
        got = Counter(word.form for word in self.words)
        extra = (got - wanted) - Counter(self.truth.free)
        return sorted((wanted - got).elements()), sorted(extra.elements())

    def order(self) -> float | None:
        """Share of the aligned words that stand in order."""
        places = [
            at
            for part, words in zip(self.truth.parts, self.at, strict=True)
            if not part.floating
            for at in words
            if at is not None
        ]
        return longest_increasing(places) / len(places) if places else None

    def headings(self) -> tuple[float | None, float | None]:
        """F1 over headings with the right words and level, and recall of their words alone.

        Levels count from the document's own first level: what is scored is how deep a heading lies in relation to the
        others. The title may stand a level above the first, or on it.
        """
        wanted = [(part.level, part.words) for part in self.truth.parts if part.kind == "heading" and not part.floating]
        if not wanted:
            return None, None
        aside = {part.words for part in self.truth.parts if part.kind == "heading" and part.floating}
        aside |= {(word,) for word in self.truth.free}
        found = []
        for block in self.blocks:
            if block.kind == "heading":
                quote = block.span.quote(self.source.text)
                words = forms(NUMBER.sub("", quote, count=1))
                whole = forms(quote)
                known = {words for _, words in wanted}
                chosen = whole if whole in known else words
                if chosen and chosen not in aside:
                    found.append((block.level, chosen))
        title = wanted[0][1]
        deep = {words: level for level, words in wanted[1:]}
        shifts = Counter(level - deep[words] for level, words in found if words in deep)
        shift = shifts.most_common(1)[0][0] if shifts else 0
        least = min((level for level, words in found if words in deep), default=1)
        got = Counter(
            (1 if words == title and level <= least else level - shift if words != title else -1, words)
            for level, words in found
        )
        right = (Counter(wanted) & got).total()
        f1 = 2 * right / (len(wanted) + len(found))
        named = (Counter(words for _, words in wanted) & Counter(words for _, words in found)).total()
        return f1, named / len(wanted)

    def numbers(self) -> float | None:
        """Share of the numbered headings whose number is told, as a field or in their words."""
        numbered = [part for part in self.truth.parts if part.kind == "heading" and part.number]
        if not numbered:
            return None
        told = {}
        for block in self.blocks:
            if block.kind == "heading":
                quote = block.span.quote(self.source.text)
                found = NUMBER.match(quote)
                number = block.number or (found.group().strip() if found else "")
                told[forms(quote[found.end() :] if found else quote)] = number.rstrip(".")
        return sum(told.get(part.words) == part.number for part in numbered) / len(numbered)

    def _block_of(self, part: Part, words: Sequence[int | None]) -> Block | None:
        """The block in which the most of a part's words stand."""
        counts: Counter[int] = Counter()
        starts = self._starts
        for at in words:
            if at is not None:
                span = self.words[at].span
                n = bisect_left(starts, span.start + 1) - 1
                if n >= 0 and self.blocks[n].span.end >= span.end:
                    counts[n] += 1
        return self.blocks[counts.most_common(1)[0][0]] if counts else None

    @cached_property
    def _starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    def whole(self) -> Verdicts:
        """Whether an element is one block: all of its words, and none of another's."""
        out: Verdicts = []
        for part, words in zip(self.truth.parts, self.at, strict=True):
            if part.words and self.source.blocks:
                block = self._block_of(part, words)
                quote = Counter(forms(block.span.quote(self.source.text))) if block else Counter()
                wanted = Counter(part.words)
                out.append((part, not wanted - quote and not quote - wanted - Counter(self.truth.free)))
        return out

    def kinds(self) -> Verdicts:
        """Whether the words of an element stand in a block of its kind."""
        out: Verdicts = []
        for part, words in zip(self.truth.parts, self.at, strict=True):
            if part.words and self.source.blocks:
                block = self._block_of(part, words)
                out.append((part, block is not None and block.kind == part.kind))
        return out

    def cells(self) -> Verdicts:
        """Whether a cell is one with the same words, in the same row and column of the same table.

        The pieces into which a reader cuts a table that runs over several pages count as one, rows counted on.
        """
        placed: list[tuple[Part, Block | None]] = [
            (part, self._block_of(part, words))
            for part, words in zip(self.truth.parts, self.at, strict=True)
            if part.cell and part.words and self.source.blocks
        ]
        tables: Counter[tuple[int, int]] = Counter()
        first: dict[tuple[int, int], tuple[int, int]] = {}
        for part, block in placed:
            if part.cell and block and block.cell:
                pair = (part.cell[0], block.cell.table)
                tables[pair] += 1
                first.setdefault(pair, (part.page, part.cell[1] - block.cell.row))
        own = {theirs: ours for (ours, theirs), _ in reversed(tables.most_common())}
        begun = {part.cell[0]: part.page for part, _ in reversed(placed) if part.cell}
        out: Verdicts = []
        for part, block in placed:
            if not part.cell or not block or not block.cell or own[block.cell.table] != part.cell[0]:
                out.append((part, False))
                continue
            page, shift = first[part.cell[0], block.cell.table]
            # Only a piece that begins on a later page counts its rows anew.
            shift = shift if page > begun[part.cell[0]] else 0
            same = forms(block.span.quote(self.source.text)) == part.words
            out.append((part, same and (block.cell.row + shift, block.cell.column) == part.cell[1:]))
        return out

    def pages(self) -> Verdicts:
        """Whether an element begins on its page: the first of its words that is aligned."""
        out: Verdicts = []
        for part, words in zip(self.truth.parts, self.at, strict=True):
            if part.page and part.words:
                first = next((at for at in words if at is not None), None)
                lines = self.source.lines_of(self.words[first].span) if first is not None else ()
                out.append((part, bool(lines) and lines[0].page == part.page))
        return out

    def leaked(self) -> tuple[str, ...]:
        """The asides that stand in the text: their words in a row, more often than the truth has them.

        An aside of one word (a page number) leaks as a line that is that word and no more.
        """
        text = [word.form for word in self.words]
        truth = [form for part in self.truth.parts for form in part.words]
        lines = Counter(forms(line) for line in self.source.text.splitlines())
        own = Counter(part.words for part in self.truth.parts)
        out = []
        for kind, aside, _ in self.truth.asides:
            words = forms(aside)
            more = count(text, words) > count(truth, words) if len(words) > 1 else lines[words] > own[words]
            # The text of a heading with its number, as its entry in the table of contents has it, without the page.
            if kind == "contents" and not more:
                bare = forms(NUMBER.sub("", aside.rpartition(" ")[0], count=1))
                more = count(text, bare) > count(truth, bare)
            if more:
                out.append(aside)
        return tuple(out)

    def kept(self) -> float | None:
        """Share of the asides whose words, or whose like on all their pages, stand in ``Source.asides``."""
        if not self.truth.asides:
            return None
        held = [form for aside in self.source.asides for form in forms(aside.text)]
        pages: dict[str, set[int]] = {}
        for aside in self.source.asides:
            pages.setdefault(aside.kind, set()).update(aside.pages)
        kept = [
            bool(count(held, forms(text))) or (bool(on) and set(on) <= pages.get(kind, set()))
            for kind, text, on in self.truth.asides
        ]
        return sum(kept) / len(kept)


def count(text: Sequence[str], words: Sequence[str]) -> int:
    """How many times the words stand in the text in a row.

    >>> count(["a", "b", "a", "b", "ab"], ["a", "b"])
    2
    """
    return f"  {'  '.join(text)}  ".count(f" {'  '.join(words)} ") if words else 0


def aligned(parts: Sequence[Sequence[str]], text: Sequence[str]) -> list[list[int | None]]:
    """For every word of every part, its place in ``text``: anchors, then what agrees beside them.

    >>> aligned([["mål", "och", "medel"], ["och", "tid"]], ["medel", "mål", "och", "medel", "tid"])
    [[1, 2, 3], [None, 4]]
    """
    flat = [(p, w) for p, part in enumerate(parts) for w in range(len(part))]
    forms_ = [parts[p][w] for p, w in flat]
    ends = [len(parts[p]) - w for p, w in flat]
    found: list[int | None] = [None] * len(flat)
    for length in range(1, LONGEST_ANCHOR + 1):
        theirs = _once(tuple(text[at : at + length]) for at in range(len(text) - length + 1))
        ours: dict[tuple[str, ...], int | None] = {}
        for at in range(len(flat)):
            if ends[at] >= length:
                gram = tuple(forms_[at : at + length])
                ours[gram] = None if gram in ours else at
        for gram, at in ours.items():
            if at is not None and found[at] is None and (there := theirs.get(gram)) is not None:
                found[at] = there
    taken = {at for at in found if at is not None}
    for step, order in ((1, range(len(flat))), (-1, range(len(flat) - 1, -1, -1))):
        for at in order:
            before = at - step
            if found[at] is None and 0 <= before < len(flat) and (there := found[before]) is not None:
                there += step
                # The numbers of headings and items stand between elements, and are no part of them.
                while 0 <= there < len(text) and text[there] != forms_[at] and text[there].isdecimal():
                    there += step
                if 0 <= there < len(text) and there not in taken and text[there] == forms_[at]:
                    found[at] = there
                    taken.add(there)
    out: list[list[int | None]] = [[] for _ in parts]
    for (p, _), there in zip(flat, found, strict=True):
        out[p].append(there)
    return out


def _once(grams: Iterator[tuple[str, ...]]) -> dict[tuple[str, ...], int | None]:
    places: dict[tuple[str, ...], int | None] = {}
    for at, gram in enumerate(grams):
        places[gram] = None if gram in places else at
    return places


def longest_increasing(places: Sequence[int]) -> int:
    """The length of the longest increasing subsequence.

    >>> longest_increasing([1, 2, 9, 3, 4])
    4
    """
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)
