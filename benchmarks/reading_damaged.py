"""The files of the reading set that are damaged, locked, hostile or misnamed, and what is to become of each.

The outcome is ``ok`` (read, nothing to remark), ``partial`` (read, with a problem told) or ``error`` (a ReadError).
``never`` are words that must not stand in the text, ``holds`` some that must.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reading_office import Draft, converted, write
from reading_pdf import Look, build
from reading_texts import Element
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
HTML = "text/html"
_WORDS = "Kommunen ska bygga tre nya förskolor före utgången av 2027."
_DATE = (2025, 1, 15, 8, 0, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file and what is to become of it. ``needs`` is the media type of the reader it is for."""

    name: str
    data: bytes
    outcome: str
    why: str
    needs: str | None = None
    holds: str | None = None
    never: str | None = None

    def as_json(self) -> dict[str, Any]:
        made = {"outcome": self.outcome, "why": self.why}
        for key in ("needs", "holds", "never"):
            if value := getattr(self, key):
                made[key] = value
        return made


def small() -> list[Element]:
    """A text of a page or so."""
    made = [Element("heading", "Lokalförsörjningsplan", 1), Element("paragraph", _WORDS)]
    for number in range(1, 5):
        made.append(Element("heading", f"Område {number}", 2))
        made.append(
            Element("paragraph", f"Nämnden har under året gjort färdigt {number + 2} av de planerade ombyggnaderna.")
        )
    return made


# PDF


