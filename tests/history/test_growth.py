"""How many records there were is told from the first to the last day, and ends with what is published."""

from datetime import date

from repositories import Repository

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.formats.canonical import decode
from horde_reference.history.derive import replay
from horde_reference.history.growth import MOST_DAYS, growth
from horde_reference.workflows.remember import history_at

DAY = 86_400


def days_after(repository: Repository, number: int) -> None:
    repository.clock += number * DAY


def test_it_follows_what_readers_saw_come_and_go(repository: Repository) -> None:
    repository.write("clip", "one")
    repository.write("clip", "two")
    repository.commit("Two")
    days_after(repository, 1)
    repository.write("clip", "two", withdrawn={"reason": "It is gone.", "date": "2023-11-16"})
    repository.write("text_generation", "author/three")
    repository.commit("One goes, one comes")
    days_after(repository, 1)
    repository.write("clip", "one", version="2")
    repository.commit("It changes")
    past = history_at(repository.data, "HEAD")
    found = growth(past.events)
    assert found.days == [date(2023, 11, number) for number in (14, 15, 16, 17)]
    assert found.counts == {"clip": [2, 2, 1, 1], "text_generation": [0, 0, 1, 1]}
    assert found.totals == [2, 2, 2, 2]


def test_it_ends_with_the_records_that_are_published(long_past: Repository) -> None:
    past = history_at(long_past.data, "HEAD")
    records = (decode(category, body) for (category, _), body in replay(past.events).items())
    edition = Edition(Corpus.of(records), past)
    found = growth(edition.events)
    assert len(found.days) > 10
    assert {name: counts[-1] for name, counts in found.counts.items()} == {
        name: len(members) for name, members in edition.published.categories.items() if name in found.counts
    }
    assert found.totals[-1] == len(edition.published)


def test_long_times_are_told_by_some_days(repository: Repository) -> None:
    repository.write("clip", "one")
    repository.commit("One")
    days_after(repository, 4000)
    repository.write("clip", "two")
    repository.commit("Two")
    past = history_at(repository.data, "HEAD")
    found = growth(past.events)
    assert len(found.days) == len(found.counts["clip"]) == MOST_DAYS
    assert len(set(found.days)) == MOST_DAYS
    assert (found.counts["clip"][0], found.counts["clip"][-1]) == (1, 2)


def test_clocks_that_go_back_lose_nothing(repository: Repository) -> None:
    repository.write("clip", "one")
    repository.commit("One")
    repository.clock -= 100 * DAY
    repository.write("clip", "two")
    repository.commit("Two, long before")
    past = history_at(repository.data, "HEAD")
    assert growth(past.events).totals[-1] == 2


def test_nothing_ever_happened() -> None:
    assert growth(()).days == ()
    assert growth(()).totals == []
