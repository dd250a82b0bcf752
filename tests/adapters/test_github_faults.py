"""GitHub's API where it misbehaves, or somebody in its place. And a token is shown to nobody."""

import gzip
import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from string import ascii_letters, digits
from typing import Any

import jwt
import misbehaving as tricks
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from forge import HASTY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from misbehaving import Asked, Misbehaving, Trick, misbehaving, within

from horde_reference.adapters.github import comments, labels, pulls
from horde_reference.adapters.github.connection import Connection
from horde_reference.adapters.github.credentials import App, Token
from horde_reference.adapters.github.errors import NotKnown, RateLimited, Refused
from horde_reference.adapters.github.repository import MOST_PAGES, Repository
from horde_reference.adapters.polite import Clock, Manners
from horde_reference.adapters.secrecy import basic
from horde_reference.errors import CannotRun, HordeReferenceError, Unreachable, Unsound

SECRET = "ghp_1234567890abcdefABCDEF1234567890abcd"  # noqa: S105 - of nobody
BRIEF = Manners(first_pause=0.01, longest_pause=0.3, connect=2, read=1, answer=2, largest=100_000)
TIMES = {"created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z"}
COMMENT = {"id": 5, "user": {"login": "ada"}, "html_url": "https://github.com/o/r/issues/1#5", "body": "Hello", **TIMES}
LIST = "repos/o/r/issues/1/comments"


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving({LIST: json.dumps([COMMENT]).encode()}) as server:
        yield server


class Time:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.now = 1_800_000_000.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def repository(
    server: Misbehaving, secret: str = SECRET, *, clock: Time | None = None, manners: Manners = BRIEF
) -> Repository:
    now: Callable[[], float] = time.time if clock is None else lambda: clock.now
    passing = Clock(time.monotonic, time.sleep if clock is None else clock.sleep)
    return Repository("o/r", Connection(Token(secret), passing, now, server.address, manners))


def read(server: Misbehaving, **more: Any) -> list[str]:
    return [one.body for one in comments.listed(repository(server, **more), 1)]


def test_what_is_asked_says_who_asks_and_what_it_understands(server: Misbehaving) -> None:
    assert read(server) == ["Hello"]
    assert server.targets == [f"/{LIST}?per_page=100"]
    sent = server.log[0]
    assert sent["Authorization"] == f"Bearer {SECRET}"
    assert sent["Accept"] == "application/vnd.github+json"
    assert sent["X-GitHub-Api-Version"] == "2022-11-28"
    assert sent["User-Agent"].startswith("horde-reference/")


@pytest.mark.parametrize(
    "trick", [tricks.answers(500), tricks.answers(502, b"<html>"), tricks.hangs_up, tricks.ends_in_the_body]
)
def test_what_passes_is_tried_again(server: Misbehaving, trick: Trick) -> None:
    server.trick = tricks.for_a_while(2, trick)
    assert read(server) == ["Hello"]


@pytest.mark.parametrize(
    ("trick", "said"),
    [
        (tricks.answers(503), "it answered 503 three times"),
        (tricks.hangs_up, "the connection failed"),
        (tricks.never_answers, "it did not answer in time three times"),
        (tricks.stops_in_the_body, "it did not answer in time three times"),
        (tricks.drips_its_body, "its answer did not end within 2 s three times"),
        (tricks.drips_its_head, "its answer did not end within 2 s"),
    ],
)
def test_what_does_not_pass_is_given_up(server: Misbehaving, trick: Trick, said: str) -> None:
    server.trick = trick
    with pytest.raises(Unreachable, match=said) as failure:
        within(30, lambda: read(server))
    assert str(failure.value).startswith(f"GitHub gave no answer to GET /{LIST}?per_page=100: ")


def test_what_may_not_be_done_twice_is_not_tried_twice(server: Misbehaving) -> None:
    server.trick = tricks.answers(502)
    with pytest.raises(Unreachable, match=r"POST /repos/o/r/issues/1/comments: it answered 502\."):
        comments.create(repository(server), 1, "Hello")
    assert server.methods == ["POST"]
    with pytest.raises(Unreachable, match=r"PATCH .* three times"):
        comments.edit(repository(server), 1, "Hello")
    assert server.methods == ["POST", *["PATCH"] * 3]


