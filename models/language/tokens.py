"""Builds the tokenizer: spaCy's Swedish rules, our abbreviations, and a few habits of Swedish official texts.

Everything ends up as data inside the model (patterns and special cases), so loading it needs no code of ours.
What stays one token: abbreviations ("bl.a.", "bl. a."), genitives and inflections with a colon ("FN:s", "45:e"),
hyphenated words ("C21-nätverket", "social-"), ranges ("2021–2025"), decimals, clock times and section numbers ("1.2"),
fractions ("3/4"). What is parted: "%" and "§" from their number, a final full stop from a number ("10." at the end of
a sentence is a number and a full stop), brackets, quotes.
"""

from __future__ import annotations

from pathlib import Path

from spacy.lang.char_classes import ALPHA, ALPHA_UPPER
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

UNWANTED = frozenset(
    "driveru köru hörru fattaru hajaru leveru serru fixaru kr. etc. osv. proc. mån. ung.".split()  # noqa: SIM905
)
"""Special cases of spaCy that do harm here: colloquial contractions, and abbreviations that mostly end a sentence."""

LETTERS = frozenset(f"{letter}." for letter in "abcdeghjklnopqrtuvwxyzåäö")
"""Single small letters with a full stop: as special cases they would keep "bl. a." and "t. ex." from being found."""


def read_abbreviations(path: Path) -> list[str]:
    """The entries of a list: one a line, ``#`` begins a remark."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def set_tokenizer(nlp: Language, abbreviations: list[str]) -> None:
    """Give ``nlp`` the Swedish tokenizer with these abbreviations, in place."""
    defaults = nlp.Defaults
    tokenizer = nlp.tokenizer
    rules = tokenizer.rules.items()
    tokenizer.rules = {form: cut for form, cut in rules if form.lower() not in UNWANTED and form not in LETTERS}
    for form in abbreviations:
        for variant in {form, form[:1].upper() + form[1:]}:
            tokenizer.add_special_case(variant, [{"ORTH": variant}])
    colon = (f"(?<=[{ALPHA}]):(?=[{ALPHA_UPPER}])", f"(?<=[{ALPHA}0-9]):(?=[{ALPHA_UPPER}])")
    infixes = [pattern for pattern in defaults.infixes if pattern not in colon]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.suffix_search = compile_suffix_regex([*defaults.suffixes, r"(?<=[0-9])[%‰§]"]).search
    tokenizer.prefix_search = compile_prefix_regex([*defaults.prefixes, "[%‰]"]).search
