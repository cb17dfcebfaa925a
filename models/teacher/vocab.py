"""Choose the pieces worth keeping for Swedish and write them, one a line, in the encoder's order.

A piece is kept when segmenting real Swedish text uses it at least `--least` times, or when it is one character
(so that every word can still be cut). Run once; `load_encoder(path, vocab)` reads the file.
"""

import argparse
import lzma
import re
import unicodedata
from collections import Counter
from pathlib import Path

from e5 import SPACE, load_encoder
from options import read_options

TOKEN = re.compile(r"\w+|[^\w\s]")


def words(shared: Path) -> Counter[tuple[str, bool]]:
    """Every token of the raw text, the treebanks and the names, with how often it stands after a space or not."""
    counts: Counter[tuple[str, bool]] = Counter()
    with lzma.open(shared / "data/raw/sv-public.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(_cut(line))
    for path in [*(shared / "gold/train").glob("*.txt"), *(shared / "gold/own").glob("*.txt")]:
        counts.update(_cut(path.read_text(encoding="utf-8")))
    for path in [*(shared / "data/ud").glob("*.conllu"), *(shared / "data/ner").glob("*-train.txt")]:
        if "dev" in path.name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 1:
                word = cells[1] if cells[0].isdigit() else cells[0]
                counts[word, True] += 1
                counts[word, False] += 1
    return counts


def _cut(text: str) -> list[tuple[str, bool]]:
    return [(m.group(), m.start() == 0 or text[m.start() - 1].isspace()) for m in TOKEN.finditer(text)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--least", type=int, default=2, help="uses in the text that earn a piece its place")
    options = read_options(parser)
    _, tokenizer = load_encoder(options.encoder, layers=1)
    used: Counter[int] = Counter()
    for (word, space), count in words(options.shared).items():
        for piece in tokenizer.word(word, space):
            used[piece] += count
    special = {tokenizer.bos, tokenizer.eos, tokenizer.pad, tokenizer.unk}
    kept = [
        piece
        for i, piece in enumerate(tokenizer.pieces)
        if i not in special and "\n" not in piece and (used[i] >= options.least or _one_letter(piece))
    ]
    options.vocab.parent.mkdir(parents=True, exist_ok=True)
    options.vocab.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} of {len(tokenizer.pieces)} pieces -> {options.vocab}")


def _one_letter(piece: str) -> bool:
    char = piece.removeprefix(SPACE)
    return len(char) <= 1 and (not char or "LATIN" in unicodedata.name(char, "") or not char.isalpha())


if __name__ == "__main__":
    main()
