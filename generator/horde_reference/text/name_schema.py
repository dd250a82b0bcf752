"""Writing the names of text models from parts."""

from dataclasses import dataclass

from horde_reference.text.parts import ORDER, Part


@dataclass(frozen=True, slots=True)
class NameSchema:
    """How the names of a group are written: what stands between the parts, and in which order they come.

    Backend and author stand in front of all, each with a slash behind it, and are not in the order.

    Raises:
        ValueError: the order names a part twice.
    """

    separator: str = "-"
    order: tuple[Part, ...] = ORDER

    def __post_init__(self) -> None:
        if len(set(self.order)) < len(self.order):
            raise ValueError(f"The order {', '.join(self.order)} names a part twice.")

    def compose(self, *, backend: str | None = None, author: str | None = None, **parts: str | None) -> str:
        """The name that has these parts: `compose(author="meta-llama", base="Llama-3", size="8B")`.

        What is `None` or empty is left out. Values stand in the name as they are.

        Raises:
            ValueError: there is no such part, or the order leaves it out, or there is no base.
        """
        stated = {Part(part): value for part, value in parts.items() if value}
        left_out = [part for part in stated if part not in self.order]
        if left_out:
            raise ValueError(f"The order {', '.join(self.order)} has no place for {', '.join(left_out)}.")
        if Part.BASE not in stated:
            raise ValueError("A name needs a base.")
        model = self.separator.join(stated[part] for part in self.order if part in stated)
        return "/".join(filter(None, (backend, author, model)))
