"""What must not take the place of a good copy: no file of ours, or a category that lost most of its records."""

from typing import Final

from horde_reference.errors import Unsound
from horde_reference.formats.addresses import category_of
from horde_reference.formats.v2.decoding import decode_category, members

MAX_SHRINK: Final = 0.5
"""Share of its records that a category may lose at once. The publisher lets far less pass; this is the last line."""


def refuse_unsound(path: str, new: bytes, old: bytes | None, max_shrink: float) -> None:
    """Refuse a file that cannot be what was asked for.

    Raises:
        Unsound: it is no JSON object where it should be one, or a category that lost a larger share of its readable
            records than `max_shrink`.
    """
    if not path.endswith(".json"):
        return
    category = category_of(path)
    if category is None or old is None:
        _refuse_other_than_objects(path, new)
        return
    before, after = _readable(category, old), _readable(category, new)
    if after < before * (1 - max_shrink):
        raise Unsound(f"{path} would have {after} readable records instead of {before}; the copy before it is kept.")


def _refuse_other_than_objects(path: str, new: bytes) -> None:
    try:
        members(new)
    except Unsound as error:
        raise Unsound(f"{path} is not what it should be: {error}.") from error


def _readable(category: str, raw: bytes) -> int:
    return len(decode_category(category, raw, []))
