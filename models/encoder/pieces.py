"""Write the encoder's pieces (of models/teacher/vocab.py) as a SentencePiece model, which the program reads.

python models/encoder/pieces.py --encoder e5-small-q4.bin --vocab vocab.txt --to pieces.model
"""

import argparse
import sys
from pathlib import Path

from sentencepiece import sentencepiece_model_pb2 as proto

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "teacher"))

from e5 import load_encoder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("encoder", "vocab", "to"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    _, tokenizer = load_encoder(args.encoder, args.vocab, layers=1)
    model = proto.ModelProto()
    kinds = proto.ModelProto.SentencePiece.Type
    special = {tokenizer.bos: kinds.CONTROL, tokenizer.pad: kinds.CONTROL, tokenizer.eos: kinds.CONTROL}
    special[tokenizer.unk] = kinds.UNKNOWN
    for i, (piece, score) in enumerate(zip(tokenizer.pieces, tokenizer.scores, strict=True)):
        model.pieces.add(piece=piece, score=score, type=special.get(i, kinds.NORMAL))
    trainer = model.trainer_spec
    trainer.model_type = proto.TrainerSpec.UNIGRAM
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = (
        tokenizer.bos, tokenizer.pad, tokenizer.eos, tokenizer.unk
    )  # fmt: skip
    # The program composes letters and marks spaces itself.
    normalizer = model.normalizer_spec
    normalizer.name = "identity"
    normalizer.add_dummy_prefix = normalizer.remove_extra_whitespaces = False
    args.to.parent.mkdir(parents=True, exist_ok=True)
    args.to.write_bytes(model.SerializeToString())
    print(f"{len(model.pieces)} pieces -> {args.to} ({args.to.stat().st_size / 1e3:.0f} kB)")


if __name__ == "__main__":
    main()
