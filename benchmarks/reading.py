#!/usr/bin/env python3
"""How well documents are read: words, order, structure and places, speed, damaged files, and the findings in the end.

    reading.py [--only reading|speed|damaged|findings] [--files PATTERN] [--errors]

Reads the set in `corpus/reading/`, see its README. The measures of the first table are those of `reading_scores.py`
and `reading_boxes.py`. Speed is CPU time on one thread, against pdfplumber and bare PDFium on the same file. Prints
Markdown tables with machine and date. Needs ReportLab and pdfplumber for the speed alone.
"""

from __future__ import annotations

import argparse
import fnmatch
import importlib.util
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from machine import described
from reading_scores import NUMBER, Reading, Truth, count, forms, load_truth
from reading_texts import READING, TEXTS, Element, elements_of

from malbild.flow import extract_source
from malbild.read import ReadError, read
from malbild.read.media import READERS

DAMAGED = READING / "damaged"
SECONDS = 10
"""How long a damaged file may take."""
PAGES = 100
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".html": "text/html",
    ".htm": "text/html",
}


def files(pattern: str = "*") -> list[Path]:
    """The files of the set, those of one text together."""
    found = [path.name.removesuffix(".json") for path in (READING / "truth").glob("*.*.json")]
    return [READING / name for name in sorted(found) if fnmatch.fnmatch(name, pattern)]


def has_reader(path: Path) -> bool:
    return _TYPES.get(path.suffix, "text/plain") in READERS


def share(value: float | None) -> str:
    """A share in per cent; what is not whole is never shown as if it were."""
    if value is None:
        return "–"
    return "100" if value == 1 else f"{min(99.9, 100 * value):.1f}"


# Reading


def reading_table(paths: Sequence[Path], errors: bool) -> None:
    from reading_boxes import covered

    heads = "file,words,recall,precision,order,headings F1 / recall,numbers,whole,kinds,cells,pages,boxes"
    columns = [*heads.split(","), "asides in the text", "asides kept"]
    print(f"| {' | '.join(columns)} |")
    print(f"| {' | '.join('---' for _ in columns)} |")
    for path in paths:
        if not has_reader(path):
            print(f"| {path.name} | no reader yet |")
            continue
        try:
            source = read(path)
            made = Reading(load_truth(READING, path.name), source)
            scores = made.scores()
            boxes = "–"
            if source.pages:
                right, total = covered(path.read_bytes(), source)
                boxes = share(right / total if total else None)
        except ReadError as error:
            print(f"| {path.name} | {error.code} |")
            continue
        except Exception as error:  # a reader that is being written: its row says so, the run goes on
            print(f"| {path.name} | {type(error).__name__}: {error} |")
            continue
        cells = [
            path.name,
            str(scores.words),
            share(scores.recall),
            share(scores.precision),
            share(scores.order),
            f"{share(scores.headings)} / {share(scores.heading_recall)}",
            share(scores.numbers),
            share(scores.whole),
            share(scores.kinds),
            share(scores.cells),
            share(scores.pages),
            boxes,
            str(len(scores.leaked)),
            share(scores.kept),
        ]
        print(f"| {' | '.join(cells)} |")
        if errors:
            missing, extra = made.errors()
            wrong = {"missing": missing, "extra": extra, "leaked": list(scores.leaked)}
            measures = {"whole": made.whole, "kind": made.kinds, "cell": made.cells, "page": made.pages}
            for name, verdicts in ((name, measure()) for name, measure in measures.items()):
                wrong[name] = [f"{part.kind} {part.text[:30]!r}" for part, right in verdicts if not right]
            for name, found in wrong.items():
                if found:
                    print(f"    {name}: {', '.join(found[:12])}{' …' if len(found) > 12 else ''}")


# Speed


