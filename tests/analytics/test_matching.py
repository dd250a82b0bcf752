"""Every request counts once, for the model that is meant."""

from collections.abc import Sequence
from typing import Any

from horde_reference.analytics.combined import combined, rank_by
from horde_reference.analytics.matching import matched
from horde_reference.analytics.usage import Counted, Use
from horde_reference.records.base import Record
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline


def text(name: str, **stated: Any) -> TextGeneration:
    return TextGeneration(name=name, parameters=8 * 10**9, **stated)


def image(name: str, **stated: Any) -> ImageGeneration:
    return ImageGeneration(name=name, baseline=Baseline.STABLE_DIFFUSION_1, nsfw=False, **stated)


def months(records: Sequence[Record], **counted: int) -> dict[str, int | None]:
    models = {name.replace("__", "/"): Use(month=month) for name, month in counted.items()}
    return {name: seen.month for name, seen in matched(records, Counted(models=models)).items()}


def test_versions_are_models_of_their_own() -> None:
    models = {"Anything v3": Use(month=36), "Anything v5": Use(month=16)}
    found = matched([image("Anything v3"), image("Anything v5")], Counted(models=models))
    assert {name: seen.month for name, seen in found.items()} == {"Anything v3": 36, "Anything v5": 16}


def test_a_text_model_has_the_requests_of_all_its_names() -> None:
    asked = {"koboldcpp__Lantern": 1, "koboldcpp__a__Lantern": 2, "aphrodite__a__Lantern": 4, "a__Lantern": 8}
    assert months([text("a/Lantern")], **asked, Lantern=16) == {"a/Lantern": 15}


def test_a_name_without_author_counts_for_one_of_those_that_share_it() -> None:
    models = [text("b/Lantern"), text("a/Lantern")]
    assert months(models, koboldcpp__Lantern=5) == {"a/Lantern": 5, "b/Lantern": 0}


def test_a_model_goes_before_one_that_had_its_name() -> None:
    assert months([text("a/New", aliases=("a/Old",)), text("a/Old")], a__Old=5) == {"a/New": 0, "a/Old": 5}
    assert months([text("a/New", aliases=("a/Old",))], a__Old=5, koboldcpp__Old=2) == {"a/New": 7}


def test_an_image_model_has_no_backends() -> None:
    assert months([image("Lantern")], koboldcpp__Lantern=5, Lantern=1) == {"Lantern": 1}


def test_what_nobody_said_is_unknown_and_what_is_not_listed_is_none() -> None:
    workers = matched([image("Lantern")], Counted(models={"Other": Use(workers=3)}))["Lantern"]
    assert (workers.workers, workers.month) == (0, None)
    requests = matched([image("Lantern")], Counted(models={"Other": Use(day=0, month=3, total=9)}))["Lantern"]
    assert (requests.workers, requests.day, requests.month, requests.total) == (None, 0, 0, 0)


def test_queue_and_speed_are_those_of_the_name_that_most_workers_offer() -> None:
    models = {"a/L": Use(workers=1, eta=1, month=2), "koboldcpp/L": Use(workers=3, eta=9, month=5)}
    found = combined({"a/L": text("a/L")}, matched([text("a/L")], Counted(models=models)), 7)["a/L"]
    assert (found.worker_count, found.eta, found.usage_as_of) == (3, 9, 7)
    assert found.backend_variations is not None
    assert {one.backend: one.usage_month for one in found.backend_variations.values()} == {
        "canonical": 2, "koboldcpp": 5,
    }  # fmt: skip


def test_ranks() -> None:
    models = {"A": Use(workers=2, month=1, day=9), "B": Use(workers=2, month=5, day=0), "C": Use(workers=1, month=50)}
    records = {name: image(name) for name in "ABCD"}
    found = combined(records, matched(records.values(), Counted(models=models)), 7)
    assert rank_by(found) == ["B", "A", "C"]
    assert rank_by(found, "month") == ["C", "B", "A"]
    assert rank_by(found, "day") == ["A", "C", "B"]


def test_its_own_name_stands_for_a_model_where_workers_tie() -> None:
    models = {
        "b/New": Use(workers=0, jobs=3),
        "koboldcpp/New": Use(workers=0, jobs=40),
        "a/Old": Use(workers=0, jobs=9),
    }
    record = text("b/New", aliases=("a/Old",))
    found = combined({"b/New": record}, matched([record], Counted(models=models)), 7)["b/New"]
    assert found.queued_jobs == 3
    assert found.backend_variations is not None
    assert found.backend_variations["canonical"].variant_name == "b/New"
