"""How fast `malbild extract` is: start-up, throughput against bare spaCy, peak memory.

    python benchmarks/extraction.py [--shared DIR] [--bytes N] [--rounds N]

Throughput is measured in one process on the first N bytes of `data/raw`: `extract` (read, segment, group, annotate,
decide, write JSON) against bare `nlp.pipe` over the same distinct sentences with the same pipeline, in CPU seconds of
the one thread, turn about, the least of the rounds. Start-up and memory are those of fresh processes (wall clock).
Prints a Markdown table with machine and date.
"""

from __future__ import annotations

import argparse
import datetime
import lzma
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
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


def throughput(text: Path, rounds: int) -> tuple[float, float, int, int]:
    """Seconds of `extract` and of bare `nlp.pipe` (least of the rounds), distinct sentences and their words."""
    import spacy

    from malbild.flow import extract_source, flat_sentences, load_models
    from malbild.read import read
    from malbild.repeat import exact_groups, sentence_form
    from malbild.segment import outline
    from malbild.shipped import shipped

    models = load_models()
    nlp = spacy.load(shipped("sv_malbild_core"))
    source = read(text)
    _, flats = flat_sentences(source, outline(source))
    distinct = [flats[members[0]].text for members in exact_groups(sentence_form(flat.text) for flat in flats)]
    whole, bare = [], []
    words = 0
    for _ in range(rounds):
        start = time.process_time()
        extract_source(read(text), models=models).to_json()
        whole.append(time.process_time() - start)
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(distinct))
        bare.append(time.process_time() - start)
    return min(whole), min(bare), len(distinct), words


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


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
        text = Path(folder) / "raw.txt"
        text.write_text(sample, "utf-8")
        help_seconds = min(wall([str(MALBILD), "--help"]) for _ in range(args.rounds + 2))
        seed_seconds = min(wall([str(MALBILD), "extract", str(seed)]) for _ in range(args.rounds + 2))
        peak = peak_megabytes([str(MALBILD), "extract", str(text)])
        whole, bare, sentences, words = throughput(text, args.rounds)
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{processor()}, one thread, Python {platform.python_version()}, {datetime.date.today().isoformat()}\n")
    print("| what | measured | asked |\n| --- | --- | --- |")
    print(f"| `malbild --help` | {help_seconds:.2f} s | ≤ 0.3 s |")
    print(f"| seed text (23 sentences), start to JSON | {seed_seconds:.2f} s | ≤ 2.5 s |")
    print(f"| bare `nlp.pipe`, {sentences} distinct sentences | {bare:.2f} s, {words / bare:.0f} words/s | |")
    print(f"| `extract` of the same {args.bytes / 1e6:g} MB | {whole:.2f} s, {words / whole:.0f} words/s | |")
    print(f"| throughput against bare `nlp.pipe` | {bare / whole:.2f} | ≥ 0.60 |")
    print(f"| peak memory of `extract` on it | {peak:.0f} MB | ≤ 1000 MB |")
    print(f"\nThis process, which holds both, peaked at {here:.0f} MB.", file=sys.stderr)


if __name__ == "__main__":
    main()
