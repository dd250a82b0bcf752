"""What is heard of the AI-Horde's API, which may answer anything, or nothing, or for ever."""

import gzip
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import misbehaving as tricks
import pytest
from horde_api import PARTS as NAMES
from horde_api import HordeApi, horde_api, row, worker
from misbehaving import Asked, within
from usages import HASTY

from horde_reference.adapters import horde_answers
from horde_reference.adapters.horde import PARTS, Enquiry
from horde_reference.adapters.polite import Clock, Guest, Manners
from horde_reference.analytics.usage import Use, Workers
from horde_reference.errors import CannotRun, Unreachable, Unsound

HTML = b"<!DOCTYPE html><title>502 Bad Gateway</title>"


@pytest.fixture
def api() -> Iterator[HordeApi]:
    with horde_api() as api:
        yield api


def guest(seconds: float = 20, manners: Manners = HASTY) -> Guest:
    return Guest(Clock(time.monotonic, time.sleep), seconds, manners)


def enquire(api: HordeApi, seconds: float = 20, manners: Manners = HASTY) -> Enquiry:
    enquiry = Enquiry(api.address, guest(seconds, manners))
    for part in PARTS:
        enquiry.ask(part)
    return enquiry


def missing(enquiry: Enquiry) -> dict[str, str]:
    return {str(part): why for part, why in enquiry.missing.items()}


def test_status_and_stats_of_a_name_are_one_use(api: HordeApi) -> None:
    enquiry = enquire(api)
    assert missing(enquiry) == {}
    assert enquiry.passed_over == {}
    models = enquiry.counted("image").models
    assert models["Deliberate"] == Use(
        day=7, month=200, total=9000, workers=3, queued=100, jobs=2, performance=1.5, eta=30
    )
    assert sorted(models) == ["Deliberate", "Forgotten", "custom merge"]


def test_a_list_says_of_what_is_not_on_it_that_there_is_none(api: HordeApi) -> None:
    enquiry = enquire(api)
    assert enquiry.counted("image").models["Forgotten"] == Use(day=0, month=1, total=12, workers=0)
    offered = enquiry.counted("text").models["koboldcpp/L3-8B"]
    assert (offered.day, offered.total, offered.workers) == (0, 0, 3)


def test_of_a_list_that_did_not_come_nothing_is_known(api: HordeApi) -> None:
    api.tricks = {"image stats": tricks.answers(503), "text status": tricks.answers(503)}
    enquiry = enquire(api)
    assert missing(enquiry) == dict.fromkeys(api.tricks, "it answered 503 three times")
    assert enquiry.counted("image").models["Deliberate"].day is None
    assert enquiry.counted("text").models["L3-8B"] == Use(day=0, month=5, total=6)


def test_workers_are_only_summed(api: HordeApi) -> None:
    enquiry = enquire(api)
    assert enquiry.counted("image").workers == Workers(online=2, trusted=1, in_maintenance=1, threads=3)
    assert enquiry.counted("text").workers == Workers()
    held = repr({key: vars(value) if hasattr(value, "__dict__") else value for key, value in vars(enquiry).items()})
    assert "card" not in held


def test_whoever_asks_says_who_it_is_and_asks_one_thing_at_a_time(api: HordeApi) -> None:
    enquire(api)
    assert sorted(api.asked) == sorted(NAMES)
    assert api.most_at_once == 1
    for headers in api.server.log:
        assert headers["User-Agent"].startswith("horde-reference/")
        name, version, contact = headers["Client-Agent"].split(":", 2)
        assert (name, contact) == ("horde-reference", "https://models.aihorde.net")
        assert version
        assert "Authorization" not in headers


