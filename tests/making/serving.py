"""Servers that answer as long as a block runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from threading import Thread


@contextmanager
def serving(http: HTTPServer) -> Iterator[str]:
    """Answer until the block ends; gives the address."""
    Thread(target=http.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}"
    finally:
        http.shutdown()
        http.server_close()
