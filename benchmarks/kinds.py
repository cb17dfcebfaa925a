"""F1 by kind of document and country, of models that have not seen the document.

    python benchmarks/kinds.py [--shared DIR]

Reads the cross-fitted scores that `models/extraction/train.py` has left in `build/extraction/`. A document's kind and
country are told from the words of its title and text. Prints a Markdown table with machine and date.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models" / "extraction"))
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from gold import GoldDocument, documents
from ladder import FOLDERS, LABELS, LEAST, SHARED, cross_fitted_scores
from machine import described
from sklearn.metrics import f1_score

KINDS = {
    "speech": r"anförande|anforande|\btal\b|tal-|talet|föredrag|regeringsforklaring|regeringsförklaring",
    "budget": r"budget",
    "follow-up": r"uppfölj|uppfolj|rapport|redovis|bokslut|resultat|utvärder|granskning|halv[aå]r|100-dagar|-upp-",
    "action plan": r"handlingsplan|åtgärdsprogram|färdplan|forslagslista|uppdrag|genomförandeplan",
    "strategy or programme": r"strategi|program|\bplan\b|plan för|vision|policy|riktlinje|målbild|-stad-|-prog-",
}
FINLAND = re.compile(
    r"Finland|Helsingfors|Esbo|Vanda|Åbo|Åland|Österbotten|välfärdsområde|fullmäktigeperiod|landskapsregering"
)


def kind_of(document: GoldDocument) -> str:
    """The first kind whose words stand in the document's name or its first two sentences."""
    words = " ".join([document.slug, *(sentence.flat.text for sentence in document.sentences[:2])]).lower()
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, words)), "other")


def country_of(document: GoldDocument) -> str:
    """Finland where the text speaks of it again and again, else Sweden."""
    text = " ".join(sentence.flat.text for sentence in document.sentences)
    return "Finland" if len(FINLAND.findall(text)) >= 3 else "Sweden"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    args = parser.parse_args()
    kept = cross_fitted_scores()
    docs = list(documents(args.shared, FOLDERS))
    groups: dict[str, list[int]] = {"all": list(range(len(docs)))}
    for n, document in enumerate(docs):
        groups.setdefault("written for the project" if document.folder == "own" else "public", []).append(n)
        groups.setdefault(country_of(document), []).append(n)
        groups.setdefault(kind_of(document), []).append(n)
    gold, of = kept["gold"], kept["document"]
    print(described())
    print()
    print("| | documents | sentences | goals: accurate (fast) | outcomes: accurate (fast) |")
    print("| --- | --- | --- | --- | --- |")
    for name, members in groups.items():
        here = np.isin(of, members)
        cells = []
        for column in range(len(LABELS)):
            known = here & (gold[:, column] >= 0)
            accurate, fast = (
                f1_score(gold[known, column], kept[profile][known, column] > LEAST) for profile in ("accurate", "fast")
            )
            cells.append(f"{accurate:.3f} ({fast:.3f}), {int((gold[known, column] > 0).sum())} gold")
        print(f"| {name} | {len(members)} | {int(here.sum())} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
