"""Write the trained encoder as the artefact that ships: an ONNX graph with 8-bit weights, its pieces, a manifest.

    python models/encoder/export.py --encoder e5-small-q4.bin --vocab vocab.txt [--name all]

Reads ``WORK/NAME/weights.npz`` and ``WORK/pieces.model``, writes ``models/sv_malbild_encoder/``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional

sys.path.append(str(Path(__file__).resolve().parents[2] / "pipeline"))
sys.path.append(str(Path(__file__).resolve().parents[1] / "teacher"))

from checkpoint import load_arrays
from e5 import Layer, load_encoder
from options import CHECKOUT, read_options
from reader import Reader
from train import EPOCHS, FROZEN, LAYERS, SEED

ARTEFACT = CHECKOUT / "models" / "sv_malbild_encoder"
VERSION = "0.1.0"


class Window(nn.Module):
    """The reader over one window, without padding: what ``malbild.encode.encoder.inputs`` gives it."""

    def __init__(self, reader: Reader):
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, kinds: Tensor, mean: Tensor, mark: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Labels of sentences, tags and details of words."""
        reader = self.reader
        x = reader.encoder.embed(ids[None]) + reader.kind(kinds)[None]
        for layer in reader.encoder.layers:
            x = plain(layer, x)
        top = x[0]
        labels = reader.sentence(reader.middle(torch.cat([top[mark], mean @ top], -1)))
        words = reader.word(top[first])
        return labels, reader.tags(words), reader.details(words)


def plain(layer: Layer, x: Tensor) -> Tensor:
    """``Layer.forward`` in the operations that the runtime fuses."""
    rows, pieces, hidden = x.shape
    width = hidden // layer.heads
    q, k, v = layer.qkv(x).view(rows, pieces, 3, layer.heads, width).permute(2, 0, 3, 1, 4).unbind(0)
    seen = torch.softmax(q @ k.transpose(-1, -2) * width**-0.5, -1) @ v
    x = layer.norm1(x + layer.out(seen.transpose(1, 2).reshape(rows, pieces, hidden)))
    return layer.norm2(x + layer.shrink(functional.gelu(layer.grow(x))))


def quantize(whole: Path, graph: Path) -> None:
    """Eight bits a weight: tables by row, products in blocks of 128.

    Not one scale for a whole matrix of inputs: what goes into `shrink` has outliers, and labels would change.
    """
    quantize_dynamic(whole, graph, op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8)
    config = DefaultWeightOnlyQuantConfig(
        block_size=128, is_symmetric=True, accuracy_level=4, bits=8, op_types_to_quantize=("MatMul",)
    )
    quantizer = MatMulNBitsQuantizer(onnx.load(graph), algo_config=config)
    quantizer.process()
    quantizer.model.save_model_to_file(str(graph))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="the 4-bit file of models/teacher")
    parser.add_argument("--vocab", type=Path, required=True, help="the pieces kept, of models/teacher/vocab.py")
    parser.add_argument("--name", default="all", help="which training, a folder of --work")
    parser.add_argument("--to", type=Path, default=ARTEFACT)
    args = read_options(parser)
    encoder, tokenizer = load_encoder(args.encoder, args.vocab, LAYERS)
    reader = Reader(encoder, FROZEN)
    reader.load_state_dict(load_arrays(args.work / args.name / "weights.npz"))
    window = Window(reader.eval())
    pieces, sentences, words = 40, 3, 20
    example = (
        torch.randint(4, len(tokenizer.pieces), (pieces,)),
        torch.zeros(pieces, dtype=torch.long),
        torch.full((sentences, pieces), 1 / pieces),
        torch.arange(sentences),
        torch.arange(words),
    )
    whole = args.work / args.name / "encoder-32.onnx"
    torch.onnx.export(
        window,
        example,
        str(whole),
        dynamo=False,
        opset_version=17,
        input_names=["ids", "kinds", "mean", "mark", "first"],
        output_names=["labels", "tags", "details"],
        dynamic_axes={
            "ids": {0: "pieces"},
            "kinds": {0: "pieces"},
            "mean": {0: "sentences", 1: "pieces"},
            "mark": {0: "sentences"},
            "first": {0: "words"},
        },
    )
    args.to.mkdir(parents=True, exist_ok=True)
    graph = args.to / "encoder.onnx"
    quantize(whole, graph)
    onnx.checker.check_model(str(graph))
    shutil.copy(args.work / "pieces.model", args.to / "pieces.model")
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "pieces.model"):
        digest.update((args.to / name).read_bytes())
    log = (args.work / args.name / "log.txt").read_text(encoding="utf-8").splitlines()
    facts = {
        "name": ARTEFACT.name,
        "version": VERSION,
        "what": "An encoder over windows of sentences: goals with kind, outcomes with direction, mentions, details",
        "sha256": digest.hexdigest(),
        "trained_from": [
            {
                "source": f"intfloat/multilingual-e5-small, its lowest {LAYERS} layers, Swedish pieces only",
                "licence": "MIT",
            },
            {
                "source": "gold texts train, train-labels: annotated Swedish public documents",
                "licence": "public documents",
            },
            {"source": "gold texts own: annotated texts written for this project", "licence": "MIT"},
        ],
        "licence": "MIT",
        "recipe": "models/encoder/README.md",
        "seed": SEED,
        "epochs": EPOCHS,
        "scores": {"by itself, dev": log[-1].partition(" dev: ")[2]},
    }
    (args.to / "manifest.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{graph}: {graph.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
