"""A sentence as analysis sees it, with the way back to the source.

White space becomes single spaces, letters become composed (NFC), soft hyphens and hyphens that only break a word at
a line's end are left out. The source is not touched: ``Flat.back`` leads every span to where it stands there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from malbild.source import Span

# Characters without a width of their own: soft hyphen, zero-width spaces and joiners, controls.
_UNSEEN = r"\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1b"
# "stads-\nstyrelsen" is one word broken; "social- och" and "social-\noch" leave a word hanging for the next.
# A single plain space matches nothing: it stays as it is.
_PIECE = re.compile(
    rf"""(?P<broken>(?<=[^\W\d_]|[\u0300-\u036f])[-\u2010\u00ad][ \t]*\r?\n[ \t]*
                    (?=[a-zåäöéü])(?!(?:och|eller|samt|respektive|men|till)\b))
      | (?P<blank>[\s{_UNSEEN}]{{2,}}|[^\S\x20]|[{_UNSEEN}])
      | (?P<combined>.(?:[{_UNSEEN}]*[\u0300-\u036f])+)""",
    re.VERBOSE | re.DOTALL,
)
_HIDDEN = re.compile(f"[{_UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Flat:
    """``text`` for analysis. Character ``i`` of it stands at ``starts[i]:ends[i]`` of the original.

    Both are ``None`` where the original was flat already.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def back(self, span: Span) -> Span:
        """Return the span of the original that ``span`` of ``text`` stands for.

        Raises:
            ValueError: if ``span`` is empty or not within ``text``.
        """
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(f"{span} is no span of a text of {len(self.text)} characters")
        if self.starts is None or self.ends is None:
            return span
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def after(self, length: int) -> Flat:
        """What stands after the first ``length`` characters.

        >>> flatten("1.2 Mål  och").after(4)
        Flat(text='Mål och', starts=(4, 5, 6, 7, 9, 10, 11), ends=(5, 6, 7, 9, 10, 11, 12))
        """
        if length == 0:
            return self
        starts = self.starts or tuple(range(len(self.text)))
        ends = self.ends or tuple(range(1, len(self.text) + 1))
        return Flat(self.text[length:], starts[length:], ends[length:])


def flatten(text: str) -> Flat:
    r"""Make ``text`` flat.

    >>> flatten("Stads-\nstyrelsen  ska").text
    'Stadsstyrelsen ska'
    >>> flatten("Stads-\nstyrelsen  ska").back(Span(0, 14))
    Span(start=0, end=16)
    >>> flatten("social-\noch hälsovård").text
    'social- och hälsovård'
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def copy(upto: int) -> None:
        out.append(text[at:upto])
        starts.extend(range(at, upto))
        ends.extend(range(at + 1, upto + 1))

    for found in _PIECE.finditer(text):
        piece = _HIDDEN.sub("", found.group())
        if found.lastgroup == "broken" or not piece:
            put = ""
        elif found.lastgroup == "blank":
            put = " "
        else:
            put = unicodedata.normalize("NFC", piece)
        copy(found.start())
        at = found.end()
        out.append(put)
        starts.extend([found.start()] * len(put))
        ends.extend([found.end()] * len(put))
    if at == 0:
        return Flat(text)
    copy(len(text))
    return Flat("".join(out), tuple(starts), tuple(ends))