def test_no_password_of_the_user_is_sent(api: HordeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    enquire(api)
    assert not [headers for headers in api.server.log if "Authorization" in headers]


FAULTS: dict[str, tuple[Any, str]] = {
    "hangs up": (tricks.hangs_up, "the connection failed three times"),
    "never answers": (tricks.never_answers, "it did not answer in time three times"),
    "stops in the body": (tricks.stops_in_the_body, "it did not answer in time three times"),
    "ends in the body": (tricks.ends_in_the_body, "the connection failed three times"),
    "ends in a chunk": (tricks.ends_in_a_chunk, "the connection failed three times"),
    "500": (tricks.answers(500, HTML), "it answered 500 three times"),
    "404": (tricks.answers(404, b"{}"), "it answered 404"),
    "403": (tricks.answers(403, b"{}"), "it answered 403"),
    "204": (tricks.answers(204), "it answered 204"),
    "page": (tricks.answers(200, HTML), "its answer is not JSON"),
    "empty": (tricks.answers(200), "its answer is not JSON"),
    "cut off": (tricks.answers(200, b'[{"name": "a'), "its answer is not JSON"),
    "not UTF-8": (tricks.answers(200, b'["\xff\xfe\xfd"]'), "its answer is not JSON"),
    "deep": (tricks.answers(200, b"[" * 200_000), "its answer is not JSON"),
    "number": (tricks.answers(200, b"12"), "its answer is no JSON"),
    "null": (tricks.answers(200, b"null"), "its answer is no JSON"),
    "in circles": (tricks.goes_in_circles, "it leads from one address to the next and to no answer"),
    "to a file": (tricks.leads_to_a_file_on_disk, "it leads to another host without https, which is not followed"),
    "to nowhere": (tricks.answers(302, Location="https://["), "it leads to an address that cannot be"),
    "to no address": (tricks.answers(302), "it answered 302"),
    "no gzip": (tricks.answers(200, b"[]", Content_Encoding="gzip"), "its answer cannot be decompressed"),
    "no end": (tricks.has_no_end, "its answer has more than"),
}


SLOW = {"never answers", "stops in the body"}


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (part, fault)
        for part in ("image status", "text stats", "image workers")
        for fault in FAULTS
        if part == "text stats" or fault not in SLOW
    ],
)
def test_a_fault_costs_one_part_and_is_said(api: HordeApi, part: str, fault: str) -> None:
    trick, said = FAULTS[fault]
    api.tricks[part] = trick
    enquiry = within(15, lambda: enquire(api, manners=Manners(**{**_stated(HASTY), "largest": 2**20, "answer": 9.0})))
    assert list(missing(enquiry)) == [part]
    assert missing(enquiry)[part].startswith(said)


def _stated(manners: Manners) -> dict[str, Any]:
    return {name: getattr(manners, name) for name in Manners.__slots__}


def test_a_connection_that_is_reset_is_tried_again(api: HordeApi) -> None:
    def resets(asked: Asked) -> None:
        asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        asked.connection.close()

    left = [2]

    def resets_twice(asked: Asked) -> None:
        left[0] -= 1
        if left[0] >= 0:
            resets(asked)
        else:
            asked.answer(200, api.says("text stats"))

    api.tricks["text stats"] = resets_twice
    enquiry = enquire(api)
    assert missing(enquiry) == {}
    assert api.asked.count("text stats") == 3
    assert enquiry.counted("text").models["L3-8B"].month == 5


@pytest.mark.parametrize(("status", "times"), [(400, 1), (404, 1), (422, 1), (429, 3), (500, 3), (503, 3)])
def test_only_what_may_pass_is_tried_again(api: HordeApi, status: int, times: int) -> None:
    api.tricks["image status"] = tricks.answers(status)
    enquire(api)
    assert api.asked.count("image status") == times


