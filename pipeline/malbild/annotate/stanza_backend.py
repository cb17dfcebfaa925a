"""The Stanza back-end: the compact Swedish models that are shipped, or official ones the user has downloaded.

Needs ``pip install 'malbild[stanza]'``. Nothing is ever downloaded here. The tokens are those of the spaCy back-end.
"""

from __future__ import annotations

import hashlib
import tempfile
import textwrap
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from malbild.annotate import from_stanza, stanza_models
from malbild.annotate.backends import ModelNotFound
from malbild.annotate.laid_back import annotated_texts
from malbild.annotate.sentence import unsure_lemmas
from malbild.shipped import ModelInfo, NotShipped, manifest, shipped

try:
    import stanza
    import torch
except ModuleNotFoundError as error:
    raise ModelNotFound(f"the back-end 'stanza' needs {error.name}: pip install 'malbild[stanza]'") from error

DEFAULT = "sv_malbild_stanza"
TOKENIZER = "sv_malbild_core"
"""The shipped spaCy model whose tokenizer is used: whatever the back-end, a text has the same tokens."""
CHUNK = 512
"""Texts taken together."""
BATCHES = {"pos_batch_size": 250, "lemma_batch_size": 500, "depparse_batch_size": 2000, "ner_batch_size": 128}
"""Of sentences, words, words and sentences: what a computer with little memory can hold of a large model."""


class StanzaAnnotator:
    """Annotates with a Stanza pipeline; see ``Annotator.pipe`` for what it promises."""

    name = "stanza"

    def __init__(self, model: str | None = None, threads: int = 1) -> None:
        """Load the models.

        Args:
            model: a folder that ``stanza.download`` has filled (with ``sv/`` in it), or one with a model in the form
                that is shipped; ``None`` for the shipped one.
            threads: how many threads torch may use, in the whole process and from now on. One is as good as two for
                networks this small, and what is computed does not hang on it.

        Raises:
            ModelNotFound: if there is no such model, or Stanza cannot read it; says the cure in one line.
            malbild.shipped.NotShipped: if the default model is missing.
        """
        torch.set_num_threads(threads)
        folder = find(model)
        with tempfile.TemporaryDirectory(prefix="malbild-") as place:
            if (folder / "sv").is_dir():
                files = stanza_models.downloaded(folder)
                models = stanza_models.facts(folder, files, stanza.__version__)
            else:
                files = _unpacked(folder, Path(place))
                models = (manifest(folder),)
            try:
                self._pipeline = _pipeline(files, Path(place))
            except Exception as error:  # whatever reading a file of another kind may raise
                # Stanza fails once more, with a KeyError, when it looks for a better word for a missing file.
                cause = error.__context__ if isinstance(error, KeyError) and error.__context__ else error
                reason = textwrap.shorten(str(cause), 240, placeholder=" …")
                raise ModelNotFound(f"{folder}: Stanza {stanza.__version__} cannot load it: {reason}") from error
        tokenizer = shipped(TOKENIZER) / "tokenizer"
        self._tokenizer = spacy.blank("sv")
        self._tokenizer.tokenizer.from_disk(tokenizer)
        digest = hashlib.sha256(tokenizer.read_bytes()).hexdigest()
        self.models = (ModelInfo(f"{TOKENIZER}/tokenizer", manifest(shipped(TOKENIZER)).version, digest), *models)
        self._layers = [part for part in stanza_models.PARTS if f"{part}_model_path" in files]

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One ``Doc`` for each text, in order; reads ``CHUNK`` texts ahead."""
        return annotated_texts(texts, CHUNK, self._tokenizer.make_doc, self.annotate)

    def annotate(self, docs: list[Doc]) -> list[Doc]:
        """New Docs over the same words, as Stanza annotates them; a root for every piece."""
        given = [list(from_stanza.pieces(doc)) for doc in docs]
        found = iter(self._annotate([piece for pieces in given for piece in pieces], self._layers))
        parsed = [
            from_stanza.annotated(doc, islice(found, len(pieces))) for doc, pieces in zip(docs, given, strict=True)
        ]
        self._lemmatize_again(parsed)
        return parsed

    def _annotate(self, sentences: list[list[dict[str, str]]], layers: list[str]) -> list[Any]:
        """Stanza's sentences, annotated."""
        if not sentences:
            return []
        (document,) = self._pipeline.bulk_process([stanza.Document(sentences)], processors=layers)
        found: list[Any] = document.sentences
        return found

    def _lemmatize_again(self, docs: list[Doc]) -> None:
        """Take the lemma of words that a capital hid from the lemmatizer from their small letters; in place."""
        unsure = [doc[place] for doc in docs for place in unsure_lemmas(doc)]
        forms = list(dict.fromkeys((token.lower_, token.pos_) for token in unsure))
        # It looks at a word and its part of speech only, so all of them can make one sentence.
        given = [from_stanza.word(form, upos=pos) for form, pos in forms]
        for sentence in self._annotate([given] if given else [], ["lemma"]):
            lemmas = {form: word.lemma for form, word in zip(forms, sentence.words, strict=True)}
            for token in unsure:
                token.lemma_ = lemmas[token.lower_, token.pos_] or token.lower_


def find(model: str | None) -> Path:
    """The folder of a model: given by path, by the name of a shipped one, or ``None`` for the default.

    Raises:
        ModelNotFound: if it is none; says the cure in one line.
        NotShipped: if the default model is missing.
    """
    if model is None:
        return shipped(DEFAULT)
    folder = Path(model)
    try:
        places = [folder, shipped(model)]
    except NotShipped:
        places = [folder]
    for place in places:
        if (place / "sv").is_dir() or (place / "depparse.npz").is_file():
            return place
    raise ModelNotFound(
        f"no Stanza model {model!r}: give a folder that stanza.download('sv', model_dir=…) has filled "
        f"(with sv/ in it), or leave it out for {DEFAULT!r}"
    )


def _unpacked(folder: Path, place: Path) -> dict[str, Path]:
    """The parts of a model of ours as files of Stanza's in a folder, by Stanza's name of the option."""
    files = {}
    for part in stanza_models.PARTS:
        state = stanza_models.checkpoint(folder, part)
        state["model"] = {name: torch.from_numpy(array) for name, array in state["model"].items()}
        files[f"{part}_model_path"] = place / f"{part}.pt"
        torch.save(state, files[f"{part}_model_path"])
    state = stanza_models.vectors(folder)
    torch.save({**state, "emb": torch.from_numpy(state["emb"])}, place / "vectors.pt")
    return files | {f"{part}_pretrain_path": place / "vectors.pt" for part in ("pos", "depparse", "ner")}


def _pipeline(files: dict[str, Path], place: Path) -> Any:
    """A pipeline of just these files. It is told that it knows no language, so that it looks nothing up."""
    known = place / "resources.json"
    known.write_text("{}", encoding="utf-8")
    layers = [part for part in stanza_models.PARTS if f"{part}_model_path" in files]
    options: dict[str, Any] = {option: str(path) for option, path in files.items()}
    if "ner" in layers:  # the only one that wants to be told what it does not need
        options = {f"ner_{kind}_path": "" for kind in stanza_models.USED} | options
    return stanza.Pipeline(
        "sv",
        dir=str(place),
        processors=dict.fromkeys(["tokenize", *layers], "default"),
        allow_unknown_language=True,
        resources_filepath=str(known),
        download_method=None,
        logging_level="ERROR",
        use_gpu=False,
        tokenize_pretokenized=True,
        **BATCHES,
        **options,
    )
