"""The AI-Horde's public API: what there is to ask of it for a snapshot of usage, and what was heard."""

from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import urlsplit

from horde_reference.adapters.horde_answers import Counts, stats, statuses, workers
from horde_reference.adapters.polite import Guest
from horde_reference.analytics.usage import DOMAINS, Counted, Domain, Use, Workers
from horde_reference.errors import CannotRun, Unread

PUBLIC_API: Final = "https://aihorde.net/api"
"""The API of the AI-Horde that everybody uses."""

About = Literal["status", "stats", "workers"]

_STATS: Final = {"image": "img", "text": "text"}


@dataclass(frozen=True, slots=True)
class Part:
    """One question, and so one part of a snapshot that may be missing."""

    domain: Domain
    about: About

    def __str__(self) -> str:
        return f"{self.domain} {self.about}"

    @property
    def path(self) -> str:
        """Where the API answers it. It leaves out what the reference does not know, unless it is asked for all."""
        match self.about:
            case "status":
                return f"/v2/status/models?type={self.domain}&model_state=all"
            case "stats":
                return f"/v2/stats/{_STATS[self.domain]}/models?model_state=all"
            case "workers":
                return f"/v2/workers?type={self.domain}"


PARTS: Final = tuple(Part(domain, about) for about in ("status", "stats", "workers") for domain in DOMAINS)
"""All questions, what matters most first."""


def checked_address(url: str) -> str:
    """An address of an API, without a slash at its end.

    Raises:
        CannotRun: it is none, or holds what must not stand in a file that is published.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not url.isprintable() or any(one in url for one in "@?# \\"):
        raise CannotRun(f"{url!r} is not an address such as {PUBLIC_API}, without user, query and fragment.")
    return url.rstrip("/")


class Enquiry:
    """What was asked of an API, and what was heard."""

    def __init__(self, address: str, guest: Guest) -> None:
        self.address = checked_address(address)
        self.missing: dict[Part, str] = {}
        """Parts that could not be had, and why."""
        self.passed_over: dict[Part, int] = {}
        """Rows and numbers that were no use, by the part that held them."""
        self._guest = guest
        self._statuses: dict[Domain, dict[str, Use]] = {}
        self._stats: dict[Domain, dict[str, Counts]] = {}
        self._workers: dict[Domain, Workers] = {}

    def ask(self, part: Part) -> None:
        """Ask one question. Where no use is made of the answer, that is noted."""
        try:
            faults = self._understand(part, self._guest.get(self.address + part.path))
        except Unread as error:
            self.missing[part] = str(error)
        else:
            if faults:
                self.passed_over[part] = faults

    def _understand(self, part: Part, raw: bytes) -> int:
        faults = 0
        match part.about:
            case "status":
                self._statuses[part.domain], faults = statuses(raw, part.domain)
            case "stats":
                self._stats[part.domain], faults = stats(raw)
            case "workers":
                self._workers[part.domain], faults = workers(raw, part.domain)
        return faults

    def counted(self, domain: Domain) -> Counted:
        """What was heard of a domain.

        A list that came says of what is not on it that there is none: a model without a status has no workers, one
        without stats no requests. Of a list that did not come nothing is known.
        """
        offered, asked_for = self._statuses.get(domain), self._stats.get(domain)
        unlisted = Use(workers=None if offered is None else 0)
        never = Counts() if asked_for is None else Counts(0, 0, 0)
        models = {
            name: replace((offered or {}).get(name, unlisted), **(asked_for or {}).get(name, never)._asdict())
            for name in {*(offered or ()), *(asked_for or ())}
        }
        return Counted(models=models, workers=self._workers.get(domain))
