"""Plants repeats: copies of sentences with a slip, a move or another value in them, and of which kind each is.

What is a slip and what says something else is decided by lists of this file's own and by the treebanks' lemmas, not by
the words of ``malbild.repeat``. A sentence is copied once at most. Nothing is planted in a name: "Kalmar" mistyped and
another place are the same change of letters.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from malbild.flat import flatten
from malbild.repeat import sentence_key

Make = Callable[[str, random.Random], str | None]
_LEAST_WORDS, _LEAST_PLAIN = 4, 3
_KNOWN = 3
"""A word that stands so often is no slip of another."""
_LONG = 12
"""Sentences of so many words may have two slips."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOWELS = set("aeiouyåäö")
_KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PAIRS = """ökat minskat, ökar minskar, ökade minskade, öka minska, ökas minskas, ökad minskad, ökning minskning,
ökningen minskningen, stigit sjunkit, stiger sjunker, steg sjönk, stiga sjunka, högre lägre, högst lägst, höjs sänks,
höjts sänkts, höja sänka, höjde sänkte, höjer sänker, höjning sänkning, höjningen sänkningen, bättre sämre, bäst sämst,
fler färre, mer mindre, större mindre, förbättrats försämrats, förbättrar försämrar, förbättra försämra, förbättras
försämras, förbättrad försämrad, förbättrade försämrade, förbättring försämring, stärkts försvagats, stärker försvagar,
stärka försvaga, stärks försvagas, stärkt försvagat, upp ned, uppåt nedåt, växer krymper, vuxit krympt, växa krympa,
snabbare långsammare, längre kortare, positiv negativ, positivt negativt, positiva negativa"""
_UNITS = (
    ("kronor", "euro", "dollar"),
    ("miljoner", "miljarder"),
    ("timmar", "dagar", "veckor", "månader", "år"),
    ("meter", "kilometer", "mil"),
    ("mm", "cm", "m", "km"),
    ("gram", "kg", "kilo", "ton"),
    ("hektar", "kvadratmeter", "kvadratkilometer"),
    ("procent", "procentenheter", "promille"),
    ("kWh", "MWh", "GWh", "TWh"),
)
_NUMERALS = _words("två tre fyra fem sex sju åtta nio tio elva tolv")
_NEGATIONS = _words("inte ej aldrig icke utan ingen inget inga ingenting varken")
_MONTHS = _words("januari februari mars april maj juni juli augusti september oktober november december")
_DAYS = _words("måndag tisdag onsdag torsdag fredag lördag söndag")
_FINITE = _words("är var har hade ska skall kan kommer bör måste får fick vill skulle kunde blir blev")
_PRONOUNS = (*_words("jag vi du ni han hon man detta"), r"det(?! [a-zåäö]+[ae]\b)")
_SUBORDINATE = _words("eftersom när om för_att medan trots_att efter_att genom_att så_att innan därför_att")
_COUNTRIES = _words("""Sverige Finland Norge Danmark Island Tyskland Frankrike Spanien Italien Polen Estland Lettland
Litauen Ryssland Ukraina Belarus Turkiet Grekland Ungern Österrike Belgien Irland Portugal Rumänien Bulgarien Kina
Indien Japan Brasilien Kanada Iran Irak Syrien Israel Egypten Somalia Etiopien Kenya Afghanistan Pakistan""")
_GIVEN = _words("""Anna Maria Eva Karin Lena Kerstin Ulla Birgitta Monica Elisabeth Margareta Ingrid Carina Helena
Annika Åsa Catharina Beatrice Ylva Magdalena Lars Anders Johan Per Karl Erik Jan Peter Thomas Mikael Fredrik Stefan
Göran Bengt Leif Magnus Mats Björn Hans Patrik Tobias Morgan Sven Ulf Gustav Hillevi Marie Gunnar Jonas Mona""")
_SURNAMES = _words("""Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Lindqvist
Bergman Sandberg Nyström Holmgren Ekström Lundgren Forsberg Sjöberg Wallin Engström Danielsson Hedlund Åkesson Blom""")


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy of the sentence ``row``: what was done to it (``kind``), and whether that leaves it what it was."""

    row: int
    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Lists:
    """What the planter knows of the language: words that are common, forms of lemmas, words of a class, names."""

    known: frozenset[str]
    forms: dict[str, list[str]]
    alike: dict[str, list[str]]
    names: dict[str, list[str]]


def lists(sentences: Iterable[str], data: Path) -> Lists:
    """Read ``sentences`` and the folders ``ud`` and ``lex`` of ``data``."""
    counted = Counter(word for text in sentences for word in _WORD.findall(text))
    known = frozenset(word for word, times in counted.items() if times >= _KNOWN and word.islower())
    forms, alike = _treebanks(sorted((data / "ud").glob("*.conllu")))
    return Lists(known, forms, alike, _names(data / "lex"))


def _treebanks(paths: Sequence[Path]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Of every form that has one lemma and class only: the other forms, and the words of the same class and form."""
    readings: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) > 5 and columns[3] in ("NOUN", "ADJ", "VERB") and columns[1].isalpha():
                degree = re.search(r"Degree=\w+|NumType", columns[5])
                readings[columns[1].lower()].add(
                    (columns[2].lower(), columns[3] + (degree[0] if degree else ""), columns[5])
                )
            elif len(columns) > 5:
                readings[columns[1].lower()].add(("", columns[3], ""))
    lemmas, classes = defaultdict(list), defaultdict(list)
    sure = {form: min(found) for form, found in readings.items() if len({(a, b) for a, b, _ in found}) == 1}
    for form, (lemma, tag, features) in sure.items():
        if lemma and form not in PROTECTED and lemma not in PROTECTED:
            lemmas[lemma, tag].append(form)
            classes[tag, features].append(form)
    forms = {form: [o for o in found if o != form] for found in lemmas.values() if len(found) > 1 for form in found}
    return forms, {form: found for found in classes.values() if len(found) > 20 for form in found}