def report(pages: int) -> bytes:
    """A plain one-column report of about so many pages, no two of them alike."""
    from reading_pdf import Look, build
    from reading_set import header_and_footer

    chosen = random.Random(1)
    texts = [element for name in TEXTS for element in elements_of(name) if element.kind in ("paragraph", "item")]
    sentences = [sentence for element in texts for sentence in re.split(r"(?<=\.) ", element.text)]
    made: list[Element] = [Element("heading", "Samlad uppföljning av regionens program", 1)]
    for number in range(1, pages * 3):
        if number % 4 == 1:
            made.append(Element("heading", " ".join(chosen.choice(sentences).split()[:5]), 2, str(number // 4 + 1)))
        for _ in range(3):
            made.append(Element("paragraph", " ".join(chosen.sample(sentences, 5))))
        made += [Element("item", chosen.choice(sentences), 1) for _ in range(2)]
    look = Look(running=header_and_footer("Samlad uppföljning", "Regionstyrelsen"))
    return build(made, look).data


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the faster of two runs."""
    took = []
    for _ in range(2):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def by_pdfplumber(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def by_pdfium(path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


# A child's own ru_maxrss begins with what its parent had when it was forked, so Linux's own count is asked where it is.
_PEAK_OF_SELF = """
def peak():
    import pathlib, re, resource
    status = pathlib.Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\\s*(\\d+)", status.read_text())):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
_PEAK = f"""{_PEAK_OF_SELF}
import sys
from malbild.read import read
if len(sys.argv) > 1:
    source = read(sys.argv[1])
print(peak())
"""


def peak(path: Path | None = None) -> float:
    """Megabytes that a fresh process took at most, to read a file or only to start."""
    command = [sys.executable, "-c", _PEAK, *([str(path)] if path else [])]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def speed_tables() -> None:
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "rapport.pdf"
        plain.write_bytes(report(PAGES))
        document = pypdfium2.PdfDocument(plain)
        pages = len(document)
        print(f"Plain one-column report, {pages} pages, {plain.stat().st_size / 1e6:.1f} MB; CPU time, one thread.")
        print()
        print("| | pages/s | ms a page |")
        print("| --- | --- | --- |")
        contestants: list[tuple[str, Callable[[Path], object] | None]] = [
            ("malbild.read.read", read if "application/pdf" in READERS else None),
            ("pdfplumber extract_text", by_pdfplumber if importlib.util.find_spec("pdfplumber") else None),
            ("PDFium get_text_range", by_pdfium),
        ]
        for name, work in contestants:
            if work is None:
                print(f"| {name} | not there | – |")
                continue
            took = seconds(lambda work=work: work(plain))
            print(f"| {name} | {pages / took:,.0f} | {1000 * took / pages:.1f} |")
        print()
        large = pypdfium2.PdfDocument.new()
        for _ in range(5):
            large.import_pages(document)
        long = Path(folder) / "lang.pdf"
        large.save(long)
        count = len(large)
        document.close()
        large.close()
        if "application/pdf" in READERS:
            start = peak()
            print(f"Peak memory: {peak(long):.0f} MB on {count} pages, {start:.0f} MB with nothing read.")
        else:
            print("Peak memory: no reader yet.")


# Damaged files


_TRY = f"""{_PEAK_OF_SELF}
import json, sys
from malbild.read import ReadError, read
try:
    source = read(sys.argv[1])
    outcome = "partial" if source.problems else "ok"
    words = "; ".join(problem.message for problem in source.problems)
except ReadError as error:
    outcome, words = "error", error.code + ": " + error.message.partition(": ")[2]
print(json.dumps([outcome, words, peak()]))
"""


def attempt(path: Path) -> tuple[str, str, float]:
    """What becomes of a file in a process of its own: ok, partial, error, crash or hang; why; peak megabytes."""
    try:
        command = [sys.executable, "-c", _TRY, str(path)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "hang", f"more than {SECONDS} s", 0.0
    if run.returncode:
        return "crash", (run.stderr.strip().splitlines() or [f"signal {-run.returncode}"])[-1], 0.0
    outcome, words, megabytes = json.loads(run.stdout)
    return outcome, words, megabytes


def damaged_table() -> None:
    expected = json.loads((DAMAGED / "expected.json").read_text("utf-8"))
    right = 0
    print("| file | what it is | expected | came | what is said of it | MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, wanted in sorted(expected.items()):
        if (needs := wanted.get("needs")) and needs not in READERS:
            print(f"| {name} | {wanted['why']} | {wanted['outcome']} | no reader yet | | |")
            continue
        outcome, words, megabytes = attempt(DAMAGED / name)
        right += outcome == wanted["outcome"]
        print(f"| {name} | {wanted['why']} | {wanted['outcome']} | {outcome} | {words[:120]} | {megabytes:.0f} |")
    print()
    print(f"{right} of {len(expected)} as expected.")


# Findings


Found = Counter[tuple[str, ...]]
NOTE = re.compile(r"^\[\^\w+\]: *")
SCANNED = "aldreplan-bilder.pdf"
"""Half of its pages are pictures without a text layer: what stands on them cannot be found."""


def findings(path: Path) -> Found:
    """Goals and outcome claims: which of the two, and the words of the sentence."""
    record = extract_source(read(path))

    def key(text: str) -> tuple[str, ...]:
        # Whether the number of an item, a heading or a note is in its sentence is for its format to say.
        return forms(NUMBER.sub("", NOTE.sub("", text), count=1))

    found = [("goal", *key(goal.text)) for goal in record.goals]
    return Counter(found + [("outcome", *key(outcome.text)) for outcome in record.outcomes])


def in_running_text(found: Found, truth: Truth) -> Found:
    """Those that do not stand in a table."""
    tables = [form for part in truth.parts if part.cell for form in part.words]
    rest = [form for part in truth.parts if not part.cell for form in part.words]
    return Counter({key: n for key, n in found.items() if count(rest, key[1:]) or not count(tables, key[1:])})


def compared(wanted: Found, here: Found) -> str:
    """Three cells of the table."""
    same = (wanted & here).total()
    return f"{wanted.total()} / {here.total()} | {same} | {share(2 * same / max(1, wanted.total() + here.total()))}"


def findings_table(paths: Sequence[Path], errors: bool) -> None:
    print("Findings in the Markdown version / here. A .txt has no cells: a row of a table is one line there.")
    print()
    print("| file | running text | the same | F1 | with tables | the same | F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    plain: dict[str, Found] = {}
    sums: dict[str, list[int]] = {}
    for path in paths:
        truth = load_truth(READING, path.name)
        if not has_reader(path):
            print(f"| {path.name} | no reader yet |")
            continue
        if truth.text not in plain:
            plain[truth.text] = findings(READING / f"{truth.text}.md")
        try:
            here = findings(path)
        except Exception as error:  # as above
            print(f"| {path.name} | {type(error).__name__}: {error} |")
            continue
        whole = load_truth(READING, f"{truth.text}.md")
        wanted, got = in_running_text(plain[truth.text], whole), in_running_text(here, whole)
        print(f"| {path.name} | {compared(wanted, got)} | {compared(plain[truth.text], here)} |")
        if path.suffix in _TYPES and path.name != SCANNED:
            of = sums.setdefault(path.suffix, [0] * 6)
            for n, (a, b) in enumerate(((wanted, got), (plain[truth.text], here))):
                for m, found in enumerate((a, b, a & b)):
                    of[3 * n + m] += found.total()
        if errors:
            for name, some in (("missed", wanted - got), ("extra", got - wanted)):
                for words in some.elements():
                    print(f"    {name}: {' '.join(words)}")
    for suffix, (a, b, same, c, d, both) in sorted(sums.items()):
        running, whole = share(2 * same / max(1, a + b)), share(2 * both / max(1, c + d))
        print(f"| all {suffix[1:]} | {a} / {b} | {same} | {running} | {c} / {d} | {both} | {whole} |")
    print()
    print(f"The last lines leave out {SCANNED}, where half of the pages are pictures.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("reading", "speed", "damaged", "findings"))
    parser.add_argument("--files", default="*", help="the files of the set, as a shell pattern")
    parser.add_argument("--errors", action="store_true", help="say which words and findings are missing or too many")
    options = parser.parse_args()
    paths = files(options.files)
    parts: dict[str, Callable[[], None]] = {
        "reading": lambda: reading_table(paths, options.errors),
        "speed": speed_tables,
        "damaged": damaged_table,
        "findings": lambda: findings_table(paths, options.errors),
    }
    print(described())
    for name, table in parts.items():
        if options.only in (None, name):
            print(f"\n## {name.capitalize()}\n")
            table()


if __name__ == "__main__":
    main()
