"""What is read of an issue, whoever wrote it."""

from typing import Any

import pytest
from submitted_forms import ADD, CHANGE, elements, labels, proposal, removal, submitted

from horde_reference.proposals.form_answers import FORM, Answers, is_proposal, read_form
from horde_reference.proposals.wanted import wanted_of
from horde_reference.rules.table import RULES

MODEL: dict[str, Any] = {
    "name": "Lantern XL",
    "description": "Soft light.\n\n### How it was made\n\n```text\nfrom nothing\n```",
    "baseline": "stable_diffusion_xl",
    "nsfw": False,
    "tags": ["anime", "low poly"],
    "requirements": {"clip_skip": 2, "samplers": ["k_euler_a", "lcm"]},
    "config": {
        "download": [
            {
                "file_name": "lantern.safetensors",
                "file_url": "https://huggingface.co/a/b/resolve/main/l.safetensors?download=true",
                "sha256sum": "ab" * 32,
                "size_bytes": 6938040682,
                "file_purpose": "vae",
                "known_slow_download": True,
            }
        ]
    },
}


def answers(body: str) -> Answers:
    found = read_form(body)
    assert found.findings == []
    assert found.answers is not None
    return found.answers


def document(body: str, present: dict[str, Any] | None = None) -> dict[str, Any]:
    return wanted_of(answers(body), present, author="somebody", date="2026-11-23").document


def faults(body: str) -> list[str]:
    """What is wrong, in words. Nothing is taken by half."""
    found = read_form(body)
    assert found.answers is None
    assert all(one.path == FORM and one.message and one.hint and one.rule in RULES for one in found.findings)
    return [one.message for one in found.findings]


def image(**typed: str) -> str:
    """A form for an image model with these answers."""
    least = {"operation": ADD, "name": "Lantern XL", "baseline": "stable_diffusion_xl", "nsfw": "no"}
    return submitted("propose-image_generation", {**least, **typed})


def test_a_new_model() -> None:
    found = answers(proposal("image_generation", MODEL))
    assert (found.operation, found.category, found.name) == ("add", "image_generation", "Lantern XL")
    assert document(proposal("image_generation", MODEL)) == MODEL


def test_line_ends_of_windows_and_blanks_change_nothing() -> None:
    body = proposal("image_generation", MODEL)
    assert document(body.replace("\n", "\r\n")) == MODEL
    assert document(body.replace("\n\n### Tags", " \n\n\n\n### Tags ")) == MODEL


def test_a_change_leaves_what_is_not_answered() -> None:
    body = proposal("image_generation", {"name": "Lantern XL", "tags": ["cg"]}, CHANGE, requirements="(remove)")
    rest = {key: value for key, value in MODEL.items() if key != "requirements"}
    assert document(body, MODEL) == {**rest, "tags": ["cg"]}


def test_a_file_keeps_what_is_known_of_it_unless_its_hash_is_another() -> None:
    url = MODEL["config"]["download"][0]["file_url"]
    present = {**MODEL, "size_on_disk_bytes": 1}
    kept = document(submitted("propose-image_generation", typed(config_download=f"new.safetensors | {url}")), present)
    assert kept["config"]["download"] == [{**MODEL["config"]["download"][0], "file_name": "new.safetensors"}]
    assert kept["size_on_disk_bytes"] == 1
    line = f"lantern.safetensors | {url} | {'cd' * 32}"
    other = document(submitted("propose-image_generation", typed(config_download=line)), present)
    assert other["config"]["download"] == [
        {
            "file_name": "lantern.safetensors",
            "file_url": url,
            "sha256sum": "cd" * 32,
            "file_purpose": "vae",
            "known_slow_download": True,
        }
    ]
    assert "size_on_disk_bytes" not in other


def typed(**answered: str) -> dict[str, str]:
    return {"operation": CHANGE, "name": "Lantern XL", **answered}


def test_a_removal() -> None:
    body = removal("image_generation", "Lantern XL", "Gone.", replaced_by="Lamp XL")
    assert answers(body).operation == "remove"
    withdrawn = {"reason": "Gone.", "replaced_by": "Lamp XL", "date": "2026-11-23"}
    assert document(body, MODEL) == {**MODEL, "withdrawn": withdrawn}


@pytest.mark.parametrize(
    ("said", "meant"),
    [("8000000000", 8 * 10**9), ("8,000,000,000", 8 * 10**9), ("8 000 000 000", 8 * 10**9), ("8B", 8 * 10**9),
     ("1.5b", 1_500_000_000), ("350M", 350_000_000), ("0.5 T", 5 * 10**11), ("6.738415616B", 6_738_415_616)],
)  # fmt: skip
def test_numbers_of_parameters_as_people_write_them(said: str, meant: int) -> None:
    answered = {"operation": ADD, "name": "a/b-8B", "parameters": said}
    assert document(submitted("propose-text_generation", answered))["parameters"] == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("clip_skip: 2", {"clip_skip": 2}),
        ("samplers: k_euler_a, lcm", {"samplers": ["k_euler_a", "lcm"]}),
        ('- samplers: ["lcm"]\n* cfg_scale: 7.5', {"samplers": ["lcm"], "cfg_scale": 7.5}),
        ("note: a: b, c", {"note": "a: b, c"}),
        ('note: "2"', {"note": "2"}),
    ],
)
def test_pairs_as_people_write_them(said: str, meant: dict[str, Any]) -> None:
    assert document(image(requirements=said))["requirements"] == meant


