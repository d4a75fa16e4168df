"""A worker process: ``python -m metacompress.workers.process DESCRIPTOR``.

The descriptor is a socket to the process that started it. Orders come in, outcomes go out. When the
socket ends, because the other process closed it or was killed, so does the worker.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from metacompress.garbage import collect_seldom
from metacompress.workers.bench import Bench

# What a worker that is no longer needed may take to clean up behind itself.
_GRACE_SECONDS = 2.0


def work(descriptor: int) -> None:
    """Fill orders until there are no more."""
    connection = Connection(descriptor)
    orders: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, orders), daemon=True).start()
    bench = Bench()
    connection.send(None)
    while (order := orders.get()) is not None:
        number, digest, job, task = order
        if job is not None:
            bench.lay_out(digest, job)
        connection.send((number, bench.do(digest, task)))


def _listen(connection: Connection[Any, Any], orders: SimpleQueue[tuple[Any, ...] | None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            orders.put(connection.recv())
    orders.put(None)
    # A task that is under way ends as by Ctrl-C: what it holds, a compiler's process say, goes too.
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, signal.SIGINT)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    collect_seldom()
    with suppress(KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
        work(int(sys.argv[1]))
