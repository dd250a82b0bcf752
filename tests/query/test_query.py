"""A query reads late, never changes, and gives typed records."""

from collections.abc import Mapping

import pytest

from horde_reference.errors import HordeReferenceError
from horde_reference.query.errors import UnknownField, UnknownName, Unsuitable
from horde_reference.query.query import Query
from horde_reference.records.base import Record
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, Style

ALBEDO, DELIBERATE, ANYTHING, FLUX = "AlbedoBase XL (SDXL)", "Deliberate", "anything", "Flux"


class Shelf:
    """Records that count how often they are read."""

    def __init__(self, records: Mapping[str, ImageGeneration]) -> None:
        self.records = records
        self.reads = 0

    def __call__(self) -> Mapping[str, ImageGeneration]:
        self.reads += 1
        return self.records


def test_all_records_in_the_order_in_which_they_are_published(images: Query[ImageGeneration]) -> None:
    assert images.names() == [ALBEDO, DELIBERATE, ANYTHING, FLUX]
    assert [record.name for record in images] == images.names() == list(images.to_dict())
    assert len(images) == images.count() == 4
    assert images.kind is ImageGeneration


def test_nothing_is_read_before_it_is_asked_for(images: Query[ImageGeneration]) -> None:
    shelf = Shelf(images.to_dict())
    query = Query(ImageGeneration, shelf)
    query = query.where(lambda record: record.nsfw, baseline="SDXL").tagged(any_of="anime").sfw().fits(9)
    query = query.order_by("size").offset(0).limit(3).for_baseline("SDXL").inpainting(flag=False)
    assert "where" in repr(query)
    assert shelf.reads == 0
    query.first()
    assert shelf.reads == 1


def test_each_question_reads_anew(images: Query[ImageGeneration]) -> None:
    shelf = Shelf({})
    query = Query(ImageGeneration, shelf).where(nsfw=False)
    assert query.names() == []
    shelf.records = images.to_dict()
    assert query.names() == [DELIBERATE, FLUX]


def test_reading_stops_at_the_last_record_that_is_needed(images: Query[ImageGeneration]) -> None:
    seen: list[str] = []
    query = images.where(lambda record: not seen.append(record.name))  # type: ignore[func-returns-value]
    assert query.first() is not None
    assert query.limit(2).names() == [ALBEDO, DELIBERATE]
    assert seen == [ALBEDO, ALBEDO, DELIBERATE]


def test_a_query_never_changes(images: Query[ImageGeneration]) -> None:
    before = repr(images), images.names()
    steps = [images.where(nsfw=True), images.order_by("name"), images.limit(1), images.offset(1), images.sfw()]
    assert before == (repr(images), images.names())
    assert all(step is not images for step in [*steps, images.where(), images.tagged()])


def test_whether_there_is_any(images: Query[ImageGeneration]) -> None:
    assert images
    assert not images.where(name="no such")
    assert not images.limit(0)


def test_a_record_by_its_name(images: Query[ImageGeneration]) -> None:
    assert images[FLUX].baseline is Baseline.FLUX_1
    found = images.get(FLUX)
    assert found is not None
    assert found.name == FLUX
    assert FLUX in images
    assert images.get("no such") is None
    assert images.get("no such", 3) == 3
    assert "no such" not in images
    assert 3 not in images


@pytest.mark.parametrize("cut", [False, True])
def test_only_selected_records_are_found_by_name(images: Query[ImageGeneration], cut: bool) -> None:
    safe = images.sfw().order_by("name")
    safe = safe.limit(1) if cut else safe
    assert DELIBERATE in safe
    assert ALBEDO not in safe
    assert safe.get(ALBEDO) is None
    assert (FLUX in safe) is not cut
    with pytest.raises(UnknownName, match="There is no image_generation model 'Albedo' here"):
        safe["Albedo"]


def test_a_name_that_does_not_exist(images: Query[ImageGeneration]) -> None:
    with pytest.raises(KeyError) as caught:
        images["Albedo"]
    said = "There is no image_generation model 'Albedo'. Did you mean 'AlbedoBase XL (SDXL)'?"
    assert str(caught.value) == said
    assert isinstance(caught.value, HordeReferenceError)


def test_steps_do_what_they_say_in_turn(images: Query[ImageGeneration]) -> None:
    assert images.limit(2).where(nsfw=False).names() == [DELIBERATE]
    assert images.where(nsfw=False).limit(2).names() == [DELIBERATE, FLUX]
    assert images.order_by("name").limit(1).names() == [ALBEDO]
    assert images.limit(3).order_by("name").names() == [ALBEDO, ANYTHING, DELIBERATE]
    assert images.order_by("name", descending=True).limit(2).where(nsfw=True).count() == 0


def test_a_part(images: Query[ImageGeneration]) -> None:
    assert images.offset(1).limit(2).names() == [DELIBERATE, ANYTHING]
    assert images.offset(9).names() == []
    assert images.limit(9).count() == 4
    for negative in (images.limit, images.offset):
        with pytest.raises(ValueError, match="not negative"):
            negative(-1)


