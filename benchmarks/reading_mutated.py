"""Two thousand mutated documents of all formats: each is read or refused; none crashes the process or runs long.

    python benchmarks/reading_mutated.py [--count 2000] [--seed 1]

Bytes of the files of `corpus/reading/` are changed, lost, doubled, moved or cut off; seeded. They are read in a process
of their own, which is started anew after a crash or after 10 seconds. Prints a Markdown table with machine and date.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from machine import described

READING = Path(__file__).resolve().parents[1] / "corpus" / "reading"
SECONDS = 10.0
KINDS = ("pdf", "docx", "odt", "html", "md", "txt")


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A document with one to six changes."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randrange(len(made)), rng.choice([1, 4, 40, 400, 4000])
        change = rng.choice(["flip", "lose", "double", "move", "end"])
        if change == "flip":
            made[at : at + 1] = rng.randbytes(rng.randint(1, 8))
        elif change == "lose":
            del made[at : at + length]
        elif change == "double":
            made[at:at] = made[at : at + length]
        elif change == "move":
            part = bytes(made[at : at + length])
            del made[at : at + length]
            made[len(made) // 3 : len(made) // 3] = part
        else:
            del made[max(1, at) :]
        if not made:
            made += b"x"
    return bytes(made)


def serve(pipe: Connection) -> None:
    """Read documents as they come, and answer what became of each."""
    from malbild.read import ReadError, read_bytes

    while True:
        name, data = pipe.recv()
        try:
            source = read_bytes(data, name)
            answer = "read, with problems" if source.problems else "read"
        except ReadError as error:
            answer = "refused" if "\n" not in error.message else "refused in several lines"
        except Exception as error:
            answer = f"uncaught {type(error).__name__}: {error}"
        pipe.send(answer)


class Reader:
    """A process that reads, started anew when it is lost."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, name: str, data: bytes) -> str:
        """What became of a document."""
        self.pipe.send((name, data))
        try:
            if self.pipe.poll(SECONDS):
                return str(self.pipe.recv())
            answer = "hang"
        except EOFError:
            answer = "crash"
        self.process.kill()
        self.process.join()
        self.start()
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    sources = {kind: sorted(READING.glob(f"*.{kind}")) for kind in KINDS}
    reader = Reader()
    reader.pipe.send(("warm.txt", b"Staden ska klara sina egna utsl\xe4pp senast 2030."))
    reader.pipe.recv()
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    slowest = dict.fromkeys(KINDS, 0.0)
    for n in range(options.count):
        kind = KINDS[n % len(KINDS)]
        path = rng.choice(sources[kind])
        data = mutated(path.read_bytes(), rng)
        start = time.monotonic()
        answer = reader.ask(path.name, data)
        slowest[kind] = max(slowest[kind], time.monotonic() - start)
        found[kind][answer] += 1
        if answer not in ("read", "read, with problems", "refused"):
            print(f"{path.name}, document {n}: {answer}", file=sys.stderr)
    print(described())
    print()
    print("| format | documents | read | with problems | refused | uncaught, crashed, hanging | slowest, s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for kind, answers in found.items():
        fine = answers["read"], answers["read, with problems"], answers["refused"]
        bad = answers.total() - sum(fine)
        print(f"| {kind} | {answers.total()} | {' | '.join(map(str, fine))} | {bad} | {slowest[kind]:.2f} |")


if __name__ == "__main__":
    main()
