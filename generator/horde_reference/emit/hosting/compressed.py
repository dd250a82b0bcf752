"""Compressed variants beside each file, for servers that send them as they are."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import brotli

from horde_reference.media import is_compressible
from horde_reference.tree import Body, Emitted, pieces, size_of

_ONE_PACKET: Final = 1400  # what fits in one is not there any sooner for being smaller
_BROTLI_QUALITY: Final = 8  # 9 takes four times as long for half a per cent, 11 forty times for a ninth
_GZIP_LEVEL: Final = 9
_GZIP_FORMAT: Final = 31  # the largest window, with a head that has neither a time nor a name in it


def with_variants(files: Iterable[Emitted]) -> Iterator[Emitted]:
    """The same files, each that is worth it followed by `<path>.br` and `<path>.gz`."""
    last: tuple[Body, bytes, bytes] = b"", b"", b""
    for path, body in files:
        yield path, body
        if is_compressible(path) and size_of(body) > _ONE_PACKET:
            if body is not last[0]:  # a legacy file and its v1 answer are one object
                last = body, _brotli(body), _gzip(body)
            yield f"{path}.br", last[1]
            yield f"{path}.gz", last[2]


def _brotli(body: Body) -> bytes:
    stream = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return b"".join([*map(stream.process, pieces(body)), stream.finish()])


def _gzip(body: Body) -> bytes:
    stream = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_FORMAT)
    return b"".join([*map(stream.compress, pieces(body)), stream.flush()])
