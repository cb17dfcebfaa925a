#!/usr/bin/env python3
"""A large text through the commands: repeats of all its documents, an archive of them, a report against it.

    repeats_whole.py [--shared DIR] [--work DIR]

Cuts ``raw/sv-public.txt.xz`` into documents of some 9,000 characters in ``--work`` and runs, as a user would, ``malbild
repeats`` over the folder, ``malbild archive add`` of it, and ``malbild repeats --against`` with a report of about 500
sentences. Prints a Markdown table with wall seconds and peak memory, machine and date.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from machine import described

CHARACTERS = 9_000
REPORT = 5
"""Documents that make a report of some 500 sentences."""


def cut(shared: Path, folder: Path) -> int:
    """Write the documents, a thousand a folder; give their number."""
    if folder.is_dir():
        return sum(1 for _ in folder.rglob("*.txt"))
    number, size, lines = 0, 0, list[str]()

    def write() -> None:
        nonlocal number, size
        path = folder / f"{number // 1000:02d}" / f"{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
        number, size = number + 1, 0
        lines.clear()

    with lzma.open(shared / "data" / "raw" / "sv-public.txt.xz", "rt", encoding="utf-8") as raw:
        for line in raw:
            lines.append(line.strip())
            size += len(line)
            if size > CHARACTERS:
                write()
    write()
    return number


def run(*args: str | Path) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a command and its workers, each."""
    before = time.perf_counter()
    command = [str(Path(sys.executable).with_name("malbild")), *map(str, args)]
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return time.perf_counter() - before, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", "../shared")))
    parser.add_argument("--work", type=Path, default=Path("build/benchmarks/repeats"))
    options = parser.parse_args()
    folder, work = options.work / "documents", options.work
    work.mkdir(parents=True, exist_ok=True)
    documents = cut(options.shared, folder)
    report = work / "report.txt"
    some = sorted(folder.rglob("*.txt"))[-REPORT:]
    report.write_text("\n\n".join(path.read_text("utf-8") for path in some), "utf-8")
    archive = work / "all.malbild"
    for old in work.glob("all.malbild*"):
        old.unlink()
    print(described())
    print()
    print(f"{documents:,} documents")
    print()
    print("| command | seconds | peak MB |")
    print("| --- | --- | --- |")
    groups = work / "groups.jsonl"
    for name, args in (
        ("malbild repeats FOLDER", ("repeats", folder, "-o", groups)),
        ("malbild archive add ARCHIVE FOLDER", ("archive", "add", archive, folder)),
        ("malbild repeats REPORT --against ARCHIVE", ("repeats", report, "--against", archive, "-o", work / "r.jsonl")),
    ):
        seconds, megabytes = run(*args)
        print(f"| {name} | {seconds:.1f} | {megabytes:.0f} |", flush=True)
    found = Counter(json.loads(line)["kind"] for line in groups.open(encoding="utf-8"))
    print()
    print(f"Groups: {', '.join(f'{count:,} {kind}' for kind, count in found.most_common())}.")
    print(f"The archive: {archive.stat().st_size / 1e6:,.0f} MB.")
    print(f"Workers: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB the largest.")


if __name__ == "__main__":
    main()
