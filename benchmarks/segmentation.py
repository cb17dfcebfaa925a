#!/usr/bin/env python3
"""How well sentence boundaries are found, against the gold files and against Talbanken.

    segmentation.py --shared ../shared [--errors N]

Prints, for each folder of gold, F1 over exact spans and over sentence ends. Both sides are first trimmed of white space
and of the bullets that open a line (malbild leaves these out of its sentences; the gold keeps some: "▻ …").

"adjusted" is the same where the gold's habits and malbild's part on purpose: sentences that the gold broke off at a
line's end (no stop before the break, a small letter after it) are put together, for the annotation took every line for
itself; and a footnote mark after a stop ("… i EU. [94] Härutöver …") is taken off the sentence after it.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

from malbild.read import read_text
from malbild.segment import outline
from malbild.segment.lines import BULLET

Pair = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Pair:
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    end -= len(quote) - len(quote.rstrip())
    bullet = BULLET.match(text, start, end)
    return (bullet.end() if bullet else start), end


def found(text: str) -> set[Pair]:
    return {trimmed(text, *sentence.span) for sentence in outline(read_text(text)).sentences}


def adjusted(text: str, gold: list[Pair]) -> list[Pair]:
    out: list[Pair] = []
    for start, end in gold:
        if out:
            gap = text[out[-1][1] : start]
            running = text[start].islower() and text[start + 1 : start + 2] not in (")", ".")
            if not gap.strip() and gap.count("\n") == 1 and text[out[-1][1] - 1].isalnum() and running:
                out[-1] = (out[-1][0], end)
                continue
            if "\n" not in gap and (mark := re.compile(r"\[\d{1,3}\] (?=\S)").match(text, start)):
                start = mark.end()
        out.append((start, end))
    return out


def f1(gold: set, ours: set) -> float:
    return 2 * len(gold & ours) / (len(gold) + len(ours)) if gold or ours else 1.0


def folder(path: Path) -> Iterator[tuple[str, str, list[Pair]]]:
    for file in sorted(path.glob("*.json")):
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        sentences = json.loads(file.read_text("utf-8"))["sentences"]
        yield file.stem, text, [trimmed(text, s["start"], s["end"]) for s in sentences]


def conllu(path: Path) -> Iterator[tuple[str, str, list[Pair]]]:
    """The documents of a treebank, the sentences of each put together with single spaces."""
    documents: list[list[str]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newdoc") or not documents:
            documents.append([])
        if line.startswith("# text = "):
            documents[-1].append(line[9:].strip())
    for number, sentences in enumerate(filter(None, documents)):
        at, gold = 0, []
        for sentence in sentences:
            gold.append((at, at + len(sentence)))
            at += len(sentence) + 1
        yield f"{path.stem}-{number}", " ".join(sentences), gold


def row(name: str, documents: Iterator[tuple[str, str, list[Pair]]], errors: int) -> None:
    gold, gold_adjusted, ours = set(), set(), set()
    for slug, text, spans in documents:
        here = found(text)
        gold |= {(slug, *span) for span in spans}
        gold_adjusted |= {(slug, *span) for span in adjusted(text, spans)}
        ours |= {(slug, *span) for span in here}
        wanted = set(adjusted(text, spans))
        for kind, missed in (("missed", wanted - here), ("extra", here - wanted)):
            for start, end in sorted(missed)[:errors]:
                quote = text[start:end]
                print(f"  {kind} {slug[-30:]} {start}: {quote[:60]!r} … {quote[-30:]!r} > {text[end : end + 12]!r}")

    def ends(spans: set) -> set:
        return {(slug, end) for slug, _, end in spans}

    print(
        f"{name:14} {len(gold):6} {len(ours):6}  {f1(gold, ours):.4f} {f1(ends(gold), ends(ours)):.4f}   "
        f"{f1(gold_adjusted, ours):.4f} {f1(ends(gold_adjusted), ends(ours)):.4f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--errors", type=int, default=0, help="print so many errors a document")
    parser.add_argument("--folders", nargs="*", default=["train", "train-labels", "own", "dev"])
    parser.add_argument("--text", type=Path, help="a large text to measure the speed on")
    options = parser.parse_args()
    print("                 gold   ours   exact   ends     adjusted: exact, ends")
    for name in options.folders:
        row(name, folder(options.shared / "gold" / name), options.errors)
    if treebank := next((options.shared / "data/ud").glob("*talbanken*dev.conllu"), None):
        row("talbanken-dev", conllu(treebank), 0)
    if options.text:
        source = read_text(options.text.read_bytes().decode("utf-8", "ignore"))
        began, cpu = time.perf_counter(), time.process_time()
        count = len(outline(source).sentences)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        size = options.text.stat().st_size / 1e6
        print(f"speed: {size:.1f} MB, {count} sentences, {took:.1f} s ({cpu:.1f} s of CPU), {size / took:.1f} MB/s")


if __name__ == "__main__":
    main()
