"""Downloads of published records are looked at on real hosts: what works, what does not, and what nobody can say."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from socket import EAI_AGAIN, EAI_NONAME, gaierror
from threading import Lock
from typing import Any

import pytest
from downloads import GONE, GOOD, Run, stated, write
from weight_hosts import CIVITAI, HUGGING_FACE, LIAR, SIZE, SMALL, WEIGHTS, Hosts, Said

from horde_reference.adapters.guarded import Network
from horde_reference.adapters.in_turn import in_turn, is_nameless
from horde_reference.adapters.lanes import in_lanes
from horde_reference.adapters.weights import Scales
from horde_reference.errors import CannotRun
from horde_reference.links.report import Broken, Link, Report, ReportUnsound, decode, encode
from horde_reference.pending.patience import DAY
from horde_reference.workflows.asking import FAILURES, ask
from horde_reference.workflows.links import check

NOW = 1_800_000_000


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("file", "outcome"),
    [
        (stated(GOOD, size_bytes=SIZE), "good"),
        (stated(f"https://{SMALL}/model.pt", size_bytes=SIZE), "good"),  # its hash is not told, and not fetched
        (stated(f"https://{SMALL}/told.pt"), "good"),
        (stated(f"https://{CIVITAI}/api/download/models/3"), "good"),
        (stated(f"https://{CIVITAI}/api/download/models/1"), "gated"),
        (stated(f"https://{CIVITAI}/api/download/models/2"), "gated"),
        (stated(f"https://{HUGGING_FACE}/gated/b/resolve/main/model.safetensors"), "gated"),
        (stated(f"https://{SMALL}/forbidden"), "gated"),
        (stated(f"https://{SMALL}/broken"), "unknown"),
        (stated(f"https://{SMALL}/circle"), "unknown"),
        (stated(f"https://{SMALL}/inside"), "unknown"),
        (stated(f"http://{SMALL}/model.pt"), "unknown"),
        (stated("https://[broken/x"), "unknown"),
        (stated(GONE), "absent"),
        (stated(GOOD, "a" * 64), "hash-differs"),
        (stated(GOOD, size_bytes=SIZE + 1), "size-differs"),
        (stated(f"https://{SMALL}/large.pt", size_bytes=7), "size-differs"),
        (stated(f"https://{LIAR}/linked.pt"), "good"),  # the headers of another host are not believed
    ],
)
def test_each_kind_of_answer(file: dict[str, Any], outcome: str, data: Path, scales: Scales) -> None:
    write(data, "One", file)
    write(data, "Good", stated(f"https://{SMALL}/no-head.pt", "b" * 64))  # so that somebody answers
    found = check(data, scales, NOW)
    assert found.looked_at == 2
    kinds = {"good": found.good == 2, "gated": found.gated == 1, "unknown": len(found.unknown) == 1}
    assert kinds.get(outcome, [one.fault for one in found.broken] == [outcome])
    assert found.good + found.gated + len(found.unknown) + len(found.broken) == 2


def named(network: Network, errors: dict[str, int]) -> Network:
    def look_up(name: str) -> Any:
        if name in errors:
            raise gaierror(errors[name], "no")
        return network.look_up(name)

    return Network(look_up, network.is_allowed, network.context)


def test_a_host_without_a_name_is_broken_and_one_that_nobody_knows_of_now_is_not(data: Path, scales: Scales) -> None:
    network = named(scales.network, {"gone.example.org": EAI_NONAME, "asleep.example.org": EAI_AGAIN})
    write(data, "One", "https://gone.example.org/a.pt", "https://asleep.example.org/b.pt", GOOD)
    found = check(data, Scales(scales.clock, network, scales.manners), NOW)
    assert [(one.link.url, one.fault) for one in found.broken] == [("https://gone.example.org/a.pt", "no-host")]
    assert [one.link.url for one in found.unknown] == ["https://asleep.example.org/b.pt"]
    assert not is_nameless(network, "ftp://gone.example.org/")
    assert is_nameless(Network(), f"https://{'a' * 70}.example.org/")  # no name has so long a part


def test_where_nobody_answers_nothing_is_said_to_be_broken(data: Path, scales: Scales) -> None:
    write(data, "One", "https://gone.example.org/a.pt", f"https://{SMALL}/broken")
    network = named(scales.network, {"gone.example.org": EAI_NONAME})
    with pytest.raises(CannotRun, match="Is there a network"):
        check(data, Scales(scales.clock, network, scales.manners), NOW)


def test_looking_at_nothing_is_an_error(data: Path, scales: Scales) -> None:
    withdrawn = {"reason": "Gone.", "date": "2026-01-01"}
    write(data, "Old", GONE, withdrawn=withdrawn)
    write(data, "Bare")
    with pytest.raises(CannotRun, match="nothing was looked at"):
        check(data, scales, NOW)
    write(data, "One", GOOD)
    assert check(data, scales, NOW).looked_at == 1
    with pytest.raises(CannotRun, match="nothing was looked at"):
        check(data, scales, NOW, categories=["blip"])


def test_one_bad_day_is_no_news(data: Path, tmp_path: Path, scales: Scales, hosts: Hosts) -> None:
    write(data, "One", GONE, GOOD)
    known = tmp_path / "report.json"

    def looked(days: float) -> Report:
        found = check(data, scales, NOW + int(days * DAY), known=known)
        known.write_bytes(encode(found))
        return found

    first = looked(0)
    assert [(one.is_confirmed, one.since) for one in first.broken] == [(False, NOW)]
    assert looked(0.5).confirmed == []
    assert [one.since for one in looked(7).confirmed] == [NOW]
    hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"] = Said(503)
    silent = looked(14)
    assert ([one.since for one in silent.confirmed], silent.unknown) == ([NOW], ())
    hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"] = Said(200, {}, WEIGHTS)
    assert looked(21).broken == ()
    del hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"]
    assert [one.since for one in looked(28).broken] == [NOW + 28 * DAY]


def test_once_broken_and_then_silent_is_not_yet_reported(
    data: Path, tmp_path: Path, scales: Scales, hosts: Hosts
) -> None:
    write(data, "One", GONE, GOOD)
    known = tmp_path / "report.json"
    known.write_bytes(encode(check(data, scales, NOW, known=known)))
    hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"] = Said(503)
    assert check(data, scales, NOW + 7 * DAY, known=known).confirmed == []
    write(data, "One", {"file_url": GONE, "sha256sum": "c" * 64}, GOOD)  # another file is meant now
    assert check(data, scales, NOW + 7 * DAY, known=known).broken == ()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"version": 1}', b"\xff", b"[" * 10_000])
def test_a_damaged_report_costs_a_week_and_no_more(raw: bytes, data: Path, tmp_path: Path, scales: Scales) -> None:
    known = tmp_path / "report.json"
    known.write_bytes(raw)
    with pytest.raises(ReportUnsound):
        decode(raw)
    write(data, "One", GONE, GOOD)
    assert check(data, scales, NOW, known=known).confirmed == []


def test_a_report_of_another_version_is_none() -> None:
    made = Report(NOW, 1, 0, 0, (), (Broken(Link("clip", "a", "u"), "absent", "why", NOW, is_confirmed=True),))
    assert decode(encode(made)) == made
    with pytest.raises(ReportUnsound, match="version 2"):
        decode(encode(made).replace(b'"version": 1', b'"version": 2'))


def test_no_host_is_asked_two_things_at_a_time_and_no_address_twice(
    world: tuple[Hosts, Network], hosts: Hosts, scales: Scales
) -> None:
    busy: dict[str, Lock] = {host: Lock() for host in (HUGGING_FACE, SMALL, CIVITAI, LIAR)}
    clashes: list[str] = []

    def slowly(host: str) -> Callable[[], Said]:
        def answer() -> Said:
            if not busy[host].acquire(blocking=False):
                clashes.append(host)
                return Said(404)
            time.sleep(0.02)
            busy[host].release()
            return Said(200, {}, b"x")

        return answer

    urls = []
    for host in busy:
        for number in range(5):
            hosts.answers[host, f"/{number}"] = slowly(host)
            # All lead to one host besides.
            hosts.answers[host, f"/to-{number}"] = Said(302, {"Location": f"https://{SMALL}/{number}"})
            urls += [f"https://{host}/{number}", f"https://{host}/to-{number}"] * 2
    before = len(hosts.asked)
    weights = dict(ask(urls, scales))
    assert len(weights) == 40
    assert clashes == []
    assert len(hosts.asked) - before == 20 + 20 + 20
    assert world[1] is scales.network


def test_a_host_is_left_alone_after_each_answer(hosts: Hosts, scales: Scales) -> None:
    rested: list[float] = []
    network = in_turn(scales.network, type(scales.clock)(time.monotonic, rested.append), 2.5)
    with network.asked("HEAD", f"https://{SMALL}/model.pt", {}, connect=2, read=2) as answer:
        assert (answer.status, rested) == (200, [])
    assert rested == [2.5]
    assert hosts.asked[-1] == ("HEAD", SMALL, "/model.pt")


def test_a_host_that_is_down_is_soon_asked_no_more(hosts: Hosts, scales: Scales) -> None:
    for number in range(20):
        hosts.answers[SMALL, f"/{number}"] = Said(503)
    found = [one for _, one in ask([f"https://{SMALL}/{number}" for number in range(20)], scales)]
    assert {one.standing for one in found} == {"unreachable"}
    assert len(hosts.asked) == FAILURES * scales.manners.attempts


def test_lanes_end_with_who_listens_and_hide_no_fault() -> None:
    begun: list[int] = []

    def work(lane: int) -> Any:
        for number in range(1000):
            begun.append(lane)
            yield number
            time.sleep(0.001)

    listening = in_lanes(range(100), work, 2)
    next(listening)
    listening.close()  # type: ignore[attr-defined] # it is a generator
    assert len(set(begun)) <= 3
    assert len(begun) < 100

    def faulty(lane: int) -> Any:
        yield lane
        raise ValueError(lane)

    with pytest.raises(ValueError, match="7"):
        list(in_lanes([7], faulty, 2))


def test_the_command_exits_as_it_found_things(asking: Run, tmp_path: Path) -> None:
    data, report = tmp_path / "data", tmp_path / "new/report.json"
    write(data, "Good", stated(GOOD))
    clean = asking("care", "links", "--data", data)
    assert (clean.exit_code, clean.output) == (
        0, "1 download: 1 good, 0 gated, 0 unknown, 0 broken, 0 broken for the first time.\n",
    )  # fmt: skip
    write(data, "Bad", GONE, "https://small.example.org/\x1b[2J")
    bad = asking("care", "links", "--data", data, "--report", report)
    assert bad.exit_code == 1
    assert f"clip/Bad: [absent] {GONE}: " in bad.output
    assert "https://small.example.org/\\x1b[2J: " in bad.output
    assert json.loads(report.read_bytes())["broken"][0]["fault"] == "absent"
    first = asking("care", "links", "--data", data, "--known", tmp_path / "none.json")
    assert (first.exit_code, "[absent, for the first time]" in first.output) == (0, True)
    assert asking("care", "links", "--data", data, "--category", "blip").exit_code == 3
    assert asking("care", "links", "--data", data, "--category", "clip", "--issue").exit_code == 2
    assert asking("care", "links", "--data", tmp_path / "nowhere").exit_code == 3
