"""Exact repeats: sentences with equal keys."""

from __future__ import annotations

from collections.abc import Iterable


def exact_groups(keys: Iterable[str]) -> tuple[tuple[int, ...], ...]:
    """Positions of equal keys, together: groups in the order of their first member, members ascending.

    Every position is in exactly one group; an empty key repeats nothing.

    >>> exact_groups(["a", "b", "a", ""])
    ((0, 2), (1,), (3,))
    """
    groups: dict[str | int, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key or position, []).append(position)
    return tuple(tuple(members) for members in groups.values())
