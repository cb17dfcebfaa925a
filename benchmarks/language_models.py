"""The language models side by side: accuracy, speed, start-up and memory, in one run on one machine.

    python benchmarks/language_models.py [--shared DIR] [--rounds N] [--fold K/N] [--fold-models DIR] [--json]

Compared: the shipped spaCy pipeline, the shipped Stanza models (where Stanza is installed), and a pipeline of the shape
of sv_core_news_sm trained from nothing on our gold (`sm_shaped.py`; the first run takes ten minutes more). Each is
measured as plain spaCy (`spacy.load`, `nlp.pipe`), and as our annotator uses it.

Accuracy is on gold tokens: official Talbanken dev, and PUD. PUD is training data of the shipped models, so figures on
it say little and are marked. `--fold K/N` (may be repeated) measures on the K-th of N parts of PUD instead: the
sm-shaped pipeline is trained without it, and so is ours if `--fold-models` has it, in `DIR/foldKofN`, trained without
the sentences that `folds.py K/N` names. PUD is taken as published, not as the recipe harmonises it.

Times are CPU seconds of the one thread. Speed is on the raw sentences of both treebanks, the contestants taking turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from contestants import Contestant, fresh, on_gold_tokens, rounds
from folds import SHARED, Fold, part
from machine import described
from scores import tagging_scores
from sm_shaped import WORK, train_sm_shaped
from sources import development_sentences, pud_sentences
from treebank import Sentence

from malbild.shipped import shipped

CORE = "sv_malbild_core"
STANZA = "sv_malbild_stanza"
SM = "sm-shaped, blank"
SCORES = {"upos": "UPOS", "feats": "FEATS", "lemma": "lemma", "uas": "UAS", "las": "LAS", "ner_f": "NER F"}
PEAK_WORDS = 20_000
LOADS = 5

Row = dict[str, Any]


def contestants(sm: Path) -> list[Contestant]:
    """All that is to be compared, whether it can be loaded or not."""
    core = str(shipped(CORE))
    return [
        Contestant(f"{SM}: spaCy", "plain", str(sm)),
        Contestant(f"{CORE}: spaCy", "plain", core),
        Contestant(f"{SM}: annotator", "spacy", str(sm)),
        Contestant(f"{CORE}: annotator", "spacy", None),
        Contestant(f"{STANZA}: annotator", "stanza", None),
    ]


def ready(known: list[Contestant]) -> tuple[dict[str, Any], dict[str, str]]:
    """Those that could be loaded, by name, and why the others could not."""
    loaded, absent = {}, {}
    for one in known:
        try:
            loaded[one.name] = one.load()
        except (OSError, ValueError) as error:
            absent[one.name] = str(error)
    return loaded, absent


def heard(sentences: list[Sentence], words: int) -> list[str]:
    """The texts of the first sentences, up to so many words."""
    totals = accumulate(len(sentence.words) for sentence in sentences)
    return [sentence.text for sentence, total in zip(sentences, totals, strict=True) if total <= words]


def speeds(row: Row, times: list[float], words: int) -> None:
    """Words a second: median, least and most of the rounds; into the row."""
    rates = [round(words / took) for took in times]
    row.update(words_s=round(statistics.median(rates)), words_s_min=min(rates), words_s_max=max(rates))


def start_up(row: Row, contestant: Contestant, texts: list[str]) -> None:
    """Start, load and peak memory of fresh processes; into the row."""
    short = [fresh(contestant, texts[:1]) for _ in range(LOADS)]
    row.update({key: round(statistics.median(one[key] for one in short), 2) for key in ("start", "load")})
    row["peak"] = round(fresh(contestant, texts)["peak"])


def pud_rows(args: argparse.Namespace, pud: list[Sentence], known: list[Contestant]) -> Iterator[Row]:
    """Scores on PUD: of what never saw the part, of the others for comparison."""
    for fold in args.fold or [None]:
        sentences = part(pud, fold) if fold else pud
        for one in known:
            if one.kind != "plain":
                continue
            model, seen = Path(one.model or ""), True
            if fold and one.name.startswith(SM):
                model, seen = train_sm_shaped(args.shared, WORK / f"sm_shaped-{fold.name}", fold, args.retrain), False
            elif fold and args.fold_models and (args.fold_models / fold.name).is_dir():
                model, seen = args.fold_models / fold.name, False
            scores = tagging_scores(Contestant(one.name, "plain", str(model)).load(), sentences)
            yield {"name": one.name, "part": fold.name if fold else "all", "seen": seen, **scores}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def figures(row: Row) -> list[str]:
    """The scores of a row, as text."""
    return [f"{row[key]:.3f}" for key in SCORES]


def report(rows: list[Row], pud: list[Row], rates: dict[str, float], absent: dict[str, str]) -> str:
    """The tables, and what was asked of the default."""
    lines = [described()]
    head = ["Talbanken dev", *SCORES.values(), "words/s (least–most)", "load s", "with imports", "peak MB"]
    body = [
        [row["name"], *figures(row), f"{row['words_s']} ({row['words_s_min']}–{row['words_s_max']})",
         f"{row['load']:.2f}", f"{row['start']:.2f}", str(row["peak"])]
        for row in rows
    ]  # fmt: skip
    lines.append(table(head, body + [[name, f"not measured: {why}", *[""] * 9] for name, why in absent.items()]))
    told = [[row["name"], row["part"], "yes" if row["seen"] else "no", *figures(row)] for row in pud]
    lines.append(table(["PUD", "part", "seen in training", *SCORES.values()], told))
    default = next(row for row in rows if row["name"] == f"{CORE}: annotator")
    asked = [[f"words/s against sm-shaped, {way}", f"{rate:.2f}", "≥ 0.90"] for way, rate in rates.items()]
    asked += [["load", f"{default['load']:.2f} s", "≤ 1.0 s"], ["peak memory", f"{default['peak']} MB", "≤ 400 MB"]]
    return "\n\n".join([*lines, table([f"{CORE}, the default", "measured", "asked"], asked)])


def arguments() -> argparse.Namespace:
    """The options of this run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the speed (5)")
    parser.add_argument("--fold", type=Fold.read, action="append", metavar="K/N", help="a part of PUD to leave out")
    parser.add_argument("--fold-models", type=Path, metavar="DIR", help="our pipelines trained without such parts")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--retrain", action="store_true", help="train the sm-shaped pipelines anew")
    return parser.parse_args()


