"""Word documents that are damaged, unsafe or odd, and what holds for any of them."""

import io
import random
import re
import time
import zipfile

import pytest
from handmade_word import (
    BODY,
    OFFICE,
    RELS,
    SAID,
    B,
    abstract,
    box,
    field,
    item,
    level,
    listed,
    note,
    num,
    p,
    r,
    ref,
    style,
    tbl,
    tc,
    tr,
    word,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from outcome import changed, check, head, told

from malbild.read.content import UnreadableError
from malbild.read.docx import read
from malbild.segment import outline
from malbild.source import Source

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def test_macro_documents_are_read() -> None:
    assert told(read(word(BODY, main=MACRO, swap={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))) == [SAID]


def test_strict_documents_are_read() -> None:
    swap: dict[str, bytes | None] = {}
    with zipfile.ZipFile(io.BytesIO(word(p("Mål", "Rubrik1") + BODY))) as archive:
        for name in archive.namelist():
            strict = re.sub(
                rb"http://schemas\.openxmlformats\.org/(wordprocessingml|drawingml|officeDocument)/2006",
                rb"http://purl.oclc.org/ooxml/\1",
                archive.read(name),
            )
            swap[name] = strict
    assert b"purl.oclc.org" in (swap["word/document.xml"] or b"")
    assert told(read(word("", swap=swap))) == [head(1, "Mål", "1"), SAID]


DOCUMENT = p("Mål", "Rubrik1") + p(r("Vi ska växa.") + ref(2)) + item("Ett", 2)
RELATIONS = "word/_rels/document.xml.rels"
DAMAGED = [
    pytest.param({"word/footnotes.xml": b"<w:footnotes"}, {"footnote"}, "footnotes.xml", id="broken footnotes"),
    pytest.param({"word/footnotes.xml": None}, {"footnote"}, "footnotes.xml", id="missing footnotes"),
    pytest.param({"word/numbering.xml": b"nej"}, {"number"}, "numbering.xml", id="broken numbering"),
    pytest.param({"word/numbering.xml": None}, {"number"}, "numbering.xml", id="missing numbering"),
    pytest.param(
        {RELATIONS: f"{RELS}</Relationships>".encode()}, {"footnote", "number"}, "numbering.xml", id="no links"
    ),
    pytest.param({"word/styles.xml": b"\0"}, {"number"}, "styles.xml", id="broken styles"),
    pytest.param({RELATIONS: b"<"}, set(), "document.xml.rels", id="broken links: the usual names serve"),
    pytest.param({"_rels/.rels": b"<"}, set(), "_rels/.rels", id="broken links of the package: the usual name serves"),
]


@pytest.mark.parametrize(("swap", "lost", "named"), DAMAGED)
def test_the_rest_of_a_damaged_document_is_read(swap: dict[str, bytes | None], lost: set[str], named: str) -> None:
    content = read(word(DOCUMENT, swap=swap, footnotes=note(2, "Källa: FN.")))
    assert [block[3] for block in told(content)][:3] == ["Mål", "Vi ska växa.", "Ett"]
    assert told(content)[0][:2] == ("heading", 1)
    assert (content.blocks[-1].kind == "footnote") == ("footnote" not in lost)
    assert (content.blocks[0].number == "1") == ("number" not in lost)
    assert {problem.code for problem in content.problems} == {"damaged_part"}
    assert any(named in problem.message for problem in content.problems)


def test_links_that_lead_out_or_nowhere_are_not_followed() -> None:
    links = (
        f'{RELS}<Relationship Id="r1" Type="{OFFICE}/image" Target="NULL"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/header" Target="../../../etc/passwd"/></Relationships>'
    )
    content = read(word(BODY, swap={RELATIONS: links.encode()}))
    assert told(content) == [SAID]
    assert [problem.code for problem in content.problems] == ["damaged_part"]


def test_embedded_documents_are_noted() -> None:
    content = read(word(BODY + '<w:altChunk r:id="r9"/>'))
    assert [problem.code for problem in content.problems] == ["embedded"]


DEEP = "<w:tbl><w:tr><w:tc>" * 10_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 10_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"PK\x03\x04", "damaged", id="no archive"),
        pytest.param(word("", swap={"word/document.xml": None}), "damaged", id="no text"),
        pytest.param(word("", swap={"word/document.xml": b"<w:document"}), "damaged", id="broken text"),
        pytest.param(word("", swap={"word/document.xml": b"<a/>"}), "unsupported", id="another text"),
        pytest.param(word(DEEP), "unsafe", id="tables ten thousand deep"),
        pytest.param(
            word(BODY, swap={"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "unsafe", id="entities"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="a password"
        ),
    ],
)
def test_what_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.code == code
    assert "\n" not in caught.value.message


def test_no_label_and_no_style_costs_more_than_it_should() -> None:
    numbering = abstract(1, level(0, "Mål %1 " * 100_000)) + num(1, 1)
    styles = "".join(style(f"S{at}", based=f"S{at + 1}") for at in range(3_000)) + style("Slinga", based="Slinga")
    body = "".join(p(r("Ett"), f"S{at}", listed(1)) for at in range(1_000)) + p("Två", "Slinga")
    began = time.process_time()
    content = read(word(body, numbering=numbering, styles=styles))
    assert len(content.text) < 200_000
    assert content.text.endswith("Två")
    assert time.process_time() - began < 10


def test_tables_as_deep_as_xml_may_be() -> None:
    deep = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    content = read(word(deep))
    assert len(content.blocks) == 80
    assert {block.cell.table for block in content.blocks if block.cell} == set(range(80))


def test_the_reader_takes_time_in_keeping_with_length() -> None:
    body = (p("Mål", "Rubrik1") + BODY + item("Ett", 2) + tbl(tr("a", "b"), tr("c", "d"))) * 1500
    began = time.process_time()
    content = read(word(body))
    assert len(content.blocks) == 1500 * 7
    assert content.blocks[-7].number == "1500"
    assert time.process_time() - began < 15


pieces = st.sampled_from(
    [
        r("Mål"),
        r(" och medel "),
        r("\u00ad\u00a0"),
        r("a\u030a", B),
        r("dolt", "<w:vanish/>"),
        "<w:r><w:br/><w:tab/></w:r>",
        f"<w:del>{r('bort')}</w:del>",
        f"<w:ins>{r('nytt')}</w:ins>",
        ref(2),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        field("TOC", r("1 Mål")),
        box(p("Ruta")),
        "",
    ]
)
shapes = st.sampled_from(
    [("", ""), ("Rubrik1", ""), ("", listed(2, 1)), ("Beskrivning", ""), ("", "<w:rPr><w:del/></w:rPr>")]
)
paragraphs = st.builds(lambda inner, shape: p("<w:r/>" + "".join(inner), *shape), st.lists(pieces, max_size=5), shapes)
flows = st.recursive(
    st.lists(paragraphs, max_size=4).map("".join),
    lambda inner: st.lists(
        st.lists(inner.map(lambda x: tc(x or "<w:p/>")), min_size=1, max_size=3), min_size=1, max_size=3
    ).map(lambda rows: tbl(*(tr(*row) for row in rows))),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(flows, max_size=4).map("".join))
def test_spans_of_any_document_quote_right(body: str) -> None:
    content = read(word(body, footnotes=note(2, "Källa: FN.")))
    check(content)
    assert not any("bort" in block.span.quote(content.text) for block in content.blocks)
    source = Source("x", "x", content.text, "x", "x", blocks=content.blocks)
    assert len(outline(source).sentences) >= len(content.blocks)


@pytest.mark.parametrize("seed", range(3))
def test_changed_bytes_are_read_or_refused(seed: int) -> None:
    """A hundred documents with some bytes changed, half of them in the archive and half in the XML of a part."""
    chance = random.Random(seed)
    whole = word(DOCUMENT + tbl(tr("a", "b")) + p(r("Text") + box(BODY)), footnotes=note(2, "Källa: FN."), header=BODY)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    refused = 0
    for count in range(100):
        swap: dict[str, bytes | None] = {}
        data = whole
        if count % 2:
            name = chance.choice(sorted(members))
            swap[name] = changed(members[name], chance)
            data = word("", swap={**members, **swap})
        else:
            data = changed(whole, chance)
        try:
            check(read(data))
        except UnreadableError as error:
            refused += 1
            assert error.code in ("damaged", "unsafe", "encrypted", "too_large", "unsupported")
    assert 0 < refused < 100
