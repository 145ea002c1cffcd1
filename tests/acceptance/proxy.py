"""A TCP proxy in front of a server that a test can cut: nothing passes, or nobody is there."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Passes bytes both ways until cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._is_cut = self._refuses = False
        self._open: set[socket.socket] = set()

    def cut(self) -> None:
        """The network is gone: nothing passes, nobody is told."""
        self._is_cut = True

    def refuse(self) -> None:
        """Nobody is there: connections break, also new ones."""
        self._refuses = True
        for each in tuple(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def heal(self) -> None:
        """The network is back."""
        self._is_cut = self._refuses = False

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
                if self._refuses:
                    here.close()
                    continue
                there = socket.create_connection(self._target)
            except OSError:
                return
            self._open |= {here, there}
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
        self._open.discard(sink)
        sink.close()