def test_pauses_grow_and_are_never_the_same() -> None:
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with tricks.misbehaving({}) as server:
        server.trick = tricks.answers(500, Connection="close")
        for _ in range(5):
            with pytest.raises(Unreachable, match="it answered 500 4 times"):
                Guest(Clock(lambda: now[0], sleep), 1e6, Manners(attempts=4, first_pause=8)).get(server.address)
    for pauses in (slept[start : start + 3] for start in range(0, 15, 3)):
        assert all(longest / 2 <= pause <= longest for pause, longest in zip(pauses, (8, 16, 32), strict=True))
    assert len(set(slept)) == 15


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "Wed, 25 Nov 2026 12:00:09 GMT", "Date": "Wed, 25 Nov 2026 12:00:00 GMT"}, 9.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_that_is_asked_for_is_kept(headers: dict[str, str], pause: float, status: int) -> None:
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    def asks_for_a_pause(asked: Asked) -> None:
        asked.send_response_only(status)
        for name, value in {**headers, "Content-Length": "0", "Connection": "close"}.items():
            asked.send_header(name.replace("_", "-"), value)
        asked.end_headers()

    with tricks.misbehaving({"x": b"[1]"}) as server:
        server.trick = tricks.for_a_while(1, asks_for_a_pause)
        assert Guest(Clock(lambda: now[0], sleep), 100, HASTY_BUT_PATIENT).get(f"{server.address}/x") == b"[1]"
    assert slept == [pytest.approx(pause, abs=0.01)]


HASTY_BUT_PATIENT = Manners(first_pause=0.01, longest_pause=60, read=2, answer=5)


@pytest.mark.parametrize("value", ["soon", "-5", "", "1e9", "Wed, 99 Nov 2026", "²"])
def test_a_pause_that_makes_no_sense_is_none(api: HordeApi, value: str) -> None:
    api.tricks["image status"] = lambda asked: asked.raw(
        b"HTTP/1.1 429 Slow\r\nRetry-After: " + value.encode() + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    enquiry = within(10, lambda: enquire(api))
    assert missing(enquiry) == {"image status": "it answered 429 three times"}


def test_who_is_sent_away_for_long_goes_and_does_not_come_back_early(api: HordeApi) -> None:
    api.tricks["text status"] = tricks.answers(429, Retry_After="86400")
    enquiry = within(10, lambda: enquire(api))
    assert api.asked == ["image status", "text status"]
    assert missing(enquiry)["text status"].startswith("it answered 429, it asks to be left alone for 86400 s")
    assert missing(enquiry)["image stats"].startswith("it asks to be left alone for 86")
    assert enquiry.counted("image").models["Deliberate"].workers == 3


@pytest.mark.parametrize("trick", [tricks.drips_its_body, tricks.drips_its_head])
def test_an_answer_that_drips_ends_the_enquiry_in_time(api: HordeApi, trick: tricks.Trick) -> None:
    api.tricks["image stats"] = trick
    enquiry = within(8, lambda: enquire(api))
    assert missing(enquiry)["image stats"] == "its answer did not end within 2 s"
    assert missing(enquiry)["text stats"] == "not asked, as an answer before it did not end"
    assert api.asked == ["image status", "text status", "image stats"]
    assert api.most_at_once == 1


def test_all_questions_share_one_time(api: HordeApi) -> None:
    api.tricks = dict.fromkeys(NAMES, tricks.never_answers)
    started = time.monotonic()
    enquiry = enquire(api, seconds=1)
    assert time.monotonic() - started < 3
    assert len(missing(enquiry)) == 6
    assert missing(enquiry)["text workers"] in {
        "there was no time left to ask",
        "not asked, as an answer before it did not end",
    }


def test_an_api_that_is_not_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match=r"the connection failed \(Connection refused\) three times"):
        guest().get(f"http://127.0.0.1:{port}/")


def test_little_that_stands_for_gigabytes_is_not_made_of_it(api: HordeApi) -> None:
    bomb = gzip.compress(b"[" + b" " * 200_000_000 + b"]")
    assert len(bomb) < 300_000
    api.tricks["image status"] = tricks.answers(200, bomb, Content_Encoding="gzip")
    enquiry = within(10, lambda: enquire(api))
    assert missing(enquiry) == {"image status": f"its answer has more than {16 * 2**20} bytes"}


