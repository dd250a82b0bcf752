"""The pages, read without a browser: right HTML, links that lead somewhere, nothing that a record could slip in."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

import pytest
from hard_names import ODD
from html_pages import addresses, missing_links, one, parsed, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from site_world import HOSTILE, PICTURE, TRAPS
from strategies import records

from horde_reference.adapters.packaged import packaged_look
from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit.hosting.arrange import arrange
from horde_reference.emit.hosting.host import Host
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import edit_url, https, model_folder
from horde_reference.emit.site.pages import emit
from horde_reference.emit.site.picture import HEIGHT, picture
from horde_reference.records.base import Config, Download, Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import ImageGeneration
from horde_reference.records.vocabulary import Baseline
from horde_reference.tree import Body, Emitted

IMAGES = "models/image_generation"
LANTERN = f"{IMAGES}/Lantern XL/index.html"


def pages_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: body for path, body in files.items() if path.endswith(".html")}


def page_of(record: Record) -> bytes:
    files = dict(emit(Edition(Corpus.of([record])), packaged_look()))
    return bytes(files[f"{model_folder(record.category, record.name)}index.html"])


def test_every_page_is_right_html(files: Mapping[str, bytes]) -> None:
    found = pages_of(files)
    assert len(found) > 80
    for path, body in found.items():
        page = parsed(body)
        assert text_of(one(page, "title")).strip(), path
        assert len(page.findall(".//h1")) == 1, path
        assert len({element.get("id") for element in page.iter() if element.get("id")}) == sum(
            1 for element in page.iter() if element.get("id")
        ), path


def test_no_link_within_the_site_is_broken(files: Mapping[str, bytes]) -> None:
    assert missing_links(files) == []


def test_each_kind_of_page_can_be_reached_from_the_foot_of_every_other(files: Mapping[str, bytes]) -> None:
    kinds = {f"{path.partition('/')[0]}/" for path in pages_of(files) if path.endswith("/index.html")}
    assert "propose/" in kinds
    foot = one(parsed(files["index.html"]), "nav[@aria-label='All pages']")
    assert {str(link.get("href")).removeprefix("./") for link in foot.iter("a")} == kinds


def test_no_page_holds_a_script_or_a_style_of_its_own(files: Mapping[str, bytes]) -> None:
    for path, body in pages_of(files).items():
        for element in parsed(body).iter():
            if element.tag in {"script", "style"}:
                assert element.get("src", "").startswith(("./assets/", "../", "/assets/")), path
                assert not text_of(element), path
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")], path


def test_every_page_states_a_policy_that_lets_nothing_else_run(files: Mapping[str, bytes]) -> None:
    for path, body in pages_of(files).items():
        said = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', body)
        assert said, path
        assert b"default-src &#39;none&#39;" in said[1]
        assert b"unsafe" not in said[1]
        assert (b"https:" in said[1]) == (b"Suggest a change" in body), path


def test_a_model_has_a_page_whatever_it_is_called(files: Mapping[str, bytes]) -> None:
    for name in ODD:
        page = parsed(files[f"{model_folder('image_generation', name)}index.html"])
        assert text_of(one(page, "h1")) == name


def test_no_name_takes_the_place_of_another_page() -> None:
    names = [*ODD, *TRAPS, "index.html.br", "index.html.gz", "Index.Html", "a/Index.html.gz"]
    folders = [model_folder("clip", name) for name in names]
    assert len(set(folders)) == len(folders)
    pages = {f"{folder}index.html" for folder in [*folders, "models/clip/"]}
    taken = pages | {f"{page}.{ending}" for page in pages for ending in ("br", "gz")}
    above = {folder[:place] for folder in folders for place, one in enumerate(folder) if one == "/"}
    assert not taken & above


def test_what_a_page_says_of_a_model(files: Mapping[str, bytes]) -> None:
    said = " ".join(text_of(one(parsed(files[LANTERN]), "main")).split())
    for part in (
        "Paints lanterns at night.", "6.5 GB (6,500,000,000 bytes)", "ab" * 32, "cd" * 32, "clip_skip",
        "k_euler, k_dpmpp_2m", "Realistic", "Stable Diffusion XL", "lantern style", "Requests this month", "2,600",
        "requests a day, at most 87", "Changed by Grace", "Added by Ada", "Say more of Lantern XL", "Old Lantern",
    ):  # fmt: skip
        assert part in said, part


def test_where_a_page_of_a_model_leads(files: Mapping[str, bytes]) -> None:
    links = {value for _, value in addresses(parsed(files[LANTERN]))}
    assert links >= {
        PICTURE,
        "https://files.example/lantern.safetensors",
        edit_url("image_generation", "Lantern XL"),
        "../../../api/model_references/v2/image_generation/model/Lantern%20XL.json",
        "../../../api/model_references/v1/image_generation.json",
        "../../../legacy/image/stable_diffusion.json",
    }
    assert edit_url("image_generation", "Lantern XL").endswith("/edit/main/data/image_generation/Lantern%20XL.json")


def test_pictures_wait_until_they_are_seen_and_say_nothing_of_the_page(files: Mapping[str, bytes]) -> None:
    pictures = list(parsed(files[LANTERN]).iter("img"))
    assert [one.get("src") for one in pictures] == [PICTURE]
    assert pictures[0].get("loading") == "lazy"
    assert pictures[0].get("referrerpolicy") == "no-referrer"
    assert pictures[0].get("alt")


def test_models_of_a_group_lead_to_each_other(files: Mapping[str, bytes]) -> None:
    page = parsed(files["models/text_generation/author/Teller-8B/index.html"])
    links = {value for _, value in addresses(page)}
    assert "../../../../models/text_generation/author/Teller-70B-Q4_K_M/" in links
    assert "The Teller" in text_of(one(page, "h1"))


def test_a_withdrawn_model_has_a_page_that_says_what_to_use_instead(files: Mapping[str, bytes]) -> None:
    page = parsed(files[f"{IMAGES}/Gone/index.html"])
    said = " ".join(text_of(one(page, "main")).split())
    assert "This model is withdrawn" in said
    assert "It never worked. Since 2025-11-01" in said
    assert "../../../models/image_generation/Lantern%20XL/" in {value for _, value in addresses(page)}
    assert b"Gone" not in files[f"{IMAGES}/index.html"]
    assert b'"Gone"' not in files["search/models.json"]


def test_an_old_name_leads_to_the_model(files: Mapping[str, bytes]) -> None:
    page = files[f"{IMAGES}/Old Lantern/index.html"]
    assert b'content="0; url=../../../models/image_generation/Lantern%20XL/"' in page


def test_a_name_that_only_git_remembers_leads_to_the_model(files: Mapping[str, bytes]) -> None:
    assert b'content="0; url=../../../models/image_generation/After/"' in files[f"{IMAGES}/Before/index.html"]
    said = " ".join(text_of(one(parsed(files[f"{IMAGES}/After/index.html"]), "main")).split())
    assert "Renamed from Before by Grace" in said
    assert "Added by Ada" in said


def test_a_name_whose_record_was_deleted_says_so(files: Mapping[str, bytes]) -> None:
    said = " ".join(text_of(one(parsed(files["models/clip/Deleted/index.html"]), "main")).split())
    assert "This model is no longer listed. Its record was deleted. That was on 2023-11-15." in said


def test_a_hostile_description_is_text(files: Mapping[str, bytes]) -> None:
    page = parsed(files[f"{IMAGES}/Hostile/index.html"])
    assert HOSTILE in text_of(one(page, "main"))
    assert not [value for _, value in addresses(page) if urlsplit(value).scheme not in {"", "https"}]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "http://a.example/", "https:", "https:///x", "data:text/html,x", "//a.example", "", None,
     "https://a.example/ b", "https://a.example/\n", "\x01https://a.example", "https:\\\\a.example", "https://[",
     "HTTPS"],
)  # fmt: skip
def test_only_https_becomes_a_link(address: str | None) -> None:
    assert https(address) is None


def test_https_stays_as_it_is() -> None:
    assert https("https://a.example/b?c=d&e#f") == "https://a.example/b?c=d&e#f"


def test_addresses_that_the_rules_would_refuse_are_text() -> None:
    bad = "javascript:alert(1)"
    record = ImageGeneration(
        name="Bad", baseline=Baseline.FLUX_1, nsfw=False, homepage=bad, showcases=(bad, "http://a.example/b.webp"),
        config=Config(download=(Download(file_name=bad, file_url=bad),)),
    )  # fmt: skip
    page = parsed(page_of(record))
    assert not list(page.iter("img"))
    assert {urlsplit(value).scheme for _, value in addresses(page)} <= {"", "https"}
    assert text_of(one(page, "main")).count(bad) >= 3


def test_names_that_the_rules_would_refuse_have_pages_as_well() -> None:
    clips = [CATEGORIES["clip"].record(name=name) for name in TRAPS]
    made = [path for path, _ in emit(Edition(Corpus.of(clips)), packaged_look())]
    assert len(set(made)) == len(made)
    assert {f"{model_folder('clip', name)}index.html" for name in TRAPS} <= set(made)


@settings(max_examples=60, deadline=None)
@given(records())
def test_nothing_that_a_record_says_becomes_an_element_or_an_address(record: Record) -> None:
    page = parsed(page_of(record))
    assert len(list(page.iter("script"))) == 2
    assert not list(page.iter("iframe")) + list(page.iter("style")) + list(page.iter("object"))
    for element in page.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    assert {urlsplit(value).scheme for _, value in addresses(page)} <= {"", "https"}
    shown = getattr(record, "display_name", None) or record.name
    if shown.isprintable():
        assert text_of(one(page, "h1")) == shown


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_the_way_back_from_a_page_to_its_name(name: str) -> None:
    """A page's address says the name: what was escaped for the disk is escaped once more in a link."""
    folder = model_folder("clip", name)
    assert unquote(unquote(quote(folder))) == f"models/clip/{name}/"


