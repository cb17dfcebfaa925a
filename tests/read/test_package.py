"""ZIP packages that were made to do harm, or came to it: what is refused, and by which code."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.read.content import UnreadableError
from malbild.read.limits import Limits
from malbild.read.package import is_locked, open_package, parse_xml

PART = "<mål>Staden ska bli klimatneutral.</mål>".encode()  # the city is to become climate neutral
BOMB = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def code(data: bytes, part: str = "a.xml", **limits: int) -> str:
    """The code that reading a part as XML ends with; "read" if it is read."""
    try:
        open_package(data, Limits(**limits)).xml(part)
    except UnreadableError as error:
        assert str(error)
        assert "\n" not in error.message
        return error.code
    return "read"


def test_a_part_is_read_whatever_the_case_of_its_name() -> None:
    package = open_package(packed(("Word/Document.xml", PART)))
    assert package.xml("word/document.xml").text == "Staden ska bli klimatneutral."
    assert "word/document.XML" in package
    assert "word/styles.xml" not in package
    assert package.problems == []


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param(PART, "read", id="sound"),
        pytest.param(BOMB, "unsafe", id="a thousand laughs"),
        pytest.param(OUTSIDE, "unsafe", id="an external entity"),
        pytest.param(BOMB.decode().encode("utf-16"), "unsafe", id="entities in UTF-16"),
        pytest.param(BOMB.decode().encode("utf-32"), "unsafe", id="entities in UTF-32"),
        pytest.param(
            b'<?xml version="1.0" encoding="UTF-7"?>' + BOMB.decode().encode("utf-7"), "unsafe", id="entities in UTF-7"
        ),
        pytest.param(b"<!doctype a><a/>", "unsafe", id="a document type in small letters"),
        pytest.param(b"<a>&okand;</a>", "damaged", id="an entity nobody declared"),
        pytest.param(b"<a>" * 10_000 + b"</a>" * 10_000, "unsafe", id="ten thousand levels"),
        pytest.param(b"<a>" * 200 + b"</a>" * 200, "read", id="two hundred levels"),
        pytest.param(PART[:-9], "damaged", id="cut short"),
        pytest.param(b"", "damaged", id="empty"),
        pytest.param(b"<a>\0</a>", "damaged", id="NUL"),
        pytest.param(b'<?xml version="1.0" encoding="ebcdic-mal"?><a/>', "damaged", id="an unknown encoding"),
    ],
)
def test_xml(xml: bytes, expected: str) -> None:
    assert code(packed(("a.xml", xml))) == expected


def test_comments_are_no_part_of_xml() -> None:
    assert parse_xml("<a>mål<!-- nej -->bild<?nej?>er</a>".encode(), "a.xml").text == "målbilder"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", "damaged", id="nothing"),
        pytest.param(b"PK\x03\x04 ingen zip", "damaged", id="no archive"),
        pytest.param(packed(("a.xml", PART))[:-30], "damaged", id="cut short"),
        pytest.param(packed(("b.xml", PART)), "damaged", id="part missing"),
        pytest.param(packed(("a.xml", PART), method=zipfile.ZIP_LZMA), "damaged", id="a method of no document"),
        pytest.param(packed(("a.xml", PART), ("../b.xml", PART)), "unsafe", id="up and out"),
        pytest.param(packed(("a.xml", PART), ("word/../../b.xml", PART)), "unsafe", id="down, up and out"),
        pytest.param(packed(("a.xml", PART), ("/etc/b.xml", PART)), "unsafe", id="absolute"),
        pytest.param(packed(("a.xml", PART), ("C:\\b.xml", PART)), "unsafe", id="absolute on Windows"),
        pytest.param(packed(("a.xml", PART), ("..\\b.xml", PART)), "unsafe", id="up and out on Windows"),
        pytest.param(packed(("a.xml", PART), ("a..xml", PART)), "read", id="dots that lead nowhere"),
        pytest.param(packed(("a.xml", PART), ("A.xml", PART)), "unsafe", id="twice, but for case"),
        pytest.param(packed(("a.xml", PART), ("b.xml", PART), ("B.xml", PART)), "read", id="another part twice"),
        pytest.param(OLE + b"x" * 512 + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="behind a password"),
        pytest.param(OLE + b"x" * 512, "damaged", id="an old .doc"),
    ],
)
def test_archives(data: bytes, expected: str) -> None:
    assert code(data) == expected


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused() -> None:
    assert code(packed(("a.xml", PART), ("a.xml", b"<a>Nej</a>"))) == "unsafe"


def test_encrypted_members_are_refused() -> None:
    data = bytearray(packed(("a.xml", PART)))
    flags = data.index(b"PK\x01\x02") + 8
    data[flags] |= 1
    assert code(bytes(data)) == "encrypted"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        pytest.param({}, "read", id="as they are"),
        pytest.param({"unpacked": 20}, "too_large", id="few bytes"),
        pytest.param({"members": 1}, "too_large", id="few members"),
        pytest.param({"members": 2, "unpacked": len(PART)}, "read", id="just enough"),
    ],
)
def test_limits(limits: dict[str, int], expected: str) -> None:
    assert code(packed(("a.xml", PART), ("b.xml", PART)), **limits) == expected


def test_bytes_are_counted_over_all_parts_read_and_none_that_is_not() -> None:
    package = open_package(packed(("a.xml", PART), ("b.xml", PART), ("bild.png", b"x" * 999)), Limits(unpacked=60))
    assert package.read("a.xml") == PART
    with pytest.raises(UnreadableError) as caught:
        package.read("b.xml")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param(3_000_000, "unsafe", id="a bomb"),
        pytest.param(900_000, "read", id="small enough to do no harm"),
    ],
)
def test_what_is_packed_too_tightly_is_a_bomb(size: int, expected: str) -> None:
    assert code(packed(("a.xml", b"<a>" + b" " * size + b"</a>"))) == expected


def test_sizes_are_counted_and_not_believed() -> None:
    data = bytearray(packed(("a.xml", b"<a>" + b" " * 3_000_000 + b"</a>")))
    # Both directories say that the part has ten bytes.
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    assert code(bytes(data)) in ("unsafe", "damaged")


def test_a_part_that_can_be_spared_is_noted_if_damaged_and_refused_if_unsafe() -> None:
    package = open_package(packed(("a.xml", b"<a>"), ("b.xml", BOMB)))
    assert package.spare("a.xml") is None
    assert [(problem.stage, problem.code) for problem in package.problems] == [("read", "damaged_part")]
    assert "a.xml" in package.problems[0].message
    with pytest.raises(UnreadableError) as caught:
        package.spare("b.xml")
    assert caught.value.code == "unsafe"


def test_locked_files_are_told_from_old_ones() -> None:
    locked = OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert (is_locked(locked), is_locked(OLE + bytes(512)), is_locked(locked[8:])) == (True, False, False)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(packed(("a.xml", PART * 3), ("b/c.xml", b"<a/>")))
    for at, byte in changes:
        data[at % len(data)] = byte
    assert code(bytes(data)) in ("read", "damaged", "unsafe", "too_large", "encrypted")
