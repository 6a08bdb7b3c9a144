"""A forwarder between browser and server that counts the bytes sent, as compressed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 1 << 16


class ByteCounter:
    """A port that forwards everything to a server's."""

    def __init__(self, server_port: int) -> None:
        self.sent = 0
        """Bytes from server to browser so far, headers included."""
        self._server_port = server_port
        self._listening = socket.create_server(("localhost", 0))
        self.address = f"http://localhost:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Accept no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                browser, _ = self._listening.accept()
                server = socket.create_connection(("localhost", self._server_port))
                for source, sink, down in ((browser, server, False), (server, browser, True)):
                    source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._forward, args=(source, sink, down), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket, down: bool) -> None:  # noqa: FBT001
        with suppress(OSError):  # either end hung up
            while chunk := source.recv(_CHUNK):
                if down:
                    self.sent += len(chunk)
                sink.sendall(chunk)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def byte_counter(server_port: int) -> Iterator[ByteCounter]:
    """Yield a forwarder to a server on this machine."""
    forwarder = ByteCounter(server_port)
    try:
        yield forwarder
    finally:
        forwarder.close()
