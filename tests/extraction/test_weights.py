"""Weight tables on disk, and hashing that is the same everywhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from made_weights import some_weights

from malbild.extraction.hashing import code, mix, rows, salt
from malbild.extraction.weights import MENTION_BITS, SENTENCE_BITS, Judge, Weights


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    saved = some_weights()
    saved.save(tmp_path / "weights.npz")
    loaded = Weights.load(tmp_path / "weights.npz")
    tables = ("mention", "mention_intercept", "sentence", "sentence_intercept")
    parts = [(saved, loaded, name) for name in tables]
    for judge in ("fast", "accurate"):
        parts += [(getattr(saved, judge), getattr(loaded, judge), name) for name in Judge.__slots__]
    for one, other, name in parts:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
        assert getattr(other, name).dtype == np.float32


def test_the_file_holds_plain_arrays_and_is_the_same_each_time(tmp_path: Path) -> None:
    saved = some_weights()
    saved.save(tmp_path / "one.npz")
    saved.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as parts:
        assert all(parts[name].dtype != object for name in parts.files)


def test_a_file_without_the_tables_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", something=np.zeros(3))
    with pytest.raises(ValueError, match=r"other\.npz.*mention"):
        Weights.load(tmp_path / "other.npz")


def test_scores_add_up() -> None:
    weights = some_weights()
    values = mix(np.arange(12, dtype=np.uint64).reshape(3, 4), salt("word"))
    by_hand = [sum(weights.sentence[row] for row in line) for line in rows(values, SENTENCE_BITS)]
    np.testing.assert_allclose(weights.token_scores(values), by_hand, atol=1e-5)
    np.testing.assert_allclose(
        weights.fact_scores(values.ravel()), sum(by_hand) + weights.sentence_intercept, atol=1e-5
    )


HASHED = "from malbild.extraction.hashing import code, salt; print(int(code('verb', 'öka', 'ska')), int(salt('word')))"


def test_hashing_is_the_same_in_another_process() -> None:
    said = subprocess.run([sys.executable, "-c", HASHED], capture_output=True, text=True, check=True).stdout.split()
    assert said == [str(int(code("verb", "öka", "ska"))), str(int(salt("word")))]


def test_hashing_tells_parts_apart() -> None:
    assert code("ab", "c") != code("a", "bc")


@pytest.mark.parametrize("bits", [MENTION_BITS, SENTENCE_BITS])
def test_rows_lie_in_the_table_and_are_spread(bits: int) -> None:
    found = rows(mix(np.arange(10_000, dtype=np.uint64), salt("word")), bits)
    assert 0 <= found.min() <= found.max() < 2**bits
    assert len(np.unique(found)) > 9_500
