"""Records measured against gold annotations: the measures of ``docs/task.md``, section "Measures".

Sentences match when they share half of the shorter one, spans when they share half of their union (intersection over
union >= 0.5); mentions are also counted exact and typed. Repeats and variants are counted as pairs of sentences.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path, PurePath
from typing import Any

from malbild.source import Span

Json = dict[str, Any]

_READ = {"document", "goals", "outcomes", "actors", "repeats"}
"""What of a record is measured."""


class GoldError(ValueError):
    """A gold folder or a file of records that cannot be used; the message names it and the cure."""


def same_sentence(a: Span, b: Span) -> bool:
    """Whether two spans stand for one sentence: they share half of the shorter.

    >>> same_sentence(Span(0, 10), Span(5, 40)), same_sentence(Span(0, 10), Span(6, 40))
    (True, False)
    """
    return a.overlap(b) > 0 and a.overlap(b) * 2 >= min(len(a), len(b))


def near(a: Span, b: Span) -> bool:
    """Whether two spans share half of their union (counted from the first start to the last end).

    >>> near(Span(0, 10), Span(0, 5)), near(Span(0, 10), Span(0, 4))
    (True, False)
    """
    return a.overlap(b) > 0 and a.overlap(b) * 2 >= max(a.end, b.end) - min(a.start, b.start)


@dataclass
class Tally:
    """True positives, false positives and misses of one measure."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def match(self, gold: Iterable[Any], found: Iterable[Any], same: Callable[[Any, Any], bool]) -> None:
        """Count a one-to-one matching: each gold item takes the first that is the same."""
        left = list(found)
        for item in gold:
            taken = next((n for n, other in enumerate(left) if same(item, other)), None)
            if taken is None:
                self.missed += 1
            else:
                self.hits += 1
                del left[taken]
        self.false += len(left)


