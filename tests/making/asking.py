"""Raw requests: nothing of a target is changed on its way, and nothing of an answer."""

from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """Media type without its parameters."""
        return self.headers.get_content_type() if "Content-Type" in self.headers else ""


class Asker:
    """Asks one server, over one connection for as long as that lasts."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def __call__(self, target: str, method: str = "GET", **headers: str) -> Answer:
        try:
            return self._ask(target, method, headers)
        except (HTTPException, ConnectionError):  # a server may close a connection after any answer
            self._connection.close()
            return self._ask(target, method, headers)

    def _ask(self, target: str, method: str, headers: dict[str, str]) -> Answer:
        self._connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            self._connection.putheader(name.replace("_", "-"), value)
        self._connection.endheaders()
        response = self._connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    def close(self) -> None:
        self._connection.close()