def _names(folder: Path) -> dict[str, list[str]]:
    """Names that stand for names: of every name the others of its kind, in the same form."""
    rows = {path.stem: path.read_text("utf-8").splitlines() for path in folder.iterdir()}
    places = [row.split("\t")[1] for row in rows["kommuner_se"]]
    counties = [row.split("\t")[0] for row in rows["lan_se"]]
    bodies = [row.split("\t")[0] for row in rows["myndigheter_se"]] + rows["departement_se"]
    kinds = [places, _COUNTRIES, [body for body in bodies if len(body) > 6]]
    kinds = [[name for name in kind if name.isalpha()] for kind in kinds] + [counties]
    found = {name: kind for kind in kinds for name in kind}
    return found | {f"{n}s": [f"{o}s" for o in kind] for kind in kinds[:3] for n in kind if n[-1] != "s"}


_TURNED = {a: b for pair in _PAIRS.split(",") for one, two in [pair.split()] for a, b in ((two, one), (one, two))}
_OF_UNITS = {unit: [o for o in kind if o != unit] for kind in _UNITS for unit in kind}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _values() -> frozenset[str]:
    days = {day + ending for day in _DAYS for ending in ("", "en", "ar")}
    return frozenset(_TURNED.keys() | _OF_UNITS.keys() | days | {*_NUMERALS, *_NEGATIONS, *_MONTHS})


PROTECTED = _values()
"""Words that no slip and no inflection is planted in."""


def planted(
    sentences: Sequence[str], count: int, known: Lists, seed: int, others: int = 0, exact: bool = False
) -> list[Planted]:
    """About ``count`` copies in fair shares of all kinds, and ``others`` with another word; no two of one sentence.

    Kinds come in the order of how rare they are: what one lacks is shared by those after it. ``exact`` keeps copies
    that have the same key as their sentence.
    """
    chance = random.Random(seed)
    makers = kinds(known)
    free = [row for row, text in enumerate(sentences) if _fit(text)]
    chance.shuffle(free)
    keys = {sentence_key(text) for text in sentences}
    found: list[Planted] = []
    for n, (kind, (label, make)) in enumerate(makers.items()):
        share = others if label == "other" else (count - len(found)) // (len(makers) - 1 - n)
        used: set[int] = set()
        for row in free:
            if len(used) == share:
                break
            copy = _copied(sentences[row], make, chance)
            if copy is None or not _new(copy, sentences[row], keys, exact):
                continue
            used.add(row)
            found.append(Planted(row, kind, label, copy))
        free = [row for row in free if row not in used]
    return found


def _fit(text: str) -> bool:
    found = _WORD.findall(text)
    return len(found) >= _LEAST_WORDS and sum(_plain(word) for word in found) >= _LEAST_PLAIN


def _plain(word: str) -> bool:
    return len(word) > 3 and word.islower() and word not in PROTECTED and word not in _FINITE


def _copied(text: str, make: Make, chance: random.Random) -> str | None:
    changed = make(text, chance)
    return flatten(changed).text if changed else None


