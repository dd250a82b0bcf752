"""The issue forms are those of the records, and such that GitHub takes them."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from submitted_forms import FORMS, REMOVAL, elements, form, labels

from horde_reference.emit.issue_forms import emit
from horde_reference.formats.shape import needed_keys
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.vocabulary import ControlnetStyle, Style
from horde_reference.rules.proposing import PROPOSAL_RULES

Run = Callable[..., Result]
ASKABLE = [name for name, category in CATEGORIES.items() if not category.managed_elsewhere]
NAMES = [*(f"propose-{name}" for name in ASKABLE), REMOVAL]


def test_each_category_that_is_managed_here_has_a_form() -> None:
    assert len(ASKABLE) == 13
    assert sorted(path.stem for path in FORMS.iterdir()) == sorted([*NAMES, "config"])


def test_the_committed_forms_are_up_to_date(run: Run) -> None:
    assert run("forms", "--into", FORMS, "--check").exit_code == 0


def test_forms_are_written_compared_and_leave_what_others_wrote(tmp_path: Path, run: Run) -> None:
    assert run("forms", "--into", tmp_path, "--check").exit_code == 1
    assert run("forms", "--into", tmp_path).exit_code == 0
    assert run("forms", "--into", tmp_path, "--check").exit_code == 0
    (tmp_path / "bug.yml").write_text("name: Bug\n")
    assert run("forms", "--into", tmp_path).exit_code == 3


@pytest.mark.parametrize(("schema", "names"), [("issue-forms", NAMES), ("issue-config", ["config"])])
def test_the_published_schema_of_such_files_is_kept(schema: str, names: list[str]) -> None:
    files = [str(FORMS / f"{name}.yml") for name in names]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{schema}", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_what_githubs_schema_does_not_say_is_kept_as_well(name: str) -> None:
    found = elements(name)
    ids = [one["id"] for one in found]
    assert len(set(ids)) == len(ids)
    # GitHub refuses labels that are "too similar": equal but for case and punctuation.
    folded = [re.sub(r"[^a-z0-9]+", "", label.lower()) for label in labels(name)]
    assert len(set(folded)) == len(folded)
    for one in found:
        options = one["attributes"].get("options", [])
        assert len(set(options)) == len(options)
        assert "None" not in options
        assert all(isinstance(option, str) and option.strip() for option in options)
        assert all(text.strip() for text in one["attributes"].values() if isinstance(text, str))
    assert len(form(name)["description"]) <= 200


def test_names_of_forms_differ() -> None:
    names = [form(name)["name"] for name in NAMES]
    assert len(set(names)) == len(names)


def test_the_text_of_a_form_says_what_was_meant() -> None:
    for name, body in emit():
        document = yaml.safe_load(body)
        assert yaml.safe_load(yaml.safe_dump(document)) == document
        assert (FORMS / name).read_bytes() == body


@pytest.mark.parametrize("category", ASKABLE)
def test_each_form_sets_title_and_label(category: str) -> None:
    found = form(f"propose-{category}")
    assert found["title"] == f"[{category}] "
    assert found["labels"] == ["proposal"]


def element(category: str, name: str) -> dict[str, Any]:
    return next(one for one in elements(f"propose-{category}") if one["id"] == name)


def test_answers_to_choose_from_are_those_of_the_vocabularies() -> None:
    assert element("image_generation", "style")["attributes"]["options"] == [str(style) for style in Style]
    assert element("controlnet", "controlnet_style")["attributes"]["options"] == [str(one) for one in ControlnetStyle]
    assert "infer" not in element("image_generation", "baseline")["attributes"]["options"]
    assert element("text_generation", "nsfw")["attributes"]["options"] == ["yes", "no"]


def test_descriptions_are_those_of_the_fields() -> None:
    said = element("text_generation", "parameters")["attributes"]["description"]
    assert said == (
        "Number of parameters that the horde reckons with. For mixtures of experts about half of the total. "
        "Needed for a new model."
    )


@pytest.mark.parametrize("category", ASKABLE)
def test_what_a_new_model_needs_is_said_and_only_the_name_is_insisted_on(category: str) -> None:
    insisted = {one["id"] for one in elements(f"propose-{category}") if one["validations"]["required"]}
    assert insisted == {"operation", "category", "name"}
    said = {one["id"] for one in elements(f"propose-{category}") if "Needed" in one["attributes"]["description"]}
    assert said == needed_keys(category) - {"name"}


@pytest.mark.parametrize("category", ASKABLE)
def test_every_field_that_people_state_is_asked_for(category: str) -> None:
    asked = {one["id"].removesuffix("_download") for one in elements(f"propose-{category}")}
    fields = {name for name in CATEGORIES[category].record.__dataclass_fields__ if name not in {"legacy", "withdrawn"}}
    assert asked == fields | {"operation", "category"}


PACKAGE = Path(__file__).parent.parent.parent / "generator/horde_reference"


@pytest.mark.parametrize("rule", [rule.id for rule in PROPOSAL_RULES])
def test_every_rule_on_proposals_is_reported(rule: str) -> None:
    assert any(f'"{rule}"' in path.read_text() for path in (PACKAGE / "proposals").glob("*.py"))
