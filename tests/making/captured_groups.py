"""How our groups of text models compare with those of the live service: they differ where names are read better."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

MOVED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Gryphe/Pantheon-Proto-RP-1.8-30B-A3B": ("Pantheon-Proto-RP-1.8-A3B", "Pantheon-Proto-RP-1.8"),
        "HuggingFaceH4/zephyr-orpo-141b-A35b-v0.1": ("zephyr-orpo-A35b", "zephyr-orpo"),
        "NeverSleep/Noromaid-v0.1-mixtral-8x7b-v3": ("Noromaid-mixtral-v3", "Noromaid-mixtral"),
        "Qwen/Qwen-1_8B": ("Qwen-1", "Qwen"),
        "Qwen/Qwen-1_8B-Chat": ("Qwen-1", "Qwen"),
        "Qwen/Qwen1.5-MoE-A2.7B": ("Qwen1.5-MoE-A2", "Qwen1.5-MoE"),
        "Qwen/Qwen1.5-MoE-A2.7B-Chat": ("Qwen1.5-MoE-A2", "Qwen1.5-MoE"),
        "Qwen/Qwen2-57B-A14B": ("Qwen2-A14B", "Qwen2"),
        "Qwen/Qwen2-57B-A14B-Instruct": ("Qwen2-A14B", "Qwen2"),
        "Qwen/Qwen2.5-14B-Instruct-1M": ("Qwen2.5-1M", "Qwen2.5"),
        "Qwen/Qwen2.5-7B-Instruct-1M": ("Qwen2.5-1M", "Qwen2.5"),
        "Qwen/Qwen3-235B-A22B": ("Qwen3-A22B", "Qwen3"),
        "Qwen/Qwen3-235B-A22B-Instruct-2507": ("Qwen3-A22B", "Qwen3"),
        "Qwen/Qwen3-235B-A22B-Thinking-2507": ("Qwen3-A22B", "Qwen3"),
        "Qwen/Qwen3-30B-A3B": ("Qwen3-A3B", "Qwen3"),
        "Qwen/Qwen3-30B-A3B-Base": ("Qwen3-A3B", "Qwen3"),
        "Qwen/Qwen3-30B-A3B-Instruct-2507": ("Qwen3-A3B", "Qwen3"),
        "Qwen/Qwen3-30B-A3B-Thinking-2507": ("Qwen3-A3B", "Qwen3"),
        "Qwen/Qwen3-Coder-30B-A3B-Instruct": ("Qwen3-Coder-A3B", "Qwen3-Coder"),
        "Qwen/Qwen3-Coder-480B-A35B-Instruct": ("Qwen3-Coder-A35B", "Qwen3-Coder"),
        "Qwen/Qwen3.5-122B-A10B": ("Qwen3.5-A10B", "Qwen3.5"),
        "Qwen/Qwen3.5-35B-A3B": ("Qwen3.5-A3B", "Qwen3.5"),
        "Qwen/Qwen3.5-397B-A17B": ("Qwen3.5-A17B", "Qwen3.5"),
        "Sao10K/L3-8B-Stheno-v3.3-32K": ("L3-Stheno-32K", "L3-Stheno"),
        "SicariusSicariiStuff/Impish_QWEN_14B-1M": ("Impish_QWEN_-1M", "Impish_QWEN"),
        "SicariusSicariiStuff/Impish_QWEN_7B-1M": ("Impish_QWEN_-1M", "Impish_QWEN"),
        "SicariusSicariiStuff/Phi-3.5-mini-instruct_Uncensored": ("Phi-3.5-mini-instruct_Uncensored", "Phi-3.5-mini"),
        "SicariusSicariiStuff/Tenebra_30B_Alpha01_FP16": ("Tenebra_Alpha01_FP16", "Tenebra_Alpha01"),
        "TehVenom/MPT-7b-Chat-Instruct-LongCTX-Merge": ("MPT-Instruct-LongCTX-Merge", "MPT-LongCTX-Merge"),
        "TheDrummer/GLM-Steam-106B-A12B-v1": ("GLM-Steam-A12B", "GLM-Steam"),
        "brucethemoose/Yi-34B-200K-RPMerge": ("Yi-200K-RPMerge", "Yi-RPMerge"),
        "coder3101/Qwen3.5-35B-A3B-heretic": ("Qwen3.5-A3B-heretic", "Qwen3.5-heretic"),
        "coder3101/gemma-4-26B-A4B-it-heretic": ("gemma-4-A4B-it-heretic", "gemma-4-it-heretic"),
        "google/gemma-4-26B-A4B": ("gemma-4-A4B", "gemma-4"),
        "google/gemma-4-26B-A4B-it": ("gemma-4-A4B-it", "gemma-4-it"),
        "google/gemma-4-26B-A4B-it-qat-q4_0-unquantized": (
            "gemma-4-A4B-it-qat-unquantized",
            "gemma-4-it-qat-unquantized",
        ),
        "knifeayumu/Behemoth-v1.1-Magnum-v4-123B": ("Behemoth-Magnum-v4", "Behemoth-Magnum"),
        "knifeayumu/Cydonia-v1.3-Magnum-v4-22B": ("Cydonia-Magnum-v4", "Cydonia-Magnum"),
        "lightblue/Karasu-Mixtral-8x22B-v0.1": ("Karasu-Mixtral-8x2", "Karasu-Mixtral"),
        "lizpreciatior/lzlv_70b_fp16_hf": ("lzlv_fp16_hf", "lzlv_hf"),
        "llmfan46/Qwen3.5-35B-A3B-heretic-v1": ("Qwen3.5-A3B-heretic", "Qwen3.5-heretic"),
        "llmfan46/Qwen3.5-35B-A3B-heretic-v2": ("Qwen3.5-A3B-heretic", "Qwen3.5-heretic"),
        "microsoft/WizardLM-2-8x22B": ("WizardLM-2-8x2", "WizardLM-2"),
        "mistralai/Mixtral-8x22B-Instruct-v0.1": ("Mixtral-8x2", "Mixtral"),
        "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B": ("NVIDIA-Nemotron-3-Super-A12B", "NVIDIA-Nemotron-3-Super"),
        "nvidia/Nemotron-Cascade-2-30B-A3B": ("Nemotron-Cascade-2-A3B", "Nemotron-Cascade-2"),
        "nvidia/Qwen3-Nemotron-235B-A22B-GenRM": ("Qwen3-Nemotron-A22B-GenRM", "Qwen3-Nemotron-GenRM"),
        "samuelcardillo/Carnice-Qwen3.6-MoE-35B-A3B": ("Carnice-Qwen3.6-MoE-A3B", "Carnice-Qwen3.6-MoE"),
        "zerofata/G4-MeroMero-26B-A4B": ("G4-MeroMero-A4B", "G4-MeroMero"),
        "zerofata/Q3.5-BlueStar-27B": ("5-BlueStar", "Q3.5-BlueStar"),
    }
)
"""Name → the group that the live service puts it into, and ours: sizes such as 8x22B, active parameters, contexts and
second variants, versions and quantisations are no part of what a model is called."""

TOUCHED: Final = frozenset(group for groups in MOVED.values() for group in groups)
"""Groups that a model left or came to."""
OF_SAO10K: Final = ["0K"]
"""What the live service takes for the size of every model of the author Sao10K."""
LEFT: Final = frozenset(
    {
        "5-BlueStar",
        "Behemoth-Magnum-v4",
        "Carnice-Qwen3.6-MoE-A3B",
        "Cydonia-Magnum-v4",
        "G4-MeroMero-A4B",
        "GLM-Steam-A12B",
        "Impish_QWEN_-1M",
        "Karasu-Mixtral-8x2",
        "L3-Stheno-32K",
        "MPT-Instruct-LongCTX-Merge",
        "Mixtral-8x2",
        "NVIDIA-Nemotron-3-Super-A12B",
        "Nemotron-Cascade-2-A3B",
        "Noromaid-mixtral-v3",
        "Pantheon-Proto-RP-1.8-A3B",
        "Phi-3.5-mini-instruct_Uncensored",
        "Qwen-1",
        "Qwen1.5-MoE-A2",
        "Qwen2-A14B",
        "Qwen2.5-1M",
        "Qwen3-A22B",
        "Qwen3-A3B",
        "Qwen3-Coder-A35B",
        "Qwen3-Coder-A3B",
        "Qwen3-Nemotron-A22B-GenRM",
        "Qwen3.5-A10B",
        "Qwen3.5-A17B",
        "Qwen3.5-A3B",
        "Qwen3.5-A3B-heretic",
        "Tenebra_Alpha01_FP16",
        "WizardLM-2-8x2",
        "Yi-200K-RPMerge",
        "gemma-4-A4B",
        "gemma-4-A4B-it",
        "gemma-4-A4B-it-heretic",
        "gemma-4-A4B-it-qat-unquantized",
        "lzlv_fp16_hf",
        "zephyr-orpo-A35b",
    }
)
"""Groups of theirs that all models left."""

FAMILIES: Final = frozenset(
    {
        "Behemoth", "Cydonia", "GLM", "MPT", "Noromaid", "Pantheon", "Phi", "Qwen2.5", "Qwen3", "Qwen3-Coder",
        "Qwen3.5", "WizardLM", "gemma-4", "gemma-4-A4B-it",
    }
)  # fmt: skip
"""Proposed families that such groups belong to. Those that have too few without them are not proposed."""


def corrected(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record of theirs in the group that its name says."""
    old, new = MOVED.get(record.get("name", ""), (None, None))
    return {**record, "text_model_group": new} if new and record["text_model_group"] == old else record


