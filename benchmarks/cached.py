"""What is saved by an archive of analyses: extraction without one, with an empty one, and with one that has it all.

    python benchmarks/cached.py [--shared DIR] [--profile fast|accurate]

The documents are the texts of `corpus/` and those of `gold/own`, ten to a document. They are extracted without an
archive; with an archive that is new; again; and again after a sentence was put into the middle of every document. All
records are checked against those without. Columns: CPU seconds and, in brackets, seconds on the clock, which other work
on the machine and the disk have a part in; the size of the archive, a distinct sentence.
Prints a Markdown table with machine and date.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from machine import described

from malbild.defaults import Profile
from malbild.flow import analyses_in, extract_source, flat_sentences
from malbild.read import read_text
from malbild.segment import outline
from malbild.settings import Settings
from malbild.source import Source

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MALBILD_SHARED", HERE.parent / "shared"))
TOGETHER = 10
MORE = "Under nästa period ska nämnden {} gånger se över sina rutiner."  # the board shall review its routines N times


@dataclass(frozen=True, slots=True)
class Took:
    """CPU seconds, and seconds on the clock."""

    cpu: float
    wall: float

    def __str__(self) -> str:
        return f"{self.cpu:.1f} ({self.wall:.1f})"


def documents(shared: Path) -> list[str]:
    """The texts of the corpus as they are, and the others, some to a document."""
    own = [path.read_text("utf-8") for path in sorted((shared / "gold" / "own").glob("*.txt"))]
    if not own:
        sys.exit(f"{shared / 'gold' / 'own'}: no texts; set MALBILD_SHARED or give --shared")
    corpus = [path.read_text("utf-8") for path in sorted((HERE / "corpus").glob("*.txt"))]
    return corpus + ["\n\n".join(own[at : at + TOGETHER]) for at in range(0, len(own), TOGETHER)]


def longer(text: str, number: int) -> str:
    """The text with a sentence more, a paragraph in the middle."""
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    return "\n\n".join([*paragraphs[:middle], MORE.format(number), *paragraphs[middle:]])


def extracted(sources: Sequence[Source], settings: Settings, archive: Path | None) -> tuple[list[str], Took]:
    """Records, and what they took; the archive is opened and closed within."""
    cpu, wall = time.process_time(), time.perf_counter()
    if archive is None:
        records = [extract_source(source, settings).to_json() for source in sources]
    else:
        with analyses_in(archive, settings) as analyses:
            records = [extract_source(source, settings, analyses=analyses).to_json() for source in sources]
    return records, Took(time.process_time() - cpu, time.perf_counter() - wall)


def row(profile: Profile, texts: Sequence[str], folder: Path) -> str:
    """One line of the table; ends the run if a record is another with the archive."""
    settings, archive = Settings(profile=profile), folder / profile
    sources = [read_text(text, f"{n}.txt") for n, text in enumerate(texts)]
    changed = [read_text(longer(text, n), f"{n}.txt") for n, text in enumerate(texts)]
    extract_source(sources[0], settings)
    plain, without = extracted(sources, settings, None)
    cold, new = extracted(sources, settings, archive)
    size = archive.stat().st_size
    with closing(sqlite3.connect(archive)) as connection:
        ((bare,),) = connection.execute("SELECT sum(length(value)) FROM analysis")
    warm, again = extracted(sources, settings, archive)
    partly, one_more = extracted(changed, settings, archive)
    if not (plain == cold == warm and partly == extracted(changed, settings, None)[0]):
        sys.exit(f"{profile}: records are not the same with an archive")
    read = [flat.text for source in sources for flat in flat_sentences(source, outline(source))[1]]
    distinct = len(set(read))
    return (
        f"| {profile} | {len(texts)} | {len(read):,} / {distinct:,} | {without} | {new} | {again} | {one_more} "
        f"| {size / distinct:.0f} / {bare / distinct:.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--profile", choices=get_args(Profile), action="append")
    args = parser.parse_args()
    texts = documents(args.shared)
    print(described())
    print()
    print(
        "| profile | documents | sentences / distinct | without an archive, s | a new one, s | the same again, s "
        "| a sentence more in each, s | bytes a distinct sentence: file / analyses |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for profile in args.profile or get_args(Profile):
            print(row(profile, texts, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
