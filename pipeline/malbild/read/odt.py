"""OpenDocument texts (.odt) to text and blocks, from their content.xml and styles.xml.

Headings are told by their elements, by styles and by looks; automatic numbers are counted and kept apart from the words
(``Block.number``), unless they have words of their own ("Mål 1:"). Tracked deletions, comments, page headers and
footers, hidden text and tables of contents are set aside. Not read: charts, pictures and embedded objects.

lxml reads the elements, with no library for the format between: odfdo's text functions join words over ``text:s``, take
notes and comments into paragraphs and know neither automatic numbers nor what styles inherit; odfpy is no longer kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from malbild.read.building import Draft, build
from malbild.read.content import Content, UnreadableError
from malbild.read.limits import LIMITS, Limits
from malbild.read.looks import promote
from malbild.read.opendocument.lists import Lists
from malbild.read.opendocument.styles import Styles
from malbild.read.opendocument.tags import DC, MANIFEST, OFFICE, STYLE
from malbild.read.opendocument.walk import read_part
from malbild.read.package import Element, Package, open_package
from malbild.read.story import said
from malbild.source import AsideKind

_MANIFEST = "META-INF/manifest.xml"
_BESIDE: dict[str, AsideKind] = {
    **dict.fromkeys((f"{STYLE}header", f"{STYLE}header-left", f"{STYLE}header-first"), "header"),
    **dict.fromkeys((f"{STYLE}footer", f"{STYLE}footer-left", f"{STYLE}footer-first"), "footer"),
}


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    """Return the text of an OpenDocument text, its blocks in order, and what was set aside.

    Raises:
        UnreadableError: if it is damaged, encrypted, unsafe, or no OpenDocument text.
    """
    package = open_package(data, limits)
    _check_locks(package)
    content = package.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("unsupported", "is an OpenDocument file, but no text document; save it as .odt")
    common = package.spare("styles.xml") if "styles.xml" in package else None
    named = common.find(f"{OFFICE}styles") if common is not None else None
    drafts = read_part(body, Styles([named, content]), Lists(named, content))
    promote(drafts)
    if common is not None:
        drafts += _beside(common)
    return build(drafts, _title(package), package.problems)


def _check_locks(package: Package) -> None:
    manifest = package.spare(_MANIFEST) if _MANIFEST in package else None
    if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
        raise UnreadableError("encrypted", "is protected by a password: open it and save it without one")


def _beside(common: Element) -> Iterator[Draft]:
    """Yield the headers and footers of pages."""
    styles = Styles([common])
    for page in common.iter(f"{STYLE}master-page"):
        for part in page:
            if (kind := _BESIDE.get(part.tag)) and part.get(f"{STYLE}display") != "false":
                words, asides = said(read_part(part, styles, Lists(common)))
                yield Draft("paragraph", words, aside=kind)
                yield from asides


def _title(package: Package) -> str | None:
    meta = package.spare("meta.xml") if "meta.xml" in package else None
    return None if meta is None else meta.findtext(f".//{DC}title")
