"""In a program with an event loop nothing waits for the network but what asks it, and that in a thread."""

import asyncio
import time

from misbehaving import Asked, Misbehaving
from small_trees import records, tree_of
from typical_use import service

from horde_reference.client.http import Http
from horde_reference.client.reference import Reference


def slow(asked: Asked) -> None:
    time.sleep(1)
    asked.server.trick, trick = None, asked.server.trick
    asked.do_GET()
    asked.server.trick = trick


async def longest_pause(work: "asyncio.Task[Reference]") -> float:
    """The longest time for which the loop did nothing else while the work was done."""
    longest, last = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


def test_the_loop_goes_on_while_the_server_is_slow(server: Misbehaving) -> None:
    async def main() -> float:
        server.trick = slow
        with Reference(Http(server.address), ttl=None) as reference:
            loading = asyncio.ensure_future(asyncio.to_thread(reference.load))
            pause = await longest_pause(loading)
            assert reference.images.count() == 10
            return pause

    assert asyncio.run(main()) < 0.8


def test_what_was_loaded_is_there_while_it_is_refreshed(server: Misbehaving) -> None:
    async def main() -> list[int]:
        with Reference(Http(server.address), ttl=None) as reference:
            await asyncio.to_thread(reference.load)
            server.files, server.trick = tree_of(*records(images=12)), slow
            refreshing = asyncio.ensure_future(asyncio.to_thread(reference.refresh))
            await asyncio.sleep(0.1)
            start = time.perf_counter()
            before = reference.images.count()
            assert time.perf_counter() - start < 0.8
            await refreshing
            return [before, reference.images.count()]

    assert asyncio.run(main()) == [10, 12]


def test_a_service_as_users_write_it(server: Misbehaving) -> None:
    assert asyncio.run(service(Http(server.address))) == 10
