"""A TCP proxy in front of a server that a test can cut: connections stay, nothing passes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Proxy:
    """Passes bytes both ways until cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._is_cut = False

    def cut(self) -> None:
        """The network is gone: nothing passes, nobody is told."""
        self._is_cut = True

    @contextmanager
    def running(self) -> Iterator[Proxy]:
        """Accept connections meanwhile."""
        threading.Thread(target=self._accept, daemon=True).start()
        yield self
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
                there = socket.create_connection(self._target)
            except OSError:
                return
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        while True:
            try:
                data = source.recv(65536)
                while self._is_cut:
                    time.sleep(0.1)
                if not data:
                    break
                sink.sendall(data)
            except OSError:
                break
        sink.close()
