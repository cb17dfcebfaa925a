"""Finds, loads and examines spaCy pipelines: the shipped one, those of installed packages, those in folders.

A pipeline is code as much as data: loading one imports its package, calls the functions its config names and reads
what its components wrote, with their own loaders. Only give one that you would run as a program.
"""

from __future__ import annotations

import contextlib
import textwrap
import warnings
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_compatible_version
from thinc.api import use_ops

from malbild.annotate.backends import ModelNotFound
from malbild.annotate.labels import foreign_relations
from malbild.annotate.sentence import words_only
from malbild.shipped import ModelInfo, NotShipped, combined, digests, manifest, shipped

DEFAULT = "sv_malbild_core"
LANGUAGES = frozenset({"sv", "xx"})
"""What a pipeline may be for: Swedish, or many languages."""
PROBE = "Staden ska\n minska utsläppen."
"""The city shall reduce emissions; with a gap as texts have them."""
LAYERS = {
    "DEP": "trees (a parser)",
    "POS": "parts of speech (a morphologizer, or a tagger with an attribute_ruler)",
    "MORPH": "features (a morphologizer)",
    "LEMMA": "lemmas (a lemmatizer)",
}
"""What extraction lives on, and who makes it. Names are not among them: without ``ner`` there are none."""
UNUSED = frozenset(
    ["senter", "sentencizer", "textcat", "textcat_multilabel", "spancat", "spancat_singlelabel", "span_finder",
     "entity_linker", "merge_entities", "merge_noun_chunks", "merge_subtokens", "token_splitter"]
)  # fmt: skip
"""Components switched off: they find what is not used, cut sentences anew, or change the tokens."""


class ModelRefused(ValueError):  # noqa: N818 - reads as it is caught, like ModelNotFound
    """A pipeline that cannot be loaded, or lacks what extraction needs; says what and the cure in one line."""


def find(model: str | None) -> Path:
    """The folder of a pipeline, the one with ``config.cfg``.

    Args:
        model: a folder, which may hold the pipeline deeper inside as packages do; the name of a shipped model or of
            an installed package, which is imported; ``None`` for the default.

    Raises:
        ModelNotFound: if there is no such pipeline, or are several; says the cure in one line.
        ModelRefused: if the package cannot be imported.
        NotShipped: if the default model is missing.
    """
    if model is None:
        return shipped(DEFAULT)
    if folder := inside(Path(model)):
        return folder
    with contextlib.suppress(NotShipped):
        if folder := inside(shipped(model)):
            return folder
    if folder := installed(model):
        return folder
    raise ModelNotFound(
        f"no spaCy model {model!r}: give the folder of one (with config.cfg in it) or the name of an installed one, "
        f"or leave it out for {DEFAULT!r}"
    )


def installed(name: str) -> Path | None:
    """The folder of the pipeline in an installed package, after importing it, which registers its functions."""
    spec = find_spec(name) if name.isidentifier() else None
    for place in (spec and spec.submodule_search_locations) or ():
        if folder := inside(Path(place)):
            try:
                import_module(name)
            except Exception as error:  # whatever its code may raise
                refuse(name, f"its package cannot be imported ({brief(error)})", error)
            return folder
    return None


def inside(folder: Path) -> Path | None:
    """``folder`` if it is a pipeline, else the one inside it where packages have theirs: ``sv_core_news_sm-3.8.0``."""
    for pattern in ("config.cfg", "*-[0-9]*/config.cfg", "*/*-[0-9]*/config.cfg"):
        found = sorted(path.parent for path in folder.glob(pattern) if path.with_name("meta.json").is_file())
        if len(found) > 1:
            raise ModelNotFound(f"{folder}: several spaCy models in it: give one, such as {found[0]}")
        if found:
            return found[0]
    return None


def load(folder: Path) -> Language:
    """The pipeline in a folder, examined, its unused components switched off.

    Raises:
        ModelRefused: if spaCy cannot load it, or it cannot stand in for the shipped one.
    """
    with warnings.catch_warnings(record=True) as told:
        try:
            # numpy's own BLAS multiplies three times as fast as the one spaCy brings.
            with use_ops("numpy", use_blis=False):
                nlp = spacy.load(folder)
        except Exception as error:  # whatever the pipeline's own code may raise
            refuse(str(folder), f"spaCy cannot load it ({made_for(folder) or brief(error)})", error)
    for warning in told:
        if "[W094]" not in str(warning.message):  # it names no version of spaCy; what it gives is examined below
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    for name in nlp.pipe_names:
        if nlp.get_pipe_meta(name).factory in UNUSED:
            nlp.disable_pipe(name)
    examine(nlp, str(folder))
    return nlp


def examine(nlp: Language, name: str) -> None:
    """Have a pipeline annotate one sentence, and look at its labels.

    Raises:
        ModelRefused: if it is for another language, changes the text, lacks a layer or has no UD relations.
    """
    if nlp.lang not in LANGUAGES:
        refuse(name, f"it is for the language {nlp.lang!r}, not for 'sv' or 'xx' (many)")
    try:
        text = nlp.make_doc(PROBE)
        (doc,) = nlp.pipe([words_only(text)])
    except Exception as error:
        refuse(name, f"it fails on a first sentence ({brief(error)})", error)
    if text.text != PROBE or len(doc) != sum(not token.is_space for token in text):
        refuse(name, "it changes the text or the tokens")
    if missing := [layer for attribute, layer in LAYERS.items() if not has(doc, attribute)]:
        refuse(name, f"it gives no {', no '.join(missing)}, but has only: {', '.join(nlp.pipe_names) or 'a tokenizer'}")
    makers = [pipe for pipe in nlp.pipe_names if "token.dep" in nlp.get_pipe_meta(pipe).assigns]
    labels = {label for pipe in makers for label in getattr(nlp.get_pipe(pipe), "labels", ())}
    if foreign := foreign_relations(labels or {token.dep_ for token in doc}):
        refuse(name, f"its relations are not those of Universal Dependencies 2: {', '.join(foreign[:6])} …")


def has(doc: Doc, attribute: str) -> bool:
    """Whether a layer came out; of features, at least one."""
    if attribute == "MORPH":
        return any(str(token.morph) for token in doc)
    return bool(doc.has_annotation(attribute))


def refuse(name: str, why: str, cause: Exception | None = None) -> NoReturn:
    """Raise ``ModelRefused`` with the cure."""
    raise ModelRefused(
        f"the model {name} cannot be used: {why}; give another, or leave it out for {DEFAULT!r}"
    ) from cause


def brief(error: Exception) -> str:
    """The beginning of an error's words, on one line."""
    return textwrap.shorten(f"{type(error).__name__}: {error}", 240, placeholder=" …")


def made_for(folder: Path) -> str | None:
    """Which spaCy a pipeline is for, if not for this one."""
    try:
        version = srsly.read_json(folder / "meta.json")["spacy_version"]
        fits = is_compatible_version(spacy.__version__, version)
    except Exception:  # a damaged meta.json: the first error says more
        return None
    return None if fits else f"it is made for spaCy {version}, this is {spacy.__version__}"


def info(folder: Path, nlp: Language) -> ModelInfo:
    """Name, version and digest: from its manifest if it was shipped, else from its own ``meta.json`` and files.

    The digest is that of the manifests.
    """
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    with contextlib.suppress(NotShipped):
        if folder.samefile(shipped(name)):
            return manifest(folder)
    return ModelInfo(name, nlp.meta["version"], combined(digests(folder)))