def names(theirs: Any, ours: Any) -> None:
    assert ours == {"groups": _groups(theirs["groups"])}


def _groups(theirs: Iterable[str]) -> list[str]:
    return sorted({*theirs} - LEFT | {new for _, new in MOVED.values()})


def summary(theirs: Any, ours: Any) -> None:
    """Equal, but for what is said of the groups that models left or came to, and for sizes read in an author's name."""
    assert ours.keys() == theirs.keys()
    before, after = ({one["group_name"]: one for one in answer["groups"]} for answer in (theirs, ours))
    assert list(after) == _groups(before)
    for name, one in after.items():
        if name in TOUCHED:
            came, went = (sum(groups[place] == name for groups in MOVED.values()) for place in (1, 0))
            assert one["canonical_count"] == before.get(name, {"canonical_count": 0})["canonical_count"] + came - went
            assert one.keys() == theirs["groups"][0].keys()
        else:
            size = {"available_sizes": one["available_sizes"]} if before[name]["available_sizes"] == OF_SAO10K else {}
            assert one == before[name] | size
    for key in ("total_models", "groups_with_families", "groups_with_aliases"):
        assert ours[key] == theirs[key]
    assert ours["total_groups"] == len(after)
    assert ours["groups_with_issues"] == sum(bool(one["health_issues"]) for one in after.values())