WRONG: list[dict[str, Any]] = [
    {"id": "5"}, {"id": -1}, {"id": True}, {"id": 1.5}, {"body": None}, {"body": ["x"]}, {"user": "ada"},
    {"user": {"login": ""}}, {"user": {}}, {"html_url": "javascript:alert(1)"}, {"html_url": None},
]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"{}", b"null", b"[1]", b"[null]", b'[{"id":5}]', b"[" * 100_000, b'{"a":' * 5000, b"\xff\xfe",
        b'"' + b"x" * 99_000, b"[NaN]", b'["\\ud800"]', b"9" * 5000,
        *(json.dumps([{**COMMENT, **wrong}]).encode() for wrong in WRONG),
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_one_clear_error(server: Misbehaving, body: bytes) -> None:
    server.trick = tricks.answers(200, body)
    with pytest.raises(Unsound, match="GitHub's answer is not") as error:
        read(server)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(
    "trick", [tricks.has_no_end, tricks.answers(200, b" " * 200_000), tricks.answers(404, b" " * 200_000)]
)
def test_a_huge_answer_is_not_read(server: Misbehaving, trick: Trick) -> None:
    server.trick = trick
    with pytest.raises(Unsound, match="has more than 100000 bytes"):
        within(10, lambda: read(server))


