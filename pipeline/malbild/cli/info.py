"""``malbild info``: versions, models and their manifests."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer

from malbild import __version__
from malbild.cli.messages import plain_errors

_LIBRARIES = ("spacy", "scikit-learn", "onnxruntime", "numpy", "pydantic", "typer")
_MODELS = ("sv_malbild_core", "sv_malbild_stanza", "sv_malbild_extraction", "sv_malbild_encoder")


def info(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Print versions, and the models with what their manifests say of them."""
    with plain_errors(debug):
        from malbild.record import SCHEMA_VERSION
        from malbild.shipped import shipped

        manifests: dict[str, Any] = {
            name: json.loads((shipped(name) / "manifest.json").read_text("utf-8")) for name in _MODELS
        }
        facts = {
            "malbild": __version__,
            "schema_version": SCHEMA_VERSION,
            "python": ".".join(map(str, sys.version_info[:3])),
            "libraries": {name: version(name) for name in _LIBRARIES},
            "models": manifests,
        }
        if as_json:
            typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
            return
        typer.echo(f"malbild {__version__}, record schema {SCHEMA_VERSION}, Python {facts['python']}")
        typer.echo(", ".join(f"{name} {version(name)}" for name in _LIBRARIES))
        for name, manifest in manifests.items():
            typer.echo(
                f"\n{name} {manifest['version']}  sha256 {manifest['sha256'][:12]}…  {manifest.get('licence', '')}"
            )
            typer.echo(f"  {manifest.get('what', '')}")
            for key, value in manifest.get("scores", {}).items():
                typer.echo(f"  {key}: {value}")
