"""What the type of a field does not say of its values: bounds, and examples."""

from collections.abc import Callable
from typing import Any


class Field:
    """Bounds and examples of a field.

    Stands in `Annotated`. Pydantic asks it for what it means, so that this module need not know pydantic.
    """

    __slots__ = ("bounds", "examples")

    def __init__(self, *, examples: list[Any] | None = None, **bounds: float | str) -> None:
        self.bounds = bounds
        """min_length, pattern, gt, ge: bounds as pydantic names them."""
        self.examples = examples
        """Values that may stand there."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:  # noqa: ANN401
        """The schema of the type, with the bounds; those of `T | None` are those of `T`."""
        schema = handler(source)
        inner = schema
        while inner["type"] == "nullable":
            inner = inner["schema"]
        inner.update(self.bounds)
        return schema

    def __get_pydantic_json_schema__(self, schema: object, handler: Callable[[object], Any]) -> Any:  # noqa: ANN401
        """The JSON Schema of the type, with the examples."""
        found = handler(schema)
        return found if self.examples is None else {**found, "examples": self.examples}
