"""The measures: on hand-made cases, and against the annotators' own script where it lies beside the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from malbild.evaluate import GoldError, Tally, evaluate, read_records
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


def test_calibration_error_is_the_gap_between_confidence_and_truth(gold):
    goals = [finding(0, 20, confidence=0.95), finding(41, 60, confidence=0.95), finding(61, 80, confidence=0.65)]
    scores = evaluate(gold, [record(goals=goals)])
    assert scores.sure["goal"] == [(0.95, True), (0.95, True), (0.65, False)]
    # two of 0.95 that are right, one of 0.65 that is not: (2 x 0.05 + 0.65) / 3
    assert scores.calibration_error("goal") == pytest.approx(0.25)
    assert scores.calibration_error("outcome") == 0.0
    assert scores.calibration_error() == scores.calibration_error("goal")


def test_macro_f1_is_the_mean_over_the_classes_of_the_gold(tmp_path):
    kinds = [("aim", "aim"), ("aim", "target"), ("target", "target"), ("action", "aim")]
    sentences = [sentence(20 * n, 20 * n + 10, ["goal"], goal_kind=kind) for n, (kind, _) in enumerate(kinds)]
    write(tmp_path / "doc.json", annotations(sentences))
    goals = [finding(20 * n, 20 * n + 10, kind=said) for n, (_, said) in enumerate(kinds)]
    scores = evaluate(tmp_path, [record(goals=goals)])
    assert scores.right["goal_kind"] == [2, 4]
    # aim: 1 of 2 said, 1 of 2 there; target: 1 of 2 said, 1 of 1 there; action: none.
    assert scores.macro_f1("goal_kind") == pytest.approx((2 / 4 + 2 / 3 + 0) / 3)


@pytest.mark.parametrize(
    ("tally", "figures"),
    [(Tally(), (0, 0, 0)), (Tally(3, 1, 2), (3 / 4, 3 / 5, 2 / 3)), (Tally(0, 4, 4), (0, 0, 0)), (Tally(2), (1, 1, 1))],
    ids=["nothing", "some", "all wrong", "all right"],
)
def test_tally(tally, figures):
    assert (tally.precision, tally.recall, tally.f1) == pytest.approx(figures)


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_a_match_counts_everything_once(wanted, found):
    tally = Tally()
    tally.match(wanted, found, lambda a, b: a == b)
    assert tally.hits + tally.missed == len(wanted)
    assert tally.hits + tally.false == len(found)
    assert tally.hits == sum(min(wanted.count(n), found.count(n)) for n in set(wanted))


def test_an_error_is_a_line_though_the_sentence_runs_over_two(tmp_path):
    write(tmp_path / "doc.json", annotations([sentence(0, 20, ["goal"], text="Staden\nska  växa.", goal_kind="aim")]))
    assert evaluate(tmp_path, [record()]).errors == ["missed goal\tdoc\tStaden ska växa."]


def test_labels_only_are_neither_measured_nor_missing(gold):
    write(gold / "labels.json", {"labels_only": True, "sentences": [sentence(0, 5, ["goal"])]})
    scores = evaluate(gold, [record()])
    assert scores.missing == []
    assert scores.tallies["goal"].missed == 2


def test_an_expected_record_beside_the_gold_is_left_alone(gold):
    (gold / "doc.json").rename(gold / "doc.gold.json")
    write(gold / "doc.record.json", record())
    scores = evaluate(gold, [record(goals=[finding(0, 20, kind="aim")])])
    assert (scores.missing, scores.tallies["goal"].hits) == ([], 1)


@pytest.mark.parametrize("content", [b"[1, 2", b"\xff"], ids=["cut", "not UTF-8"])
def test_a_damaged_gold_file_is_named(gold, content):
    (gold / "cut.json").write_bytes(content)
    with pytest.raises(GoldError, match=r"cut\.json"):
        evaluate(gold, [])


@pytest.mark.parametrize("content", ["5", '["sentences"]', '{"goals": []}'], ids=["number", "list", "part of a record"])
def test_json_of_another_kind_is_no_gold_and_no_record(tmp_path, content):
    (tmp_path / "x.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=tmp_path.name):
        evaluate(tmp_path, [])
    with pytest.raises(GoldError, match=r"x\.json"):
        read_records(tmp_path / "x.json")


def test_a_line_separator_in_a_name_or_a_text_ends_no_line(tmp_path):
    # As the command line writes it: U+2028 and U+0085 stand in the JSON as they are.
    records = [record(document={"source": "a\u2028\x85\x0c.txt"}), record()]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    assert read_records(lines) == records


# Any gold and any record: the annotators' script on what no annotator would write.

spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda at: [at[0], at[0] + at[1]])
several = st.lists(spans, max_size=2)
groups = st.lists(st.lists(spans, min_size=2, max_size=3), max_size=2)
maybe = st.none() | spans
kinds, ways = st.sampled_from(["aim", "target"]), st.sampled_from(["improved", "mixed"])


def annotations(sentences, **more):
    return {"doc": "doc", "sentences": sentences, "actors": [], "repeats": [], "variants": []} | more


def write(path, held):
    path.write_text(json.dumps(held), "utf-8")


@st.composite
def any_gold(draw):
    cuts = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=6)))
    labels = st.lists(st.sampled_from(["goal", "outcome"]), unique=True)
    sentences = [
        sentence(start, end, draw(labels), goal_kind=draw(kinds), direction=draw(ways), actor=draw(maybe))
        | {"deadline": draw(maybe), "quantity": draw(several)}
        for start, end in pairwise(cuts)
    ]
    actors = [place(*at) | {"type": "ORG"} for at in draw(several)]
    return annotations(sentences, actors=actors, repeats=draw(groups), variants=draw(groups))


@st.composite
def any_record(draw):
    def placed(at):
        return at and place(*at)

    def some():
        return [
            finding(*at, kind=draw(kinds), direction=draw(ways), actor=placed(draw(maybe)))
            | {"deadline": placed(draw(maybe)), "quantities": [place(*q) for q in draw(several)]}
            | {"occurrences": [place(*other) for other in draw(several)]}
            for at in draw(st.lists(spans, max_size=4))
        ]

    kind, type_ = st.sampled_from(["exact", "near", "variant"]), st.sampled_from(["ORG", "UNIT"])
    repeats = [{"kind": draw(kind), "occurrences": [place(*at) for at in group]} for group in draw(groups)]
    actors = [{"type": draw(type_), "mentions": [place(*at) for at in draw(several)]} for _ in range(2)]
    return record(goals=some(), outcomes=some(), actors=actors, repeats=repeats)


@pytest.fixture(scope="module")
def theirs():
    path = SHARED / "gold" / "score.py"
    if not path.is_file():
        pytest.skip("needs the gold's own script in ../shared")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@examples(max_examples=100, deadline=None)
@given(held=any_gold(), made=any_record())
def test_the_annotators_script_says_the_same_of_anything(theirs, held, made):
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "doc.json", held)
        counts, right, macro, wrong, missing = theirs.score(folder, [made])
        ours = evaluate(Path(folder), [made])
    assert set(counts) <= set(ours.tallies)
    for name, tally in ours.tallies.items():
        count = counts[name]  # zeros, where their script counted nothing
        assert (tally.hits, tally.false, tally.missed) == (count.tp, count.fp, count.fn), name
        assert (tally.precision, tally.recall, tally.f1) == count.line()[:3]
    assert dict(ours.right) == dict(right)
    assert {name: ours.macro_f1(name) for name in macro} == pytest.approx(macro)
    assert (len(ours.errors), ours.missing) == (len(wrong), missing)
