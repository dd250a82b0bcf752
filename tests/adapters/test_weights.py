"""What hosts tell of weight files: real HTTPS on loopback, by hosts that play the real ones, and by some that lie."""

import socket
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from usages import HASTY
from weight_hosts import (
    CIVITAI,
    CONFIG,
    HUGGING_FACE,
    LIAR,
    SHA256,
    SIZE,
    SMALL,
    WEIGHTS,
    Hosts,
    Said,
    certificate,
    redirect,
    weight_hosts,
)

from horde_reference.adapters.guarded import Network, is_public
from horde_reference.adapters.polite import Clock, Manners
from horde_reference.adapters.weights import Scales
from horde_reference.proposals.wanted import Wanted
from horde_reference.proposals.weights import Standing, Weight
from horde_reference.workflows.filling import Filled, fill

CLOCK = Clock(time.monotonic, lambda _seconds: None)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("hosts"))


@pytest.fixture
def world(pem: Path) -> Iterator[tuple[Hosts, Network]]:
    with weight_hosts(pem) as found:
        yield found


@pytest.fixture
def hosts(world: tuple[Hosts, Network]) -> Hosts:
    return world[0]


@pytest.fixture
def scales(world: tuple[Hosts, Network]) -> Scales:
    return Scales(CLOCK, world[1], HASTY, small=50_000)


def weigh(scales: Scales, host: str, path: str) -> Weight:
    return scales.weigh(f"https://{host}{path}")


def test_hugging_face_tells_hash_and_size_without_sending_the_file(hosts: Hosts, scales: Scales) -> None:
    path = "/a/b/resolve/main/model.safetensors"
    found = weigh(scales, HUGGING_FACE, f"{path}?download=true")
    assert (found.standing, found.sha256, found.size) == (Standing.TOLD, SHA256, SIZE)
    assert found.file_name == "model.safetensors"
    assert hosts.asked == [("HEAD", HUGGING_FACE, path)]


@pytest.mark.parametrize("path", ["/a/b/resolve/main/config.json", "/a/b/resolve/main/moved.json"])
def test_the_id_of_a_git_blob_is_not_taken_for_a_hash(scales: Scales, path: str) -> None:
    found = weigh(scales, HUGGING_FACE, path)
    assert (found.sha256, found.size) == (sha256(CONFIG).hexdigest(), len(CONFIG))


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (HUGGING_FACE, "/gated/b/resolve/main/model.safetensors"),
        (HUGGING_FACE, "/secret/b/resolve/main/x.pt"),
        (HUGGING_FACE, "/a/b/blob/main/model.safetensors"),
        (CIVITAI, "/api/download/models/1"),
        (CIVITAI, "/api/download/models/2"),
        (SMALL, "/forbidden"),
    ],
)
def test_who_asks_for_a_login_is_known_as_such(scales: Scales, host: str, path: str) -> None:
    found = weigh(scales, host, path)
    assert (found.standing, found.sha256, found.size) == (Standing.GATED, None, None)
    assert found.why


def test_the_page_of_a_file_is_told_from_the_file(scales: Scales) -> None:
    assert "/resolve/" in weigh(scales, HUGGING_FACE, "/a/b/blob/main/model.safetensors").why


@pytest.mark.parametrize("path", ["/model.pt", "/told.pt", "/told-the-old-way.pt", "/no-head.pt"])
def test_other_hosts_are_asked_and_small_files_fetched(scales: Scales, path: str) -> None:
    found = weigh(scales, SMALL, path)
    assert (found.standing, found.sha256, found.size) == (Standing.TOLD, SHA256, SIZE)


def test_what_a_host_tells_is_not_fetched(hosts: Hosts, scales: Scales) -> None:
    weigh(scales, SMALL, "/told.pt")
    assert [method for method, *_ in hosts.asked] == ["HEAD"]


def test_a_signed_address_that_refuses_heads_is_asked_for_the_file(scales: Scales) -> None:
    found = weigh(scales, CIVITAI, "/api/download/models/3")
    assert (found.sha256, found.file_name) == (SHA256, "model v3.safetensors")


def test_a_large_file_is_not_fetched(hosts: Hosts, scales: Scales) -> None:
    found = weigh(scales, SMALL, "/large.pt")
    assert (found.standing, found.sha256, found.size) == (Standing.UNTOLD, None, 100_000)
    assert [method for method, *_ in hosts.asked] == ["HEAD"]


def test_a_file_that_does_not_say_how_large_it_is_is_fetched_up_to_the_limit(hosts: Hosts, scales: Scales) -> None:
    hosts.answers[SMALL, "/endless"] = Said(200, {"Content-Length": "x"}, bytes(1_000_000))
    assert weigh(scales, SMALL, "/endless").standing in {Standing.UNTOLD, Standing.UNREACHABLE}
    assert weigh(scales, SMALL, "/endless").sha256 is None


