"""What the catalogue loads: every model that is offered, column by column.

search/models.json   the columns

It lies in a folder of its own, because hosts that name types by folder take all that lies beside JSON for JSON, and
because a file `index.json` beside a page `index.html` would on other hosts be served in its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from horde_reference.edition import Edition
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import odd_paths
from horde_reference.formats.json_writing import compact
from horde_reference.records.base import Record
from horde_reference.records.vocabulary import Baseline
from horde_reference.tree import File

PATH: Final = "search/models.json"
DESCRIPTION_CHARACTERS: Final = 120
"""So much of a description is searched and shown in the catalogue."""
_IMAGE_BASELINES: Final = frozenset(map(str, Baseline))
_WRITTEN_OUT: Final = "stable diffusion "
_INITIALS: Final = "SD"
_MILLION: Final = 10**6
_NOTHING: Final = -1


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Every model that is offered, column by column: the nth entries of all columns are those of the nth model."""

    categories: Mapping[str, int]
    """Category → how many models it has; those of the first come first."""
    titles: Mapping[str, str]
    """Category → what people call it."""
    names: Sequence[str]
    """Names."""
    paths: Mapping[str, str]
    """Position → folder of the page below `models/`, where that is not category and name with a slash between."""
    called: Mapping[str, Sequence[str]]
    """Position → what else the model is called: the name shown to people, earlier names."""
    descriptions: Sequence[str]
    """Descriptions, or how they begin."""
    baselines: Mapping[str, str]
    """Baselines that there are → what people call them."""
    spellings: Mapping[str, Sequence[str]]
    """Baseline → what else people call it."""
    baseline: Sequence[int]
    """Positions in `baselines`; -1 for none."""
    styles: Mapping[str, str]
    """Styles, and kinds of guidance, that there are → what people call them."""
    style: Sequence[int]
    """Positions in `styles`; -1 for none."""
    quantisations: Mapping[str, str]
    """Quantisations that names state → what people call them."""
    quantisation: Sequence[int]
    """Positions in `quantisations`; -1 for none."""
    tags: Sequence[str]
    """Tags that there are."""
    tagged: Mapping[str, Sequence[int]]
    """Position in `names` → positions in `tags`, where there are any."""
    nsfw: Sequence[int]
    """1 for models that are not safe for work, 0 for others."""
    size: Sequence[int]
    """Megabytes on disk, to three digits; 0 where nobody said."""
    parameters: Sequence[int]
    """Millions of parameters, to three digits; 0 where there are none."""
    month: Sequence[int]
    """Requests of the last month; -1 where nobody counted."""
    workers: Sequence[int]
    """Workers that offer it now; -1 where nobody counted."""


def file(edition: Edition) -> File:
    """The file of the columns."""
    return PATH, compact(search_index(edition))


def search_index(edition: Edition) -> SearchIndex:
    """The columns of an edition."""
    records = [record for name in labels.TITLES for record in edition.published[name].values()]
    tags = _Distinct(tag for record in records for tag in getattr(record, "tags", ()))
    baselines = _Distinct(map(_baseline, records))
    styles = _Distinct(map(_style, records))
    quantised = [_quantisation(edition, record) for record in records]
    quantisations = _Distinct(quantised)
    seen = [edition.seen(record.category)[record.name] for record in records]
    counts = {name: len(edition.published[name]) for name in labels.TITLES}
    return SearchIndex(
        categories={name: count for name, count in counts.items() if count},
        titles={name: labels.TITLES[name] for name, count in counts.items() if count},
        names=[record.name for record in records],
        paths=odd_paths((record.category, record.name) for record in records),
        called={str(place): other for place, record in enumerate(records) if (other := _called(record))},
        descriptions=[labels.short(record.description or "", DESCRIPTION_CHARACTERS) for record in records],
        baselines=baselines.labels,
        spellings={name: other for name in baselines.labels if (other := _spellings(name))},
        baseline=[baselines.place(_baseline(record)) for record in records],
        styles=styles.labels,
        style=[styles.place(_style(record)) for record in records],
        quantisations=quantisations.labels,
        quantisation=[quantisations.place(one) for one in quantised],
        tags=list(tags.labels),
        tagged={
            str(place): [tags.place(tag) for tag in found]
            for place, record in enumerate(records)
            if (found := getattr(record, "tags", ()))
        },
        nsfw=[int(getattr(record, "nsfw", False)) for record in records],
        size=[_rounded(record.size_on_disk_bytes or 0, _MILLION) for record in records],
        parameters=[_rounded(getattr(record, "parameters", 0), _MILLION) for record in records],
        month=[_NOTHING if one.month is None else one.month for one in seen],
        workers=[_NOTHING if one.workers is None else one.workers for one in seen],
    )


class _Distinct:
    """Values, each once, by what people call them; others refer to them by their places."""

    def __init__(self, values: Iterable[str | None]) -> None:
        found = sorted({value for value in values if value is not None})
        self.labels = {value: labels.words(value) for value in found}
        self._places = {value: place for place, value in enumerate(found)}

    def place(self, value: str | None) -> int:
        return _NOTHING if value is None else self._places[value]


def _baseline(record: Record) -> str | None:
    value = getattr(record, "baseline", None)
    return None if value is None else str(value)


def _spellings(baseline: str) -> list[str]:
    """Other spellings of a baseline; where the name is written out, its initials do as well."""
    if baseline not in _IMAGE_BASELINES:
        return []
    known = Baseline(baseline)
    given = dict.fromkeys([known.legacy, *known.alternatives])
    initials = [_INITIALS + one.removeprefix(_WRITTEN_OUT) for one in given if one.startswith(_WRITTEN_OUT)]
    return [one for one in dict.fromkeys([*given, *initials]) if one != baseline]


def _called(record: Record) -> list[str]:
    shown = getattr(record, "display_name", None)
    return [*([shown] if shown else []), *record.aliases]


def _style(record: Record) -> str | None:
    value = getattr(record, "style", None) or getattr(record, "controlnet_style", None)
    return None if value is None else str(value)


def _quantisation(edition: Edition, record: Record) -> str | None:
    name = edition.text_names.get(record.name) if record.category == "text_generation" else None
    return name.quantisation if name else None


def _rounded(number: int, unit: int) -> int:
    """A number in units, to three digits, and at least 1 if there is anything at all."""
    return max(int(float(f"{number / unit:.3g}")), 1) if number else 0
