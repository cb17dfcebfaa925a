"""Several teachers as one: the mean of their probabilities, over the classes of the first.

It answers as a `Teacher` does in `annotate.py`: log probabilities by layer, and relations under given heads.
"""

from pathlib import Path

import torch
from checkpoint import load_teacher
from e5 import Tokenizer
from model import Batch, Teacher
from torch import Tensor, nn

Classes = dict[str, list[str]]


class Ensemble(nn.Module):
    """Teachers with the same pieces; a class that one of them lacks gets no probability from it."""

    def __init__(self, teachers: list[Teacher], classes: list[Classes]):
        super().__init__()
        self.teachers = nn.ModuleList(teachers)
        self.orders = [{layer: _order(classes[0][layer], own[layer]) for layer in own} for own in classes]

    def forward(self, batch: Batch) -> dict[str, Tensor | list[dict[str, Tensor]]]:
        each = [teacher(batch) for teacher in self.teachers]
        mean = {
            layer: self._mean(layer, [logits[layer] for logits in each]) for layer in self.orders[0] if layer in each[0]
        }
        heads = torch.stack([logits["head"].softmax(-1) for logits in each]).mean(0)
        return mean | {"head": heads.clamp(min=1e-9).log(), "each": each, "view": each[0]["view"]}

    def relations(self, logits: dict, heads: Tensor) -> Tensor:
        """As `Teacher.relations`."""
        own = [teacher.relations(one, heads) for teacher, one in zip(self.teachers, logits["each"], strict=True)]
        return self._mean("deprel", own)

    def _mean(self, layer: str, logits: list[Tensor]) -> Tensor:
        ordered = []
        for own, order in zip(logits, self.orders, strict=True):
            odds = own.softmax(-1)
            odds = torch.cat([odds, torch.zeros_like(odds[..., :1])], -1)
            ordered.append(odds[..., order[layer]])
        return torch.stack(ordered).mean(0).clamp(min=1e-9).log()


def _order(wanted: list[str], own: list[str]) -> Tensor:
    """Where each wanted class stands among a teacher's own; behind its last where it has none."""
    place = {label: i for i, label in enumerate(own)}
    return torch.tensor([place.get(label, len(own)) for label in wanted])


def load_teachers(paths: list[Path], encoder: Path, vocab: Path) -> tuple[Teacher | Ensemble, Tokenizer, Classes]:
    """One saved teacher, or several as an `Ensemble`; the tokenizer; the classes of the first."""
    loaded = [load_teacher(path, encoder, vocab) for path in paths]
    teachers, tokenizers, classes = map(list, zip(*loaded, strict=True))
    model = teachers[0] if len(teachers) == 1 else Ensemble(teachers, classes).eval()
    return model, tokenizers[0], classes[0]
