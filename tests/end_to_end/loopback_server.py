# SPDX-License-Identifier: Apache-2.0
"""A server on loopback that hands each connection to a function, on a thread of its own: for whoever misbehaves."""
import contextlib
import socket
import ssl
import threading

NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Server:
    """`context`: TLS from the first byte."""

    def __init__(self, serve, context=None):
        self.connections = 0
        self._serve, self._context = serve, context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        with contextlib.suppress(OSError, ValueError, IndexError), connection:
            self.connections += 1
            connection.settimeout(60)
            talk = self._context.wrap_socket(connection, server_side=True) if self._context else connection
            self._serve(talk)

    def close(self):
        self._socket.close()


def server_context(certificates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    return context


def read_head(talk):
    """A request's head, as text. OSError where the client went away."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = talk.recv(4096)
        if not piece:
            raise OSError("gone")
        head += piece
    return head.decode("latin-1")


def read_line(talk):
    line = b""
    while not line.endswith(b"\n"):
        piece = talk.recv(1)
        if not piece:
            raise OSError("gone")
        line += piece
    return line.decode("latin-1").rstrip("\r\n")
