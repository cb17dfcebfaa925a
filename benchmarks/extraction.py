"""How fast `malbild extract` is: start-up, throughput against bare spaCy, peak memory.

    python benchmarks/extraction.py [--shared DIR] [--bytes N] [--rounds N]

Throughput is measured in one process on the first N bytes of `data/raw`: `extract` (read, segment, group, annotate,
decide, write JSON) in both profiles against bare `nlp.pipe` over the same distinct sentences with the same pipeline, in
CPU seconds of the one thread, turn about, the least of the rounds; the accurate profile on a tenth of it, once.
"Extraction itself" is what `extract` adds in `malbild.extraction`: all but the pipeline, reading and writing.
Start-up and memory are those of fresh processes (wall clock), in the default profile.
Prints a Markdown table with machine and date.
"""

from __future__ import annotations

import argparse
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

import spacy
from machine import described

from malbild.defaults import Profile
from malbild.extraction import decide, read_sentences
from malbild.flow import extract_source, flat_sentences, load_models
from malbild.read import read
from malbild.repeat import exact_groups, sentence_form
from malbild.segment import outline
from malbild.settings import Settings
from malbild.shipped import shipped

HERE = Path(__file__).resolve().parents[1]
MALBILD = Path(sys.executable).with_name("malbild")


def wall(command: list[str]) -> float:
    """Seconds of one fresh process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def peak_megabytes(command: list[str]) -> float:
    """Largest resident set of one fresh process."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True).stdout
    return int(out) / 1024


@dataclass(frozen=True, slots=True)
class Throughput:
    """CPU seconds over the same text, the least of the rounds."""

    whole: float
    bare: float
    itself: float
    sentences: int
    words: int


def throughput(text: Path, rounds: int, profile: Profile) -> Throughput:
    """`extract`, bare `nlp.pipe` over its distinct sentences, and what `malbild.extraction` and the encoder take."""
    settings = Settings(profile=profile)
    models = load_models(profile=profile)
    nlp = spacy.load(shipped("sv_malbild_core"))
    source = read(text)
    plan = outline(source)
    flats = flat_sentences(source, plan)[1]
    texts = [flat.text for flat in flats]
    distinct = [texts[members[0]] for members in exact_groups(sentence_form(text) for text in texts)]
    docs = list(models.annotator.pipe(texts))

    def itself() -> None:
        encoded = None if models.encoder is None else models.encoder.read(texts, plan)
        decide(list(read_sentences(docs, models.weights, encoded)), plan, models.weights, 0.5, encoded)

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    took = [
        (
            seconds(lambda: extract_source(read(text), settings, models).to_json()),
            seconds(lambda: list(nlp.pipe(distinct))),
            seconds(itself),
        )
        for _ in range(rounds)
    ]
    whole, bare, alone = map(min, zip(*took, strict=True))
    return Throughput(whole, bare, alone * len(distinct) / len(texts), len(distinct), sum(map(len, nlp.pipe(distinct))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("MALBILD_SHARED", HERE.parent / "shared")))
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with lzma.open(args.shared / "data" / "raw" / "sv-public.txt.xz") as raw:
        sample = raw.read(args.bytes).decode("utf-8", "ignore")
    seed = args.shared / "gold" / "dev" / "helsingfors-intressebevakning.txt"
    with tempfile.TemporaryDirectory() as folder:
        text, part = Path(folder) / "raw.txt", Path(folder) / "part.txt"
        text.write_text(sample, "utf-8")
        part.write_text(sample[: len(sample) // 10], "utf-8")
        help_seconds = min(wall([str(MALBILD), "--help"]) for _ in range(args.rounds + 2))
        seed_seconds = min(wall([str(MALBILD), "extract", str(seed)]) for _ in range(args.rounds + 2))
        peak = peak_megabytes([str(MALBILD), "extract", str(part)])
        fast_peak = peak_megabytes([str(MALBILD), "extract", str(text), "--profile", "fast"])
        fast = throughput(text, args.rounds, "fast")
        accurate = throughput(part, 1, "accurate")
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{described()}\n")
    print("| what | measured | asked |\n| --- | --- | --- |")
    print(f"| `malbild --help` | {help_seconds:.2f} s | ≤ 0.3 s |")
    print(f"| seed text (23 sentences), start to JSON | {seed_seconds:.2f} s | ≤ 2.5 s |")
    print(f"| bare `nlp.pipe`, {fast.sentences} distinct sentences | {fast.words / fast.bare:.0f} words/s | |")
    print(f"| fast profile: `extract` of the same {args.bytes / 1e6:g} MB | {fast.words / fast.whole:.0f} words/s | |")
    print(f"| fast profile: throughput against bare `nlp.pipe` | {fast.bare / fast.whole:.2f} | ≥ 0.60 |")
    print(f"| fast profile: extraction itself against `nlp.pipe` | {fast.itself / fast.bare:.2f} | ≤ 0.25 |")
    rate = accurate.sentences / accurate.whole
    print(f"| accurate profile: `extract` of a tenth of it | {rate:.0f} sentences/s | ≥ 60 |")
    print(f"| peak memory, fast profile, all of it | {fast_peak:.0f} MB | ≤ 1000 MB |")
    print(f"| peak memory, accurate profile, a tenth of it | {peak:.0f} MB | ≤ 1000 MB |")
    print(f"\nThis process, which holds both, peaked at {here:.0f} MB.", file=sys.stderr)


if __name__ == "__main__":
    main()