def test_a_small_answer_may_not_become_a_huge_one(server: Misbehaving) -> None:
    server.trick = tricks.answers(200, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
    with pytest.raises(Unsound, match="has more than 100000 bytes"):
        within(10, lambda: read(server))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_token_goes_to_no_other_host(server: Misbehaving, status: int) -> None:
    with misbehaving({}) as other:
        server.trick = tricks.answers(status, b"", Location=f"{other.address}/{LIST}")
        with pytest.raises(Unsound, match="leads to another host"):
            read(server)
        server.trick = tricks.answers(200, b"[]", Link=f'<{other.address}/{LIST}?page=2>; rel="next"')
        with pytest.raises(Unsound, match="leads to another host"):
            read(server)
        assert other.log == []


@pytest.mark.parametrize(
    "location", ["//evil.example/x", "file:///etc/passwd", "http://[", "https://api.github.com@evil.example/"]
)
def test_odd_addresses_are_not_followed(server: Misbehaving, location: str) -> None:
    server.trick = tricks.answers(302, b"", Location=location)
    with pytest.raises(Unsound, match="another host"):
        read(server)


def test_a_repository_that_moved_is_read_but_not_written(server: Misbehaving) -> None:
    server.files["repositories/7/comments"] = json.dumps([COMMENT]).encode()
    server.about = "repos/"
    server.trick = tricks.answers(301, b"", Location="/repositories/7/comments")
    assert read(server) == ["Hello"]
    with pytest.raises(Unsound, match="renamed or moved"):
        comments.create(repository(server), 1, "Hello")
    server.about, server.trick = "", tricks.goes_in_circles
    with pytest.raises(Unsound, match="from one address to the next"):
        read(server)


def test_a_list_without_an_end_is_refused(server: Misbehaving) -> None:
    server.trick = lambda asked: asked.answer(200, b"[]", Link=f'<{server.address}/{LIST}?page=2>; rel="next"')
    with pytest.raises(Unsound, match="more than 100 parts"):
        read(server)
    assert len(server.log) == MOST_PAGES + 1


def limits(**headers: str) -> Trick:
    """A refusal with exactly these headers: the server adds none that says what time it is."""
    body = '{"message":"API rate limit exceeded"}'
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 403 Forbidden\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{lines}\r\n"
    return lambda asked: asked.raw((head + body).encode())


@pytest.mark.parametrize(
    "trick",
    [
        limits(Retry_After="7"),
        limits(X_RateLimit_Remaining="0", X_RateLimit_Reset="1800000007", Date="Fri, 15 Jan 2027 08:00:00 GMT"),
        # Their clock is ten minutes ahead of ours.
        limits(X_RateLimit_Remaining="0", X_RateLimit_Reset="1800000607", Date="Fri, 15 Jan 2027 08:10:00 GMT"),
        tricks.answers(429, b"", Retry_After="7"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rate_limit_is_waited_for(server: Misbehaving, trick: Trick, method: str) -> None:
    clock, patient = Time(), Manners(first_pause=0.01, longest_pause=10)

    def once(asked: Asked) -> None:
        if len(server.log) == 1:
            trick(asked)
        else:
            asked.answer(200, json.dumps([COMMENT] if asked.command == "GET" else COMMENT).encode())

    server.trick = once
    if method == "GET":
        assert read(server, clock=clock, manners=patient) == ["Hello"]
    else:
        assert comments.create(repository(server, clock=clock, manners=patient), 1, "Hello").body == "Hello"
    assert clock.slept == [pytest.approx(7, abs=0.1)]


@pytest.mark.parametrize(
    ("trick", "until"),
    [
        (limits(Retry_After="3600"), datetime(2027, 1, 15, 9, 0, 0, tzinfo=UTC)),
        (limits(X_RateLimit_Remaining="0", X_RateLimit_Reset="1800003600"), datetime(2027, 1, 15, 9, 0, 0, tzinfo=UTC)),
        (
            tricks.answers(403, b'{"message":"You have exceeded a secondary rate limit."}'),
            datetime(2027, 1, 15, 8, 1, 0, tzinfo=UTC),
        ),
        (tricks.answers(429, b"{}"), datetime(2027, 1, 15, 8, 1, 0, tzinfo=UTC)),
        # Nobody is sent away for more than a day.
        (limits(Retry_After="9" * 400), datetime(2027, 1, 16, 8, 0, 0, tzinfo=UTC)),
        (limits(X_RateLimit_Remaining="0", X_RateLimit_Reset="9" * 400), datetime(2027, 1, 16, 8, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_long_rate_limit_is_not_waited_for(server: Misbehaving, trick: Trick, until: datetime) -> None:
    server.trick, clock = trick, Time()
    with pytest.raises(RateLimited, match="Try again after 2027-01-1") as limited:
        read(server, clock=clock)
    assert limited.value.until.replace(microsecond=0) == until
    assert clock.slept == []
    assert len(server.log) == 1


def test_what_may_not_be_is_no_rate_limit(server: Misbehaving) -> None:
    server.trick = tricks.answers(403, b'{"message":"Resource not accessible by personal access token"}')
    with pytest.raises(Refused, match="403: Resource not accessible by personal access token"):
        read(server)
    assert len(server.log) == 1


def test_every_fault_is_said(server: Misbehaving) -> None:
    errors = [
        {"resource": "Label", "field": "name", "code": "already_exists"},
        "And more",
        {"message": "Too\nlong\x1b[31m"},
        7,
    ]
    server.trick = tricks.answers(422, json.dumps({"message": "Validation Failed", "errors": errors}).encode())
    with pytest.raises(Refused) as refused:
        read(server)
    assert str(refused.value) == (
        f"GitHub refuses GET /{LIST}?per_page=100 with 422: "
        "Validation Failed; Label name already_exists; And more; Too long [31m."
    )
    for body in (b"", b"<html>", b"[]", b'{"message":7}', b'{"message":null,"errors":null}', b'{"errors":{"a":1}}'):
        server.trick = tricks.answers(422, body)
        with pytest.raises(Refused, match="it does not say why"):
            read(server)


@pytest.mark.parametrize("secret", ["", " ", "ghp_a b", "ghp_a\r\nX-Evil: 1", "ghp_ä", "ghp_\x00"])
def test_what_is_no_token_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(CannotRun, match="The token is empty, or holds what no token holds") as refused:
        Token(secret)
    assert "ghp_" not in str(refused.value)
    assert Token(f"{SECRET}\n").secret == SECRET


@pytest.mark.parametrize(
    "address",
    ["", "api.github.com", "http://api.github.com", "ftp://api.github.com", "https://", "https://user:pw@api.github.com",
     "https://api.github.com/?x", "https://api.github.com/#x", "https://[", "https://api.github.com:0", "https://a b",
     "http://127.0.0.1.evil.example", "https:\\evil.example"],
)  # fmt: skip
def test_a_token_is_not_sent_where_everybody_can_read_it(address: str) -> None:
    with pytest.raises(CannotRun, match="is not an address such as https"):
        Connection(Token(SECRET), Clock(time.monotonic, time.sleep), time.time, address)


def test_github_enterprise_has_another_address(server: Misbehaving) -> None:
    server.files = {f"api/v3/{LIST}": b"[]"}
    connection = Connection(
        Token(SECRET), Clock(time.monotonic, time.sleep), time.time, f"{server.address}/api/v3/", BRIEF
    )
    assert list(comments.listed(Repository("o/r", connection), 1)) == []


def shown(error: BaseException) -> str:
    """All that is ever shown of an error."""
    found: BaseException | None = error
    texts = ["".join(traceback.format_exception(error)), repr(vars(error))]
    while found is not None:
        texts += [str(found), repr(found)]
        found = found.__cause__ or found.__context__
    return "\n".join(texts)


def test_a_token_is_in_no_description_of_anything(server: Misbehaving) -> None:
    ours = repository(server)
    for value in (ours, ours.connection, ours.connection._credential, ours.connection._line):  # noqa: SLF001 - also inside
        assert SECRET not in repr(value)
        assert SECRET not in str(value)


TOKENS = st.text(ascii_letters + digits + "_-.~+/=", min_size=8, max_size=60).map("ghp_{}".format)
ECHOES: list[Callable[[str], Trick]] = [
    lambda said: tricks.answers(401, json.dumps({"message": f"{said} is wrong"}).encode()),
    lambda said: tricks.answers(404, json.dumps({"message": "No", "errors": [said, {"message": said}]}).encode()),
    lambda said: tricks.answers(422, json.dumps({"message": said * 20, "errors": {"field": said}}).encode()),
    lambda said: tricks.answers(200, said.encode()),
    lambda said: tricks.answers(200, json.dumps([{said: said}]).encode()),
    lambda said: tricks.answers(200, json.dumps([{**COMMENT, "id": said}]).encode()),
    lambda said: tricks.answers(302, b"", Location=f"https://evil.example/{said}"),
    lambda said: tricks.answers(200, b"[]", Link=f'<https://evil.example/{said}>; rel="next"'),
    lambda said: tricks.answers(403, b"{}", Retry_After=said),
    lambda said: tricks.answers(503, said.encode()),
    lambda said: lambda asked: asked.raw(f"HTTP/1.1 {said}\r\n\r\n".encode()),
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TOKENS, st.sampled_from(ECHOES))
def test_no_error_shows_a_token_even_if_the_server_repeats_it(
    server: Misbehaving, caplog: pytest.LogCaptureFixture, secret: str, echo: Callable[[str], Trick]
) -> None:
    server.trick = lambda asked: echo(asked.headers["Authorization"].removeprefix("Bearer "))(asked)
    with caplog.at_level(logging.DEBUG), pytest.raises(HordeReferenceError) as error:
        read(server, secret=secret, manners=Manners(attempts=1, connect=2, read=1, answer=2, largest=100_000))
    everything = shown(error.value) + caplog.text
    assert secret not in everything
    assert basic(secret) not in everything
    caplog.clear()


@pytest.fixture(scope="module")
def key() -> str:
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def app_server(server: Misbehaving, clock: Time, names: Iterator[str]) -> None:
    def answers(asked: Asked) -> None:
        if asked.path.endswith("/installation"):
            asked.answer(200, b'{"id":42}')
        elif asked.path == "/app/installations/42/access_tokens":
            ends = datetime.fromtimestamp(clock.now + 3600, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            asked.answer(201, json.dumps({"token": next(names), "expires_at": ends}).encode())
        else:
            asked.answer(200, b"[]")

    server.trick = answers


def test_an_app_gets_a_new_token_before_the_last_one_ends(server: Misbehaving, key: str) -> None:
    clock = Time()
    app_server(server, clock, iter(["ghs_first", "ghs_second"]))
    app = App("Iv1.abc", key, "o/r")
    connection = Connection(app, Clock(time.monotonic, clock.sleep), lambda: clock.now, server.address, BRIEF)
    used = []
    for passed in (0, 3200, 200, 3000):
        clock.now += passed
        list(labels.listed(Repository("o/r", connection)))
        used.append(server.log[-1]["Authorization"])
    assert used == ["Bearer ghs_first"] * 2 + ["Bearer ghs_second"] * 2
    assert len(server.log) == 4 + 3
    claims = jwt.decode(server.log[0]["Authorization"].removeprefix("Bearer "), options={"verify_signature": False})
    assert claims == {"iss": "Iv1.abc", "iat": 1_800_000_000 - 60, "exp": 1_800_000_000 + 540}
    assert "PRIVATE" not in repr(app) + repr(connection)
    assert "ghs_" not in repr(app) + repr(connection)


def test_a_key_that_is_none_is_refused_and_not_shown(key: str) -> None:
    for wrong in ("", "nonsense", key[:200], key.replace("PRIVATE", "PUBLIC")):
        with pytest.raises(CannotRun, match="private key cannot be used") as refused:
            App("1", wrong, "o/r")
        assert key[40:80] not in shown(refused.value)


def test_an_app_that_is_not_known_is_refused(server: Misbehaving, key: str) -> None:
    said = json.dumps({"message": "A JSON web token could not be decoded"}).encode()
    server.trick = tricks.answers(401, said)
    connection = Connection(
        App("1", key, "o/r", 42), Clock(time.monotonic, time.sleep), time.time, server.address, HASTY
    )
    with pytest.raises(NotKnown, match=r"POST /app/installations/42/access_tokens with 401: A JSON web token"):
        pulls.get(Repository("o/r", connection), 1)
    assert list(chain(server.targets)) == ["/app/installations/42/access_tokens"]