def main() -> None:
    """Load, measure, print."""
    args = arguments()
    known = contestants(train_sm_shaped(args.shared, WORK / "sm_shaped", retrain=args.retrain))
    loaded, absent = ready(known)
    dev, pud = development_sentences(args.shared), pud_sentences(args.shared)
    texts, words = [sentence.text for sentence in dev + pud], sum(len(sentence.words) for sentence in dev + pud)
    times = rounds(loaded, texts, args.rounds)
    rows = []
    for one in known:
        if one.name in loaded:
            row: Row = {"name": one.name, **tagging_scores(on_gold_tokens(one, loaded[one.name]), dev)}
            speeds(row, times[one.name], words)
            start_up(row, one, heard(dev + pud, PEAK_WORDS))
            rows.append(row)
            print(row, file=sys.stderr)
    told = list(pud_rows(args, pud, known))
    rates = {
        way: statistics.median(
            sm / ours for sm, ours in zip(times[f"{SM}: {way}"], times[f"{CORE}: {way}"], strict=True)
        )
        for way in ("spaCy", "annotator")
    }
    if args.json:
        print(json.dumps({"dev": rows, "pud": told, "against sm-shaped": rates, "absent": absent}, ensure_ascii=False))
    else:
        print(report(rows, told, rates, absent))


if __name__ == "__main__":
    main()
