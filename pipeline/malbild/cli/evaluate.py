"""``malbild evaluate``: records against gold annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from malbild.cli.messages import OK, SOME_FAILED, complain, plain_errors

if TYPE_CHECKING:
    from malbild.evaluate import Scores


def _table(scores: Scores) -> str:
    lines = [f"{'':32} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6}"]
    for name, tally in scores.tallies.items():
        lines.append(
            f"{name:32} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f} {tally.hits + tally.missed:6d}"
        )
    for name, (_, asked) in scores.right.items():
        lines.append(f"{name + ' (of the found)':32} {'':6} {'':6} {scores.accuracy(name):6.3f} {asked:6d}")
    for name in scores.choices:
        lines.append(f"{name + ', macro over classes':32} {'':6} {'':6} {scores.macro_f1(name):6.3f}")
    for name in (*scores.sure, ""):
        label = f"{name or 'both'}, calibration error"
        lines.append(f"{label:32} {'':6} {'':6} {scores.calibration_error(name):6.3f}")
    return "\n".join(lines)


def _as_json(scores: Scores) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: {"p": t.precision, "r": t.recall, "f": t.f1, "n": t.hits + t.missed} for name, t in scores.tallies.items()
    }
    made |= {name: {"acc": scores.accuracy(name), "n": asked} for name, (_, asked) in scores.right.items()}
    made |= {f"{name} macro F1": {"f": scores.macro_f1(name)} for name in scores.choices}
    made |= {
        f"{name or 'both'} calibration error": {"ece": scores.calibration_error(name)} for name in (*scores.sure, "")
    }
    return made | {"missing": scores.missing}


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of gold pairs: slug.txt and slug.json.")],
    records: Annotated[Path, typer.Argument(help="Records: a JSON Lines file, one record, or a folder of them.")],
    errors: Annotated[int, typer.Option("--errors", min=0, help="Print the first N wrong sentences too.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Measure records against gold annotations."""
    with plain_errors(debug):
        from malbild.evaluate import evaluate as measure
        from malbild.evaluate import read_records

        scores = measure(gold, read_records(records))
        if as_json:
            typer.echo(json.dumps(_as_json(scores), ensure_ascii=False))
        else:
            typer.echo(_table(scores))
            for line in scores.errors[:errors]:
                typer.echo(line)
        for slug in scores.missing:
            complain(f"no record for {slug}: extract its text too")
        raise typer.Exit(SOME_FAILED if scores.missing else OK)
