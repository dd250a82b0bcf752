"""From settings to a reference: which sources, in which order, with copies where."""

import os
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib import import_module
from typing import Any

from horde_reference.client.cached import Cached
from horde_reference.client.directory import Directory, snapshot
from horde_reference.client.http import Http
from horde_reference.client.reference import Reference
from horde_reference.client.settings import Settings, default_cache
from horde_reference.client.source import Answer, Fallback, Later, Source
from horde_reference.client.stores import DiskStore, Store
from horde_reference.errors import Unreachable


class Offline(Source):
    """A source that is never asked: stands where the network would be, so that only copies are read."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, path: str, tag: str | None = None) -> Answer:  # noqa: ARG002 - nothing is read
        """Refuse, see `Source`."""
        raise Unreachable(f"{self._name} is not asked for {path}: offline, and there is no copy.")

    def __str__(self) -> str:
        return f"{self._name} (offline)"


def open_reference(settings: Settings | None = None, **stated: Any) -> Reference:  # noqa: ANN401 - values of settings
    """The reference that settings describe: those given, or else those of the environment, but for what is stated.

    Raises:
        CannotRun: an environment variable has a value that cannot be.
    """
    wanted = (settings or Settings.from_environment()).replaced(**stated)
    base = published(wanted)
    over: list[Source] = [Directory(wanted.own)] if wanted.own else []
    if wanted.beta:
        over.insert(0, _beta(base))
    return Reference(*over, base, ttl=wanted.ttl, max_shrink=wanted.max_shrink)


@cache
def shared() -> Reference:
    """One reference for all of a program, with the settings of its environment. Whoever wants another opens one."""
    return open_reference()


def published(settings: Settings) -> Source:
    """The source of what is published."""
    if settings.directory:
        return _at_number(settings, Directory(settings.directory))
    sources = [_kept(settings, url, partial(Http, url, deadline=settings.deadline)) for url in settings.url]
    if settings.pin:
        return _one(sources)
    if settings.github:
        sources += [_kept(settings, f"legacy:{name}@{branch}", _legacy(settings, name, branch))
                    for name, branch in (settings.image_repo, settings.text_repo)]  # fmt: skip
    if settings.snapshot:
        sources.append(Later(snapshot, "the snapshot"))
    return _one(sources)


def _one(sources: list[Source]) -> Source:
    return sources[0] if len(sources) == 1 else Fallback(*sources)


def _kept(settings: Settings, name: str, make: Callable[[], Source]) -> Source:
    """A source with copies, which alone are read offline."""
    source: Source = Offline(name) if settings.offline else Later(make, name)
    store = _store(settings, f"{name}#{settings.pin}" if settings.pin else name)
    source = _at_number(settings, source)
    if store is None:
        return source
    return Cached(source, store, ttl=settings.ttl, max_shrink=settings.max_shrink)


def _at_number(settings: Settings, source: Source) -> Source:
    if not settings.pin:
        return source
    pinned: Source = import_module("horde_reference.client.channels").Pinned(source, settings.pin)
    return pinned


def _store(settings: Settings, name: str) -> Store | None:
    """Where copies of a source are kept: each source has a place of its own."""
    place = sha256(name.encode()).hexdigest()[:16]
    if settings.redis_url:
        module = import_module("horde_reference.client.redis_store")
        shared_store: Store = module.RedisStore(settings.redis_url, prefix=f"{settings.redis_prefix}{place}:")
        return shared_store
    if settings.cache.lower() == "off":
        return None
    return DiskStore(os.path.join(settings.cache or default_cache(), place))  # noqa: PTH118 - pathlib takes long to load


def _legacy(settings: Settings, name: str, branch: str) -> Callable[[], Source]:
    def make() -> Source:
        source: Source = import_module("horde_reference.client.legacy").github(
            name, branch=branch, root=settings.github_root, deadline=settings.deadline
        )
        return source

    return make


def _beta(base: Source) -> Source:
    source: Source = import_module("horde_reference.client.channels").Beta(base)
    return source
