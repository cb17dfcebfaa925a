"""The best tree under arc scores: Chu-Liu and Edmonds' maximum spanning arborescence with exactly one root word."""

import numpy as np


def best_tree(scores: np.ndarray) -> np.ndarray:
    """The heads of the words of one sentence.

    Args:
        scores: (words + 1, words + 1); `scores[d, h]` is the score of head `h` for word `d`; place 0 is the root.

    Returns:
        (words + 1,) heads; 0 for the root word; place 0 is meaningless.
    """
    scores = scores.astype(np.float64, copy=True)
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    heads = scores.argmax(1)
    heads[0] = 0
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) == 1 and _cycle(heads) is None:
        return heads
    best, best_total = heads, -np.inf
    for root in np.argsort(-scores[1:, 0])[: max(3, len(roots))] + 1:
        single = scores.copy()
        single[1:, 0] = -np.inf
        single[root] = -np.inf
        single[root, 0] = 0
        heads = _arborescence(single)
        total = scores[np.arange(1, len(heads)), heads[1:]].sum()
        if total > best_total:
            best, best_total = heads, total
    return best


def _cycle(heads: np.ndarray) -> list[int] | None:
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return None


def _arborescence(scores: np.ndarray) -> np.ndarray:
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    around = np.array(cycle)
    kept = scores[around, heads[around]]
    # The cycle becomes one node, the last; to enter it at a word means to give up that word's arc in the cycle.
    enter = scores[np.ix_(around, rest)] - kept[:, None]
    leave = scores[np.ix_(rest, around)]
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = enter.max(0)
    small[:-1, -1] = leave.max(1)
    small[0] = -np.inf
    found = _arborescence(small)
    result = heads.copy()
    for i in range(1, len(rest)):
        result[rest[i]] = around[leave[i].argmax()] if found[i] == len(rest) else rest[found[i]]
    entry = found[-1]
    result[around[enter[:, entry].argmax()]] = rest[entry]
    return result
