"""What stops an update: the file in the legacy repository is not what it should be, or cannot say what is wanted."""

import codecs

from horde_reference.errors import CannotRun


class Malformed(CannotRun):
    """A legacy file cannot be updated: it was broken by hand, or two records claim one place in it.

    Attributes:
        file: name of the file in the legacy repository.
        line: line of the fault, counted from 1; 0 where the fault is in the records.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}." if line else f"{file}: {reason}.")
        self.file = file
        self.line = line


def decoded(file: str, raw: bytes) -> tuple[str, str]:
    """The byte order mark of a file, or nothing, and its text.

    Raises:
        Malformed: the file is not UTF-8.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Malformed(file, line, f"byte {error.start} is not UTF-8") from None
    mark = codecs.BOM_UTF8.decode()
    return (mark, text.removeprefix(mark)) if text.startswith(mark) else ("", text)