def test_texts_are_ordered_without_regard_to_case(images: Query[ImageGeneration]) -> None:
    assert images.order_by("name").names() == [ALBEDO, ANYTHING, DELIBERATE, FLUX]


def test_what_is_missing_comes_last_in_both_directions(images: Query[ImageGeneration]) -> None:
    assert images.order_by("size").names() == [DELIBERATE, ALBEDO, ANYTHING, FLUX]
    assert images.order_by("size", descending=True).names() == [ALBEDO, DELIBERATE, ANYTHING, FLUX]


def test_several_fields_order_the_first_one_first(images: Query[ImageGeneration]) -> None:
    assert images.order_by("nsfw", "name").names() == [DELIBERATE, FLUX, ALBEDO, ANYTHING]
    assert images.order_by("nsfw", "name", descending=True).names() == [ANYTHING, ALBEDO, FLUX, DELIBERATE]
    assert images.order_by("name").order_by("nsfw").names() == [DELIBERATE, FLUX, ALBEDO, ANYTHING]


def test_records_are_ordered_by_parts_of_fields(images: Query[ImageGeneration]) -> None:
    assert images.order_by("finetune_series__name").first() == images[DELIBERATE]
    assert images.order_by("requirements__clip_skip").names() == [ANYTHING, ALBEDO, DELIBERATE, FLUX]


@pytest.mark.parametrize("field", ["tags", "config__download__file_name", "requirements", "config", "finetune_series"])
def test_some_fields_have_no_order(images: Query[ImageGeneration], field: str) -> None:
    with pytest.raises(Unsuitable, match=f"'{field}' of image_generation models .*order"):
        images.order_by("name", field)


def test_values_of_a_field(images: Query[ImageGeneration]) -> None:
    assert images.values("size") == [7 * 10**9, 3 * 10**9, None, None]
    assert images.values("tags")[0] == ("anime", "Booru")
    assert images.values("config__download__file_name")[1] == ("a.ckpt", "B.ckpt")
    assert images.values("config__download__size_bytes")[2] == (10**9,)
    assert images.values("finetune_series__version") == [None, "6", None, None]


def test_distinct_values_come_in_order_and_once(images: Query[ImageGeneration]) -> None:
    assert images.distinct("style") == [Style.ANIME, Style.GENERALIST]
    assert images.distinct("tags") == ["anime", "Booru", "scenes"]
    assert images.distinct("size") == [3 * 10**9, 7 * 10**9]
    assert images.distinct("requirements__samplers") == ["k_euler_a", "k_heun"]
    assert images.sfw().distinct("tags") == ["anime", "scenes"]


def test_groups(images: Query[ImageGeneration]) -> None:
    groups = images.group_by("style")
    assert list(groups) == [Style.GENERALIST, Style.ANIME, None]
    assert [record.name for record in groups[None]] == [DELIBERATE, FLUX]
    assert list(images.group_by("nsfw")) == [True, False]


def test_a_record_is_in_the_group_of_each_member_of_its_list(images: Query[ImageGeneration]) -> None:
    groups = images.group_by("tags")
    names = {tag: [record.name for record in records] for tag, records in groups.items()}
    assert names == {"anime": [ALBEDO, DELIBERATE], "Booru": [ALBEDO], "scenes": [FLUX], None: [ANYTHING]}
    assert list(names)[-1] is None


def test_a_member_that_a_list_has_twice_counts_once() -> None:
    record = ImageGeneration(name="a", baseline=Baseline.FLUX_1, nsfw=False, tags=("x", "x"))
    assert Query(ImageGeneration, lambda: {"a": record}).group_by("tags") == {"x": [record]}


def test_dictionaries_make_no_groups(images: Query[ImageGeneration]) -> None:
    for question in (images.group_by, images.distinct):
        with pytest.raises(Unsuitable, match="requirements__key"):
            question("requirements")


@pytest.mark.parametrize("question", ["order_by", "values", "distinct", "group_by"])
def test_a_field_that_does_not_exist_is_told_at_once(images: Query[ImageGeneration], question: str) -> None:
    for field in ("basline", "baseline__ne"):
        with pytest.raises(UnknownField, match="image_generation models"):
            getattr(images, question)(field)


def test_a_query_says_what_it_asks(images: Query[ImageGeneration], texts: Query[TextGeneration]) -> None:
    assert repr(images) == "<Query of image_generation: all>"
    query = images.where(baseline=Baseline.FLUX_1, nsfw=False).order_by("size", descending=True).offset(1).limit(5)
    said = "where baseline='flux_1', nsfw=False; order_by size descending; offset 1; limit 5"
    assert repr(query) == f"<Query of image_generation: {said}>"
    query = images.tagged(any_of=["anime"], none_of="booru").for_baseline("SDXL", "SD1")
    said = "tagged any_of=('anime',), none_of=('booru',); for_baseline SDXL, SD1"
    assert repr(query) == f"<Query of image_generation: {said}>"
    assert "<lambda>" in repr(texts.where(lambda record: record.nsfw))


def test_a_query_of_one_kind_is_a_query_of_records(images: Query[ImageGeneration]) -> None:
    def largest(query: Query[Record]) -> Record | None:
        return query.order_by("size", descending=True).first()

    assert largest(images) == images[ALBEDO]