def _new(copy: str, source: str, keys: set[str], exact: bool) -> bool:
    """Whether a copy is no exact repeat of another sentence; if ``exact``, it may be of its source."""
    key = sentence_key(copy)
    if key in keys:
        return exact and key == sentence_key(source)
    keys.add(key)
    return True


def kinds(known: Lists) -> dict[str, tuple[str, Make]]:
    """What is planted, the rarest first, and the words swapped for others last."""
    return {
        "percentage": ("variant", _percentage),
        "time phrase moved": ("near", _time_moved),
        "unit": ("variant", _unit),
        "clause moved": ("near", lambda text, chance: _clause_moved(text, known)),
        "name": ("variant", lambda text, chance: _name(text, chance, known)),
        "direction": ("variant", _direction),
        "också, även moved": ("near", _also_moved),
        "year": ("variant", _year),
        "number": ("variant", _number),
        "negation": ("variant", _negation),
        "inflection": ("near", lambda text, chance: _swapped(text, known.forms, chance)),
        "punctuation": ("near", _punctuation),
        "hyphenation": ("near", _hyphenation),
        "typing slip": ("near", lambda text, chance: _slips(text, chance, known)),
        "other word": ("other", lambda text, chance: _other(text, chance, known)),
    }


# Slips


def _some(text: str, least: int, chance: random.Random) -> list[re.Match[str]]:
    """Plain words of so many letters, in any order."""
    found = [m for m in _WORD.finditer(text) if len(m[0]) >= least and m[0].islower() and m[0].isalpha()]
    found = [m for m in found if m[0] not in PROTECTED]
    return chance.sample(found, len(found))


def _put(text: str, match: re.Match[str], word: str) -> str:
    return text[: match.start()] + word + text[match.end() :]


def _slips(text: str, chance: random.Random, known: Lists) -> str | None:
    wanted = 2 if len(_WORD.findall(text)) >= _LONG and chance.random() < 0.2 else 1
    for match in sorted(_some(text, 5, chance)[:wanted], key=lambda m: -m.start()):
        word = next((w for _ in range(20) if (w := _mistyped(match[0], chance)) not in known.known), match[0])
        if word == match[0]:
            return None
        text, wanted = _put(text, match, word), wanted - 1
    return None if wanted else text


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[: at + 1] + word[at:]
    if how == 2:
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(_BESIDE.get(word[at], word[at])) + word[at + 1 :]


def _beside() -> dict[str, str]:
    """The keys beside each on a Swedish keyboard."""
    at = {key: (row, column) for row, keys in enumerate(_KEYS) for column, key in enumerate(keys)}
    return {
        key: "".join(
            o for o, (r, c) in at.items() if o != key and abs(r - row) <= 1 and abs(c - column + (r - row) / 2) <= 1
        )
        for key, (row, column) in at.items()
    }


_BESIDE = _beside()


def _hyphenation(text: str, chance: random.Random) -> str | None:
    for match in _some(text, 8, chance):
        word = match[0]
        places = [n for n in range(3, len(word) - 2) if word[n] not in _VOWELS and word[n + 1] in _VOWELS]
        if places:
            at = chance.choice(places)
            return _put(text, match, word[:at] + chance.choice(("- ", "-", " ")) + word[at:])
    return None


def _punctuation(text: str, chance: random.Random) -> str | None:
    marks: list[tuple[str, str]] = [
        (r", (?!\d)", " "),
        (r" (?=(?:och|som|att|eller|men) )", ", "),
        (r" [–-] ", "_dash"),
        (r", (?!\d)", " – "),
        (r"[”\"“]", "_quote"),
        (r"(?<=[a-zåäö])\.$", ""),
        (r"(?<=[a-zåäö])$", "."),
        (r"(?<=[a-zåäö]):(?= )", " –"),
        (r"(?<=[a-zåäö]);(?= )", ","),
        (r"(?<= )[a-zåäö]{4,}(?=[ .,])", "_quoted"),
        (r"(?<=[a-zåäö]) (?=[a-zåäö])", "  "),
    ]
    for pattern, mark in chance.sample(marks, len(marks)):
        if found := list(re.finditer(pattern, text)):
            match = chance.choice(found)
            given = {"_dash": [" — ", ", "], "_quote": ["'", "»", ""], "_quoted": [f"”{match[0]}”", f'"{match[0]}"']}
            return _put(text, match, chance.choice(given.get(mark, [mark])))
    return None


# Moves


