"""The released client reads our tree without noticing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from released import ask, read_from

from horde_reference.text.names import parse_name

ROOT = Path(__file__).parent.parent.parent


def said(value: Any) -> Any:
    """A value without what says nothing: the client takes an absent text and an empty one for the same."""
    match value:
        case dict():
            return {key: said(inner) for key, inner in value.items() if inner not in (None, "")}
        case list():
            return [said(inner) for inner in value]
    return value


def by_name(records: dict[str, Any]) -> dict[str, Any]:
    """Records by their own name: one legacy record has another key. The client makes other groups than the service."""
    return {
        record["name"]: {key: inner for key, inner in said(record).items() if key != "text_model_group"}
        for record in records.values()
    }


def test_the_released_client_reads_what_it_converts_itself(
    shared: Path, published: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    served = read_from(serve(published), tmp_path / "one")
    converted = ask(tmp_path / "two", "converted", shared / "corpus/image", shared / "corpus/text")
    assert sum(map(len, served.values())) == 913
    assert served.keys() == converted.keys()
    for category in converted:
        assert by_name(served[category]) == by_name(converted[category]), category
    texts = served["text_generation"]
    assert {name: record["text_model_group"] for name, record in texts.items()} == {
        name: parse_name(name).group for name in texts
    }


def test_the_released_client_reads_our_own_records(
    serve: Callable[[Path], str], tmp_path: Path, run: Callable[..., Any]
) -> None:
    run("build", "--data", ROOT / "data", "--out", tmp_path / "public")
    served = read_from(serve(tmp_path / "public"), tmp_path / "home")
    ours = {folder.name: len(list(folder.rglob("*.json"))) for folder in (ROOT / "data").iterdir() if folder.is_dir()}
    # The released client is older than the annotators, and what is stated of groups are no records.
    assert {category: len(records) for category, records in served.items()} == {
        category: count for category, count in ours.items() if category not in {"controlnet_annotator", "text_groups"}
    }
