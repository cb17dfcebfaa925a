"""Where Stanza's models are: those we ship, as arrays and JSON, and those a user has downloaded, as Stanza left them.

Neither Stanza nor torch is imported here. What is shipped is what Stanza keeps in a ``.pt`` file, taken apart: the
weights in ``<part>.npz`` (half precision), the rest in ``<part>.json``; ``models/stanza/pack.py`` writes them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from malbild.annotate.backends import ModelNotFound
from malbild.shipped import ModelInfo

PARTS = ("pos", "lemma", "depparse", "ner")
NEEDED = PARTS[:3]
"""Without names there are none found; without the others there is no Doc."""
USED = ("pretrain", "forward_charlm", "backward_charlm")
"""What models may build upon, each in a folder of its own."""
PREFERRED = "talbanken"
"""The treebank whose models are taken where there is a choice."""

Checkpoint = dict[str, Any]
"""What a ``.pt`` file of Stanza's holds, arrays in the place of tensors."""


def checkpoint(folder: Path, part: str) -> Checkpoint:
    """A shipped part, as Stanza keeps it in a file."""
    state: Checkpoint = json.loads((folder / f"{part}.json").read_text(encoding="utf-8"))
    state["model"] = _arrays(folder / f"{part}.npz")
    for vocabulary in state["vocab"].values():
        if "_id2unit" in vocabulary:
            _number(vocabulary)
    if state["vocab"].get("_key2class", {}).get("word") == "PretrainedWordVocab":
        state["vocab"]["word"] = vectors(folder)["vocab"]
    if "dicts" in state:
        state["dicts"] = gzip.compress(json.dumps(state["dicts"]).encode())
    return state


def vectors(folder: Path) -> Checkpoint:
    """The shipped word vectors, as Stanza keeps them in a file; the first rows are for its marks, such as padding."""
    vocabulary = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
    _number(vocabulary)
    return {"vocab": vocabulary, "emb": _arrays(folder / "vectors.npz")["vectors"]}


def _arrays(path: Path) -> dict[str, NDArray[np.float32]]:
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name].astype(np.float32) for name in archive.files}


def _number(vocabulary: dict[str, Any]) -> None:
    """Add the way back from unit to number, which is not stored; in place."""
    units = vocabulary["_id2unit"]
    if isinstance(units, dict):
        if not vocabulary["keyed"]:  # JSON knows no keys that are numbers
            units = {int(key): values for key, values in units.items()}
        vocabulary["_id2unit"] = units
        vocabulary["_unit2id"] = {key: {unit: n for n, unit in enumerate(values)} for key, values in units.items()}
    else:
        vocabulary["_unit2id"] = {unit: n for n, unit in enumerate(units)}


def downloaded(folder: Path) -> dict[str, Path]:
    """The files to use of a folder that ``stanza.download("sv")`` has filled, by Stanza's name of the option.

    Raises:
        ModelNotFound: if a part without which there is no Doc is missing; says all that are, and the cure.
    """
    resources = _resources(folder)
    files: dict[str, Path] = {}
    missing = []
    for part in PARTS:
        path = _choice(folder, part, resources.get("packages", {}).get("default", {}).get(part))
        if path is not None:
            files[f"{part}_model_path"] = path
            known = resources.get(part, {}).get(path.stem, {}).get("dependencies") or []
            named = {entry["model"]: entry["package"] for entry in known}
            for kind in USED:
                if (used := _choice(folder, kind, named.get(kind))) is not None:
                    files[f"{part}_{kind}_path"] = used
        elif part in NEEDED:
            missing.append(part)
    if missing:
        raise ModelNotFound(
            f"no Swedish Stanza model for {', '.join(missing)} in {folder} (looked for sv/{missing[0]}/*.pt): "
            f"run stanza.download('sv', model_dir={str(folder)!r}), or leave the folder out for the one that is shipped"
        )
    return files


def _resources(folder: Path) -> dict[str, Any]:
    """What Stanza's own list says of Swedish; nothing if the list is not there."""
    path = folder / "resources.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    swedish: dict[str, Any] = known.get("sv", {})
    return swedish


def _choice(folder: Path, kind: str, wanted: str | None) -> Path | None:
    """The file of a kind: the one that is wanted, else Talbanken's, rather without what is not there."""
    files = sorted((folder / "sv" / kind).glob("*.pt"))
    if not files:
        return None
    letters = (folder / "sv" / "forward_charlm").is_dir()

    def rank(path: Path) -> tuple[bool, bool, bool]:
        lame = "_charlm" in path.stem and not letters
        return path.stem != wanted, not path.stem.startswith(PREFERRED), lame

    return min(files, key=rank)


def facts(folder: Path, files: dict[str, Path], version: str) -> tuple[ModelInfo, ...]:
    """Each file once, in the order of use, with its digest; such files have no version but that of what reads them."""
    return tuple(
        ModelInfo(
            "stanza/" + path.relative_to(folder).with_suffix("").as_posix(),
            version,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in dict.fromkeys(files.values())
    )