@pytest.mark.parametrize("host", Host)
def test_pages_pass_through_every_profile_untouched(host: Host, files: Mapping[str, bytes]) -> None:
    arranged = [(path, body) for path, body in arrange(files.items(), host)]
    assert len(dict(arranged)) == len(arranged), "two files have one path"
    found: dict[str, Body] = dict(arranged)
    assert all(found[path] == body for path, body in pages_of(files).items())


def test_pages_come_one_by_one() -> None:
    taken: list[str] = []

    def coming() -> Iterator[Emitted]:
        many = [CATEGORIES["clip"].record(name=f"Model {number}") for number in range(500)]
        for path, body in emit(Edition(Corpus.of(many)), packaged_look()):
            taken.append(path)
            yield path, body

    found = coming()
    while not next(found)[0].startswith("models/clip/Model"):
        pass
    assert len([path for path in taken if path.startswith("models/clip/Model")]) == 1


def test_every_category_has_a_title_and_a_page(files: Mapping[str, bytes]) -> None:
    assert set(labels.TITLES) == set(CATEGORIES)
    assert all(f"models/{name}/index.html" in files for name in CATEGORIES)


def test_a_category_page_is_complete_without_javascript(files: Mapping[str, bytes]) -> None:
    page = parsed(files[f"{IMAGES}/index.html"])
    rows = {text_of(one(row, "bdi")) for row in page.findall(".//tbody/tr")}
    assert rows >= {*ODD, "Lantern XL", "Hostile"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (labels.size(999), "999 bytes"), (labels.size(6_776_583_201), "6.78 GB"), (labels.size(2**53), "9.01 PB"),
        (labels.parameters(8_000_000_000), "8B"), (labels.parameters(1_500_000_000), "1.5B"),
        (labels.parameters(123_000_000_000), "123B"), (labels.parameters(350_000_000), "350M"),
        (labels.words("stable_diffusion_xl"), "Stable Diffusion XL"), (labels.words("Qwen/Qwen3"), "Qwen/Qwen3"),
        (labels.words("control_canny"), "Canny"), (labels.plain([True, 1, "a"]), "yes, 1, a"),
        (labels.short("one two three", 9), "one two…"), (labels.short("x" * 20, 9), "xxxxxxxx…"),
    ],
)  # fmt: skip
def test_values_in_words(written: str, said: str) -> None:
    assert written == said


def test_a_line_has_gaps_where_nothing_is_known() -> None:
    drawn = picture(["a", "b", "c", "d", "e"], [0, 10, None, 5, None])
    assert drawn is not None
    assert drawn.line.count("M") == 2
    assert (drawn.highest, drawn.latest) == (10, 5)
    assert drawn.line.startswith(f"M0 {HEIGHT}L160 6")
    assert picture(["a"], [1]) is None