def pdf(objects: Sequence[str | tuple[str, bytes]], root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1; a pair is a dictionary and its stream."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        if isinstance(body, tuple):
            head, stream = body
            data = f"<<{head} /Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream"
        else:
            data = body.encode("latin-1")
        out.write(f"{number} 0 obj\n".encode() + data + b"\nendobj\n")
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for place in places:
        out.write(f"{place:010} 00000 n \n".encode())
    out.write(f"trailer\n<</Size {len(objects) + 1} /Root {root} 0 R>>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


_FONT = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
_PAGE = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F1 4 0 R>>>> /Contents 5 0 R>>"


def shown(words: str = _WORDS) -> tuple[str, bytes]:
    """A content stream that shows one line."""
    return "", f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode("cp1252")


def pdfs() -> list[Damaged]:
    whole = build(small(), Look(size=12, breaks=("Område 2", "Område 3"))).data
    catalog = "<</Type /Catalog /Pages 2 0 R>>"
    pages = "<</Type /Pages /Kids [3 0 R] /Count 1>>"
    in_form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</XObject <</X1 6 0 R>>>>"
    ring = _PAGE.replace("<</Font", "<</XObject <</X1 6 0 R>> /Font")
    broken = pdf(
        [
            catalog,
            "<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2>>",
            _PAGE,
            _FONT,
            shown(),
            _PAGE.replace("5 0 R", "7 0 R"),
            ("/Filter /FlateDecode", random.Random(3).randbytes(400)),
        ]
    )
    return [
        Damaged("avkapad.pdf", whole[: len(whole) * 6 // 10], "error", "cut off in the middle", PDF),
        Damaged(
            "avkapad-sent.pdf",
            whole[: whole.rindex(b"startxref")],
            "ok",
            "cut off a few bytes from its end, before it says where its cross-reference table is",
            PDF,
            holds=_WORDS,
        ),
        Damaged(
            "fel-xref.pdf",
            whole.replace(b"startxref\n", b"startxref\n9"),
            "ok",
            "the cross-reference table is not where it should be; everything else is there",
            PDF,
            holds=_WORDS,
        ),
        Damaged("inga-sidor.pdf", pdf([catalog, "<</Type /Pages /Kids [] /Count 0>>"]), "error", "no pages", PDF),
        Damaged("losenord.pdf", locked("hemligt", "mycket hemligt"), "error", "needs a password to be read", PDF),
        Damaged(
            "agarlosenord.pdf",
            locked("", "mycket hemligt"),
            "ok",
            "a password protects it against changes, not against reading",
            PDF,
            holds=_WORDS,
        ),
        Damaged(
            "sidtrad-i-ring.pdf",
            pdf([catalog, "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<</Type /Pages /Kids [2 0 R] /Count 1>>"]),
            "error",
            "a page tree that holds itself",
            PDF,
        ),
        Damaged(
            "innehall-i-ring.pdf",
            pdf([catalog, pages, _PAGE.replace("5 0 R", "6 0 R"), _FONT, "6 0 R", "5 0 R"]),
            "error",
            "two objects that stand for each other, where the page's content should be",
            PDF,
        ),
        Damaged(
            "form-i-ring.pdf",
            pdf([catalog, pages, ring, _FONT, ("", shown()[1] + b" /X1 Do"), (in_form, b"/X1 Do")]),
            "ok",
            "a form that draws itself, beside a text",
            PDF,
            holds=_WORDS,
        ),
        Damaged("bara-bilder.pdf", scanned(), "error", "pictures of pages, no text", PDF),
        Damaged("tom.pdf", b"", "error", "an empty file"),
        Damaged(
            "tva-miljarder-sidor.pdf",
            pdf([catalog, "<</Type /Pages /Kids [3 0 R] /Count 2000000000>>", _PAGE, _FONT, shown()]),
            "ok",
            "says that it has two thousand million pages, has one",
            PDF,
            holds=_WORDS,
        ),
        Damaged(
            "trasig-sida.pdf",
            broken,
            "partial",
            "one page can be read, the content of the other is no valid data",
            PDF,
            holds=_WORDS,
        ),
        Damaged(
            "skrap.pdf", b"%PDF-1.5\n" + random.Random(5).randbytes(3000), "error", "noise behind a PDF's mark", PDF
        ),
        Damaged(
            "enorm-sida.pdf",
            pdf([catalog, pages, _PAGE.replace("595 842", "1e9 1e9"), _FONT, shown()]),
            "ok",
            "a page of 350 km by 350 km",
            PDF,
            holds=_WORDS,
        ),
    ]


def locked(user: str, owner: str) -> bytes:
    """A PDF with passwords."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, encrypt=StandardEncryption(user, owner, canModify=0, strength=128))
    canvas.drawString(72, 700, _WORDS)
    canvas.save()
    return stream.getvalue()


def scanned() -> bytes:
    """A PDF of pictures."""
    made = small()
    return build(made, Look(size=12, scanned=(1,), breaks=())).data


# Archives


def archive(members: Mapping[str, bytes | str], stored: Sequence[str] = ()) -> bytes:
    """A ZIP archive with fixed dates."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            new.writestr(entry, data, compresslevel=9)
    return stream.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return {name: old.read(name) for name in old.namelist()}


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one member changed or added."""
    return archive(members(data) | {name: content}, stored=("mimetype",))


def document_xml(body: str, before: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}{before}<w:document {_W}><w:body>{body}</w:body></w:document>".encode()


def flagged(data: bytes, name: str) -> bytes:
    """The archive with a member that says it is encrypted."""
    changed = bytearray(data)
    for mark, at_flags, at_length, at_name in ((b"PK\x03\x04", 6, 26, 30), (b"PK\x01\x02", 8, 28, 46)):
        at = -1
        while (at := changed.find(mark, at + 1)) >= 0:
            (length,) = struct.unpack_from("<H", changed, at + at_length)
            if changed[at + at_name : at + at_name + length] == name.encode():
                changed[at + at_flags] |= 1
    return bytes(changed)


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "ha"><!ENTITY lol1 "'
    + "&lol;" * 10
    + '">'
    + "".join(f'<!ENTITY lol{n + 1} "{f"&lol{n};" * 10}">' for n in range(1, 9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY utifran SYSTEM "file:///etc/passwd">]>'
ZEROS = b" " * 120_000_000


def archives() -> list[Damaged]:
    docx = write(small(), Draft())[0].data
    odt = converted(docx, "docx", "odt")
    document = "word/document.xml"
    bare = members(docx)
    del bare[document]
    empty = members(odt)
    del empty["content.xml"]
    paragraph = f"<w:p><w:r><w:t>{_WORDS}</w:t></w:r></w:p>"
    laughing = document_xml("<w:p><w:r><w:t>&lol9;</w:t></w:r></w:p>", LAUGHS)
    outside = document_xml(f"{paragraph}<w:p><w:r><w:t>&utifran;</w:t></w:r></w:p>", OUTSIDE)
    deep = document_xml("<w:sdt><w:sdtContent>" * 20_000 + paragraph + "</w:sdtContent></w:sdt>" * 20_000)
    bomb = document_xml(paragraph).replace(b"</w:body>", ZEROS + b"</w:body>")
    content = members(odt)["content.xml"]
    body = content.index(b"<office:body")
    odt_bomb = content[:body] + ZEROS + content[body:]
    odt_laugh = content[:38] + LAUGHS.encode() + content[38:].replace(_WORDS.encode(), b"&lol9;")
    no_text = document_xml("<w:p/>")
    bag = {
        "plan.docx": docx,
        "fler.zip": archive({"inne.txt": _WORDS}),
        "../../utanfor.txt": _WORDS,
        "plan.txt": _WORDS,
    }
    return [
        Damaged("avkapad.docx", docx[: len(docx) // 2], "error", "cut off in the middle", DOCX),
        Damaged("utan-dokument.docx", archive(bare), "error", "an archive without word/document.xml", DOCX),
        Damaged(
            "skratt.docx",
            with_member(docx, document, laughing),
            "error",
            "entities in entities, a thousand million",
            DOCX,
        ),
        Damaged(
            "utifran.docx",
            with_member(docx, document, outside),
            "error",
            "an entity that names a file of the machine",
            DOCX,
            never="root:",
        ),
        Damaged("bomb.docx", with_member(docx, document, bomb), "error", "120 MB of blanks in 150 kB", DOCX),
        Damaged("djup.docx", with_member(docx, document, deep), "error", "40,000 elements in each other", DOCX),
        Damaged(
            "uppat.docx",
            with_member(docx, "../../utanfor.xml", b"<x/>"),
            "error",
            "a document with a member whose name leads out of the archive: no program writes such",
            DOCX,
        ),
        Damaged("krypterad-del.docx", flagged(docx, document), "error", "a member that is encrypted", DOCX),
        Damaged("losenord.docx", ole(), "error", "protected by a password: no archive but an OLE file"),
        Damaged("tom.docx", with_member(docx, document, no_text), "error", "a document without a word", DOCX),
        Damaged("avkapad.odt", odt[: len(odt) // 2], "error", "cut off in the middle", ODT),
        Damaged("utan-innehall.odt", archive(empty, ("mimetype",)), "error", "an archive without content.xml", ODT),
        Damaged("bomb.odt", with_member(odt, "content.xml", odt_bomb), "error", "120 MB of blanks in 150 kB", ODT),
        Damaged("skratt.odt", with_member(odt, "content.xml", odt_laugh), "error", "entities in entities", ODT),
        Damaged("samling.zip", archive(bag), "error", "an archive of documents, of an archive, and of a name with ../"),
        Damaged("docx-som.pdf", docx, "ok", "a Word document by the name of .pdf", DOCX, holds=_WORDS),
    ]


def ole() -> bytes:
    """The beginning of a compound file that holds an encrypted package."""
    names = "".join(name.ljust(32, "\0") for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names.encode("utf-16-le") + random.Random(9).randbytes(1024)
    )


# The rest


def others() -> list[Damaged]:
    whole = build(small(), Look(size=12)).data
    page = (
        f"<!DOCTYPE html>\n<html><head><title>Plan</title></head><body><h1>Plan</h1>\n<p>{_WORDS}</p></body></html>\n"
    )
    deep = f"<!DOCTYPE html>\n<html><body><p>{_WORDS}</p>{'<div>' * 50_000}<p>Längst in.</p></body></html>"
    unclosed = f"<html><body><div><h1>Plan<p>{_WORDS}<ul><li>Första<li>Andra<table><tr><td>Cell<b><i>fel</b></i>"
    return [
        Damaged(
            "djup.html",
            deep.encode(),
            "partial",
            "50,000 divs in each other, and words in the last",
            HTML,
            holds=_WORDS,
        ),
        Damaged("oavslutad.html", unclosed.encode(), "ok", "nothing in it is closed", HTML, holds=_WORDS),
        Damaged("utf16.html", page.encode("utf-16"), "ok", "in UTF-16 with its mark", HTML, holds=_WORDS),
        Damaged("html-som.txt", page.encode(), "ok", "a web page by the name of .txt", HTML, holds=_WORDS),
        Damaged("pdf-som.docx", whole, "ok", "a PDF by the name of .docx", PDF, holds=_WORDS),
        Damaged("text-som.pdf", f"Plan\n\n{_WORDS}\n".encode(), "ok", "plain text by the name of .pdf", holds=_WORDS),
    ]


def damaged() -> list[Damaged]:
    """All of them."""
    return [*pdfs(), *archives(), *others()]
