"""What one reader hands over: the text of a document and what its format says about it."""

from __future__ import annotations

from dataclasses import dataclass

from malbild.source import Aside, Block, Line, Page, Problem


@dataclass(frozen=True, slots=True)
class Content:
    """The text exactly as decoded or, if ``built``, as put together by the reader, and the structure its format gives.

    Spans count code points of ``text``. See :class:`malbild.source.Source`.
    """

    text: str
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    asides: tuple[Aside, ...] = ()
    built: bool = False
    problems: tuple[Problem, ...] = ()


class ReadError(Exception):
    """A document that cannot be read.

    ``code`` is one of ``missing``, ``directory``, ``unreadable``, ``empty``, ``binary``, ``unsupported``, ``damaged``,
    ``encrypted``, ``no_text``, ``unsafe`` and ``too_large``; ``message`` is one line that names the file and the cure.
    """

    def __init__(self, path: str, code: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.code = code
        self.message = f"{path}: {message}"


class UnreadableError(ValueError):
    """Raised by a reader that does not know its file's name; becomes a :class:`ReadError` with it.

    Args:
        code: as in :class:`ReadError`.
        message: what is wrong and what to do about it, without the file's name.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
