"""OpenDocument texts that are damaged, unsafe or odd, their titles, and what holds for any of them."""

import random
import time
import zipfile
from io import BytesIO

import pytest
from handmade_odt import BODY, MANIFEST, PAGES, box, h, item, listed, note, odt, p, tbl, tc, tr
from hypothesis import given, settings
from hypothesis import strategies as st
from outcome import changed, check, plain, told

from malbild.read.content import UnreadableError
from malbild.read.odt import read
from malbild.segment import outline
from malbild.source import Source

SAID = plain("Staden ska minska utsläppen med hälften till 2030.")


@pytest.mark.parametrize(
    ("stated", "expected"), [("Strategi 2030", "Strategi 2030"), ("plan.odt", "Grön plan"), ("", "Grön plan")]
)
def test_title(stated: str, expected: str) -> None:
    assert read(odt(h("Förord") + p("Grön plan", "Title"), title=stated)).title == expected


@pytest.mark.parametrize(
    ("swap", "named"),
    [
        ({"styles.xml": b"<"}, "styles.xml"),
        ({"meta.xml": b"\0"}, "meta.xml"),
        ({"META-INF/manifest.xml": b"nej"}, "manifest.xml"),
    ],
)
def test_the_rest_of_a_damaged_document_is_read(swap: dict[str, bytes | None], named: str) -> None:
    content = read(odt(h("Mål") + BODY, swap=swap))
    assert [block[3] for block in told(content)] == ["Mål", SAID[3]]
    assert [problem.code for problem in content.problems] == ["damaged_part"]
    assert named in content.problems[0].message


DELETION = f"<text:changed-region><text:deletion>{p('bort')}</text:deletion></text:changed-region>"
DELETED = f"<text:tracked-changes>{DELETION}</text:tracked-changes>"
LOCK = f'<m:manifest xmlns:m="{MANIFEST}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"PK\x03\x04", "damaged", id="no archive"),
        pytest.param(odt("", swap={"content.xml": None}), "damaged", id="no text"),
        pytest.param(odt("", swap={"content.xml": b"<a>"}), "damaged", id="broken text"),
        pytest.param(odt("", swap={"content.xml": b"<a/>"}), "unsupported", id="another text"),
        pytest.param(odt("", swap={"META-INF/manifest.xml": LOCK.encode()}), "encrypted", id="a password"),
        pytest.param(odt("<text:section>" * 10_000 + "</text:section>" * 10_000), "unsafe", id="ten thousand deep"),
        pytest.param(odt("", swap={"styles.xml": b"<!DOCTYPE a><a/>"}), "unsafe", id="a document type"),
    ],
)
def test_what_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.code == code
    assert "\n" not in caught.value.message


def test_the_reader_takes_time_in_keeping_with_length() -> None:
    began = time.process_time()
    content = read(odt((h("Mål") + BODY + listed("Ett", name="Tal") + tbl(tr("a", "b"), tr("c", "d"))) * 1500))
    assert len(content.blocks) == 1500 * 7
    assert content.blocks[-7].number == "1500"
    assert time.process_time() - began < 15


pieces = st.sampled_from(
    [
        "Mål",
        " och\n medel ",
        "\u00ad\u00a0<text:s/>",
        "a<text:span text:style-name='fet'>\u030a</text:span>",
        "<text:span text:style-name='dold'>dolt</text:span>",
        "<text:line-break/><text:tab/>",
        "<text:change/>",
        note("Källa: FN."),
        note("Se slutet.", "endnote"),
        "<office:annotation><text:p>bort</text:p></office:annotation>",
        box(p("Ruta") + listed("Ett", name="Tal")),
        "•<text:tab/>",
    ]
)
paragraphs = (
    st.lists(pieces, max_size=5)
    .map("".join)
    .flatmap(
        lambda inner: st.sampled_from(
            [p(inner), h(inner), h(inner, 2), p(inner, "Caption"), p(inner, "Fet"), p(inner, "Dold")]
        )
    )
)
flows = st.recursive(
    st.lists(paragraphs, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.lists(
            st.lists(inner.map(lambda one: tc(one or "<text:p/>")), min_size=1, max_size=3), min_size=1, max_size=3
        ).map(lambda rows: tbl(*(tr(*row) for row in rows))),
        st.lists(inner.map(lambda one: item(one or "<text:p/>")), max_size=3).map(
            lambda items: listed(*items, name="Tal")
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(flows, max_size=4).map("".join))
def test_spans_of_any_document_quote_right(body: str) -> None:
    content = read(odt(body))
    check(content)
    assert not any("bort" in block.span.quote(content.text) for block in content.blocks)
    source = Source("x", "x", content.text, "x", "x", blocks=content.blocks)
    assert (len(outline(source).sentences) > 0) == any(char.isalnum() for char in content.text)


@pytest.mark.parametrize("seed", range(3))
def test_changed_bytes_are_read_or_refused(seed: int) -> None:
    """A hundred documents with some bytes changed, half of them in the archive and half in the XML of a part."""
    chance = random.Random(seed)
    whole = odt(
        DELETED + h("Mål") + p(f"Vi{note('Källa.')} ska") + listed("a", name="Tal") + tbl(tr("a", "b")), pages=PAGES
    )
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    refused = 0
    for count in range(100):
        data = changed(whole, chance)
        if count % 2:
            name = chance.choice(sorted(members))
            data = odt("", swap={**members, name: changed(members[name], chance)})
        try:
            check(read(data))
        except UnreadableError as error:
            refused += 1
            assert error.code in ("damaged", "unsafe", "encrypted", "too_large", "unsupported")
    assert 0 < refused < 100
