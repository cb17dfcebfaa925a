"""Mentions grouped to actors by folded name: inflection and genitive, and a name with its abbreviation in brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from malbild.findings import Actor, ActorType, Mention


def _is_abbreviation(words: str) -> bool:
    return 2 <= len(words) <= 8 and " " not in words and sum(c.isupper() for c in words) >= 2


def _bare(name: str, known: set[str]) -> str:
    """A name without its genitive: where the bare name is known, or the ending shows it ("regeringens", "EU:s").

    >>> _bare("helsingfors", {"helsingfors"}), _bare("sveriges", {"sverige"}), _bare("regeringens", set())
    ('helsingfors', 'sverige', 'regeringen')
    """
    if name.endswith((":s", "’s", "'s")):
        return name[:-2]
    if name.endswith("s"):
        if name[:-1] in known:
            return name[:-1]
        if name.endswith(("ens", "ets", "nas", "erns", "kets")):
            return name[:-1]
    return name


def group_actors(mentions: Sequence[tuple[int, Mention, str, str]]) -> tuple[Actor, ...]:
    """Actors of one document, in the order of their first mention.

    Args:
        mentions: (sentence, mention, its words, the text between the mention before it in the sentence and it; "" where
            there is none), in the order of the text.
    """
    known = {mention.key.partition(":")[2] for _, mention, _, _ in mentions}
    keys: list[str] = []
    alias: dict[str, str] = {}
    for n, (sentence, mention, words, between) in enumerate(mentions):
        name = _bare(mention.key.partition(":")[2], known)
        key = f"{mention.type}:{name}"
        if n and between.strip() == "(" and mentions[n - 1][0] == sentence and _is_abbreviation(words):
            alias.setdefault(key, keys[-1])
        keys.append(key)
    groups: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        groups.setdefault(alias.get(key, key), []).append(n)
    found = []
    for members in groups.values():
        kinds: Counter[ActorType] = Counter(mentions[n][1].type for n in members)
        places = tuple((mentions[n][0], mentions[n][1].span) for n in members)
        found.append(Actor(_name([mentions[n][2] for n in members]), kinds.most_common(1)[0][0], places))
    return tuple(found)


def _name(forms: Sequence[str]) -> str:
    """The form to show: the first that is no abbreviation and no genitive, where there is one."""
    candidates = [form for form in forms if not _is_abbreviation(form)] or list(forms)
    bare = [
        form
        for form in candidates
        if not any(form != other and form.casefold() == other.casefold() + "s" for other in candidates)
    ]
    return bare[0]
