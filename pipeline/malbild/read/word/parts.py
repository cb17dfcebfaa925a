"""The parts of a DOCX package that hold words, checked one by one, and then opened by python-docx.

python-docx gives up on what Word itself opens: one relationship that leads nowhere, one broken part, a macro-enabled or
a Strict document. So it is handed a package that holds only the sound parts read here, and no relationship that leads
out of it. What its parser sees has been parsed and written anew: no document type, no entities.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from lxml import etree

from malbild.read.content import UnreadableError
from malbild.read.limits import LIMITS, Limits
from malbild.read.package import Element, Package, one_line, open_package
from malbild.read.word.tags import W
from malbild.source import Problem

_MAIN = "word/document.xml"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
# What Strict documents name otherwise; the rest of their names follows the same rule.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = ("wordprocessingml", "drawingml", "officeDocument", "schemaLibrary")
# Parts read, by the last word of their relationship: its type and the type of the part, as Transitional names them.
_KINDS = {
    "styles": (RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    "numbering": (RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    "footnotes": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    "endnotes": (RELATIONSHIP_TYPE.ENDNOTES, CONTENT_TYPE.WML_ENDNOTES),
    "comments": (RELATIONSHIP_TYPE.COMMENTS, CONTENT_TYPE.WML_COMMENTS),
    "header": (RELATIONSHIP_TYPE.HEADER, CONTENT_TYPE.WML_HEADER),
    "footer": (RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER),
    "diagramData": (RELATIONSHIP_TYPE.DIAGRAM_DATA, CONTENT_TYPE.DML_DIAGRAM_DATA),
}
_USUAL = ("styles", "numbering", "footnotes", "endnotes", "comments")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part to hand on: ``rid`` is the id of the relationship from the document to it."""

    name: str
    kind: str
    rid: str
    xml: bytes


class Word:
    """A Word document, opened."""

    def __init__(self, document: Document, problems: list[Problem], stated_title: str | None) -> None:
        self.problems = problems
        self.title = stated_title
        self._part = document.part

    @property
    def body(self) -> Element:
        """The root of the main part."""
        return self._part.element

    def roots(self, kind: str) -> list[Element]:
        """Return the root elements of the parts of a kind ("styles", "header", …), in the order of their names."""
        wanted = _KINDS[kind][0]
        parts = [link.target_part for link in self._part.rels.values() if link.reltype == wanted]
        return [_root(part) for part in sorted(parts, key=lambda part: (len(part.partname), part.partname))]

    def root(self, kind: str) -> Element | None:
        """Return the root element of the only part of a kind, if there is one."""
        return next(iter(self.roots(kind)), None)

    def related(self, rid: str) -> Element | None:
        """Return the root element of the part that a relationship of the main part leads to."""
        link = self._part.rels.get(rid)
        return None if link is None else _root(link.target_part)


def _root(part: object) -> Element:
    # python-docx parses the kinds of parts it knows; footnotes and diagrams it keeps as bytes.
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element  # type: ignore[attr-defined]


def open_word(data: bytes, limits: Limits = LIMITS) -> Word:
    """Open a Word document from its bytes.

    Raises:
        UnreadableError: if it is no package, no Word document, unsafe, or its main part is damaged.
    """
    package = open_package(data, limits)
    top = {kind: name for kind, _, name in _links(package, "") if name in package}
    main = top.get("officeDocument", _MAIN)
    body = _plain(package.xml(main))
    parts = list(_parts(package, main))
    properties = package.spare(top["core-properties"]) if "core-properties" in top else None
    if properties is not None and properties.tag != f"{{{_CORE}}}coreProperties":
        properties = None
    clean = _written(body, parts, properties)
    try:
        document = docx.Document(clean)
        title = document.core_properties.title if properties is not None else None
    except (KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        raise UnreadableError(
            "damaged", f"is no Word document that can be read ({one_line(error)}); save it anew"
        ) from error
    if document.part.element.tag != f"{W}document":
        raise UnreadableError("unsupported", "is an Office document, but no text document of Word; save it as .docx")
    return Word(document, package.problems, title)


def _links(package: Package, source: str) -> Iterator[tuple[str, str, str]]:
    """Yield the last word of the type, the id and the target of each relationship that leads to a part."""
    folder, name = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    root = package.spare(rels) if rels in package else None
    if root is None:
        if source:
            yield from ((kind, f"rUsual{kind}", f"{folder}/{kind}.xml") for kind in _USUAL)
        return
    for link in root.iter(f"{{{_RELATIONSHIPS}}}Relationship"):
        target = link.get("Target") or ""
        if target and (link.get("TargetMode") or "").casefold() != "external":
            path = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
            yield (link.get("Type") or "").rpartition("/")[2], link.get("Id") or "", path.lstrip("/")


def _parts(package: Package, main: str) -> Iterator[_Part]:
    seen: set[tuple[str, str]] = set()
    for kind, rid, name in _links(package, main):
        if kind not in _KINDS or (kind, name) in seen:
            continue
        seen.add((kind, name))
        if name not in package:
            if not rid.startswith("rUsual"):
                message = f"lacks its part {one_line(name)}, which it refers to; the rest was read"
                package.problems.append(Problem("read", "damaged_part", message))
        elif (root := package.spare(name)) is not None:
            yield _Part(f"word/{kind}{len(seen)}.xml", kind, rid, _plain(root))


def _plain(root: Element) -> bytes:
    """Write a part anew, in UTF-8 and by the names of Transitional documents."""
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    if _STRICT in data:
        for name in _STRICT_NAMES:
            data = data.replace(_STRICT + name.encode(), b"%s%s/2006" % (_TRANSITIONAL, name.encode()))
    return data


def _written(body: bytes, parts: list[_Part], properties: Element | None) -> io.BytesIO:
    main_type, core_type = CONTENT_TYPE.WML_DOCUMENT_MAIN, CONTENT_TYPE.OPC_CORE_PROPERTIES
    types = [(f"/{part.name}", _KINDS[part.kind][1]) for part in parts] + [(f"/{_MAIN}", main_type)]
    roots = [("rMain", RELATIONSHIP_TYPE.OFFICE_DOCUMENT, _MAIN)]
    if properties is not None:
        types.append(("/docProps/core.xml", core_type))
        roots.append(("rCore", RELATIONSHIP_TYPE.CORE_PROPERTIES, "docProps/core.xml"))
    links = [(part.rid, _KINDS[part.kind][0], f"/{part.name}") for part in parts]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _types(types))
        archive.writestr("_rels/.rels", _rels(roots))
        archive.writestr("word/_rels/document.xml.rels", _rels(links))
        archive.writestr(_MAIN, body)
        for part in parts:
            archive.writestr(part.name, part.xml)
        if properties is not None:
            archive.writestr("docProps/core.xml", etree.tostring(properties, encoding="UTF-8", xml_declaration=True))
    out.seek(0)
    return out


def _types(types: list[tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    etree.SubElement(root, f"{{{_TYPES}}}Default", Extension="rels", ContentType=CONTENT_TYPE.OPC_RELATIONSHIPS)
    for name, kind in types:
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=name, ContentType=kind)
    return bytes(etree.tostring(root))


def _rels(links: list[tuple[str, str, str]]) -> bytes:
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    for rid, kind, target in links:
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=rid, Type=kind, Target=target)
    return bytes(etree.tostring(root))
