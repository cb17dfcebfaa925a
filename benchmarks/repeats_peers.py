"""What finds near repeats among sentences: malbild and its peers, each in a process of its own.

    repeats_peers.py METHOD TEXTS PAIRS

runs one of ``METHODS`` over the lines of TEXTS and prints, as two lines of JSON, the seconds it took, and how many
pairs it gave, how many of them have J >= 0.7, and how many of the rows of each array in PAIRS are among them. J is the
Jaccard similarity of sets of four-letter strings of the folded sentence. The clock runs from the sentences to the
pairs: keys, sets and hashes are made within it, modules and models are loaded before. ``repeats.py`` starts it and
watches.
"""

from __future__ import annotations

import json
import math
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from malbild.repeat import compare, groups, sentence_key, similarity

Pairs = NDArray[np.int64]
"""Rows of two sentences, the smaller number first."""
GRAM, J, BANDS, ROWS = 4, 0.7, 25, 5
_COSINE = 2 * J / (1 + J)
"""Sets of a Jaccard similarity of J have at least this cosine."""
_BATCH = 10_000
_BLOCK = 500
_SAMPLE = 2000
_VECTORS = Path(__file__).parents[1] / "models/sv_malbild_core"


def grams(key: str) -> set[str]:
    return {key[n : n + GRAM] for n in range(max(1, len(key) - GRAM + 1))}


def incidence(keys: Sequence[str], kind: type = np.float32) -> Any:
    """Sentences by four-letter strings, as a sparse matrix of ones."""
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=grams, binary=True, dtype=kind).fit_transform(keys)


def similar(keys: Sequence[str], least: float) -> tuple[Pairs, NDArray[np.float32]]:
    """All pairs of at least a Jaccard similarity, and that, by the product of all with all."""
    counted = incidence(keys)
    turned, sizes = counted.T.tocsr(), np.diff(counted.indptr)
    found, how = [np.zeros((0, 2), np.int64)], [np.zeros(0, np.float32)]
    for start in range(0, len(keys), _BLOCK):
        shared = (counted[start : start + _BLOCK] @ turned).tocoo()
        a, b = shared.row + start, shared.col
        jaccard = shared.data / (sizes[a] + sizes[b] - shared.data)
        kept = (jaccard >= least) & (a < b)
        found.append(np.stack([a[kept], b[kept]], axis=1))
        how.append(jaccard[kept])
    return np.concatenate(found).astype(np.int64), np.concatenate(how)


class Found:
    """Pairs of rows that were found, each once."""

    def __init__(self, pairs: Iterable[Pairs], count: int) -> None:
        ordered = np.sort(np.concatenate([np.zeros((0, 2), np.int64), *pairs]), axis=1)
        self.rows = count
        self.codes = np.unique(self._code(ordered[ordered[:, 0] != ordered[:, 1]]))

    def _code(self, pairs: Pairs) -> NDArray[np.int64]:
        return np.asarray(pairs[:, 0] * self.rows + pairs[:, 1], np.int64)

    def __len__(self) -> int:
        return len(self.codes)

    def has(self, pairs: Pairs) -> NDArray[np.bool_]:
        return np.isin(self._code(pairs), self.codes)

    def checked(self, check: Callable[[int, int], bool]) -> Found:
        """Those of the pairs that pass, in place of all."""
        passed = [check(*divmod(code, self.rows)) for code in self.codes.tolist()]
        self.codes = self.codes[np.array(passed, np.bool_)]
        return self

    def some(self, many: int) -> list[tuple[int, int]]:
        chosen = random.Random(1).sample(range(len(self.codes)), min(many, len(self.codes)))
        return [divmod(int(self.codes[n]), self.rows) for n in chosen]


class Together:
    """Groups of rows, every two of which were found: their pairs may be too many to be listed."""

    def __init__(self, members: Iterable[Sequence[int]]) -> None:
        self.members = list(members)
        self.of: dict[int, set[int]] = {}
        for n, rows in enumerate(self.members):
            for row in rows:
                self.of.setdefault(row, set()).add(n)

    def __len__(self) -> int:
        """Pairs in several groups are counted in each."""
        return sum(math.comb(len(rows), 2) for rows in self.members)

    def has(self, pairs: Pairs) -> NDArray[np.bool_]:
        nothing: set[int] = set()
        return np.array([bool(self.of.get(a, nothing) & self.of.get(b, nothing)) for a, b in pairs.tolist()], np.bool_)

    def some(self, many: int) -> list[tuple[int, int]]:
        chance = random.Random(1)
        weights = [math.comb(len(rows), 2) for rows in self.members]
        chosen = chance.choices(self.members, weights, k=many) if self.members else []
        return [tuple(chance.sample(rows, 2)) for rows in chosen]  # type: ignore[misc]


