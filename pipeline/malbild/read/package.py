"""ZIP packages of XML parts (DOCX, ODT), opened with suspicion: what a part is unpacked to is bounded and checked.

Nothing is written to disk and nothing is unpacked before it is asked for. Not here: which parts a format has.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter

from lxml import etree
from lxml.etree import _Element as Element

from malbild.read.content import UnreadableError
from malbild.read.limits import LIMITS, Limits
from malbild.source import Problem

__all__ = [
    "BROKEN",
    "Element",
    "Package",
    "is_locked",
    "leads_out",
    "one_line",
    "open_package",
    "parse_xml",
]


_SMALL = 1_000_000
_CHUNK = 65_536
_MEMBER = b"PK\x01\x02"  # opens each entry of a ZIP archive's directory
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCK = "EncryptedPackage".encode("utf-16-le")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What zipfile and zlib raise over broken bytes, none of which says what to do about it."""
_FRESH = "open it in the program it was written with and save it anew, or get a fresh copy"


class Package:
    """An opened ZIP package. Make one with :func:`open_package`.

    ``problems`` are the parts that could not be read and were done without.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Limits = LIMITS) -> None:
        self.problems: list[Problem] = []
        self._archive = archive
        self._left = limits.unpacked
        self._max_ratio = limits.ratio
        # Names of parts know no case in OOXML; that two differ in it only is no more honest than that they are equal.
        self._members = {info.filename.casefold(): info for info in archive.infolist()}
        self._count = Counter(info.filename.casefold() for info in archive.infolist())

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            UnreadableError: if it is missing, damaged, or unpacks to more than the limits allow.
        """
        key, name = name.casefold(), one_line(name)
        info = self._members.get(key)
        if info is None:
            raise UnreadableError("damaged", f"lacks its part {name}: {_FRESH}")
        if self._count[key] > 1:
            raise UnreadableError("unsafe", f"holds its part {name} more than once: {_FRESH}")
        if info.compress_type not in _METHODS:
            raise UnreadableError("damaged", f"has its part {name} packed by a method of no such document: {_FRESH}")
        out = io.BytesIO()
        try:
            with self._archive.open(info) as member:
                while chunk := member.read(_CHUNK):
                    out.write(chunk)
                    self._check(name, len(chunk), out.tell(), info.compress_size)
        except UnreadableError:
            raise
        except BROKEN as error:
            raise UnreadableError("damaged", f"has a damaged part {name} ({one_line(error)}): {_FRESH}") from error
        return out.getvalue()

    def _check(self, name: str, more: int, size: int, packed: int) -> None:
        self._left -= more
        if self._left < 0:
            raise UnreadableError("too_large", "unpacks to more bytes than are allowed; split the document")
        if size > _SMALL and size > self._max_ratio * packed:
            message = f"has a part {name} that is packed more than {self._max_ratio} times, as ZIP bombs are: {_FRESH}"
            raise UnreadableError("unsafe", message)

    def xml(self, name: str) -> Element:
        """Return the root element of an XML part.

        Raises:
            UnreadableError: as :meth:`read` and :func:`parse_xml` do.
        """
        return parse_xml(self.read(name), name)

    def spare(self, name: str) -> Element | None:
        """Return the root of a part that can be done without: ``None``, and a problem noted, if it is damaged.

        Raises:
            UnreadableError: if it is not damaged but unsafe, or too large.
        """
        try:
            return self.xml(name)
        except UnreadableError as error:
            if error.code != "damaged":
                raise
            self.problems.append(Problem("read", "damaged_part", f"{error.message}; the rest was read"))
            return None


def open_package(data: bytes, limits: Limits = LIMITS) -> Package:
    """Open a ZIP package.

    Args:
        data: its bytes.
        limits: the most that all parts read may unpack to together, counted as they are unpacked, not as stated; how
            many times its packed size a part of more than a million bytes may be; how many members there may be.

    Raises:
        UnreadableError: ``damaged`` if it is no ZIP archive, ``too_large`` if it has too many members, ``encrypted``
            if it asks for a password, ``unsafe`` if a member's name leads out of the archive.
    """
    if is_locked(data):
        raise UnreadableError("encrypted", "is protected by a password: open it and save it without one")
    # Before zipfile makes an object of each.
    if data.count(_MEMBER) > limits.members:
        raise UnreadableError("too_large", f"holds more than {limits.members} members, as no document does: {_FRESH}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise UnreadableError("damaged", f"is a damaged ZIP archive ({one_line(error)}): {_FRESH}") from error
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", "is protected by a password: open it and save it without one")
        if leads_out(info.filename):
            name = one_line(info.filename)
            raise UnreadableError("unsafe", f"holds a member whose name leads out of it ({name}): {_FRESH}")
    return Package(archive, limits)


def leads_out(name: str) -> bool:
    """Whether the name of a member is that of a place outside its archive.

    >>> leads_out("../plan.pdf"), leads_out("C:/plan.pdf"), leads_out("planer/plan..v2.pdf")
    (True, True, False)
    """
    return _ABSOLUTE.match(name) is not None or ".." in name.replace("\\", "/").split("/")


def is_locked(data: bytes) -> bool:
    """Whether this is an Office document behind a password: an OLE file that holds the encrypted package."""
    return data.startswith(_OLE) and _LOCK in data


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root element of an XML part. No entity is expanded and nothing is fetched.

    Raises:
        UnreadableError: ``unsafe`` if it declares a document type or nests too deeply, ``damaged`` if it is no XML.
    """
    name = one_line(name)
    # UTF-16 and UTF-32 put a NUL before or after each ASCII character.
    if _DECLARATION.search(data) or (b"\0" in data and _DECLARATION.search(data.replace(b"\0", b""))):
        raise _declares(name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = one_line(error).split(", line", 1)[0]
        if "depth" in reason.lower():
            message = f"nests its elements deeper than any document does (in {name}): {_FRESH}"
            raise UnreadableError("unsafe", message) from error
        raise UnreadableError("damaged", f"has a damaged part {name} ({reason}): {_FRESH}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares(name)  # in an encoding that is not read above
    return root


def _declares(name: str) -> UnreadableError:
    return UnreadableError("unsafe", f"declares a document type or entities in its part {name}: {_FRESH}")


def one_line(text: object) -> str:
    """Return what a library or a file says, fit for a message of one line."""
    return " ".join(str(text).split())[:120]
