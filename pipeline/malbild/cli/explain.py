"""``malbild explain``: a sentence with its parse, what counted, and the decision."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from malbild.cli.messages import misuse, plain_errors
from malbild.cli.tables import open_console, open_table
from malbild.defaults import PROFILE, Profile

if TYPE_CHECKING:
    from rich.console import Console

    from malbild.explain import Explanation
    from malbild.extraction.explain import Share

_COUNTED = 8
"""Words and facts shown of each kind."""


def _shares(console: Console, title: str, shares: Sequence[Share]) -> None:
    from rich.text import Text

    table = open_table(title)
    table.add_column("What", ratio=3)
    table.add_column("for a goal", justify="right")
    table.add_column("for an outcome claim", justify="right")
    for share in shares:
        table.add_row(Text(share.what), f"{share.goal:+.2f}", f"{share.outcome:+.2f}")
    console.print(table)


def _parse(console: Console, one: Explanation) -> None:
    from rich.text import Text

    table = open_table("Parse")
    for column in ("Word", "Base form", "Part of speech", "Relation", "to", "Form"):
        table.add_column(column)
    for token in one.doc:
        head = "–" if token.head.i == token.i else token.head.text
        table.add_row(*map(Text, (token.text, token.lemma_, token.pos_, token.dep_, head, str(token.morph))))
    console.print(table)


def _show(console: Console, one: Explanation, everything: bool) -> None:
    from rich.text import Text

    text = one.parsed.text
    console.print(Text(f"\n{text}", style="bold"), f"[dim]({one.kind})[/dim]")
    for name, found, choice in (("goal", one.goal, "kind"), ("outcome claim", one.outcome, "direction")):
        if found is None:
            console.print(f"No {name}.")
            continue
        state = found.state
        said = [f"modality {state.modality}", f"tense {state.tense}"]
        said += ["negated"] * state.negated + ["hedged"] * state.hedged
        if found.actor is not None:
            said.append(f"who: {found.actor.quote(text)}")
        if found.deadline is not None:
            said.append(f"by when: {found.deadline.span.quote(text)}")
        said += [f"how much: {quantity.span.quote(text)}" for quantity in found.quantities]
        if (measured := getattr(found, "indicator", None)) is not None:
            said.append(f"of what: {measured.quote(text)}")
        console.print(
            Text(f"{name.capitalize()}: {getattr(found, choice)}, p = {found.confidence:.2f}; {', '.join(said)}")
        )
        for cue in found.evidence:
            if cue.span is not None:
                console.print(Text(f"  {cue.cue}: {cue.by}"))
    mentions = ", ".join(f"{m.span.quote(text)} ({m.type})" for m in one.parsed.mentions)
    console.print(Text(f"Mentions: {mentions or 'none'}"))
    for clause in one.parsed.clauses:
        subject = "nobody" if clause.subject is None else one.doc[clause.subject].text
        said = [f"subject {subject}", clause.tense, *(["passive"] * clause.passive), *(["negated"] * clause.negated)]
        said += [f"modal {clause.modal}"] * (clause.modal is not None)
        console.print(Text(f"Clause: {one.doc[clause.predicate].text} ({', '.join(said)})"))
    _parse(console, one)
    shown = None if everything else _COUNTED
    strongest = sorted(one.words, key=lambda share: -max(abs(share.goal), abs(share.outcome)))
    _shares(console, "Words that counted (log-odds)", strongest[:shown])
    _shares(console, "Grammar, cues and patterns that counted", one.facts[:shown])
    own = [one.linear] + ([one.encoder] if one.encoder else [])
    _shares(console, "The sentence by itself", own)
    _shares(console, "The decision: the sentence in its context", one.context)


def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or a text; - for standard input.")],
    profile: Annotated[Profile, typer.Option(help="Which profile's decision to explain.")] = PROFILE,
    everything: Annotated[bool, typer.Option("--all", help="Show all that counted, not only the strongest.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Show why a sentence is taken for a goal or an outcome claim, or is not: parse, what counted, the decision."""
    with plain_errors(debug):
        if text == "-":
            text = sys.stdin.read()
        if not text.strip():
            misuse("no text to explain: give a sentence, or - and a text on standard input")
        from malbild.explain import explain as explained
        from malbild.settings import Settings

        console = open_console()
        for one in explained(text, Settings(profile=profile)):
            _show(console, one, everything)
