"""``malbild show``: a record as a person reads it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from malbild.cli.messages import plain_errors
from malbild.cli.tables import open_console, open_table

if TYPE_CHECKING:
    from rich.console import Console

Json = dict[str, Any]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _findings(console: Console, title: str, choice: str, findings: list[Json], rows: int) -> None:
    from rich.text import Text

    shown = findings[:rows] if rows else findings
    table = open_table(f"{title}: {len(findings)}")
    table.add_column(choice, no_wrap=True)
    table.add_column("Sentence", ratio=5)
    table.add_column("Who", ratio=2)
    table.add_column("By when / how much", ratio=2)
    paged = any(finding["page"] for finding in shown)
    if paged:
        table.add_column("Page", justify="right", no_wrap=True)
    table.add_column("p", justify="right", no_wrap=True)
    for finding in shown:
        words = _one_line(finding["text"])
        times = len(finding["occurrences"])
        measures = [q["text"] for q in finding["quantities"]]
        if finding["deadline"]:
            measures.insert(0, finding["deadline"]["text"])
        table.add_row(
            finding[choice],
            Text(words + (f"  (×{times})" if times > 1 else "")),
            Text(_one_line(finding["actor"]["text"]) if finding["actor"] else "–"),
            Text("; ".join(_one_line(m) for m in measures) or "–"),
            *([str(finding["page"] or "–")] if paged else []),
            f"{finding['confidence']:.2f}",
        )
    console.print(table)
    if len(findings) > len(shown):
        console.print(f"… and {len(findings) - len(shown)} more (--rows 0 shows all)\n", highlight=False)


def _show(console: Console, record: Json, rows: int) -> None:
    document = record["document"]
    pages = f"{document['pages']} pages, " if document["pages"] else ""
    title = _one_line(document["title"] or document["source"])
    console.print(f"\n[bold]{_escape(title)}[/bold]", highlight=False)
    console.print(
        f"{_escape(document['source'])}: {pages}{document['characters']} characters, "
        f"{len(record['sections'])} sections, {len(record['goals'])} goals, {len(record['outcomes'])} outcome claims, "
        f"{len(record['actors'])} actors, {len(record['repeats'])} repeated sentences\n",
        highlight=False,
    )
    _findings(console, "Goals", "kind", record["goals"], rows)
    _findings(console, "Outcome claims", "direction", record["outcomes"], rows)
    named = sorted(record["actors"], key=lambda actor: -len(actor["mentions"]))
    shown = named[: rows or len(named)]
    by_id = {actor["id"]: actor["name"] for actor in named}
    names = ", ".join(
        f"{_one_line(a['name'])} ({a['type']}, {len(a['mentions'])}"
        f"{', here ' + _one_line(by_id[a['same_as']['id']]) if a.get('same_as') else ''})"
        for a in shown
    )
    console.print(
        f"[bold]Actors[/bold]: {_escape(names) or 'none'}{' …' if len(named) > len(shown) else ''}", highlight=False
    )
    for repeat in record["repeats"][: rows or None]:
        places = ", ".join(f"{o['start']}–{o['end']}" for o in repeat["occurrences"])
        differs = f": {_escape(' | '.join(repeat['differs']))}" if repeat["differs"] else ""
        console.print(f"[bold]Repeated[/bold] ({repeat['kind']}): at {places}{differs}", highlight=False)
    aside = Counter(one["kind"].replace("_", " ") for one in document["set_aside"])
    if aside:
        words = ", ".join(f"{kind} ({count})" for kind, count in aside.items())
        console.print(f"[bold]Set aside[/bold]: {words}", highlight=False)
    for problem in record["problems"]:
        console.print(f"[bold]Problem[/bold] ({problem['stage']}): {_escape(problem['message'])}", highlight=False)


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def show(
    records: Annotated[Path, typer.Argument(help="Records: one, JSON Lines, a folder, or -: standard input.")],
    rows: Annotated[int, typer.Option("--rows", min=0, help="Rows a table; 0 for all.")] = 8,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Show records in the terminal: who wants what by when, and what is said to have come of it."""
    with plain_errors(debug):
        from malbild.evaluate import read_records

        console = open_console()
        for record in read_records(records):
            _show(console, record, rows)
