"""Mutations that know what a file is: values of JSON, cells, the heads and lengths of binary files.

A mutation of bytes alone breaks the outer form of a file nearly always, and what lies behind that
form is never met.
"""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

NASTY_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**9,
    2**63,
    2**64,
    -(2**63) - 1,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "\x00",
    "\ud800",
    "é" * 300,
    "../../../etc/passwd",
    "/dev/zero",
    "[/]",
    "\x1b[31m",
    "=1+1",
    "1.0",
    "9" * 5000,
    [],
    {},
    [[]],
    {"": None},
)
_NASTY_BYTES = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\n" * 1000,
    b'"',
    b"'",
    b",",
    b"\t",
    b"\\",
    b"[" * 5000,
    b"{" * 5000,
    b"(" * 5000,
    b"\\ud800",
    b"9" * 5000,
    b"1e999",
    b"\x80\x04.",
    b"\xff" * 8,
    b"\x00" * 8,
    b"\xff\xff\xff\x7f",
    b"\x1b[31m",
)
_JSON_SUFFIXES = (".json", ".jsonl")


def mutated(name: str, content: bytes, rng: random.Random) -> bytes:
    """A hostile form of ``content``.

    Args:
        name: of the file, whose suffix says what it is.
        content: valid, or mutated before.
        rng: makes every choice.
    """
    if name.endswith(".gz") and rng.random() < 0.8:
        try:
            inner = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            inner = b"{}"
        return gzip.compress(mutated(name.removesuffix(".gz"), inner, rng), mtime=0)
    choices = [_change_bytes]
    if name.endswith(_JSON_SUFFIXES):
        choices += [_change_json] * 4
    if name.endswith((".safetensors", ".npy")):
        choices += [_change_head] * 2
    if _is_text(content):
        choices += [_change_line]
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        content = rng.choice(choices)(content, rng)
    return content


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content[:1000]


def _change_bytes(content: bytes, rng: random.Random) -> bytes:
    if not content:
        return rng.choice(_NASTY_BYTES)
    # Heads and ends say what a binary file is.
    place = rng.choice(
        (
            rng.randrange(len(content)),
            rng.randrange(min(len(content), 64)),
            len(content) - 1 - rng.randrange(min(len(content), 64)),
        )
    )
    kind = rng.randrange(5)
    if kind == 0:
        return content[:place]
    if kind == 1:
        return content[:place] + rng.choice(_NASTY_BYTES) + content[place:]
    if kind == 2:
        return content[:place] + content[place + rng.choice((1, 2, 8, 100)) :]
    if kind == 3:
        return content + content[place:]
    changed = bytearray(content)
    changed[place] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _change_line(content: bytes, rng: random.Random) -> bytes:
    lines = content.split(b"\n")
    place = rng.randrange(len(lines))
    kind = rng.randrange(4)
    if kind == 0:
        lines[place:place] = [lines[place]] * rng.choice((1, 50))
    elif kind == 1:
        del lines[place]
    elif kind == 2:
        lines[place] = rng.choice(_NASTY_BYTES)
    else:
        lines[place] += rng.choice(_NASTY_BYTES)
    return b"\n".join(lines)


def _change_json(content: bytes, rng: random.Random) -> bytes:
    """Change a value, a name or the number of elements, anywhere in one of the JSON texts."""
    lines = content.split(b"\n") if b"}\n{" in content else [content]
    place = rng.randrange(len(lines))
    try:
        value = json.loads(lines[place])
    except (ValueError, RecursionError):
        return _change_bytes(content, rng)
    lines[place] = _dumped(_changed(value, rng))
    return b"\n".join(lines)


def _changed(value: Any, rng: random.Random) -> Any:
    if not isinstance(value, (dict, list)) or not value or rng.random() < 0.1:
        return rng.choice(NASTY_VALUES)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    # Vocabularies have thousands of elements, and settings a few: the settings must have a chance.
    key = rng.choice(keys[:20] + keys[-20:])
    kind = rng.randrange(8)
    if kind == 0:
        del value[key]
    elif kind == 1 and isinstance(value, dict):
        value[str(rng.choice(NASTY_VALUES))] = value.pop(key)
    elif kind == 1:
        value.append(rng.choice(value))
    elif kind == 2 and isinstance(value[key], (int, float)):
        value[key] = value[key] * rng.choice((-1, 0, 0.5, 2, 1000)) + rng.choice((-1, 0, 1))
    else:
        value[key] = _changed(value[key], rng)
    return value


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _change_head(content: bytes, rng: random.Random) -> bytes:
    """Change the JSON head of safetensors with its length, or the one of a NumPy array."""
    if content[:1] == b"\x93":
        old, new = rng.choice(
            (
                (b"<f8", b"|O "),
                (b"<f8", b"<c8"),
                (b"<f8", b"<U9"),
                (b"(3, 2)", b"(9, 9)"),
                (b"(3, 2)", b"(-1,2)"),
                (b"False", b"True "),
            )
        )
        return content.replace(old, new)
    size = int.from_bytes(content[:8], "little")
    try:
        head = json.loads(content[8 : 8 + size])
    except (ValueError, RecursionError):
        return _change_bytes(content, rng)
    text = _dumped(_changed(head, rng))
    length = len(text) if rng.random() < 0.8 else rng.choice((0, 2**63, 2**40, size * 2))
    return length.to_bytes(8, "little") + text + content[8 + size :]