_VERB = rf"(?:{_any(_FINITE)}|[a-zåäö]+(?:ar|er|ade|as|des|s)|tog|höll|gav|gick)"
_SUBJECT = rf"(?:{_any(_PRONOUNS)}|[a-zåäö]+(?:en|et|arna|erna|orna)|[A-ZÅÄÖ][a-zåäö]+(?:verket|en|et))"
_ORDER = re.compile(rf"^(?P<verb>{_VERB}) (?P<subject>{_SUBJECT}) (?P<rest>.+)$")
_STRAIGHT = re.compile(rf"^(?P<subject>{_SUBJECT}) (?P<verb>{_VERB}) (?P<rest>.+)$")
_DAY = rf"\d{{1,2}} (?:{_any(_MONTHS)})(?: \d{{4}})?"
_SEASON = r"(?:året|våren|hösten|sommaren)(?: \d{4})?"
_DAY_OF_WEEK = rf"(?:{_any(day.capitalize() for day in _DAYS)})en"
_TIME = re.compile(
    rf"^((?:I dag|Idag|I går|I år|Nu|Samma (?:dag|år)|Förra (?:året|veckan)|Under {_SEASON}"
    rf"|(?:Under|Sedan|År|Efter|Före|Senast|Sedan år|Under år) \d{{4}}"
    rf"|(?:Den|Senast den|Från den|Från och med den|{_DAY_OF_WEEK} den) {_DAY})) ([^,;:]+)\.$"
)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str, known: Lists | None = None) -> str:
    """The text with a small letter, unless its first word is a name."""
    first = _WORD.match(text)
    if first is None or not first[0][1:].islower() or (known and first[0].lower() not in known.known):
        return text
    return text[:1].lower() + text[1:]


def _time_moved(text: str, chance: random.Random) -> str | None:
    match = _TIME.match(text)
    order = match and _ORDER.match(match[2])
    if not match or not order:
        return None
    subject, time = _capital(order["subject"]), _small(match[1])
    if order["verb"] in _FINITE and chance.random() < 0.5:
        return f"{subject} {order['verb']} {time} {order['rest']}."
    return f"{subject} {order['verb']} {order['rest']} {time}."


def _clause_moved(text: str, known: Lists) -> str | None:
    """The clause after the only comma comes first, or that before it last, if one of them begins as clauses do."""
    if len(re.findall(r",", text)) != 1 or not text.endswith(".") or re.search(r"[;:()”\"–]", text):
        return None
    first, comma, second = text[:-1].partition(", ")
    if not comma or min(len(first.split()), len(second.split())) < 3:
        return None
    if _begins(second):
        straight = _STRAIGHT.match(_small(first, known))
        order = "{verb} {subject} {rest}" if straight else _small(first, known)
        return f"{_capital(second)}, {order.format(**straight.groupdict()) if straight else order}."
    turned = _ORDER.match(second)
    if _begins(first) and turned:
        order = "{subject} {verb} {rest}".format(**turned.groupdict())
        return f"{_capital(order)}, {_small(first)}."
    return None


def _begins(text: str) -> bool:
    low = text.lower().replace(" att ", "_att ", 1)
    return low.split()[0] in _SUBORDINATE


def _also_moved(text: str, chance: random.Random) -> str | None:
    match = re.search(r"(?<=[a-zåäö]) (också|även)((?: [a-zåäö]+){1,3})(?=[ .])", text)
    if not match:
        return None
    after = match[2].split()
    ends = [n for n, word in enumerate(after, 1) if len(word) > 3]
    if not ends:
        return None
    at = chance.choice(ends)
    return _put(text, match, " " + " ".join([*after[:at], match[1], *after[at:]]))


# Other words and other values


def _swapped(text: str, others: Mapping[str, Sequence[str]], chance: random.Random) -> str | None:
    for match in _some(text, 4, chance):
        if match[0] in others:
            return _put(text, match, chance.choice(others[match[0]]))
    return None


def _other(text: str, chance: random.Random, known: Lists) -> str | None:
    """Another word of the same class in the same form, that is not like it."""
    unlike = {
        match[0]: [word for word in chance.sample(known.alike[match[0]], 20) if word[:3] != match[0][:3]]
        for match in _some(text, 5, chance)[:3]
        if match[0] in known.alike
    }
    unlike = {a: far for a, near in unlike.items() if (far := [b for b in near if len(b) > 4 and _far(a, b)])}
    return _swapped(text, unlike, chance) if unlike else None


def _far(one: str, other: str) -> bool:
    return len(set(one) ^ set(other)) > 3


def _choose(
    text: str, found: Iterable[re.Match[str]], chance: random.Random, other: Callable[[str], str]
) -> str | None:
    """The text with one of the places found made another."""
    places = list(found)
    if not places:
        return None
    match = chance.choice(places)
    for _ in range(9):
        if (word := other(match[0])) != match[0] and word not in text.split():
            return _put(text, match, word)
    return None


