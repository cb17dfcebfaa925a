"""Small differences of tags between the derived Talbanken and today's treebanks, undone where the words decide them.

Trees are repaired in `models/language/repair.py`; this is about features and tags, read off PUD (which is annotated
as the official Talbanken is).
"""

from collections import Counter, defaultdict

from treebank import Sentence, Word, dependents

PLURAL = "JJ|POS|UTR/NEU|PLU|IND/DEF|NOM"
UNKNOWN = "?"
"""Feature string of a word whose features are not to be trained."""


def modernised(sentence: Sentence) -> Sentence:
    """A copy of a derived Talbanken sentence with today's tags and features."""
    result = sentence.copy()
    for place, word in enumerate(result.words):
        if word.xpos == PLURAL and word.deprel == "amod" and _definite(result.words, word.head):
            word.feats = word.feats.replace("Definite=Ind", "Definite=Def").replace("|Number=Plur", "")
        elif word.xpos == "KN" and word.form.lower() == "som":
            _som(result.words, place)
        elif word.xpos.startswith("PN|") and word.form.lower() == "allt":
            word.feats = word.feats.replace("PronType=Prs", "PronType=Tot")
        elif "PronType=Int,Rel" in word.feats:
            word.feats = UNKNOWN
    return result


def _definite(words: list[Word], noun: int) -> bool:
    """Whether a noun has a definite determiner or an owner: *de nya målen*, *stadens nya mål*."""
    below = (words[i] for i in dependents(words, noun))
    return any(w.deprel == "nmod:poss" or (w.deprel == "det" and "Definite=Def" in w.feats) for w in below)


def _som(words: list[Word], place: int) -> None:
    """*som* before a mere noun phrase beside a verb is a preposition: *arbeta som lärare*."""
    word = words[place]
    if word.deprel != "mark" or word.head < 0:
        return
    governor = words[word.head]
    clause = any(words[i].deprel.split(":")[0] in ("nsubj", "cop", "aux") for i in dependents(words, word.head))
    if governor.upos in ("NOUN", "PROPN", "PRON") and governor.deprel in ("obl", "advcl") and not clause:
        word.upos, word.deprel, governor.deprel = "ADP", "case", "obl"


def harmonise_feats(pud: list[Sentence], talbanken: list[Sentence]) -> None:
    """Give PUD's words Talbanken's features where Talbanken is of one mind about the form and its XPOS tag.

    The two differ by convention (`PronType=Int,Rel`, no `NumType`). Features Talbanken never has with the tag
    become unknown.
    """
    seen, by_tag = defaultdict(Counter), defaultdict(set)
    for sentence in talbanken:
        for word in sentence.words:
            seen[word.form.lower(), word.xpos][word.feats] += 1
            by_tag[word.xpos].add(word.feats)
    for sentence in pud:
        for word in sentence.words:
            counts = seen.get((word.form.lower(), word.xpos), Counter())
            usual, times = counts.most_common(1)[0] if counts else ("", 0)
            if times >= 3 and times >= 0.95 * counts.total() and word.xpos != PLURAL:
                word.feats = usual
            elif word.feats not in by_tag[word.xpos]:
                word.feats = next(iter(by_tag[word.xpos])) if len(by_tag[word.xpos]) == 1 else UNKNOWN
