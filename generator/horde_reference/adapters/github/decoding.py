"""GitHub's answers, read strictly and no further than they are used."""

from typing import TypeVar

import msgspec

from horde_reference.errors import Unsound
from horde_reference.formats.json_reading import NotJson, loads

T = TypeVar("T")


def decoded(body: bytes, form: type[T]) -> T:
    """An answer in the form that it must have; what else it holds is passed over.

    Raises:
        Unsound: it has another form, or is not JSON.
    """
    try:
        return msgspec.convert(loads(body), form)
    except NotJson as error:
        raise Unsound(f"GitHub's answer is not JSON: {error}.") from None
    except msgspec.ValidationError as error:
        raise Unsound(f"GitHub's answer is not what it should be: {error}.") from None
