#!/usr/bin/env python3
"""Write the reading set anew: every file of `corpus/reading/`, and what was put into it.

    reading_set.py [NAME ...]

``NAME`` are the files to write (all, when none is given). Needs ReportLab, pyphen, python-docx and LibreOffice; the
tests need none of them, for the files are committed. The same texts give the same files, byte for byte; those that
LibreOffice makes change with its version.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import reading_web
from reading_damaged import damaged
from reading_office import (
    Draft,
    both,
    comment,
    converted,
    deleted,
    hidden,
    inserted,
    pages_in,
    struck_out,
    text_box,
)
from reading_office import write as write_docx
from reading_pdf import MARGIN, Log, Look, Made, build, decomposed, fonts
from reading_texts import READING, TEXTS, Element, elements_of
from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

TRUTH = READING / "truth"
DAMAGED = READING / "damaged"


def write_lines(path: Path, values: Sequence[Any], head: str) -> None:
    """A JSON object with one list, a line a member: small differences when the text changes."""
    lines = ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    path.write_text(f'{{"{head}": [\n{lines}\n]}}\n', "utf-8")


def write_truth(name: str, text: str, elements: Sequence[Element], made: Made, without: Sequence[int] = ()) -> None:
    """What was put into the file of that name, beside the elements of its text."""
    pages = [0 if n in without else made.log.pages.get(n, 0) for n in range(len(elements))]
    truth: dict[str, Any] = {"text": text}
    if any(pages):
        truth["pages"] = pages
    if without:
        truth["without"] = list(without)
    truth["asides"] = [
        {"kind": kind, "text": words, "pages": sorted(set(on) - {0})} for (kind, words), on in made.log.asides.items()
    ]
    if made.log.floating:
        truth["floating"] = made.log.floating
    if made.log.optional:
        truth["optional"] = sorted(set(made.log.optional))
    lists = {key: json.dumps(value, ensure_ascii=False) for key, value in truth.items()}
    (TRUTH / f"{name}.json").write_text("{\n" + ",\n".join(f' "{k}": {v}' for k, v in lists.items()) + "\n}\n", "utf-8")


# What runs beside the text.


def header_and_footer(left: str, right: str, kind: str = "Sida {} ({})") -> Callable[[Canvas, Log], None]:
    """Heads and feet that change sides from page to page."""

    def paint(canvas: Canvas, log: Log) -> None:
        page = canvas.getPageNumber()
        width, height = canvas._pagesize
        canvas.setFont(fonts("Helvetica")[0], 8)
        outer, inner = (right, left) if page % 2 else (left, right)
        canvas.drawString(MARGIN, height - 36, inner)
        canvas.drawRightString(width - MARGIN, height - 36, outer)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, height - 42, width - MARGIN, height - 42)
        number = kind.format(page, log.total)
        if page % 2:
            canvas.drawRightString(width - MARGIN, 34, number)
        else:
            canvas.drawString(MARGIN, 34, number)
        log.aside("header", left, page)
        log.aside("header", right, page)
        log.aside("page_number", number, page)

    return paint


def page_numbers(pattern: str) -> Callable[[Canvas, Log], None]:
    """Page numbers alone, at the foot and in the middle; "#" stands for the number of pages."""

    def paint(canvas: Canvas, log: Log) -> None:
        page = canvas.getPageNumber()
        canvas.setFont(fonts("Times")[0], 9)
        number = pattern.format(page).replace("#", str(log.total))
        canvas.drawCentredString(canvas._pagesize[0] / 2, 32, number)
        log.aside("page_number", number, page)

    return paint


def printers_marks(canvas: Canvas, log: Log) -> None:
    """What a printer writes outside the part of the sheet that is kept."""
    page = canvas.getPageNumber()
    mark = f"klimatplan_tryck_slutlig.indd {page} 2024-11-05 14:22"
    canvas.setFont(fonts("Helvetica")[0], 7)
    canvas.drawString(40, 12, mark)
    log.aside("hidden", mark, page)


BOXES = {
    1: ("Kort om planen", "Planen gäller till och med 2032 och ses över vart fjärde år av en bred arbetsgrupp."),
    2: ("Visste du att?", "Nästan var tredje åttioåring i kommunen har barnbarn på gångavstånd."),
    3: ("Röster", "Jag vill bestämma själv när jag dricker mitt kaffe, säger Elsa, 91 år."),
}
MARGINAL = "Omsorgsförvaltningen, dnr OF 2024/0117"
UNSEEN = "utkast version 7 ej för spridning"


def boxes_beside(canvas: Canvas, log: Log) -> None:
    """A coloured box with white words beside the text, words up the margin, and words that nobody sees."""
    page = canvas.getPageNumber()
    width, height = canvas._pagesize
    regular, bold, _ = fonts("Helvetica")
    if page in BOXES:
        head, words = BOXES[page]
        left, top = width - 186, height - 150
        canvas.setFillColor(colors.Color(0.55, 0.11, 0.27))
        canvas.rect(left, top - 120, 130, 120, stroke=0, fill=1)
        for n, words_at in enumerate((head, words)):
            style = ParagraphStyle(
                "box", fontName=regular if n else bold, fontSize=10, leading=13.5, textColor=colors.white
            )
            lines = Paragraph(words_at, style)
            lines.wrapOn(canvas, 110, 100)
            lines.drawOn(canvas, left + 10, top - 24 - n * 12 - (lines.height - 13.5))
            log.floating.append({"kind": "paragraph" if n else "heading", "text": words_at, "page": page})
    canvas.saveState()
    canvas.setFillColor(colors.grey)
    canvas.setFont(regular, 7)
    canvas.translate(24, 240)
    canvas.rotate(90)
    canvas.drawString(0, 0, MARGINAL)
    canvas.restoreState()
    log.aside("rotated", MARGINAL, page)
    unseen = canvas.beginText(MARGIN, 40)
    unseen.setFont(regular, 8)
    unseen.setTextRenderMode(3)
    unseen.textLine(UNSEEN)
    unseen.setTextRenderMode(0)
    canvas.drawText(unseen)
    log.aside("hidden", UNSEEN, page)


@dataclass(frozen=True, slots=True)
class Pdf:
    """One file of the set that ReportLab makes."""

    name: str
    text: str
    look: Look


KLIMATPLAN_WIDE = (("Åtgärdstabell", "wide"), ("Uppföljning", "upright"))

PDFS = (
    Pdf("klimatplan-en-kolumn.pdf", "klimatplan", Look()),
    Pdf("klimatplan-spalter.pdf", "klimatplan", Look(family="Times", columns=2, turns=KLIMATPLAN_WIDE)),
    Pdf(
        "klimatplan-spalter-avstavad.pdf",
        "klimatplan",
        Look("Liberation Serif", columns=2, banner=True, justified=True, hyphenated=True, turns=KLIMATPLAN_WIDE),
    ),
    Pdf(
        "klimatplan-sidhuvud.pdf",
        "klimatplan",
        Look("Liberation Sans", running=header_and_footer("Hudiksvalls kommun", "Klimat- och energiplan 2025–2030")),
    ),
    Pdf(
        "klimatplan-liggande.pdf",
        "klimatplan",
        Look("Times", turns=(("Energi", "rotated"), ("Åtgärder", "upright"), ("Åtgärdstabell", "landscape"))),
    ),
    Pdf("klimatplan-beskuren.pdf", "klimatplan", Look(crop=28, running=printers_marks, breaks=("Nuläge",))),
    Pdf(
        "arsuppfoljning-tabeller.pdf",
        "arsuppfoljning",
        Look(ruled=False, breaks=("Indikatorer",), running=page_numbers("– {} –")),
    ),
    Pdf(
        "arsuppfoljning-allt.pdf",
        "arsuppfoljning",
        Look(
            "Times",
            columns=2,
            justified=True,
            hyphenated=True,
            contents=True,
            feet=True,
            running=header_and_footer("Region Blekinge", "Årsuppföljning 2024"),
            turns=(("Indikatorer", "wide"),),
        ),
    ),
    Pdf(
        "arsuppfoljning-smala-spalter.pdf",
        "arsuppfoljning",
        Look(
            "Times",
            size=9,
            columns=3,
            banner=True,
            hyphenated=True,
            running=header_and_footer("Region Blekinge", "Årsuppföljning 2024", "{}"),
            turns=(("Indikatorer", "wide"),),
            torn=("EU-|kommissionens", "social-| och", "2025–|2027", "2026–|2028", "dnr 2025/|00318"),
        ),
    ),
    Pdf("arsuppfoljning-ocr.pdf", "arsuppfoljning", Look(scanned=tuple(range(1, 9)), ocr=True)),
    Pdf("kulturmiljo-fotnoter.pdf", "kulturmiljo", Look("Times", size=10.5, feet=True, running=page_numbers("{}"))),
    Pdf(
        "kulturmiljo-avstavad.pdf",
        "kulturmiljo",
        Look(
            "Times",
            size=11,
            justified=True,
            hyphenated=True,
            right=150,
            running=header_and_footer("Kulturdepartementet", "Ett levande kulturarv", "{}"),
        ),
    ),
    Pdf(
        "valfardsplan-sidhuvud.pdf",
        "valfardsplan",
        Look(running=header_and_footer("Raseborgs stad", "Välfärdsplan 2026–2029"), size=12),
    ),
    Pdf("valfardsplan-lang-tabell.pdf", "valfardsplan", Look("Times", page=A5, repeat=True, right=40)),
    Pdf(
        "kulturmiljo-rasatt.pdf",
        "kulturmiljo",
        Look("Liberation Serif", size=11, hyphenated=True, raw=True, running=page_numbers("Sidan {}")),
    ),
    Pdf("valfardsplan-tecken.pdf", "valfardsplan", Look("DejaVu Sans", size=9.5, spell=decomposed)),
    Pdf("aldreplan-innehall.pdf", "aldreplan", Look("Times", size=11, contents=True, running=page_numbers("{} (#)"))),
    Pdf("aldreplan-rutor.pdf", "aldreplan", Look(right=210, running=boxes_beside)),
    Pdf(
        "aldreplan-bilder.pdf",
        "aldreplan",
        Look(breaks=("Så ser det ut i dag", "Förebyggande arbete", "Vad vi ska göra"), scanned=(2, 3)),
    ),
)


@dataclass(frozen=True, slots=True)
class Office:
    """A DOCX, and the files that LibreOffice makes of it: ODT, PDF of the DOCX, PDF of the ODT."""

    name: str
    text: str
    draft: Draft
    odt: bool = False
    pdf: bool = False
    pdf_of_odt: bool = False


OFFICE = (
    Office(
        "klimatplan",
        "klimatplan",
        Draft(scattered=True, running=("Hudiksvalls kommun", "Klimat- och energiplan")),
        odt=True,
        pdf=True,
    ),
    Office("kulturmiljo-utseende", "kulturmiljo", Draft(looks_only=True), odt=True),
    Office(
        "arsuppfoljning-numrerad",
        "arsuppfoljning",
        Draft(automatic=True, contents=True, scattered=True),
        odt=True,
        pdf_of_odt=True,
    ),
    Office(
        "valfardsplan-tabeller",
        "valfardsplan",
        Draft(merged="Samtliga åtgärder genomförs inom den beslutade budgeten."),
        odt=True,
    ),
    Office(
        "aldreplan-andringar",
        "aldreplan",
        Draft(
            edits={
                "Kalmar blir äldre": both(
                    inserted(", men det kräver att omsorgen"),
                    deleted("och förra året var ökningen större än väntat", "står still"),
                ),
                "Den har tagits fram": comment("Kontrollera om anhörigföreningen godkänner formuleringen."),
                "Hemtjänsten hade": struck_out("Den här meningen om vikarier utgår efter remissen."),
                "Sjukfrånvaron är": hidden("uppgiften osäker enligt löneenheten", "10,2 procent."),
                "De åtta träffpunkterna": text_box("Träffpunkten i Smedby fyller tjugo år."),
                "Ensamhet är": deleted("om man får tro forskningen", "rökning"),
            }
        ),
        odt=True,
    ),
)


def write_office(office: Office) -> None:
    """The DOCX and its kin."""
    elements = elements_of(office.text)
    made, without = write_docx(elements, office.draft)
    (READING / f"{office.name}.docx").write_bytes(made.data)
    write_truth(f"{office.name}.docx", office.text, elements, made, without)
    if office.odt:
        odt = converted(made.data, "docx", "odt")
        (READING / f"{office.name}.odt").write_bytes(odt)
        write_truth(f"{office.name}.odt", office.text, elements, made, without)
    if office.pdf:
        write_printed(f"{office.name}-docx.pdf", office, elements, converted(made.data, "docx", "pdf"), made)
    if office.pdf_of_odt:
        write_printed(f"{office.name}-odt.pdf", office, elements, converted(odt, "odt", "pdf"), made)


def write_printed(name: str, office: Office, elements: Sequence[Element], data: bytes, made: Made) -> None:
    """A PDF that LibreOffice made: where the elements came to stand is found in it."""
    (READING / name).write_bytes(data)
    # A table that runs over pages has its head again.
    heads = [element.text for element in elements if element.kind == "cell" and element.row == 0]
    log = replace(made.log, pages=pages_in(data, elements), optional=[*made.log.optional, *heads])
    write_truth(name, office.text, elements, Made(data, log))


PAGES: tuple[tuple[str, str, Callable[[Sequence[Element]], tuple[str | bytes, Log]]], ...] = (
    ("klimatplan-webb.html", "klimatplan", reading_web.site),
    ("aldreplan-divar.html", "aldreplan", reading_web.without_landmarks),
    ("valfardsplan-enkel.html", "valfardsplan", reading_web.plain),
    ("kulturmiljo-word.html", "kulturmiljo", reading_web.by_word),
)


def write_page(name: str, text: str, make: Callable[[Sequence[Element]], tuple[str | bytes, Log]]) -> None:
    """An HTML file."""
    elements = elements_of(text)
    page, log = make(elements)
    data = page.encode("utf-8") if isinstance(page, str) else page
    (READING / name).write_bytes(data)
    write_truth(name, text, elements, Made(data, log))


def write_text(name: str) -> None:
    """The truth of a text, and its plain version; the Markdown version is what all others are made of."""
    elements = elements_of(name)
    write_lines(TRUTH / f"{name}.json", [element.as_json() for element in elements], "elements")
    (READING / f"{name}.txt").write_text(reading_web.text(elements), "utf-8")
    for extension in ("md", "txt"):
        write_truth(f"{name}.{extension}", name, elements, Made(b"", Log()))


def write_pdf(pdf: Pdf) -> None:
    elements = elements_of(pdf.text)
    made = build(elements, pdf.look)
    (READING / pdf.name).write_bytes(made.data)
    scanned = () if pdf.look.ocr else pdf.look.scanned
    without = [n for n, page in sorted(made.log.pages.items()) if page in scanned]
    write_truth(pdf.name, pdf.text, elements, made, without)


def write_damaged() -> None:
    """The damaged files and what is to become of them."""
    made = damaged()
    for file in made:
        (DAMAGED / file.name).write_bytes(file.data)
    lines = (f" {json.dumps(file.name)}: {json.dumps(file.as_json(), ensure_ascii=False)}" for file in made)
    (DAMAGED / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("names", nargs="*", help="the files to write, all when none is given")
    options = parser.parse_args()
    for folder in (TRUTH, DAMAGED):
        folder.mkdir(parents=True, exist_ok=True)
    jobs: dict[str, Callable[[], None]] = {}
    jobs |= {name: partial(write_text, name) for name in TEXTS}
    jobs |= {pdf.name: partial(write_pdf, pdf) for pdf in PDFS}
    jobs |= {page[0]: partial(write_page, *page) for page in PAGES}
    jobs |= {f"{office.name}.docx": partial(write_office, office) for office in OFFICE}
    jobs["damaged"] = write_damaged
    for name, job in jobs.items():
        if not options.names or name in options.names:
            job()
            print(name)


if __name__ == "__main__":
    main()