Run = Callable[[], Found | Together]


def with_malbild(texts: Sequence[str], workers: int) -> Run:
    def run() -> Together:
        if workers == 1:
            found = groups(texts)
        else:
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                found = groups(texts, spread=pool.map)
        return Together([row for version in group.versions for row in version] for group in found)

    return run


def with_datasketch(texts: Sequence[str], perms: int, params: tuple[int, int] | None) -> Run:
    from datasketch import MinHash, MinHashLSH

    def run() -> Found:
        keys = ([gram.encode() for gram in grams(sentence_key(text))] for text in texts)
        hashes = list(MinHash.generator(keys, num_perm=perms))
        index = MinHashLSH(threshold=J, num_perm=perms, params=params)
        with index.insertion_session() as session:
            for row, hashed in enumerate(hashes):
                session.insert(row, hashed, check_duplication=False)
        return _queried(map(index.query, hashes), len(texts))

    return run


def _queried(answers: Iterable[Sequence[int]], count: int) -> Found:
    """What an index answers to every row in turn."""
    codes = (row * count + other for row, found in enumerate(answers) for other in found if row < other)
    flat = np.fromiter(codes, np.int64)
    return Found([np.stack(np.divmod(flat, count), axis=1)], count)


def with_rensa(texts: Sequence[str], check: Callable[[str, str], bool] | None = None) -> Run:
    from rensa import RMinHash, RMinHashLSH

    def run() -> Found:
        hashes: list[Any] = []
        for start in range(0, len(texts), _BATCH):
            sets = [list(grams(sentence_key(text))) for text in texts[start : start + _BATCH]]
            hashes += RMinHash.from_token_sets(sets, BANDS * ROWS, 1)
        index = RMinHashLSH(J, BANDS * ROWS, BANDS)
        index.insert_many(hashes)
        answers = (found for n in range(0, len(hashes), _BATCH) for found in index.query_all(hashes[n : n + _BATCH]))
        found = _queried(answers, len(texts))
        return found.checked(lambda a, b: check(texts[a], texts[b])) if check else found

    return run


def _alike(one: str, other: str) -> bool:
    return similarity(one, other) >= J


def _related(one: str, other: str) -> bool:
    return compare(one, other) is not None


def with_semhash(texts: Sequence[str], least: float) -> Run:
    """Its own models are on a hub; this one is a mean of the word vectors that malbild ships."""
    from model2vec import StaticModel
    from semhash import SemHash
    from spacy.vocab import Vocab
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.Lowercase(), pre_tokenizers.Whitespace()
    split = tokenizer.pre_tokenizer.pre_tokenize_str
    words = ["[UNK]", *sorted({word for text in texts for word, _ in split(text.lower())} - {"[UNK]"})]
    tokenizer.model = models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]")
    model = StaticModel(Vocab().from_disk(_VECTORS / "vocab").vectors.get_batch(words), tokenizer)

    def run() -> Found:
        index = SemHash.from_records(list(texts), model=model).index
        answers = (rows.tolist() for rows, _ in index.query_threshold(index.vectors, threshold=least))
        return _queried(answers, len(texts))

    return run


def with_top_products(texts: Sequence[str]) -> Run:
    from sparse_dot_topn import sp_matmul_topn

    def run() -> Found:
        counted = incidence([sentence_key(text) for text in texts])
        sizes = np.diff(counted.indptr)
        scaled = counted.multiply(1 / np.sqrt(sizes)[:, None]).tocsr().astype(np.float32)
        found = sp_matmul_topn(scaled, scaled.T.tocsr(), top_n=1000, threshold=_COSINE - 1e-4, n_threads=2).tocoo()
        shared = found.data * np.sqrt(sizes[found.row]) * np.sqrt(sizes[found.col])
        kept = shared / (sizes[found.row] + sizes[found.col] - shared) >= J - 1e-4
        return Found([np.stack([found.row[kept], found.col[kept]], axis=1).astype(np.int64)], len(texts))

    return run


