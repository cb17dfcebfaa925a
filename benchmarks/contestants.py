"""The pipelines that `language_models.py` compares, each the same way: plain spaCy, or one of our annotators.

    python benchmarks/contestants.py KIND MODEL < texts

is the fresh process in which start-up and memory are measured: it loads one, has it annotate the lines of standard
input, and prints seconds of CPU and peak megabytes as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")


@dataclass(frozen=True, slots=True)
class Contestant:
    """One row. ``kind`` is "plain" for spaCy itself with its own linear algebra, else a back-end of ours."""

    name: str
    kind: str
    model: str | None

    def load(self) -> Any:
        """Something with ``pipe(texts)``."""
        if self.kind == "plain":
            import spacy

            return spacy.load(self.model)
        from malbild.annotate import load

        return load(self.kind, self.model)


class OnGoldTokens:
    """An annotator dressed as a pipeline that is given the words, as ``scores.tagging_scores`` wants it."""

    def __init__(self, annotator: Any) -> None:
        self.annotator = annotator
        self.nlp = getattr(annotator, "_nlp", None) or annotator._tokenizer
        self.vocab = self.nlp.vocab

    def pipe(self, docs: Iterable[Any]) -> Iterator[Any]:
        """The Docs annotated; a tokenizer that looks the words up stands in for the annotator's own meanwhile."""
        given = list(docs)
        known = {doc.text: doc for doc in given}
        own, self.nlp.tokenizer = self.nlp.tokenizer, lambda text: known[text].copy()
        try:
            yield from self.annotator.pipe([doc.text for doc in given])
        finally:
            self.nlp.tokenizer = own


def on_gold_tokens(contestant: Contestant, loaded: Any) -> Any:
    """What ``tagging_scores`` can measure."""
    return loaded if contestant.kind == "plain" else OnGoldTokens(loaded)


def rounds(loaded: dict[str, Any], texts: list[str], number: int) -> dict[str, list[float]]:
    """CPU seconds for the texts, round by round. They take turns, so that what else the machine does hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in loaded}
    for _ in range(number):
        for name, one in loaded.items():
            times[name].append(seconds(lambda one=one: sum(1 for _ in one.pipe(texts))))
    return times


def seconds(work: Callable[[], Any]) -> float:
    """CPU seconds of this process for some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def fresh(contestant: Contestant, texts: list[str]) -> dict[str, float]:
    """What a fresh process says of itself: "start" (imports and load), "load" (the load alone), "peak" (megabytes)."""
    command = [sys.executable, str(Path(__file__).resolve()), contestant.kind, contestant.model or ""]
    given = "\n".join(text.replace("\n", " ") for text in texts)
    done = subprocess.run(command, input=given, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def peak_megabytes() -> float:
    """Largest resident set of this program; ``ru_maxrss`` would count the process that started it too."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Measure this process."""
    contestant = Contestant("", sys.argv[1], sys.argv[2] or None)
    if contestant.kind == "plain":
        import spacy  # noqa: F401
    else:
        import malbild.annotate.spacy_backend  # noqa: F401 - what it imports, so that "load" is the load alone
    loaded: Any = None

    def load() -> None:
        nonlocal loaded
        loaded = contestant.load()

    took = seconds(load)
    start = time.process_time()
    for _ in loaded.pipe(sys.stdin.read().split("\n")):
        pass
    print(json.dumps({"start": start, "load": took, "peak": peak_megabytes()}))


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
