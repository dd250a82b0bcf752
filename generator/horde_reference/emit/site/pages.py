"""The site's files.

index.html                                  home
models/index.html                           the catalogue
models/<category>/index.html                all models of a category, readable without JavaScript
models/<category>/<model>/index.html        a model, under its name and the names that it had
search/models.json                          what the catalogue loads, made by `search_index`
statistics/, risk/, families/, news/, queue/, search/risk/
                                            what all of it comes to, made by `understanding`
hosting/404.html                            what servers tell people where there is no page
assets/                                     what the pages look like, and what they do
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from horde_reference.analytics.trends import Trends
from horde_reference.edition import Edition
from horde_reference.emit.policy import PAGE, PAGE_WITH_PICTURES
from horde_reference.emit.removed import deleted
from horde_reference.emit.site import labels, overviews, search_index
from horde_reference.emit.site.links import (
    CATALOGUE,
    INDEX,
    category_folder,
    edit_url,
    model_folder,
    model_href,
    propose_href,
)
from horde_reference.emit.site.model import view
from horde_reference.emit.site.past import by_record, steps
from horde_reference.emit.site.picture import Picture, picture
from horde_reference.emit.site.rendering import Renderer
from horde_reference.emit.site.understanding.measured import Measured, measured
from horde_reference.emit.site.understanding.pages import Pages
from horde_reference.formats.addresses import MISSING_PAGE
from horde_reference.history.event import Event, Key
from horde_reference.records.base import Record
from horde_reference.tree import Emitted

ASSETS: Final = "assets/"


def emit(edition: Edition, look: Mapping[str, bytes], *, documented: bool = False) -> Iterator[Emitted]:
    """Every file of the site.

    Args:
        edition: what the pages say.
        look: path → bytes of all templates and assets.
        documented: whether the documentation is published with them.
    """
    renderer = Renderer(look, documented=documented)
    yield from ((path, body) for path, body in look.items() if path.startswith(ASSETS))
    yield search_index.file(edition)
    yield _home(edition, renderer)
    yield _catalogue(edition, renderer)
    yield renderer.page_anywhere("missing.html", MISSING_PAGE, content_policy=PAGE)
    events = by_record(edition.events)
    understanding = Pages(edition, renderer)
    for category in edition.corpus.categories:
        found = measured(edition, category)
        yield _category(edition, category, renderer)
        yield from _models(edition, found, events, renderer)
        yield from understanding.of_category(found)
    yield from understanding.of_all()


def _home(edition: Edition, renderer: Renderer) -> Emitted:
    last = edition.events[-1].commit.time if edition.events else None
    return renderer.page(
        "home.html",
        INDEX,
        content_policy=PAGE,
        shelves=overviews.shelves(edition),
        total=len(edition.published),
        groups=len(edition.text_groups),
        updated=None if last is None else labels.day(last),
        newest=overviews.newest(edition),
        busiest=overviews.busiest(edition),
    )


def _catalogue(edition: Edition, renderer: Renderer) -> Emitted:
    return renderer.page(
        "catalogue.html",
        CATALOGUE + INDEX,
        content_policy=PAGE,
        shelves=overviews.shelves(edition),
        total=len(edition.published),
    )


def _category(edition: Edition, category: str, renderer: Renderer) -> Emitted:
    rows = [overviews.row(record) for record in edition.published[category].values()]
    shelf = next(one for one in overviews.shelves(edition) if one.name == category)
    return renderer.page(
        "category.html",
        category_folder(category) + INDEX,
        content_policy=PAGE,
        shelf=shelf,
        rows=rows,
        columns=overviews.columns(rows),
    )


def _models(
    edition: Edition, found: Measured, events: Mapping[Key, Sequence[Event]], renderer: Renderer
) -> Iterator[Emitted]:
    category = found.category
    members = edition.corpus[category]
    led = set[str]()
    for record in members.values():
        happened = events.get((category, record.name), ())
        shown = view(edition, record, steps(happened), found.risk_of.get(record.name))
        yield renderer.page(
            "model.html",
            model_folder(category, record.name) + INDEX,
            content_policy=PAGE_WITH_PICTURES,
            model=shown,
            propose=propose_href(category, record.name),
            edit=edit_url(category, record.name),
            trend=_picture(found.trends, record.name),
            usage_day=labels.day(edition.usage.fetched_at) if edition.usage else None,
        )
        for alias in _former_names(record, happened):
            if alias not in members and alias not in led:
                led.add(alias)
                yield _signpost(record, alias, renderer)
    for name, facts in deleted(edition.events, category).items():
        if name not in members and name not in led:
            yield _gravestone(category, name, facts, renderer)


def _former_names(record: Record, happened: Sequence[Event]) -> Iterator[str]:
    """Names that the record says it had, the one under which its legacy file has it, and those that git knows of."""
    yield from record.aliases
    if key := getattr(getattr(record, "legacy", None), "key", None):
        yield key
    yield from (event.renamed_from for event in happened if event.renamed_from is not None)


def _signpost(record: Record, alias: str, renderer: Renderer) -> Emitted:
    return renderer.page(
        "moved.html",
        model_folder(record.category, alias) + INDEX,
        content_policy=PAGE,
        alias=alias,
        name=record.name,
        href=model_href(record.category, record.name),
    )


def _gravestone(category: str, name: str, facts: Mapping[str, str], renderer: Renderer) -> Emitted:
    return renderer.page(
        "gone.html",
        model_folder(category, name) + INDEX,
        content_policy=PAGE,
        category=category,
        name=name,
        reason=facts.get("reason"),
        date=facts.get("date"),
    )


def _picture(drawn: Trends, name: str) -> Picture | None:
    trend = drawn.models.get(name)
    return picture(drawn.days, trend.requests) if trend else None
