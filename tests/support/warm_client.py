"""Asks the server of warm_python to run a program, and ends as that ends: CLIENT ADDRESS WORD...

Each start waits for its imports: it has few, and pathlib is not among them.
"""
# ruff: noqa: PTH109, PTH208

import json
import os
import signal
import socket
import sys

_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _main() -> None:
    address, *words = sys.argv[1:]
    first = next((word for word in words if word != "-P"), "-")
    if first.startswith("-") and first not in ("-m", "-c"):
        os.execv(sys.executable, [sys.executable, *words])
    server = socket.socket(socket.AF_UNIX)
    server.connect(address)
    descriptors = [
        number for number in map(int, os.listdir("/dev/fd")) if _is_given(number, server)
    ]
    # As surrogates: arguments and environment may be any bytes.
    request = {
        "words": words,
        "directory": os.getcwd(),
        "environment": dict(os.environ),
        "descriptors": descriptors,
    }
    content = json.dumps(request).encode()
    socket.send_fds(server, [len(content).to_bytes(8)], descriptors)
    server.sendall(content)
    for number in _PASSED_ON:
        signal.signal(number, lambda caught, _: server.send(bytes([caught])))
    answer = server.recv(1)
    # As Python does: by the signal that killed the child.
    status = answer[0] if answer else 255
    if status > 128 and answer:
        number = status - 128
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(status)


def _is_given(number: int, server: socket.socket) -> bool:
    try:
        return number != server.fileno() and os.get_inheritable(number)
    except OSError:  # that of the listing itself
        return False


_main()
