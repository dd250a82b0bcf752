"""Copies in Redis, which all workers of a deployment share. Needs the extra `redis`."""

from typing import Any, Final

from horde_reference.client.stores import Kept, Store

try:
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "Copies in Redis need a library for it. Install it with: pip install 'horde-reference[redis]'",
        name=missing.name,
    ) from missing

PREFIX: Final = "horde-reference:"
"""What the keys in Redis begin with."""


class RedisStore(Store):
    """Keeps copies in Redis, one hash each with the fields body, tag and checked."""

    def __init__(self, url: str, *, prefix: str = PREFIX, timeout: float = 2.0, expires: float | None = None) -> None:
        """A store in a Redis server.

        Args:
            url: for example `redis://localhost:6379/0`.
            prefix: what its keys begin with; deployments with a prefix each share nothing.
            timeout: seconds that a request to the server may take.
            expires: seconds after which the server forgets a copy that nobody confirmed; `None` for never.
        """
        library: Any = redis.Redis  # its own types are partly unknown
        self._redis = library.from_url(
            url,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            retry=Retry(NoBackoff(), 0),  # one who waits for copies can as well read the file
        )
        self._prefix = prefix
        self._expires = expires

    def get(self, path: str) -> Kept | None:
        """The copy of a file."""
        try:
            found = self._redis.hmget(self._prefix + path, ["body", "tag", "checked"])
        except redis.RedisError as error:
            raise _gone(error) from error
        body, tag, checked = (one.encode() if isinstance(one, str) else one for one in found)
        if body is None or tag is None or checked is None:
            return None
        try:
            return Kept(body, tag.decode(), float(checked))
        except ValueError:  # somebody else wrote it
            return None

    def put(self, path: str, kept: Kept) -> None:
        """Keep a copy."""
        self._write(path, {"body": kept.body, "tag": kept.tag, "checked": repr(kept.checked)})

    def confirm(self, path: str, kept: Kept) -> None:
        """Keep when a copy was checked."""
        self._write(path, {"checked": repr(kept.checked)})

    def _write(self, path: str, fields: dict[Any, Any]) -> None:
        key = self._prefix + path
        try:
            with self._redis.pipeline() as steps:
                steps.hset(key, mapping=fields)
                if self._expires:
                    steps.pexpire(key, int(self._expires * 1000))
                steps.execute()
        except redis.RedisError as error:
            raise _gone(error) from error

    def remove(self, path: str) -> None:
        """Forget the copy of a file, for all who share the prefix."""
        try:
            self._redis.delete(self._prefix + path)
        except redis.RedisError as error:
            raise _gone(error) from error

    def clear(self) -> None:
        """Forget all copies, for all who share the prefix."""
        try:
            for key in self._redis.scan_iter(match=f"{self._prefix}*"):
                self._redis.delete(key)
        except redis.RedisError as error:
            raise _gone(error) from error


def _gone(error: redis.RedisError) -> OSError:
    """To whoever keeps copies, a server that fails is like a disk that does."""
    return OSError(f"Redis: {error}")
