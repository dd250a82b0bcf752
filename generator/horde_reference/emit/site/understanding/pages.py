"""The files of these pages.

statistics/index.html              all categories in numbers and drawings
statistics/<category>/index.html   one of them
risk/index.html                    what speaks for deleting a model, and for how many it does
risk/<category>/index.html         the models of a category, to choose from
search/risk/<category>.json        what that page loads, made by `risk_index`
families/index.html                text models by families and groups
news/index.html                    the last changes
news/<category>/index.html         those of a category
queue/index.html                   what is proposed

Not `changes/index.html`: hosts answer that folder with the JSON index that lies in it.
"""

from collections.abc import Iterator

from horde_reference.edition import Edition
from horde_reference.emit.policy import PAGE
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import (
    FAMILIES,
    INDEX,
    QUEUE,
    RISK,
    STATISTICS,
    news_folder,
    risk_folder,
    statistics_folder,
)
from horde_reference.emit.site.rendering import Renderer
from horde_reference.emit.site.understanding import families, news, queue, risk, risk_index, statistics
from horde_reference.emit.site.understanding.measured import Measured
from horde_reference.history.growth import growth
from horde_reference.tree import Emitted


class Pages:
    """Makes the pages: those of categories one by one, and what they come to at the end."""

    def __init__(self, edition: Edition, renderer: Renderer) -> None:
        self._edition, self._renderer = edition, renderer
        self._past = growth(edition.events)
        self._figures: list[statistics.Figures] = []
        self._risks: list[risk.View] = []

    def of_category(self, found: Measured) -> Iterator[Emitted]:
        """The pages of a category, from what is counted of it."""
        figures = statistics.figures(self._edition, found, self._past)
        view = risk.view(self._edition, found)
        self._figures.append(figures)
        self._risks.append(view)
        yield self._page("statistics_category.html", statistics_folder(found.category), figures=figures)
        yield self._page("risk_category.html", risk_folder(found.category), view=view, flags=risk.explanations())
        yield risk_index.file(found.category, found.risks)

    def of_all(self) -> Iterator[Emitted]:
        """The pages on all categories together; to be made after those of each."""
        order = list(labels.TITLES)
        figures = sorted(self._figures, key=lambda one: order.index(one.counts.category))
        views = sorted(self._risks, key=lambda one: order.index(one.category))
        whole = statistics.whole(self._edition, figures, self._past)
        yield self._page("statistics.html", STATISTICS, whole=whole, figures=figures)
        yield self._page("risk.html", RISK, views=views, flags=risk.explanations())
        yield self._page("families.html", FAMILIES, forest=families.forest(self._edition))
        yield self._page("queue.html", QUEUE, view=queue.view(self._edition))
        told = news.told_categories(self._edition)
        for category in (None, *told):
            entries = news.entries(self._edition, category)
            yield self._page("news.html", news_folder(category), category=category, categories=told, entries=entries)

    def _page(self, template: str, folder: str, **known: object) -> Emitted:
        return self._renderer.page(template, folder + INDEX, content_policy=PAGE, **known)
