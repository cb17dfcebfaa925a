"""The wheel by itself: it brings its models, and extracts without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
CODE = """
import sys
sys.path.insert(0, sys.argv[1])
sys.meta_path = [finder for finder in sys.meta_path if "editable" not in type(finder).__name__.lower()]
sys.path = [place for place in sys.path if not place.endswith("pipeline")]
import malbild
from malbild.shipped import shipped
print(malbild.__file__)
print(shipped("sv_malbild_core"))
print(malbild.extract("Staden ska minska utsläppen med 40 procent senast 2030.").to_json())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds nothing but the unpacked wheel."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    target = place / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    return wheel, target


def test_extracts_without_the_checkout(installed, tmp_path):
    _, target = installed
    # The city is to cut emissions by 40 per cent by 2030.
    run = subprocess.run(
        [sys.executable, "-c", CODE, str(target)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    module, model, text = run.stdout.splitlines()
    assert Path(module).is_relative_to(target)
    assert Path(model).is_relative_to(target / "malbild" / "_models")
    (goal,) = json.loads(text)["goals"]
    assert goal["deadline"]["to"] == "2030-12-31"


def test_holds_data_and_code_only_where_they_belong(installed):
    wheel, _ = installed
    names = zipfile.ZipFile(wheel).namelist()
    models = [name for name in names if name.startswith("malbild/_models/")]
    assert {name.split("/")[2] for name in models} == {
        "sv_malbild_core", "sv_malbild_encoder", "sv_malbild_extraction", "sv_malbild_stanza", "sv_malbild_words"
    }  # fmt: skip
    assert not [name for name in models if name.endswith((".py", ".pkl", ".pickle", ".joblib", ".pt"))]
    assert {"malbild/py.typed", "malbild/sv/abbreviations.txt", "malbild/extraction/cues/raise.txt"} <= set(names)


def test_models_are_whole_as_their_manifests_say(installed):
    wheel, _ = installed
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for model in ("sv_malbild_core", "sv_malbild_extraction", "sv_malbild_stanza"):
            manifest = json.loads(archive.read(f"malbild/_models/{model}/manifest.json"))
            folder = CHECKOUT / "models" / model
            files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
            assert manifest["name"] == model
            assert {f"malbild/_models/{model}/{name}" for name in files} == {
                name for name in names if name.startswith(f"malbild/_models/{model}/")
            }


def test_brings_every_file_of_the_package_and_the_command_and_nothing_else(installed):
    wheel, _ = installed
    package = CHECKOUT / "pipeline" / "malbild"
    files = {path.relative_to(package).as_posix() for path in package.rglob("*.*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        assert "malbild = malbild.cli:main" in archive.read(entry).decode()
    assert {f"malbild/{name}" for name in files if "__pycache__" not in name} <= names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"malbild"}
    assert any(name.endswith("/LICENSE") for name in names)