def test_a_file_that_is_cut_off_has_no_hash(scales: Scales) -> None:
    assert weigh(scales, LIAR, "/cut.pt").sha256 is None


def test_only_hugging_face_is_believed_to_speak_of_hugging_face(scales: Scales) -> None:
    assert weigh(scales, LIAR, "/linked.pt").sha256 == SHA256
    assert weigh(scales, LIAR, "/garbled.pt").sha256 == SHA256


def test_no_file_is_said_to_be_none(scales: Scales) -> None:
    assert weigh(scales, HUGGING_FACE, "/a/b/resolve/main/no.pt").standing is Standing.ABSENT


@pytest.mark.parametrize("path", ["/circle", "/broken"])
def test_who_does_not_answer_the_question_is_given_up(scales: Scales, path: str) -> None:
    found = weigh(scales, SMALL, path)
    assert found.standing is Standing.UNREACHABLE
    assert found.why


def test_a_host_that_is_busy_is_asked_again(hosts: Hosts, scales: Scales) -> None:
    said = iter([Said(429, {"Retry-After": "0"}), Said(503), Said(200, {}, WEIGHTS), Said(200, {}, WEIGHTS)])
    hosts.answers[SMALL, "/busy"] = lambda: next(said)
    assert weigh(scales, SMALL, "/busy").sha256 == SHA256


def test_a_host_that_asks_to_be_left_alone_is(hosts: Hosts, scales: Scales) -> None:
    hosts.answers[SMALL, "/later"] = Said(429, {"Retry-After": "3600"})
    assert "3600" in weigh(scales, SMALL, "/later").why
    assert len(hosts.asked) == 1


def _slow() -> Said:
    time.sleep(1.5)
    return Said()


def test_a_host_that_is_slow_is_given_up(pem: Path) -> None:
    with weight_hosts(pem) as (hosts, network):
        hosts.answers[SMALL, "/slow"] = _slow
        slow = Scales(CLOCK, network, Manners(attempts=1, connect=1, read=5, answer=0.3))
        start = time.monotonic()
        assert weigh(slow, SMALL, "/slow").why == "did not answer in time"
        assert time.monotonic() - start < 1.4


def test_who_asks_says_so(hosts: Hosts, scales: Scales) -> None:
    weigh(scales, SMALL, "/told.pt")
    assert all(agent and agent.startswith("horde-reference/") for agent in hosts.agents)


@pytest.mark.parametrize("path", ["/to-a-disk", "/to-http", "/inside"])
def test_a_redirect_to_where_nobody_may_ask_is_not_followed(hosts: Hosts, scales: Scales, path: str) -> None:
    assert weigh(scales, SMALL, path).standing is Standing.REFUSED
    assert len(hosts.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://small.example.org/model.pt", "https://localhost/x", "https://127.0.0.1/x", "https://[::1]/x",
        "https://10.0.0.1/x", "https://169.254.169.254/latest/meta-data", "https://2130706433/x", "https://0x7f.1/x",
        "https://[::ffff:127.0.0.1]/x", "https://0.0.0.0/x", "https://user@huggingface.co/x", "https://a.b:8443/x",
        "ftp://a.b/c", "file:///etc/passwd", "https://", "https:///x", "javascript:alert(1)", "https://a b/c",
        "https://[::1/x", "https://a.b/c\r\nHost: evil", "https://münchen.example/x", "", "https://a.b:x/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_for_everybody_are_refused(url: str) -> None:
    found = Scales(CLOCK, Network(), HASTY).weigh(url)
    assert found.standing is Standing.REFUSED
    assert found.why


def test_a_refused_address_is_never_connected_to() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        port: int = listening.getsockname()[1]
        network = Network(look_up=lambda _name: [("127.0.0.1", port)])
        assert Scales(CLOCK, network, HASTY).weigh("https://rebound.example.org/x").standing is Standing.REFUSED
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), (".".join("0000"), False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False), ("::", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, is_it: bool) -> None:
    assert is_public(address) is is_it


def test_a_host_with_several_addresses_is_reached_at_one_of_them(world: tuple[Hosts, Network]) -> None:
    _, network = world
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = ("127.0.0.1", int(closed.getsockname()[1]))
        several = Network(lambda name: [nobody, *network.look_up(name)], network.is_allowed, network.context)
        assert weigh(Scales(CLOCK, several, HASTY), SMALL, "/told.pt").sha256 == SHA256


def test_a_certificate_of_another_is_not_trusted(world: tuple[Hosts, Network]) -> None:
    hosts, network = world
    found = Scales(CLOCK, Network(network.look_up, network.is_allowed), HASTY).weigh(f"https://{SMALL}/model.pt")
    assert found.standing is Standing.UNREACHABLE
    assert hosts.asked == []


# What is filled in.


