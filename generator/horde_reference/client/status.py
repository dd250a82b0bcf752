"""What a reference knows of a category."""


class CategoryStatus:
    """How a category stands."""

    __slots__ = ("age", "category", "count", "problem")

    def __init__(self, category: str, count: int | None, age: float | None, problem: str) -> None:
        self.category = category
        """Name of the category."""
        self.count = count
        """Its records; `None` where they cannot be had."""
        self.age = age
        """Seconds since they were last known to be so."""
        self.problem = problem
        """Why they could not be asked for last; empty if they could."""