def test_a_compressed_answer_is_read(api: HordeApi) -> None:
    packed = gzip.compress(api.says("image stats"))
    api.tricks["image stats"] = tricks.answers(200, packed, Content_Encoding="gzip")
    assert enquire(api).counted("image").models["Deliberate"].total == 9000


def test_a_redirect_on_the_same_host_is_followed(api: HordeApi) -> None:
    target = "/api/v2/stats/text/models?model_state=all&again"

    def moved(asked: Asked) -> None:
        if asked.path.endswith("again="):
            asked.answer(200, api.says("text stats"))
        else:
            asked.answer(308, b"moved", Location=f"{target}=")

    api.tricks["text stats"] = moved
    enquiry = enquire(api)
    assert missing(enquiry) == {}
    assert enquiry.counted("text").models["L3-8B"].total == 6


def test_a_redirect_to_another_host_without_https_is_not_followed(api: HordeApi) -> None:
    with tricks.misbehaving({"": b"[]"}) as other:
        api.tricks["image workers"] = tricks.answers(302, Location=other.address)
        enquiry = enquire(api)
        assert other.connections == 0
    assert list(missing(enquiry)) == ["image workers"]


def test_the_body_of_a_redirect_is_not_read(api: HordeApi) -> None:
    def endless(asked: Asked) -> None:
        asked.raw(b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/\r\n\r\n")
        while not asked.server.over.is_set():
            asked.raw(b" " * 100_000)

    api.tricks["image workers"] = endless
    enquiry = within(5, lambda: enquire(api))
    assert list(missing(enquiry)) == ["image workers"]


BAD_ROWS: list[Any] = [
    None, 7, "Deliberate", [], {}, row(""), row(" "), row("a\nb"), row("\x1b[2J"), row("\u202egnp"), row("x" * 256),
    row("é" * 128), row("half \ud800"), {**row("x"), "name": 5}, {**row("x"), "name": None},
    {**row("x"), "name": ["x"]}, row("a text model", "text"), row("Deliberate", count=99),
]  # fmt: skip


def test_bad_rows_of_a_status_are_passed_over_and_counted(api: HordeApi) -> None:
    api.answers["image status"] = [row("Deliberate"), *BAD_ROWS, row("x" * 255)]
    api.answers["image stats"] = {"day": {}, "month": {}, "total": {"Deliberate": 1}}
    enquiry = enquire(api)
    assert missing(enquiry) == {}
    assert sorted(enquiry.counted("image").models) == ["Deliberate", "x" * 255]
    assert enquiry.counted("image").models["Deliberate"].workers == 3
    assert {str(part): number for part, number in enquiry.passed_over.items()} == {"image status": len(BAD_ROWS)}


BAD_NUMBERS = [
    "-1", "NaN", "Infinity", "-Infinity", "1e999", "1e300", "9" * 5000, "true", '"7"', "[]", "{}", str(2**53),
]  # fmt: skip


@pytest.mark.parametrize("number", BAD_NUMBERS, ids=lambda number: number[:20])
def test_a_number_that_cannot_be_is_unknown_and_costs_no_other(api: HordeApi, number: str) -> None:
    text = json.dumps([row("Deliberate"), row("Other")])
    changed = text
    for field in ("performance", "queued", "jobs", "eta", "count"):
        before = json.dumps({field: row("x")[field]})[1:-1]
        changed = changed.replace(before, f'"{field}": {number}', 1)
    api.answers["image status"] = changed.encode()
    api.answers["image stats"] = f'{{"day":{{"Deliberate":{number}}},"month":{{"Deliberate":1}},"total":{{}}}}'.encode()
    enquiry = enquire(api)
    assert missing(enquiry) == {}
    models = enquiry.counted("image").models
    assert models["Deliberate"] == Use(month=1, total=0)
    assert models["Other"].performance == 1.5
    assert {str(part): number for part, number in enquiry.passed_over.items()} == {"image status": 5, "image stats": 1}


def test_what_a_row_does_not_say_is_unknown_and_no_fault(api: HordeApi) -> None:
    api.answers["image status"] = [{"name": "Deliberate", "count": 2.0, "eta": None}]
    enquiry = enquire(api)
    assert enquiry.counted("image").models["Deliberate"] == Use(day=7, month=200, total=9000, workers=2)
    assert enquiry.passed_over == {}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"day": {}, "month": {}}, "its answer does not say day, month and total"),
        ({"day": [], "month": {}, "total": {}}, "its answer does not say day, month and total"),
        ({"day": {}, "month": {}, "total": {}}, "its answer names no models"),
        ({"day": {}, "month": {}, "total": {"\x00": 3}}, "its answer names no models"),
        ([], "its answer is no JSON object"),
        ({"message": "rate limited"}, "its answer does not say day, month and total"),
    ],
)
def test_stats_that_are_none_are_missing(api: HordeApi, answer: Any, said: str) -> None:
    api.answers["text stats"] = answer
    enquiry = enquire(api)
    assert missing(enquiry) == {"text stats": said}
    assert enquiry.counted("text").models["koboldcpp/L3-8B"].total is None


