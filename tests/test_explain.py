"""Explanations: numbers that sum to the score, and what the command prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from malbild.defaults import Profile
from malbild.explain import explain
from malbild.extraction import load_weights
from malbild.settings import Settings

MALBILD = Path(sys.executable).with_name("malbild")
TEXT = "Staden ska halvera matsvinnet senast 2028. Kön har kortats. Torget är runt."


@pytest.mark.parametrize("profile", ["fast", "accurate"])
def test_shares_sum_to_the_scores(profile: Profile) -> None:
    weights = load_weights()[0]
    judge = weights.fast if profile == "fast" else weights.accurate
    for one in explain(TEXT, Settings(profile=profile, min_confidence=0)):
        linear = np.sum([[share.goal, share.outcome] for share in (*one.words, *one.facts)], axis=0)
        linear += weights.sentence_intercept[:2]
        np.testing.assert_allclose(linear, [one.linear.goal, one.linear.outcome], atol=1e-3)
        assert (one.encoder is None) == (profile == "fast")
        score = np.sum([[share.goal, share.outcome] for share in one.context], axis=0)
        odds = judge.scale[:, 0] * score + judge.scale[:, 1]
        assert one.goal is not None and one.outcome is not None
        for finding, expected in ((one.goal, odds[0]), (one.outcome, odds[1])):
            assert finding.confidence == pytest.approx(1 / (1 + np.exp(-expected)), abs=2e-3)


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([MALBILD, "explain", *arguments], capture_output=True, text=True, input=text, check=False)


def test_the_command_names_the_decision_the_parse_and_what_counted() -> None:
    done = run("Staden ska halvera matsvinnet senast 2028.")
    assert done.returncode == 0, done.stderr
    for said in (
        "Goal: target", "who: Staden", "by when: senast 2028", "of what: matsvinnet", "No outcome claim",
        "ska: verb of obligation or will", "Staden (UNIT)", "nsubj", "the encoder", "the sentence's own score",
    ):  # fmt: skip
        assert said in done.stdout, said


def test_standard_input_and_the_fast_profile() -> None:
    done = run("-", "--profile", "fast", text="Kön har kortats.\n")
    assert done.returncode == 0, done.stderr
    assert "Outcome claim: improved" in done.stdout
    assert "the encoder" not in done.stdout


def test_nothing_to_explain_is_misuse() -> None:
    done = run(" ")
    assert done.returncode == 2
    assert "no text to explain" in done.stderr
