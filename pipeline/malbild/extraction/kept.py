"""Readings as bytes, to be kept, and back: the same reading, to the last bit of its scores.

A reading is a zlib stream over its scores (float32, little-endian) and what else it says as JSON, in the order of the
fields. The dictionary of the stream is made of the words that the fields may hold, so bytes that were packed with other
words, like damaged ones, are refused by their checksums. Nothing in them is run.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Hashable
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from malbild import findings
from malbild.extraction.features import TOLD, WILL
from malbild.extraction.lexicon import CUES
from malbild.extraction.reading import Reading
from malbild.extraction.weights import COLUMNS

READING_VERSION = 1
"""To be counted up when readings are packed otherwise."""
_SCORES = np.dtype("<f4")
_SCORE_BYTES = _SCORES.itemsize * len(COLUMNS)
_LONGEST = 64 << 20
"""Bytes of an unpacked reading: a sentence of a million words needs less."""
_JUST: dict[Any, tuple[type, ...]] = {int: (int,), str: (str,), bool: (bool,), float: (float, int)}
"""What JSON has of values that it has as they are."""


def _usual() -> bytes:
    """The words that readings hold, the most frequent last, as zlib wants them."""
    by = [f'",[9,99],"{words}",null],["' for words in (*TOLD.values(), WILL, *CUES.values())]
    listed = [
        f'"{word}",' for kind in vars(findings).values() if get_origin(kind) is Literal for word in get_args(kind)
    ]
    usual = '[0,1,0,0,0,0,0,0,0,0],9,[[[0,9],"UNIT","UNIT:GROUP:ORG:PERSON:'
    state = '["present","present",false,false]'
    return "".join(
        [*listed, *by, usual, f'"procent",null,null,null]],[],null,{state},{state},"standing",[],null]']
    ).encode()


_USUAL = _usual()


def packed(reading: Reading) -> bytes:
    """A reading as bytes."""
    rest = json.dumps(_plain(reading)[1:], ensure_ascii=False, separators=(",", ":"))
    stream = zlib.compressobj(wbits=zlib.MAX_WBITS, zdict=_USUAL)
    scores = np.asarray(reading.scores, dtype=_SCORES).tobytes()
    return stream.compress(scores + rest.encode("utf-8", "surrogatepass")) + stream.flush()


def unpacked(data: bytes) -> Reading | None:
    """The reading that ``packed`` made these bytes of; ``None`` if it has made them of none, or they are damaged."""
    try:
        stream = zlib.decompressobj(wbits=zlib.MAX_WBITS, zdict=_USUAL)
        plain = stream.decompress(data, _LONGEST)
        if not stream.eof or stream.unused_data:
            return None
        scores = np.frombuffer(plain[:_SCORE_BYTES], dtype=_SCORES).astype(np.float32)
        rest = json.loads(plain[_SCORE_BYTES:].decode("utf-8", "surrogatepass"))
        return Reading(scores, *(made(one) for made, one in zip(_REST, rest, strict=True)))
    except (zlib.error, ValueError, TypeError, RecursionError):
        return None


def _plain(value: Any) -> Any:
    """What JSON has of a value: lists of what is in it."""
    if is_dataclass(value):
        return [_plain(getattr(value, name)) for name in _hints(value.__class__)]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    """The types of a class's fields, by their names, in order."""
    return get_type_hints(kind)


def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type of what JSON has of it, or raises TypeError or ValueError."""
    origin, of = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _one_of({word: word for word in of})
    if origin in (Union, UnionType):
        made = _maker(next(one for one in of if one is not NoneType))
        return lambda value: None if value is None else made(value)
    if origin is tuple:
        made = _maker(of[0])
        return lambda values: tuple([made(value) for value in values])
    if kind in _JUST:
        return _just(_JUST[kind])
    makers = list(map(_maker, _hints(kind).values()))
    return lambda values: kind(*[made(value) for made, value in zip(makers, values, strict=True)])


def _one_of(words: dict[str, str]) -> Callable[[Any], Any]:
    def made(value: Any) -> Any:
        if value not in words:
            raise ValueError(f"{value!r} is none of {', '.join(words)}")
        return words[value]

    return made


def _just(kinds: tuple[type, ...]) -> Callable[[Any], Any]:
    def made(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(f"{value!r} is no {kinds[0].__name__}")
        return value

    return made


_REST = list(map(_maker, [*_hints(Reading).values()][1:]))
"""What makes the fields of a reading behind its scores."""
