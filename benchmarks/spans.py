"""Quantities and deadlines against the gold: precision, recall, F1 and the share of exact spans, one row a folder.

    python benchmarks/spans.py --shared ../shared [--folders train own dev] [--errors N]

The gold sentences are taken as given: quantities over those labelled goal or outcome, the deadline over those labelled
goal. Spans match when they share half of their union, one to one, as in ``score.py``. ``own`` is the project's own
writing; the other folders hold real texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from malbild.extraction.deadlines import find_deadlines, pick_deadline
from malbild.extraction.quantities import find_quantities
from malbild.flat import flatten
from malbild.source import Span

Kind = Literal["quantity", "deadline"]


@dataclass(slots=True)
class Tally:
    """Spans right, exactly right, said without being gold, gold without being said; the sentences that went wrong."""

    hits: int = 0
    exact: int = 0
    extra: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    def row(self) -> str:
        said, gold = self.hits + self.extra, self.hits + self.missed
        p = self.hits / said if said else 0.0
        r = self.hits / gold if gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return f"{p:6.3f} {r:6.3f} {f:6.3f} {self.exact / self.hits if self.hits else 0.0:6.3f} {gold:6d}"


def near(a: Span, b: Span) -> bool:
    """Intersection over union of at least a half."""
    shared = a.overlap(b)
    return shared > 0 and shared * 2 >= max(a.end, b.end) - min(a.start, b.start)


def marked(text: str, gold: Sequence[Span], said: Sequence[Span]) -> str:
    """The text with the gold spans in [] and those said in {}."""
    marks = [(s.start, 1, "[") for s in gold] + [(s.end, 0, "]") for s in gold]
    marks += [(s.start, 1, "{") for s in said] + [(s.end, 0, "}") for s in said]
    for at, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return " ".join(text.split())


def compare(tally: Tally, text: str, gold: Sequence[Span], said: Sequence[Span]) -> None:
    left = list(said)
    missed = 0
    for span in gold:
        hit = next((s for s in left if near(span, s)), None)
        if hit is None:
            missed += 1
            continue
        left.remove(hit)
        tally.hits += 1
        tally.exact += hit == span
    tally.missed += missed
    tally.extra += len(left)
    if missed or left:
        tally.wrong.append(("-" * missed + "+" * len(left)).ljust(4) + marked(text, gold, said))


def sentences(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold.get("labels_only"):
            continue
        text = path.with_suffix(".txt").read_text("utf-8")
        for sentence in gold["sentences"]:
            yield text[sentence["start"] : sentence["end"]], sentence


def relative(sentence: dict[str, Any], spans: Sequence[Sequence[int]]) -> list[Span]:
    return [Span(a, b).shift(-sentence["start"]) for a, b in spans]


def measure(folder: Path) -> tuple[dict[Kind, Tally], float]:
    """The tallies of a folder, and the microseconds a sentence took."""
    tallies: dict[Kind, Tally] = {"quantity": Tally(), "deadline": Tally()}
    spent, seen = 0.0, 0
    for text, sentence in sentences(folder):
        if not {"goal", "outcome"} & set(sentence["labels"]):
            continue
        flat = flatten(text)
        begin = time.perf_counter()
        quantities = find_quantities(flat.text)
        deadline = pick_deadline(flat.text, find_deadlines(flat.text))
        spent += time.perf_counter() - begin
        seen += 1
        said = [flat.back(q.span) for q in quantities]
        compare(tallies["quantity"], text, relative(sentence, sentence["quantity"]), said)
        if "goal" in sentence["labels"]:
            gold = [sentence["deadline"]] if sentence["deadline"] else []
            compare(tallies["deadline"], text, relative(sentence, gold), [flat.back(deadline.span)] if deadline else [])
    return tallies, spent / max(seen, 1) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds gold/")
    parser.add_argument("--folders", nargs="+", default=["train", "own", "dev"])
    parser.add_argument("--errors", type=int, default=0, help="print the first N wrong sentences of each row")
    parser.add_argument("--only", choices=["quantity", "deadline"], help="print the errors of this kind only")
    args = parser.parse_args()
    print(f"{'':18} {'P':>6} {'R':>6} {'F1':>6} {'exact':>6} {'gold':>6}")
    wrong: list[str] = []
    for name in args.folders:
        folder = args.shared / "gold" / name
        if not folder.is_dir():
            parser.error(f"no folder {folder}")
        tallies, micros = measure(folder)
        for kind, tally in tallies.items():
            print(f"{name + ' ' + kind:18} {tally.row()}")
            if args.only in (None, kind):
                wrong += [f"{name} {kind:9} {line}" for line in tally.wrong[: args.errors]]
        print(f"{name + ' µs/sentence':18} {micros:6.1f}")
    for line in wrong:
        print(line)


if __name__ == "__main__":
    main()