def health(theirs: Any, ours: Any) -> None:
    """Equal, but for the groups that models left or came to."""
    assert ours.keys() == theirs.keys()
    before, after = ([one for one in answer["issues"] if one["group_name"] not in TOUCHED] for answer in (theirs, ours))
    assert after == before
    kinds = [one["issue_type"] for one in ours["issues"]]
    assert ours["issue_counts_by_type"] == {kind: kinds.count(kind) for kind in sorted({*kinds})}
    assert ours["groups_with_issues"] == len({one["group_name"] for one in ours["issues"]})
    assert theirs["total_groups_checked"] - ours["total_groups_checked"] == 419 - 402


def group(theirs: Any, ours: Any) -> None:
    """Equal, but that models stand in the order of their names."""
    assert ours == {**theirs, "members": sorted(theirs["members"], key=lambda member: member["name"])}


def detected(theirs: Any, ours: Any) -> None:
    """Equal, but for the families to which groups belong that models left or came to."""
    assert ours.keys() == theirs.keys()
    before, after = ({one["family_name"]: one["members"] for one in answer["suggestions"]} for answer in (theirs, ours))
    assert list(after) == sorted(after)
    assert {name: members for name, members in after.items() if name not in FAMILIES} == {
        name: members for name, members in before.items() if name not in FAMILIES
    }
    assert {*after} <= {*before}
    for name in FAMILIES:
        assert {*before[name]} ^ {*after.get(name, ())} <= TOUCHED | {"Qwen3-Coder-Next", *before[name]}
    inside = sum(map(len, after.values()))
    assert (ours["groups_in_families"], ours["standalone_groups"]) == (inside, ours["total_groups_analyzed"] - inside)
