"""Messages between this process and the supervisors of the sandbox."""

from __future__ import annotations

import json
import socket
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = struct.Struct(">Q")
_MOST_DESCRIPTORS = 16
_PIECE = 1 << 20


class Message(NamedTuple):
    """What is sent at once.

    Attributes:
        header: JSON values.
        blobs: bytes beside it.
        descriptors: open files that come with it; the receiver closes them.
    """

    header: dict[str, Any]
    blobs: tuple[bytes, ...] = ()
    descriptors: tuple[int, ...] = ()


def send(channel: socket.socket, message: Message) -> None:
    """Send a message whole.

    Raises:
        OSError: nobody reads any more.
    """
    header = json.dumps([message.header, [len(blob) for blob in message.blobs]]).encode()
    # The descriptors travel with the first bytes.
    start = _LENGTH.pack(len(header))
    if message.descriptors:
        socket.send_fds(channel, [start], list(message.descriptors))
    else:
        channel.sendall(start)
    channel.sendall(b"".join((header, *message.blobs)))


def receive(channel: socket.socket) -> Message | None:
    """The next message; None where the other side is gone."""
    start, descriptors, _, _ = socket.recv_fds(channel, _LENGTH.size, _MOST_DESCRIPTORS)
    if not start:
        return None
    start += _read(channel, _LENGTH.size - len(start)) or b""
    if len(start) < _LENGTH.size:
        return None
    text = _read(channel, _LENGTH.unpack(start)[0])
    if text is None:
        return None
    header, sizes = json.loads(text)
    blobs = tuple(_read(channel, size) for size in sizes)
    if None in blobs:
        return None
    return Message(header, tuple(blob or b"" for blob in blobs), tuple(descriptors))


def _read(channel: socket.socket, count: int) -> bytes | None:
    pieces: list[bytes] = []
    while count:
        piece = channel.recv(min(count, _PIECE))
        if not piece:
            return None
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def named(files: Sequence[tuple[str, bytes]]) -> tuple[list[str], tuple[bytes, ...]]:
    """Files as a part of a header, and as blobs."""
    return [name for name, _ in files], tuple(content for _, content in files)
