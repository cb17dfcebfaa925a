"""Which lines belong together: a paragraph that was wrapped is one, lines that each stand for themselves are not.

Nobody writes down how a text was wrapped, so it is read off the lines: wrapped lines are about equally long, end
without a stop, and go on with a small letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from malbild.segment.lines import Line
from malbild.sv import words

_FUNCTION_WORDS = frozenset(words("function_words"))
_STOPS = ".!?…:"
_CLOSERS = "\"”’»)]*_'"
# Shorter lines than this, in code points, are not the work of a wrapping margin.
_MARGIN = 40
_WIDE = 100


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that follow each other without a gap, the first of which may bear a mark."""

    lines: list[Line]


def runs(found: list[Line], text: str) -> list[Run]:
    """Return the runs of a text, in order."""
    out: list[Run] = []
    for line in found:
        if out and not line.gap and not _opens(line, out[-1].lines, text):
            line.mark, line.number, line.style = "", "", ""
            out[-1].lines.append(line)
        else:
            out.append(Run([line]))
    return out


def _opens(line: Line, before: list[Line], text: str) -> bool:
    r"""Whether a line opens something new, rather than going on with the lines before ("den\n3. maj")."""
    last = before[-1]
    if line.mark == "" or (line.mark == "number" and line.style == " "):
        return last.mark in ("hash", "row") or last.underlined > 0
    if line.mark != "number" or line.style != "." or not line.number.isdigit() or line.number == "1":
        return True
    # A list counts on from the number that opened the run; a date in wrapped text does not.
    head = text[line.start : line.end].split(None, 1)[-1][:1]
    counts = before[0].number.isdigit() and int(line.number) == int(before[0].number) + 1
    return counts or not head.islower() or not (text[last.end - 1].isalpha() and last.end - last.start >= _MARGIN)


def paragraphs(run: Run, text: str, soft: bool) -> list[list[Line]]:
    """Return the lines of a run, those together that one paragraph was wrapped into.

    Args:
        run: the lines.
        text: the document.
        soft: whether line breaks mean nothing in the document's format (Markdown).
    """
    if len(run.lines) == 1:
        return [run.lines]
    wrapped = _Wrapping(run, text)
    out = [[run.lines[0]]]
    for line in run.lines[1:]:
        if wrapped.joins(out[-1], line, soft):
            out[-1].append(line)
        else:
            out.append([line])
    return out


class _Wrapping:
    """What a run of lines shows about how it was wrapped."""

    def __init__(self, run: Run, text: str) -> None:
        self.text = text
        self.first = run.lines[0]
        self.width = max(line.end - line.start for line in run.lines)
        body = run.lines[:-1]
        full = sum(line.end - line.start >= 0.6 * self.width for line in body)
        self.even = self.width >= _MARGIN and full >= 0.8 * len(body)
        pairs = list(pairwise(run.lines))
        running = sum(text[next_.start].islower() and not self._ends(line) for line, next_ in pairs)
        # A margin is wrapped at when several lines reach it and some go on with a small letter.
        self.margin = self.even and len(run.lines) > 2 and running * 3 >= len(body)

    def joins(self, group: list[Line], following: Line, soft: bool) -> bool:
        """Whether ``following`` goes on with what the lines of ``group`` began."""
        line = group[-1]
        length = line.end - line.start
        last = self.text[line.end - 1]
        head = self.text[following.start]
        if last in "-\u00ad" and head.islower():
            return True
        if self._ends(line):
            # The last line of a wrapped paragraph falls short of the margin.
            return self.margin and self.width < 2 * _WIDE and length >= 0.75 * self.width
        word = self.text[max(line.start, line.end - 12) : line.end].rsplit(None, 1)[-1].lower()
        open_ended = word in _FUNCTION_WORDS and length >= _MARGIN
        if head.islower():
            begun = self.text[group[0].start].isupper()
            if not begun and group[0] is not self.first and not soft:
                return False  # the lines before were found to be members of a list already
            enough = length >= _MARGIN or (begun and following.end - following.start >= _MARGIN)
            return soft or (enough and (begun or not self._listed(line, following, word)))
        return open_ended or (self.margin and self._reaches(line, following))

    def _ends(self, line: Line) -> bool:
        tail = self.text[max(line.start, line.end - 6) : line.end].rstrip(_CLOSERS)
        return tail[-1:] in _STOPS if tail else False

    def _listed(self, line: Line, following: Line, word: str) -> bool:
        """Whether two lines are members of a list without marks: "att …,", "att …,"; "plantera …,", "ställa … samt"."""
        if not (self.text[line.end - 1] in ",;" or word in ("och", "samt", "eller")):
            return False
        if _first(self.text, line) == _first(self.text, following):
            return True
        return not self.even and line.end - line.start < _WIDE

    def _reaches(self, line: Line, following: Line) -> bool:
        """Whether the next line's first word would not have fitted on this one."""
        return line.end - line.start + 1 + len(_first(self.text, following)) >= 0.85 * self.width


def _first(text: str, line: Line) -> str:
    return text[line.start : min(line.end, line.start + 40)].split(None, 1)[0]
