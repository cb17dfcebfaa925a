"""Mentions grouped to actors: by folded inflection, by register, and by an abbreviation in brackets behind a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from malbild.findings import Actor, ActorType, Mention
from malbild.link.issuer import with_issuer
from malbild.link.register import registered

Named = tuple[int, Mention, str, str]
"""A mention as ``group_actors`` takes it."""

_APOSTROPHES = (":s", "’s", "'s")
_ENDINGS = ("ens", "ans", "åns", "ets", "nas", "erns", "lands", "borgs", "holms", "köpings", "stads")
"""Genitives of definite nouns and of place names; no Swedish place is called so in the nominative."""


def _is_abbreviation(words: str) -> bool:
    return 2 <= len(words) <= 8 and " " not in words and sum(c.isupper() for c in words) >= 2


def _bare(name: str, known: Set[str]) -> str:
    """A name without its genitive: where the bare name is known, or the ending shows it ("regeringens", "EU:s").

    >>> _bare("helsingfors", {"helsingfors"}), _bare("sveriges", {"sverige"}), _bare("regeringens", set())
    ('helsingfors', 'sverige', 'regeringen')
    """
    if name.endswith(_APOSTROPHES):
        return name[:-2]
    if name.endswith("s") and (name[:-1] in known or name.endswith(_ENDINGS)):
        return name[:-1]
    return name


def _key(mention: Mention) -> str:
    return mention.key.partition(":")[2]


class _Same:
    """Names that stand for one another (union-find); the root is the one seen first."""

    def __init__(self) -> None:
        self._parent: dict[tuple[str, ...], tuple[str, ...]] = {}

    def root(self, name: tuple[str, ...]) -> tuple[str, ...]:
        while (above := self._parent.setdefault(name, name)) != name:
            name = above
        return name

    def join(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        self._parent[self.root(other)] = self.root(one)


def group_actors(mentions: Sequence[Named]) -> tuple[Actor, ...]:
    """Actors of one document, in the order of their first mention.

    Mentions of one type are one actor where their keys or their words are the same but for a genitive: a lemma or a
    case that was misread once is set right by the words.

    Args:
        mentions: (sentence, mention, its words, the text between the mention before it in the sentence and it; "" where
            there is none), in the order of the text.
    """
    known = {_key(mention) for _, mention, _, _ in mentions}
    seen = {words.casefold() for _, _, words, _ in mentions}
    same = _Same()
    keys: list[tuple[str, ...]] = []
    expanded: set[tuple[str, ...]] = set()
    for n, (sentence, mention, words, between) in enumerate(mentions):
        key: tuple[str, ...] = (mention.type, "key", _bare(_key(mention), known))
        same.join(key, (mention.type, "words", _bare(words.casefold(), seen)))
        body = registered(words) if mention.type == "ORG" else None
        if body is not None:
            same.join(key, ("ORG", "registered", f"{body.country}:{body.kind}:{body.name}"))
        in_brackets = n > 0 and between.strip() == "(" and mentions[n - 1][0] == sentence
        # "Ebba Busch (KD)" is a person and her party
        if in_brackets and _is_abbreviation(words) and mentions[n - 1][1].type != "PERSON" and key not in expanded:
            expanded.add(key)
            same.join(keys[-1], key)
        keys.append(key)
    groups: dict[tuple[str, ...], list[int]] = {}
    for n, key in enumerate(keys):
        groups.setdefault(same.root(key), []).append(n)
    return with_issuer([_actor([mentions[n] for n in members]) for members in groups.values()])


def _actor(members: Sequence[Named]) -> Actor:
    kinds: Counter[ActorType] = Counter(mention.type for _, mention, _, _ in members)
    places = tuple((sentence, mention.span) for sentence, mention, _, _ in members)
    kind = kinds.most_common(1)[0][0]
    bodies = (registered(words) for _, _, words, _ in members) if kind == "ORG" else ()
    body = next((body for body in bodies if body is not None), None)
    name = _name(members)
    if body is not None and name.casefold() == f"{body.name.casefold()}s":
        name = body.name
    return Actor(name, kind, places, body)


def _name(members: Sequence[Named]) -> str:
    """The form to show: the first that is no abbreviation and no genitive; of a genitive alone its bare form."""
    written = [(words, mention) for _, mention, words, _ in members]
    shown = [pair for pair in written if not (_is_abbreviation(pair[0]) or pair[0].isupper())] or written
    forms = {words.casefold() for words, _ in shown}
    bare = [_nominative(words, mention, forms) for words, mention in shown]
    return next((words for (words, _), name in zip(shown, bare, strict=True) if words == name), bare[0])


def _nominative(words: str, mention: Mention, forms: Set[str]) -> str:
    """A mention's words without a genitive's ending, where it surely is one.

    Of names the tagger must have said so too (their key has lost the ending): "Siemens" ends as "stadens" does.
    """
    if words.endswith(_APOSTROPHES):
        return words[:-2]
    if words.casefold().endswith("s"):
        if words[:-1].casefold() in forms:
            return words[:-1]
        common = mention.type in {"UNIT", "GROUP"}
        if words.casefold().endswith(_ENDINGS) and (common or not _key(mention).endswith("s")):
            return words[:-1]
    return words