@dataclass
class Scores:
    """Everything measured over a folder of gold documents.

    ``tallies`` by measure; ``right`` (right, asked) of accuracies on the found; ``choices`` counts (gold, said) of
    kinds and directions; ``sure`` (confidence, right) of what was found; ``errors`` a line for every wrong sentence;
    ``missing`` the documents without a record.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    right: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    choices: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    sure: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def accuracy(self, measure: str) -> float:
        """Share of the asked that are right."""
        right, asked = self.right[measure]
        return right / asked if asked else 0.0

    def calibration_error(self, label: str = "") -> float:
        """Expected calibration error (Guo et al. 2017) of a label, or of all findings: how far confidences are from the
        share that is right, in ten bins of confidence, weighed by their size.
        """
        found = self.sure[label] if label else [one for findings in self.sure.values() for one in findings]
        bins: dict[int, list[float]] = defaultdict(list)
        for confidence, right in found:
            bins[min(9, int(confidence * 10))].append(confidence - right)
        return sum(abs(sum(gaps)) for gaps in bins.values()) / len(found) if found else 0.0

    def macro_f1(self, choice: str) -> float:
        """Mean F1 over the classes that the gold holds."""
        pairs = self.choices[choice]
        found = []
        for name in {gold for gold, _ in pairs}:
            either = sum(n for (g, _), n in pairs.items() if g == name) + sum(
                n for (_, s), n in pairs.items() if s == name
            )
            found.append(2 * pairs[name, name] / either if either else 0.0)
        return sum(found) / len(found) if found else 0.0


def _span(place: Json | None) -> Span | None:
    return Span(place["start"], place["end"]) if place else None


def _places(finding: Json) -> list[Span]:
    own = Span(finding["start"], finding["end"])
    return list(dict.fromkeys([own, *(Span(o["start"], o["end"]) for o in finding.get("occurrences", []))]))


def _findings(scores: Scores, slug: str, label: str, sentences: Sequence[Json], findings: Sequence[Json]) -> None:
    detail, key = ("goal_kind", "kind") if label == "goal" else ("direction", "direction")
    said = [(place, finding) for finding in findings for place in _places(finding)]
    used: set[int] = set()
    tally = scores.tallies[label]
    confirmed: set[int] = set()
    for sentence in sentences:
        words = " ".join(sentence["text"].split())
        here = Span(sentence["start"], sentence["end"])
        hits = [n for n, (place, _) in enumerate(said) if same_sentence(here, place)]
        used.update(hits)
        if label not in sentence["labels"]:
            if hits:
                tally.false += 1
                scores.errors.append(f"false {label}\t{slug}\t{words}")
        elif not hits:
            tally.missed += 1
            scores.errors.append(f"missed {label}\t{slug}\t{words}")
        else:
            tally.hits += 1
            confirmed.update(id(said[n][1]) for n in hits)
            best = max(
                (said[n][1] for n in hits), key=lambda finding: here.overlap(Span(finding["start"], finding["end"]))
            )
            scores.right[detail][1] += 1
            scores.right[detail][0] += best.get(key) == sentence[detail]
            scores.choices[detail][sentence[detail], str(best.get(key))] += 1
            if here.overlap(Span(best["start"], best["end"])):
                _details(scores, label, sentence, best)
    scores.sure[label] += [(f["confidence"], id(f) in confirmed) for f in findings if f.get("confidence") is not None]
    for n in set(range(len(said))) - used:
        tally.false += 1
        scores.errors.append(f"false {label}\t{slug}\toutside every gold sentence: {tuple(said[n][0])}")


def _details(scores: Scores, label: str, sentence: Json, finding: Json) -> None:
    """The spans of a finding that stands on its own sentence: actor, deadline, quantities."""
    actor, wanted = _span(finding.get("actor")), sentence["actor"] and Span(*sentence["actor"])
    scores.right[f"{label} actor"][1] += 1
    scores.right[f"{label} actor"][0] += bool(
        near(actor, wanted) if actor and wanted else actor is None and wanted is None
    )
    if label == "goal":
        deadline = _span(finding.get("deadline"))
        gold = [Span(*sentence["deadline"])] if sentence["deadline"] else []
        scores.tallies["deadline"].match(gold, [deadline] if deadline else [], near)
    found = [Span(q["start"], q["end"]) for q in finding.get("quantities", [])]
    scores.tallies["quantity"].match([Span(*q) for q in sentence["quantity"]], found, near)


def _pairs(groups: Iterable[Iterable[Span]]) -> list[tuple[Span, Span]]:
    return [(min(pair), max(pair)) for group in groups for pair in combinations(group, 2)]


def _document(scores: Scores, slug: str, gold: Json, record: Json) -> None:
    for label, name in (("goal", "goals"), ("outcome", "outcomes")):
        _findings(scores, slug, label, gold["sentences"], record[name])
    wanted = [(Span(m["start"], m["end"]), m["type"]) for m in gold["actors"]]
    found = [
        (Span(m["start"], m["end"]), actor.get("type")) for actor in record["actors"] for m in actor.get("mentions", [])
    ]
    scores.tallies["actor mention (exact, typed)"].match(wanted, found, lambda a, b: bool(a == b))
    scores.tallies["actor mention (overlap)"].match(wanted, found, lambda a, b: near(a[0], b[0]))
    for name, kinds in (("repeats", {"exact", "near"}), ("variants", {"variant"})):
        groups = [
            [Span(o["start"], o["end"]) for o in r["occurrences"]] for r in record["repeats"] if r["kind"] in kinds
        ]
        theirs = [[Span(*place) for place in group] for group in gold[name]]
        scores.tallies[f"{name} (pairs)"].match(
            _pairs(theirs), _pairs(groups), lambda a, b: same_sentence(a[0], b[0]) and same_sentence(a[1], b[1])
        )


def read_records(path: Path) -> list[Json]:
    """Records from a JSON Lines file, a JSON file of one record, a folder of ``*.json``, or ``-``: standard input.

    Raises:
        GoldError: if there is none, or one cannot be parsed.
    """
    piped = str(path) == "-"
    if not piped and not path.exists():
        raise GoldError(f"{path}: no such file or folder: give the records that 'malbild extract' wrote")
    try:
        if not piped and path.is_dir():
            found = [json.loads(file.read_text("utf-8")) for file in sorted(path.glob("**/*.json"))]
        else:
            text = sys.stdin.buffer.read().decode("utf-8") if piped else path.read_text("utf-8")
            found = (
                [json.loads(text)]
                if text.lstrip()[:2] in {"{\n", "{ "}
                # Not splitlines(): U+2028 and the like may stand in a string.
                else [json.loads(line) for line in text.split("\n") if line.strip()]
            )
    except (ValueError, OSError) as error:
        raise GoldError(f"{path}: not records as 'malbild extract' writes them ({error})") from None
    records = [one for one in found if isinstance(one, dict) and one.keys() >= _READ]
    if not records:
        raise GoldError(f"{path}: holds no record: give the output of 'malbild extract'")
    return records


def _annotations(path: Path) -> Json | None:
    """The gold annotations in a file, ``None`` if it holds something else (an expected record, say)."""
    try:
        held = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise GoldError(f"{path}: not gold annotations ({error}): mend it or move it away") from None
    return held if isinstance(held, dict) and "sentences" in held else None


def evaluate(gold: Path, records: Iterable[Json]) -> Scores:
    """Score records against a folder of gold pairs ``slug.txt``, ``slug.json`` (or ``slug.gold.json``).

    A record belongs to the gold document whose slug is the stem of its ``document.source``.

    Raises:
        GoldError: if the folder holds no gold, or a file of it cannot be parsed.
    """
    files = {path: annotations for path in sorted(gold.glob("*.json")) if (annotations := _annotations(path))}
    if not files:
        raise GoldError(f"{gold}: no gold annotations (slug.json beside slug.txt): give a folder of them")
    by_slug = {PurePath(record["document"]["source"]).stem: record for record in records}
    scores = Scores()
    for path, annotations in files.items():
        if annotations.get("labels_only"):
            continue
        slug = path.name.removesuffix(".json").removesuffix(".gold")
        record = by_slug.get(slug)
        if record is None:
            scores.missing.append(slug)
            record = {"goals": [], "outcomes": [], "actors": [], "repeats": []}
        _document(scores, slug, annotations, record)
    return scores
