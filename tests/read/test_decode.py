"""Bytes to text, byte for byte."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.read import ReadError, read_bytes, read_text

SWEDISH = "Målet är att öka andelen – till 40\u00a0%.\r\nÅäö"  # "The aim is to raise the share"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(SWEDISH.encode("utf-8"), [], id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + SWEDISH.encode("utf-8"), [], id="utf-8 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + SWEDISH.encode("utf-16-le"), [], id="utf-16 little-endian"),
        pytest.param(codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"), [], id="utf-16 big-endian"),
        pytest.param(codecs.BOM_UTF32_LE + SWEDISH.encode("utf-32-le"), [], id="utf-32"),
        pytest.param(SWEDISH.encode("cp1252"), ["encoding"], id="cp1252"),
    ],
)
def test_text_is_what_was_written(data: bytes, codes: list[str]) -> None:
    source = read_bytes(data, "plan.txt")
    assert source.text == SWEDISH
    assert [problem.code for problem in source.problems] == codes


def test_the_fallback_is_named() -> None:
    (problem,) = read_bytes("mål".encode("cp1252"), "plan.txt").problems
    assert (problem.stage, problem.code) == ("read", "encoding")
    assert "cp1252" in problem.message


def test_bytes_unknown_to_cp1252_are_replaced_and_noted() -> None:
    source = read_bytes(b"m\xe5l \x81\x8d och medel", "plan.txt")
    assert source.text == "mål \ufffd\ufffd och medel"
    assert [problem.code for problem in source.problems] == ["encoding", "encoding"]


def test_a_cut_file_in_utf8_is_not_taken_for_cp1252() -> None:
    source = read_bytes("åtgärder för miljön".encode()[:-2], "plan.txt")
    assert source.text == "åtgärder för milj\ufffd"
    assert "utf-8" in source.problems[0].message


def test_half_a_unit_of_utf16_is_replaced() -> None:
    assert read_bytes(codecs.BOM_UTF16_LE + "mål".encode("utf-16-le") + b"x", "a.txt").text == "mål\ufffd"


def test_nul_is_kept_and_noted() -> None:
    source = read_bytes("må\0l".encode(), "plan.txt")
    assert source.text == "må\0l"
    assert [problem.code for problem in source.problems] == ["nul"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="png"),
        pytest.param(b"PK\x03\x04" + bytes(60), id="zip"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", id="pdf without pages"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(60), id="elf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), id="doc"),
        pytest.param(b"{\\rtf1\\ansi M\\'e5l}", id="rtf"),
        pytest.param(bytes(range(256)) * 8, id="many control bytes"),
        pytest.param(SWEDISH.encode("utf-16-le"), id="utf-16 without mark"),
    ],
)
def test_binary_data_is_refused_in_one_line_with_the_cure(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "plan.txt")
    assert caught.value.code in ("binary", "damaged")
    assert caught.value.path == "plan.txt"
    assert caught.value.message.startswith("plan.txt: ")
    assert "\n" not in caught.value.message


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_string_is_read_as_it_is(text: str) -> None:
    try:
        source = read_text(text)
    except ReadError as error:
        assert error.code == "empty"
        assert not any(char.isalnum() for char in text)
    else:
        assert source.text == text


@given(st.text())
def test_lone_surrogates_are_replaced_one_to_one(text: str) -> None:
    source = read_text("Mål" + text)
    source.text.encode("utf-8")
    assert len(source.text) == len(text) + 3
    for ours, theirs in zip(source.text[3:], text, strict=True):
        assert ours == theirs or (ours == "\ufffd" and "\ud800" <= theirs <= "\udfff")
    lone = any("\ud800" <= char <= "\udfff" for char in text)
    assert lone == any(problem.code == "surrogate" for problem in source.problems)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = read_bytes(data, "plan.txt")
    except ReadError as error:
        assert error.code in ("empty", "binary", "unsupported", "damaged")
    else:
        source.text.encode("utf-8")
        assert source.text.strip()
