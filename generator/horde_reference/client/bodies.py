"""The body of an HTTP response: whole, decompressed, and no larger than it may be."""

import zlib
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from importlib import import_module
from typing import Any, Final

from horde_reference.client.deadline import Deadline
from horde_reference.errors import Unsound

try:
    _brotli: Any = import_module("brotli")
except ModuleNotFoundError:  # gzip will do
    _brotli = None
if not hasattr(getattr(_brotli, "Decompressor", None), "can_accept_more_data"):
    _brotli = None  # before 1.2 it could not be told how much to make of a few bytes

_CHUNK: Final = 65536
_ANY_ZLIB: Final = 47  # gzip or zlib, whichever it is

ENCODINGS: Final = "gzip" if _brotli is None else "br, gzip"
"""What the client can decompress, as it says to servers."""


def whole_body(response: HTTPResponse, limit: int, deadline: Deadline) -> bytes:
    """The body of a response.

    Args:
        response: of which only the head was read.
        limit: bytes that the body may have, decompressed.
        deadline: by when it must be here.

    Raises:
        EOFError: the connection ended before the body did.
        TimeoutError: it was not here in time.
        Unsound: it is too large, or cannot be decompressed.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _DECODERS:
        raise Unsound(f"the answer is compressed with {encoding}, which was not asked for.")
    try:
        return _joined(_DECODERS[encoding](_chunks(response, deadline), limit), limit)
    except _BROKEN as error:
        raise Unsound(f"the answer cannot be decompressed: {error}.") from error


def _chunks(response: HTTPResponse, deadline: Deadline) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK):
        yield chunk
        deadline.left()
    if response.length:
        raise EOFError(f"{response.length} bytes of the answer are missing")


def _joined(chunks: Iterator[bytes], limit: int) -> bytes:
    found: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise Unsound(f"the answer has more than {limit} bytes.")
        found.append(chunk)
    return b"".join(found)


def _plain(chunks: Iterator[bytes], _limit: int) -> Iterator[bytes]:
    return chunks


def _inflated(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(_ANY_ZLIB)
    for chunk in chunks:
        # A few bytes may stand for gigabytes: no more than the limit is ever made of them.
        yield decoder.decompress(chunk, limit + 1)
    if not decoder.eof:
        raise EOFError("the compressed answer is cut off")


def _unbrotlied(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    decoder = _brotli.Decompressor()
    for chunk in chunks:
        yield decoder.process(chunk, output_buffer_limit=limit + 1)
    if not decoder.is_finished():
        raise EOFError("the compressed answer is cut off")


_Decoder = Callable[[Iterator[bytes], int], Iterator[bytes]]
_DECODERS: Final[dict[str, _Decoder]] = {
    "": _plain,
    "identity": _plain,
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    **({} if _brotli is None else {"br": _unbrotlied}),
}
_BROKEN: Final[tuple[type[Exception], ...]] = (zlib.error,) if _brotli is None else (zlib.error, _brotli.error)
