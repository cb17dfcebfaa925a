"""Which kinds and directions are taken for which, among the goals and outcome claims that are found.

    python benchmarks/confusion.py GOLD RECORDS

Prints a Markdown table each: rows are what the gold says, columns what is said.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from malbild.evaluate import evaluate, read_records
from malbild.findings import Direction, GoalKind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("records", type=Path)
    args = parser.parse_args()
    scores = evaluate(args.gold, read_records(args.records))
    for choice, names in (("goal_kind", get_args(GoalKind)), ("direction", get_args(Direction))):
        print(f"\n| {choice}: gold, said | {' | '.join(names)} |")
        print(f"| --- |{' --- |' * len(names)}")
        for gold in names:
            print(f"| {gold} | {' | '.join(str(scores.choices[choice][gold, said]) for said in names)} |")


if __name__ == "__main__":
    main()
