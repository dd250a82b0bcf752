"""The head that is public before another tree takes its place: what comes next is compared with it."""

from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.polite import Clock
from horde_reference.adapters.visiting import Visitor
from horde_reference.errors import CannotRun, NotThere, Unread
from horde_reference.formats.head import PATH, Head, decode
from horde_reference.workflows.publishing.public_checks import body_at

PAUSE: Final = 5.0
"""Seconds between two tries."""


def keep_head(visitor: Visitor, into: Path, clock: Clock, patience: float) -> Head | None:
    """Keep the head that is public in a file; `None`, and no file, where the host says that there is none.

    Args:
        visitor: asks the host.
        into: the file.
        clock: what time it is.
        patience: seconds in which to try again where nobody answers, or with a fault.

    Raises:
        CannotRun: the host does not say, or says what is no head. Silence is no word: taken for "nothing was published
            yet", it would let anything be published.
    """
    end = clock.seconds() + patience
    while True:
        try:
            body = body_at(visitor, PATH)
            head = decode(body)
        except NotThere:
            into.unlink(missing_ok=True)
            return None
        except Unread as error:
            if clock.seconds() + PAUSE > end:
                raise CannotRun(f"{visitor.root} does not say what is public: {PATH}: {error}.") from error
            clock.sleep(PAUSE)
        else:
            write_file(into, body)
            return head