@pytest.mark.parametrize("answer", [[], [1, None], {"message": "no"}])
def test_a_status_without_models_is_none(api: HordeApi, answer: Any) -> None:
    api.answers["image status"] = answer
    enquiry = enquire(api)
    assert list(missing(enquiry)) == ["image status"]
    assert enquiry.counted("image").models["Deliberate"].workers is None


def test_workers_that_cannot_be_are_passed_over(api: HordeApi) -> None:
    api.answers["image workers"] = [
        worker("sound"), 5, {"online": "yes"}, worker("x", threads=-4), worker("x", threads=10**12),
        worker("x", trusted="yes", maintenance_mode=1), worker("x", type="text"),
    ]  # fmt: skip
    enquiry = enquire(api)
    assert enquiry.counted("image").workers == Workers(online=4, trusted=0, in_maintenance=0, threads=2)
    assert list(enquiry.passed_over.values()) == [4]


def test_more_names_than_a_snapshot_can_hold_are_refused() -> None:
    total = {f"model {number}": number for number in range(horde_answers.MAX_NAMES + 1)}
    with pytest.raises(Unsound, match="more than 20000 models"):
        horde_answers.stats(json.dumps({"day": {}, "month": {}, "total": total}).encode())


@pytest.mark.parametrize(
    "url",
    ["", "aihorde.net/api", "ftp://aihorde.net", "https://", "https://ada:secret@aihorde.net/api", "https://a.b/?x=1",
     "https://a.b/#x", "https://a.b:port/", "https://[", "https://a.b/\n", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address_is_not_asked(url: str) -> None:
    with pytest.raises(CannotRun, match="is not an address"):
        Enquiry(url, guest())


@pytest.mark.parametrize("domain", ["image", "text"])
def test_the_captured_answers_are_understood_whole(shared: Path, domain: str) -> None:
    captured = {
        part: (shared / f"contract/horde_api/{about}_{kind}.json").read_bytes()
        for part in NAMES
        for kind, about in [part.split(" ")]
    }
    with horde_api(**captured) as api:
        enquiry = enquire(api)
    assert missing(enquiry) == {}
    assert enquiry.passed_over == {}
    models = enquiry.counted("image" if domain == "image" else "text").models
    stats, status = json.loads(captured[f"{domain} stats"]), json.loads(captured[f"{domain} status"])
    assert models.keys() == stats["total"].keys() | {one["name"] for one in status}
    for period in ("day", "month", "total"):
        assert {name: getattr(use, period) for name, use in models.items() if name in stats[period]} == stats[period]
    for one in status:
        use = models[one["name"]]
        said = (use.workers, use.queued, use.jobs, use.performance, use.eta)
        assert said == (one["count"], one["queued"], one["jobs"], one["performance"], one["eta"])
