"""Combinations of a matrix, as GitHub makes them."""

from collections.abc import Mapping
from itertools import product
from typing import Any

Combination = dict[str, Any]


def combinations(matrix: Mapping[str, Any]) -> list[Combination]:
    vectors = {key: values for key, values in matrix.items() if key not in {"include", "exclude"}}
    made = [dict(zip(vectors, values, strict=True)) for values in product(*vectors.values())] if vectors else []
    kept = [one for one in made if not any(_agrees(one, out) for out in matrix.get("exclude", ()))]
    return _including(kept, matrix.get("include", ()), set(vectors))


def _agrees(one: Combination, stated: Combination) -> bool:
    return all(key in one and one[key] == value for key, value in stated.items())


def _including(made: list[Combination], include: Any, vectors: set[str]) -> list[Combination]:
    """What is included adds to each combination that it does not contradict; if there is none it is one itself."""
    originals = len(made)
    for more in include:
        fitting = [one for one in made[:originals] if all(one[key] == more[key] for key in vectors & more.keys())]
        for one in fitting:
            one.update(more)
        if not fitting:
            made.append(dict(more))
    return made


def chosen(matrix: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> Combination:
    """The first combination that is as wanted."""
    if not matrix:
        return {}
    fitting = [one for one in combinations(matrix) if _agrees(one, dict(wanted))]
    assert fitting, f"No combination of {matrix} has {wanted}."
    return fitting[0]