def with_products(texts: Sequence[str]) -> Run:
    import sklearn.feature_extraction.text  # noqa: F401

    return lambda: Found([similar([sentence_key(text) for text in texts], J)[0]], len(texts))


def with_edits(texts: Sequence[str]) -> Run:
    from rapidfuzz import fuzz, process

    def run() -> Found:
        keys = [sentence_key(text) for text in texts]
        ratios = process.cdist(keys, keys, scorer=fuzz.ratio, score_cutoff=80, dtype=np.uint8, workers=-1)
        return Found([np.argwhere(ratios)], len(texts))

    return run


@dataclass(frozen=True, slots=True)
class Method:
    """A way to find repeats, the most sentences it is tried on, and how many threads it takes."""

    name: str
    start: Callable[[Sequence[str]], Run]
    threads: str
    most: int = 1_000_000


METHODS = {
    "malbild": Method("malbild", partial(with_malbild, workers=1), "1"),
    "malbild-2": Method("malbild, 2 workers", partial(with_malbild, workers=2), "2"),
    "datasketch": Method(
        "datasketch MinHashLSH, 25x5", partial(with_datasketch, perms=BANDS * ROWS, params=(BANDS, ROWS)), "1"
    ),
    "datasketch-own": Method(
        "datasketch MinHashLSH, its own bands (14x9)", partial(with_datasketch, perms=128, params=None), "1"
    ),
    "rensa": Method("rensa RMinHashLSH, 25x5", with_rensa, "1"),
    "rensa-checked": Method("rensa, 25x5, J of each pair checked", partial(with_rensa, check=_alike), "1"),
    "rensa-compared": Method("rensa, 25x5, pairs compared as malbild's are", partial(with_rensa, check=_related), "1"),
    "semhash": Method("semhash, cosine 0.9 (its own)", partial(with_semhash, least=0.9), "its own"),
    "semhash-95": Method("semhash, cosine 0.95", partial(with_semhash, least=0.95), "its own"),
    "topn": Method("sparse_dot_topn, exact J", with_top_products, "2", 100_000),
    "product": Method("scikit-learn and SciPy, exact J", with_products, "1", 10_000),
    "rapidfuzz": Method("rapidfuzz cdist, ratio >= 80", with_edits, "2", 10_000),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A run: seconds by the clock and of processors, the most megabytes held at once, and what it found."""

    seconds: float
    worked: float
    megabytes: float
    pairs: int
    alike: float
    found: dict[str, int]


class _Watch(threading.Thread):
    """Looks how much memory a process and its children hold, and ends them when time is up."""

    def __init__(self, pid: int, limit: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.until, self.most, self.done = pid, time.monotonic() + limit, 0, threading.Event()

    def run(self) -> None:
        import psutil

        while not self.done.wait(0.05):
            try:
                family = [own := psutil.Process(self.pid), *own.children(recursive=True)]
                self.most = max(self.most, sum(one.memory_info().rss for one in family))
                if time.monotonic() > self.until:
                    for one in reversed(family):
                        one.kill()
                    return
            except psutil.NoSuchProcess:
                continue


def measured(method: str, texts: Path, pairs: Path, limit: float) -> Measured | str:
    """Run a method on a file of sentences; or the reason why there is nothing to tell."""
    command = [sys.executable, __file__, method, str(texts), str(pairs)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = _Watch(child.pid, limit)
    watch.start()
    assert child.stdout and child.stderr
    first = child.stdout.readline()
    watch.done.set()
    rest, errors = child.communicate()
    if not first or child.returncode:
        return f"> {limit:.0f}" if time.monotonic() > watch.until else (errors.strip().split("\n")[-1] or "failed")
    return Measured(*json.loads(first), watch.most / 2**20, **json.loads(rest))


def _processor_time() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    method, texts, pairs = sys.argv[1:]
    sentences = Path(texts).read_text("utf-8").split("\n")
    run = METHODS[method].start(sentences)
    began, worked = time.perf_counter(), _processor_time()
    found = run()
    print(json.dumps([time.perf_counter() - began, _processor_time() - worked]), flush=True)
    some = found.some(_SAMPLE)
    alike = sum(similarity(sentences[a], sentences[b]) >= J for a, b in some) / max(1, len(some))
    with np.load(pairs) as asked:
        told = {name: int(found.has(asked[name]).sum()) for name in asked.files}
    print(json.dumps({"pairs": len(found), "alike": alike, "found": told}))


if __name__ == "__main__":
    main()
