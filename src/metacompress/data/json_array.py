"""Read a JSON array element by element, as files named ``.json`` often are one."""

from __future__ import annotations

import codecs
import json
import re
from typing import IO, TYPE_CHECKING

from metacompress.data.files import MAX_LINE_BYTES
from metacompress.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")


def begins_array(start: bytes) -> bool:
    """Whether a file whose first bytes are ``start`` holds an array, not an object per line."""
    return start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"[")


def read_array(path: Path, file: IO[bytes]) -> Iterator[object]:
    """Yield the elements of the array in ``file``; never more than one is held as text.

    Bytes that are not valid UTF-8 become lone surrogates, so that they cost one element.

    Raises:
        DataError: the array is damaged or truncated, or an element is longer than
            ``MAX_LINE_BYTES``.
    """
    buffer = _Buffer(file)
    buffer.take("[")
    number = 0
    if buffer.peek() == "]":
        buffer.take("]")
    else:
        while True:
            number += 1
            try:
                yield buffer.value()
                mark = buffer.peek()
                buffer.take("]" if mark == "]" else ",")
            except (ValueError, RecursionError) as error:
                why = str(error).partition(";")[0]
                raise DataError(
                    f"{path}: element {number} of the JSON array cannot be read ({why})",
                    path=path,
                    line=number,
                ) from None
            if mark == "]":
                break
    if buffer.peek():
        raise DataError(f"{path}: text after the end of the JSON array", path=path)


class _Buffer:
    """The text that is read and not yet used."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not a space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, mark: str) -> None:
        if self.peek() != mark:
            raise ValueError(f"expected {mark!r}" + (" before the end" if self._ended else ""))
        self._at += 1

    def value(self) -> object:
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # a number may go on
                self._at = end
                return value

    def _more(self) -> bool:
        """Read as much again as waits, so that a long element costs a few attempts only."""
        if self._ended:
            return False
        waiting = self._text[self._at :]
        if len(waiting) > MAX_LINE_BYTES:
            raise ValueError(f"longer than {MAX_LINE_BYTES >> 20} MB")
        chunk = self._file.read(max(_CHUNK, len(waiting)))
        self._ended = not chunk
        self._text = waiting + self._decode(chunk, self._ended)
        self._at = 0
        return True
