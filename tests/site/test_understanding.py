"""The pages that say what all of it comes to, read without a browser: they say what the published files say."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import Element

import pytest
from html_pages import addresses, one, parsed, text_of
from queues import proposal
from site_world import HOSTILE

from horde_reference.adapters.packaged import packaged_look
from horde_reference.analytics.presets import PRESETS
from horde_reference.analytics.risk import FLAGS
from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit.site import labels
from horde_reference.emit.site.pages import emit
from horde_reference.emit.site.understanding.charts import Bar, Column, bars, columns
from horde_reference.emit.site.understanding.risk_index import FLAG_WORDS
from horde_reference.pending.snapshot import Queue
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.grouping import Grouping

Files = Mapping[str, bytes]
SVG = "{http://www.w3.org/2000/svg}"
STATISTICS = "api/model_references/statistics"


def page_at(files: Files, folder: str) -> Element:
    return parsed(files[f"{folder}index.html"])


def said(page: Element) -> str:
    return " ".join(text_of(one(page, "main")).split())


def published(files: Files, path: str) -> Any:
    return json.loads(files[path])


def section(page: Element, title: str) -> Element:
    found = page.find(f".//section[@aria-labelledby='{title}']")
    assert found is not None, title
    return found


def numbers(part: Element) -> list[tuple[str, int]]:
    """Label and number of each row of the first table in a part."""
    rows = [row for row in one(part, "tbody").findall("tr") if row.find("td") is not None]
    assert rows
    return [(text_of(one(row, "th")).strip(), int(text_of(one(row, "td")).replace(",", ""))) for row in rows]


def total(part: Element) -> int:
    return sum(number for _, number in numbers(part))


def emitted(edition: Edition) -> Files:
    return {path: bytes(body) for path, body in emit(edition, packaged_look())}


@pytest.fixture(scope="module")
def bare() -> Files:
    """The site of three text models of which nothing else is known."""
    names = ("author/Teller-3B", "author/Teller-8B", "other/Singer")
    records = [TextGeneration(name=name, parameters=3 * 10**9) for name in names]
    return emitted(Edition(Corpus.of(records)))


@pytest.mark.parametrize("category", ["image_generation", "text_generation"])
def test_sums_are_those_of_the_published_statistics(files: Files, category: str) -> None:
    page, told = page_at(files, f"statistics/{category}/"), published(files, f"{STATISTICS}/{category}.json")
    baselines = told["baseline_distribution"].values()
    assert total(section(page, "baselines")) == sum(one["count"] for one in baselines) > 0
    assert total(section(page, "styles")) == sum(one["count"] for one in told["top_styles"]) > 0
    shown = dict(re.findall(r"(models|files to download)([\d,]+)", text_of(one(page, "main")).replace("\n", "")))
    assert int(shown["models"]) == told["total_models"]
    if category == "text_generation":
        assert total(section(page, "parameters")) == sum(one["count"] for one in told["parameter_buckets"]) == 4
    else:
        assert total(section(page, "sizes")) == told["download_stats"]["models_with_size_info"] == 3
        assert dict(numbers(section(page, "hosts"))) == told["download_stats"]["hosts"]


def test_the_overview_adds_up_all_categories(files: Files) -> None:
    page = page_at(files, "statistics/")
    told = [published(files, f"{STATISTICS}/{category}.json") for category in CATEGORIES]
    assert dict(numbers(section(page, "categories"))) == {
        labels.TITLES[one["category"]]: one["total_models"] for one in told if one["total_models"]
    }
    assert total(section(page, "hosts")) == sum(one["download_stats"]["total_download_entries"] for one in told)


def test_growth_ends_with_what_there_is(files: Files) -> None:
    page = section(page_at(files, "statistics/"), "growth")
    (last, count), *_, (first, _) = numbers(page)
    assert count == sum(published(files, f"{STATISTICS}/{category}.json")["total_models"] for category in CATEGORIES)
    assert (first, last) == ("2023-11-14", "2025-11-23")


def test_requests_a_day_are_those_of_the_published_trends(files: Files) -> None:
    told = published(files, f"{STATISTICS}/image_generation/trends.json")
    found = dict(numbers(section(page_at(files, "statistics/image_generation/"), "use")))
    expected = {
        day: sum(one["requests"][place] for one in told["models"].values()) for place, day in enumerate(told["days"])
    }
    assert len(found) > 10
    assert found.items() <= expected.items()
    assert told["days"][-1] in found


def test_most_asked_for_are_those_that_were_asked_for_most(files: Files) -> None:
    told = published(files, f"{STATISTICS}/image_generation/with-stats.json")
    used = {name: one["usage_stats"]["month"] for name, one in told.items() if one["usage_stats"]["month"]}
    found = numbers(section(page_at(files, "statistics/image_generation/"), "busiest"))
    assert found == sorted(used.items(), key=lambda one: -one[1])


@pytest.mark.parametrize("folder", ["statistics/", "statistics/text_generation/"])
def test_every_drawing_has_a_name_and_its_numbers_as_a_table(files: Files, folder: str) -> None:
    page = page_at(files, folder)
    drawn = page.findall(".//div[@class='drawn']")
    assert len(drawn) == len(list(page.iter("figure"))) > 0
    for part in drawn:
        drawing = one(part, f"{SVG}svg")
        assert drawing.get("role") == "img"
        named = {
            element.get("id")
            for element in drawing
            if element.tag in {f"{SVG}title", f"{SVG}desc"} and text_of(element)
        }
        assert named == set(str(drawing.get("aria-labelledby")).split())
        assert numbers(one(part, "details"))
    hidden = [drawing for drawing in page.iter(f"{SVG}svg") if drawing.get("class") == "bar"]
    assert hidden
    assert all(drawing.get("aria-hidden") == "true" for drawing in hidden)


def test_pages_say_when_usage_was_counted(files: Files) -> None:
    for folder in ("statistics/", "statistics/image_generation/", "risk/image_generation/"):
        assert "As the AI-Horde counted on 2025-11-24." in said(page_at(files, folder)), folder
    assert "The AI-Horde counts no requests for models of this kind." in said(page_at(files, "statistics/clip/"))


def test_what_is_not_known_is_called_unknown(bare: Files) -> None:
    statistics = said(page_at(bare, "statistics/"))
    assert "How the list grew is unknown: git's history was not at hand" in statistics
    assert "How much these are used is unknown: nobody asked the AI-Horde" in statistics
    assert "How much these are used is unknown" in said(page_at(bare, "risk/text_generation/"))
    assert "What changed is unknown" in said(page_at(bare, "news/"))
    assert "What waits is unknown: nobody looked at the pull requests" in said(page_at(bare, "queue/"))
    row = one(one(page_at(bare, "risk/"), "tbody"), "tr")
    assert [text_of(cell) for cell in row] == ["Text generation", "3", "3", "0", "unknown", "unknown"]


def test_a_list_without_models_has_its_pages_as_well() -> None:
    found = emitted(Edition(Corpus.of([])))
    pages = [path for path in found if path.endswith(".html")]
    assert {"statistics/index.html", "risk/clip/index.html", "families/index.html"} <= set(pages)
    assert all(parsed(found[path]) is not None for path in pages)
    assert "There are no models yet." in said(page_at(found, "statistics/"))


def test_no_page_lies_where_hosts_answer_with_a_file(files: Files) -> None:
    """A folder with `index.json` in it is answered with that."""
    folders = {path.removesuffix("index.html") for path in files if path.endswith("index.html")}
    assert not [folder for folder in folders if f"{folder}index.json" in files]
    assert not [path for path in files if path.startswith(("statistics/", "risk/", "families/", "news/", "queue/"))
                and not path.endswith("/index.html")]  # fmt: skip


def rows_at_risk(page: Element) -> dict[str, list[str]]:
    table = next(one for one in page.iter("table") if one.get("class") == "risks")
    rows = one(table, "tbody").findall("tr")
    return {text_of(one(row, "bdi")): [text_of(cell) for cell in row.findall("td")] for row in rows}


def test_every_model_at_risk_stands_in_the_page_with_its_flags(files: Files) -> None:
    told = published(files, f"{STATISTICS}/image_generation/deletion-risk.json")["models"]
    rows = rows_at_risk(page_at(files, "risk/image_generation/"))
    assert rows.keys() == {one["name"] for one in told}
    for model in told:
        flags, month, workers, size = rows[model["name"]]
        raised = [FLAG_WORDS[flag] for flag, on in model["deletion_risk_flags"].items() if on]
        assert flags == f"{model['risk_score']} {' · '.join(raised)}"
        assert month == labels.number(model["usage_month"])
        assert workers == labels.number(model["worker_count"])
        assert size == (f"{model['size_gb']:.2f}" if model["size_gb"] else "")
    scores = [int(flags.split()[0]) for flags, *_ in rows.values()]
    assert scores == sorted(scores, reverse=True)


def test_every_flag_and_every_preset_is_explained(files: Files) -> None:
    assert FLAG_WORDS.keys() == set(FLAGS)
    page = page_at(files, "risk/")
    text = said(page)
    assert all(flag in text and words in text for flag, words in FLAG_WORDS.items())
    assert all(preset.summary in text for preset in PRESETS.values())


def test_the_presets_of_a_page_are_the_published_selections(files: Files) -> None:
    page = page_at(files, "risk/image_generation/")
    links = {value for _, value in addresses(page)}
    counts = dict(numbers(section(page, "files")))
    for name, preset in PRESETS.items():
        path = f"{STATISTICS}/image_generation/deletion-risk/{name}.json"
        assert f"../../{path}" in links
        assert counts[f"{labels.sentence(name)}{preset.summary}"] == published(files, path)["returned_count"]


def test_columns_say_what_the_published_risks_say(files: Files) -> None:
    told = published(files, f"{STATISTICS}/image_generation/deletion-risk.json")["models"]
    found = published(files, "search/risk/image_generation.json")
    assert found["names"] == [one["name"] for one in told]
    assert found["month"] == [one["usage_month"] for one in told]
    assert [bits.bit_count() for bits in found["raised"]] == [one["risk_score"] for one in told]
    for place, preset in enumerate(found["presets"]):
        path = f"{STATISTICS}/image_generation/deletion-risk/{preset}.json"
        taken = [name for name, bits in zip(found["names"], found["taken"], strict=True) if bits >> place & 1]
        assert taken == [one["name"] for one in published(files, path)["models"]]


def ids(page: Element) -> set[str]:
    return {str(element.get("id")) for element in page.iter() if element.get("id")}


def test_every_text_model_stands_once_in_the_tree(files: Files) -> None:
    forest = next(element for element in page_at(files, "families/").iter() if element.get("id") == "forest")
    models = [unquote(value) for _, value in addresses(forest)]
    names = published(files, "api/model_references/v2/text_generation.json")
    assert sorted(models) == sorted(f"../models/text_generation/{name}/" for name in names)


def families(page: Element, title: str) -> dict[str, list[str]]:
    found = section(page, title).findall(".//details[@class='family']")
    return {text_of(one(one(fold, "summary"), "bdi")): [str(item.get("id")) for item in one(fold, "ul").findall("li")]
            for fold in found}  # fmt: skip


def test_groups_stand_in_their_family_or_alike_or_alone() -> None:
    names = ["a/One-3B", "a/One-8B", "a/Two-1-3B", "a/Sky-blue-3B", "a/Sky-red-3B", "a/Lone"]
    records = [TextGeneration(name=name, parameters=3 * 10**9) for name in names]
    edition = Edition(Corpus.of(records), grouping=Grouping(
        families={"Numbers": ("One",), "Gone": ("Nowhere",)}, aliases={"One": ("Uno <b>",)}))  # fmt: skip
    page = page_at(emitted(edition), "families/")
    assert families(page, "families") == {"Numbers": ["group-One"]}
    assert families(page, "alike") == {"Sky": ["group-Sky-blue", "group-Sky-red"]}
    assert {item.get("id") for item in section(page, "alone").findall("./ul/li")} >= {"group-Lone"}
    assert "also Uno <b>" in said(page)


def test_a_models_page_leads_to_its_group_and_to_its_risk(files: Files) -> None:
    model = page_at(files, "models/text_generation/author/Teller-8B/")
    links = [value for _, value in addresses(model)]
    group = next(link for link in links if "/families/#" in link)
    assert urlsplit(group).fragment in ids(page_at(files, "families/"))
    risk = next(link for link in links if "/risk/" in link and "?" in link)
    assert parse_qs(urlsplit(risk).query) == {"q": ["author/Teller-8B"]}


def test_a_withdrawn_model_is_at_no_risk(files: Files) -> None:
    assert "Deletion risk" in said(page_at(files, "models/image_generation/Lantern XL/"))
    assert "Deletion risk" not in text_of(one(page_at(files, "models/image_generation/Gone/"), "aside"))


def test_changes_are_told_newest_first_field_by_field(files: Files) -> None:
    text = said(page_at(files, "news/"))
    assert text.index("2025-11-23") < text.index("Say more of Lantern XL (#41)") < text.index("First records")
    for part in (
        "description A model called ViT-L/14.", "pull request 41", "renamed After was Before", "removed Gone",
        "withdrawn", "added", "by Grace", "more: all of this change as JSON",
    ):  # fmt: skip
        assert part in text, part
    assert re.search(r"1 renamed", text)


def test_pages_on_changes_name_their_feeds(files: Files) -> None:
    def feeds(folder: str) -> list[tuple[str, str]]:
        found = page_at(files, folder).findall(".//link[@rel='alternate']")
        return [(str(one.get("type")), str(one.get("href"))) for one in found]

    assert feeds("news/") == [("application/atom+xml", "../changes/feed.atom")]
    assert feeds("news/clip/") == [("application/atom+xml", "../../changes/clip.atom")]
    assert feeds("") == [("application/atom+xml", "./changes/feed.atom")]
    assert feeds("models/clip/") == [("application/atom+xml", "../../changes/clip.atom")]


def test_changes_of_a_category_are_its_own(files: Files) -> None:
    text = said(page_at(files, "news/clip/"))
    assert "ViT-L/14" in text
    assert "Deleted" in text
    assert "Lantern" not in text.replace("Say more of Lantern XL (#41)", "")


def test_a_hostile_title_is_text(files: Files) -> None:
    for folder in ("news/", "queue/"):
        page = page_at(files, folder)
        assert HOSTILE in text_of(one(page, "main")), folder
        assert {urlsplit(value).scheme for _, value in addresses(page)} <= {"", "https"}
        assert not list(page.iter("img"))


def test_the_queue_says_who_proposes_what_and_how_it_stands(files: Files) -> None:
    text = said(page_at(files, "queue/"))
    for part in (
        "As the pull requests stood on 2025-11-24 16:00 UTC.", "by <b>eve</b>", "draft", "2 errors", "batch autumn",
        "See more #89 approved", "approved by mia", "nsfw look twice true", "an account that is gone", "And 10 more.",
        "Only words #87", "It changes no record.", "rejected 2025-11-24 by mia", "applied 2025-11-24 by mia",
    ):  # fmt: skip
        assert part in text, part
    assert text.index("Only words") < text.index("Settled last") < text.index("rejected")


def queued(*proposals: Any) -> str:
    queue = Queue(repository="example/reference", fetched_at=0, proposals=proposals)
    return said(page_at(emitted(Edition(Corpus.of([]), queue=queue)), "queue/"))


def test_a_queue_in_which_nothing_waits_says_so() -> None:
    assert "As the pull requests stood on 1970-01-01 00:00 UTC. Nothing waits." in queued()
    settled = queued(proposal(1, state="merged", closed_at=0))
    assert "Nothing waits." in settled
    assert "Settled last Number 1 #1 applied 1970-01-01" in settled


def pages(files: Files) -> Iterator[tuple[str, Element]]:
    return ((path, parsed(body)) for path, body in files.items() if path.endswith(".html"))


def test_every_page_leads_to_all_of_these(bare: Files) -> None:
    for path, page in pages(bare):
        if path == "hosting/404.html":  # shown at any depth, it names them from the host
            continue
        links = {value for _, value in addresses(page)}
        root = "../" * path.count("/") or "./"
        assert {f"{root}{folder}/" for folder in ("statistics", "risk", "families", "news", "queue")} <= links, path


def test_what_is_not_shown_stands_together_behind_the_bars() -> None:
    found = bars([Bar("a", 4, 40.0), Bar("b", 2, 20.0), Bar("c", 3, 30.0), Bar("d", 1, 10.0)], 2, "others")
    assert [(one.label, one.count, one.share, one.length) for one in found] == [
        ("a", 4, 40.0, 100.0), ("b", 2, 20.0, 50.0), ("2 others", 4, 40.0, 0),
    ]  # fmt: skip
    assert bars([], 2, "others") == []


def test_columns_stand_beside_each_other_and_nothing_makes_none() -> None:
    found = columns([Column("x", "x", 1, 20.0), Column("y", "y", 4, 80.0)])
    assert [(one.middle, one.height) for one in found] == [(25.0, 25.0), (75.0, 100.0)]
    assert found[0].left + found[0].width < found[1].left
    assert columns([Column("x", "x", 0, 0.0)]) == columns([]) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (labels.share(0), "0\xa0%"), (labels.share(0.004), "<0.1\xa0%"), (labels.share(12.34), "12.3\xa0%"),
        (labels.share(100.0), "100\xa0%"), (labels.sentence("deletion_candidates"), "Deletion candidates"),
        (labels.moment(0), "1970-01-01 00:00 UTC"),
    ],
)  # fmt: skip
def test_numbers_in_words(written: str, expected: str) -> None:
    assert written == expected
