"""The measures: on hand-made cases, and against the annotators' own script where it lies beside the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest

from malbild.evaluate import GoldError, evaluate, read_records
from malbild.flow import extract_source
from malbild.read import read

SHARED = Path(os.environ.get("MALBILD_SHARED", Path(__file__).parents[2] / "shared"))


def sentence(start, end, labels=(), **more):
    base = {"start": start, "end": end, "text": "x" * (end - start), "labels": list(labels)}
    return base | {"goal_kind": None, "direction": None, "actor": None, "deadline": None, "quantity": []} | more


def finding(start, end, **more):
    base = {"start": start, "end": end, "occurrences": [{"start": start, "end": end}]}
    return base | {"actor": None, "deadline": None, "quantities": []} | more


def record(**parts):
    return {"document": {"source": "a/doc.txt"}, "goals": [], "outcomes": [], "actors": [], "repeats": []} | parts


def place(start, end):
    return {"start": start, "end": end}


@pytest.fixture
def gold(tmp_path):
    annotations = {
        "doc": "doc",
        "sentences": [
            sentence(0, 20, ["goal"], goal_kind="aim", actor=[0, 5], deadline=[10, 18]),
            sentence(21, 40, ["outcome"], direction="improved", quantity=[[30, 40]]),
            sentence(41, 60, ["goal"], goal_kind="target"),
            sentence(61, 80),
        ],
        "actors": [{"start": 0, "end": 5, "text": "xxxxx", "type": "ORG"}],
        "repeats": [[[0, 20], [41, 60]]],
        "variants": [],
    }
    (tmp_path / "doc.json").write_text(json.dumps(annotations), "utf-8")
    return tmp_path


def test_counts_hits_misses_and_false_findings(gold):
    scores = evaluate(gold, [record(goals=[finding(0, 20, kind="aim"), finding(61, 80, kind="aim")])])
    goal = scores.tallies["goal"]
    assert (goal.hits, goal.false, goal.missed) == (1, 1, 1)
    assert (goal.precision, goal.recall, goal.f1) == (0.5, 0.5, 0.5)
    assert scores.tallies["outcome"].missed == 1
    assert scores.accuracy("goal_kind") == 1.0
    assert [line.split("\t")[0] for line in scores.errors] == ["missed goal", "false goal", "missed outcome"]


def test_an_occurrence_counts_for_its_sentence(gold):
    twice = finding(0, 20, kind="aim") | {"occurrences": [place(0, 20), place(41, 60)]}
    scores = evaluate(gold, [record(goals=[twice])])
    assert (scores.tallies["goal"].hits, scores.tallies["goal"].missed) == (2, 0)
    assert scores.right["goal_kind"] == [1, 2]
    # Spans are asked for where the finding stands itself, not at its further occurrences.
    assert scores.right["goal actor"][1] == 1


@pytest.mark.parametrize(
    ("start", "end", "hits"),
    [(0, 20, 1), (10, 30, 1), (11, 40, 0), (20, 21, 0)],
    ids=["same", "half of the shorter", "less than half", "between"],
)
def test_same_sentence_shares_half_of_the_shorter(gold, start, end, hits):
    scores = evaluate(gold, [record(goals=[finding(start, end, kind="aim")])])
    assert scores.tallies["goal"].hits == hits


def test_details_and_mentions(gold):
    goal = finding(0, 20, kind="vision", actor=place(0, 5), deadline=place(12, 18))
    outcome = finding(21, 40, direction="improved", quantities=[place(30, 40), place(22, 24)])
    actors = [{"type": "UNIT", "mentions": [place(0, 5)]}, {"type": "ORG", "mentions": [place(50, 55)]}]
    scores = evaluate(gold, [record(goals=[goal], outcomes=[outcome], actors=actors)])
    assert scores.accuracy("goal actor") == 1.0
    assert scores.accuracy("goal_kind") == 0.0
    assert scores.tallies["deadline"].f1 == 1.0
    assert (scores.tallies["quantity"].hits, scores.tallies["quantity"].false) == (1, 1)
    assert scores.tallies["actor mention (overlap)"].hits == 1
    assert scores.tallies["actor mention (exact, typed)"].hits == 0
    assert scores.macro_f1("direction") == 1.0


def test_repeats_are_pairs(gold):
    group = {"kind": "exact", "occurrences": [place(0, 20), place(41, 60), place(61, 80)]}
    scores = evaluate(gold, [record(repeats=[group])])
    tally = scores.tallies["repeats (pairs)"]
    assert (tally.hits, tally.false, tally.missed) == (1, 2, 0)


def test_a_document_without_record_is_missed_whole(gold):
    scores = evaluate(gold, [])
    assert scores.missing == ["doc"]
    assert scores.tallies["goal"].missed == 2


def test_a_folder_without_gold_is_refused(tmp_path):
    with pytest.raises(GoldError, match="no gold annotations"):
        evaluate(tmp_path, [])


@pytest.mark.parametrize("text", ["", "no json", '{"a": 1}'], ids=["empty", "not JSON", "no record"])
def test_a_file_without_records_is_refused(tmp_path, text):
    path = tmp_path / "records.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(GoldError, match=r"records\.jsonl"):
        read_records(path)


def test_records_are_read_from_one_file_lines_and_folder(tmp_path):
    one = tmp_path / "one.json"
    one.write_text(json.dumps(record(), indent=2), "utf-8")
    lines = tmp_path / "lines.jsonl"
    lines.write_text((json.dumps(record()) + "\n") * 2, "utf-8")
    assert [len(read_records(path)) for path in (one, lines, tmp_path)] == [1, 2, 1]


@pytest.mark.skipif(not (SHARED / "gold" / "score.py").is_file(), reason="needs the gold's own script in ../shared")
def test_the_annotators_script_says_the_same():
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    folder = SHARED / "gold" / "dev"
    records = [json.loads(extract_source(read(path)).to_json()) for path in sorted(folder.glob("*.txt"))[:5]]
    counts, right, macro, wrong, missing = theirs.score(folder, records)
    ours = evaluate(folder, records)
    assert {k: (t.hits, t.false, t.missed) for k, t in ours.tallies.items()} == {
        k: (c.tp, c.fp, c.fn) for k, c in counts.items()
    }
    assert dict(ours.right) == dict(right)
    assert {k: ours.macro_f1(k) for k in macro} == pytest.approx(macro)
    assert len(ours.errors) == len(wrong)
    assert ours.missing == missing