def test_lists_of_numbers_as_people_write_them() -> None:
    answered = {"operation": ADD, "name": "a/b-8B", "parameters": "8B", "settings": "sampler_order: 6,0,1\ntop_p: 1"}
    assert document(submitted("propose-text_generation", answered))["settings"] == {
        "sampler_order": [6, 0, 1],
        "top_p": 1,
    }


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("https://a.b/c/d%20e.bin?x=1", {"file_name": "d e.bin", "file_url": "https://a.b/c/d%20e.bin?x=1"}),
        ("https://a.b/download/12", {"file_url": "https://a.b/download/12"}),
        ("x.pt | https://a.b/c | | 12", {"file_name": "x.pt", "file_url": "https://a.b/c", "size_bytes": 12}),
        ("x|https://a.b/c|file_purpose=vae", {"file_name": "x", "file_url": "https://a.b/c", "file_purpose": "vae"}),
    ],
)  # fmt: skip
def test_files_as_people_write_them(line: str, meant: dict[str, Any]) -> None:
    assert document(image(config_download=line))["config"] == {"download": [meant]}


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "two lines for one": ({"version": "1\n2"}, "Version: the answer has 2 lines"),
    "no number": ({"size_on_disk_bytes": "about 7 GB"}, 'Size on disk, in bytes: "about 7 GB" is not a whole number'),
    "too many digits": ({"size_on_disk_bytes": "9" * 5000}, "is not a whole number"),
    "fraction": ({"size_on_disk_bytes": "1.5"}, "is not a whole number"),
    "unknown word": ({"style": "realstic"}, 'Style: "realstic" is not one of the answers'),
    "no colon": ({"requirements": "clip_skip 2"}, 'Requirements: "clip_skip 2" is not a key, a colon and a value'),
    "key twice": ({"requirements": "a: 1\na: 2"}, 'Requirements: "a" stands twice'),
    "broken JSON": ({"requirements": "a: [1"}, "begins like JSON and is none"),
    "no address": ({"config_download": "lantern.safetensors"}, "has no address"),
    "no size": ({"config_download": "a | https://b.c/d | | big"}, '"big" is not a number of bytes'),
    "a part too many": ({"config_download": "a | https://b.c/d | | 1 | x"}, "one part too many"),
    "flag in a file": ({"config_download": "a | https://b.c/d | known_slow_download=maybe"}, "is not understood"),
    "heading in a list": ({"tags": "anime\n### Tips"}, 'Tags: the line "### Tips" is a heading'),
    "NUL": ({"description": "a\0b"}, "Description: the character U+0000 at position 2 cannot be seen"),
    "turned writing": ({"name": "Lantern \u202eLX"}, "Name of the model: the character U+202E at position 9"),
    "zero width": ({"tags": "ani\u200bme"}, "Tags: the character U+200B at position 4"),
    "half a character": ({"description": "\ud83d"}, "U+D83D"),
    "joiner in a name": ({"name": "a\u200db"}, "U+200D"),
    "too many lines": ({"tags": "a\n" * 5000}, "Tags: the answer has 5000 lines"),
    "nothing to remove": ({"tags": "(remove)"}, "the model is new"),
    "no name": ({"name": ""}, "Name of the model: there is no answer"),
    "no baseline": ({"baseline": ""}, "Baseline: there is no answer"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_words_and_alone(fault: str) -> None:
    answered, words = FAULTS[fault]
    (message,) = faults(image(**answered))
    assert words in message


def test_all_faults_are_told_at_once() -> None:
    body = image(version="1\n2", style="realstic", nsfw="", tags="a\u200b", config_download="x")
    assert [message.partition(":")[0] for message in faults(body)] == [
        "Version", "Style", "Tags", "Files to download", "Not safe for work",
    ]  # fmt: skip


def test_a_change_of_nothing_is_a_fault() -> None:
    (message,) = faults(submitted("propose-image_generation", typed()))
    assert message.startswith("Nothing is to be changed")


def test_headings_that_imitate_others_are_faults() -> None:
    body = image(description="Good.\n\n### Not safe for work\n\nyes")
    assert faults(body) == ["The heading `### Not safe for work` stands 2 times."]
    assert faults(image(description="x\n### Category\n\ntext_generation")) == [
        "The heading `### Category` stands 2 times."
    ]


def test_missing_headings_and_text_above_are_faults() -> None:
    body = image().replace("### Style\n", "")
    assert "The heading `### Style` is missing." in faults(body)
    assert faults("Please merge!\n\n" + image()) == ['"Please merge!" stands above the first question of the form.']


@pytest.mark.parametrize("body", ["", "\n" * 100, "Your program does not start.", "### Category\n\nlora", "### " * 99])
def test_what_was_not_made_with_a_form_is_said_to_be_none(body: str) -> None:
    assert any("What do you want to do?" in message for message in faults(body))


def test_a_megabyte_is_not_read() -> None:
    (message,) = faults(image(description="x" * 2**20))
    assert "no form makes more" in message


def test_answers_of_another_form_are_faults() -> None:
    body = image().replace("image_generation", "lora")
    assert faults(body) == ['The answer below `### Category` is "lora", which this form does not have.']
    assert faults(removal("clip", "x").replace("Remove a model", "Remove everything"))


def test_markdown_and_commands_in_an_answer_are_only_text() -> None:
    evil = "</details> @everyone $(reboot) `rm -rf ~` ${{ github.token }} [x](javascript:alert(1)) <script>"
    assert document(image(description=evil))["description"] == evil


def test_only_issues_with_the_label_are_proposals() -> None:
    assert is_proposal(["bug", "proposal"])
    assert not is_proposal(["proposals"])


def test_an_element_of_each_form_is_read() -> None:
    assert labels("remove-model")[0] == labels("propose-clip")[0]
    assert len(elements("propose-clip")) == len(set(labels("propose-clip")))