def _percentage(text: str, chance: random.Random) -> str | None:
    found = re.finditer(r"(?<![\d.,–-])\d+(?:,\d+)?(?= ?(?:procent\b|%))", text)
    return _choose(text, found, chance, lambda number: _figure(number, chance))


def _number(text: str, chance: random.Random) -> str | None:
    """A figure that is no year and no percentage, or a numeral."""
    unit = rf" ?(?:procent|%|§§|{_any(_MONTHS)})"
    found = re.finditer(rf"(?<![\w.,#/-])(?!(?:19|20)\d\d\b)\d+(?:,\d+)?(?![\w.#)-]|[,.]\d|{unit})|(?<=:)\d+\b", text)
    if (changed := _choose(text, found, chance, lambda number: _figure(number, chance))) and "http" not in text:
        return changed
    found = re.finditer(rf"\b(?:{_any(_NUMERALS)})\b", text)
    return _choose(text, found, chance, lambda _: chance.choice(_NUMERALS))


def _figure(number: str, chance: random.Random) -> str:
    """Another number of as many figures, or near it."""
    whole, comma, rest = number.partition(",")
    if chance.random() < 0.5:
        return f"{max(1, int(whole) + chance.choice((-2, -1, 1, 2, 3)))}{comma}{rest}"
    return f"{chance.randrange(10 ** (len(whole) - 1), 10 ** len(whole))}{comma}{rest}"


def _year(text: str, chance: random.Random) -> str | None:
    found = re.finditer(r"(?<![\d:/.,–#-])(?:19[5-9]|20[0-4])\d(?![\d:/–-]|[.,]\d)", text)
    return _choose(text, found, chance, lambda year: str(int(year) + chance.choice((-3, -2, -1, 1, 2, 5, 10))))


def _unit(text: str, chance: random.Random) -> str | None:
    number = rf"(?:\d|\d miljoner|\d miljarder|\b(?:{_any(_NUMERALS)}))"
    found = re.finditer(rf"{number} ({_any(_OF_UNITS)})\b", text)
    spans = [re.compile(r"\w+").match(text, match.start(1)) for match in found]
    return _choose(text, filter(None, spans), chance, lambda unit: chance.choice(_OF_UNITS[unit]))


def _name(text: str, chance: random.Random, known: Lists) -> str | None:
    if match := re.search(rf"\b({_any(_GIVEN)}) ([A-ZÅÄÖ][a-zåäö]+)\b", text):
        given = chance.choice([name for name in _GIVEN if name != match[1]]) if chance.random() < 0.5 else match[1]
        surname = chance.choice([name for name in _SURNAMES if name != match[2]])
        return _put(text, match, f"{given} {surname}")
    county = re.finditer(r"\b[A-ZÅÄÖ]\w+ län\b", text)
    single = re.finditer(r"(?<![A-ZÅÄÖ]\w)(?<=[a-zåäö] )[A-ZÅÄÖ]\w+\b(?! [A-ZÅÄÖ]| län\b)", text)
    found = [match for match in [*county, *single] if match[0] in known.names]
    return _choose(text, found, chance, lambda name: chance.choice(known.names[name]))


def _negation(text: str, chance: random.Random) -> str | None:
    """A negation goes, or comes."""
    swaps = [
        (r" (?:inte|ej|aldrig)(?= )", ""),
        (r"\bingen\b", "en"),
        (r"\binget\b", "ett"),
        (r" inga(?= )", ""),
        (r"(?<!,) utan(?= [a-zåäö]+(?:ing|het|else|en|et)\b)", " med"),
    ]
    gone = [(match, with_) for pattern, with_ in swaps for match in re.finditer(pattern, text)]
    if gone:
        return _put(text, *chance.choice(gone))
    came = [(match, f"{match[0]} {n}") for match in _finite(text) for n in ("inte", "inte", "aldrig", "ej")]
    came += [
        (match, {"en": "ingen", "ett": "inget"}[match[0]])
        for match in re.finditer(r"(?<=(?:har|nns) )ett\b|(?<=(?:har|nns) )en\b", text)
    ]
    return _put(text, *chance.choice(came)) if came else None


def _finite(text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"\b(?:{_any(_FINITE)})\b(?=(?: [a-zåäö]+){{2}})", text))


def _direction(text: str, chance: random.Random) -> str | None:
    found = re.finditer(rf"(?<![\w-])(?:{_any(_TURNED)})(?![\w-])", text)
    return _choose(text, found, chance, lambda word: _TURNED[word])