def filled(scales: Scales, *downloads: dict[str, Any], **stated: Any) -> Filled:
    document = {"name": "x", **stated, "config": {"download": list(downloads)}}
    return fill(Wanted(operation="add", category="clip", name="x", document=document), scales.weigh)


FACE = f"https://{HUGGING_FACE}/a/b/resolve/main/model.safetensors"
ASKED_FOR = f"https://{SMALL}/large.pt"


def test_what_is_missing_is_filled_in_and_the_whole_counted(scales: Scales) -> None:
    found = filled(scales, {"file_url": FACE}, {"file_url": f"https://{SMALL}/model.pt", "file_name": "mine.pt"})
    assert found.findings == []
    assert found.wanted.document == {
        "name": "x",
        "size_on_disk_bytes": 2 * SIZE,
        "config": {
            "download": [
                {"file_name": "model.safetensors", "file_url": FACE, "sha256sum": SHA256, "size_bytes": SIZE},
                {
                    "file_name": "mine.pt",
                    "file_url": f"https://{SMALL}/model.pt",
                    "sha256sum": SHA256,
                    "size_bytes": SIZE,
                },
            ]
        },
    }


def test_what_is_stated_is_never_changed(scales: Scales) -> None:
    stated = {"file_url": FACE, "file_name": "y", "sha256sum": SHA256.upper(), "size_bytes": SIZE}
    found = filled(scales, stated, size_on_disk_bytes=5)
    assert found.wanted.document["config"]["download"] == [stated]
    assert found.wanted.document["size_on_disk_bytes"] == 5
    assert found.findings == []


@pytest.mark.parametrize(
    ("stated", "rule", "pointer", "severity"),
    [
        ({"file_url": FACE, "sha256sum": "0" * 64}, "download-hash-differs", "sha256sum", "error"),
        ({"file_url": FACE, "size_bytes": 1}, "download-size-differs", "size_bytes", "error"),
        ({"file_url": f"https://{HUGGING_FACE}/no"}, "download-absent", "file_url", "error"),
        ({"file_url": "https://10.0.0.1/x"}, "download-absent", "file_url", "error"),
        ({"file_url": f"https://{CIVITAI}/api/download/models/1"}, "download-unconfirmed", "file_url", "warning"),
        ({"file_url": ASKED_FOR}, "download-unconfirmed", "file_url", "warning"),
        ({"file_url": f"https://{SMALL}/broken"}, "download-unconfirmed", "file_url", "warning"),
    ],
)
def test_what_a_host_says_against_a_file_is_a_finding(
    scales: Scales, stated: dict[str, Any], rule: str, pointer: str, severity: str
) -> None:
    (finding,) = filled(scales, stated).findings
    assert (finding.rule, finding.severity, finding.path) == (rule, severity, "clip/x.json")
    assert finding.pointer == f"/config/download/0/{pointer}"
    assert finding.hint


def test_what_is_asked_for_is_named(scales: Scales) -> None:
    (finding,) = filled(scales, {"file_url": f"https://{CIVITAI}/api/download/models/1"}).findings
    assert finding.hint.startswith("Write name and SHA-256 and size in bytes into the form")
    (finding,) = filled(scales, {"file_url": ASKED_FOR, "file_name": "l.pt"}).findings
    assert finding.hint.startswith("Write SHA-256 into the form")


def test_a_lying_hash_gets_no_size_of_the_other_file(scales: Scales) -> None:
    found = filled(scales, {"file_url": FACE, "sha256sum": "0" * 64})
    assert "size_bytes" not in found.wanted.document["config"]["download"][0]
    assert "size_on_disk_bytes" not in found.wanted.document


def test_files_that_were_there_before_are_not_asked_about(hosts: Hosts, scales: Scales) -> None:
    known = {"file_url": FACE, "file_name": "y"}
    document = {"name": "x", "config": {"download": [known]}}
    found = fill(Wanted(operation="update", category="clip", name="x", document=document), scales.weigh, document)
    assert (found.wanted.document, found.findings, hosts.asked) == (document, [], [])


@pytest.mark.parametrize("config", [{}, {"download": "x"}, {"download": [1, {"file_url": 2}]}, "x", {"download": []}])
def test_what_is_no_list_of_files_is_left_to_the_rules(scales: Scales, config: Any) -> None:
    document = {"name": "x", "config": config}
    found = fill(Wanted(operation="add", category="clip", name="x", document=document), scales.weigh)
    assert (found.wanted.document, found.findings) == (document, [])


def test_redirects_may_lead_on(hosts: Hosts, scales: Scales) -> None:
    for step in range(5):
        hosts.answers[SMALL, f"/{step}"] = redirect(f"https://elsewhere.example.org/{step}")
        hosts.answers["elsewhere.example.org", f"/{step}"] = redirect(f"https://{SMALL}/{step + 1}")
    hosts.answers[SMALL, "/2"] = Said(200, {}, WEIGHTS)
    assert weigh(scales, SMALL, "/0").sha256 == SHA256
