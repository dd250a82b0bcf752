"""Open vocabularies: values that people may extend, and the misspellings that are known to occur."""

from types import MappingProxyType
from typing import Final

KNOWN_TAGS: Final = frozenset(
    {
        "anime",
        "booru",
        "cartoon",
        "cg",
        "character",
        "comic",
        "cyberpunk",
        "game",
        "hentai",
        "high resolution",
        "landscapes",
        "low poly",
        "manga",
        "painting",
        "retro",
        "scenes",
        "sketch",
        "tv show",
    }
)
"""Tags that image front ends offer as filters. Others are allowed."""

TAG_SPELLINGS: Final = MappingProxyType({"rolplay": "roleplay", "Roleplay": "roleplay"})
"""Known misspelling of a tag → what was meant."""

TEXT_STYLE_SPELLINGS: Final = MappingProxyType({"Chat": "chat"})
"""Known misspelling of a text model's style → what was meant."""

INSTRUCT_FORMAT_SPELLINGS: Final = MappingProxyType(
    {
        "Llama3": "Llama 3",
        "Llama 3 Chat": "Llama 3",
        "Llama 3 Instruct": "Llama 3",
        "Mistral V7 tekken": "Mistral V7 Tekken",
        "Mistral v7 Tekken": "Mistral V7 Tekken",
    }
)
"""Spellings of an instruct format that drifted → the usual one of the same prompt template."""

KNOWN_SAMPLERS: Final = frozenset(
    {
        "DDIM",
        "dpmsolver",
        "k_dpm_2",
        "k_dpm_2_a",
        "k_dpm_adaptive",
        "k_dpm_fast",
        "k_dpmpp_2m",
        "k_dpmpp_2s_a",
        "k_dpmpp_sde",
        "k_euler",
        "k_euler_a",
        "k_heun",
        "k_lms",
        "lcm",
    }
)
"""Samplers that workers and front ends know."""

KNOWN_SCHEDULERS: Final = frozenset({"karras"})
"""Noise schedules that workers and front ends know."""

KNOWN_REQUIREMENTS: Final = frozenset(
    {
        "cfg_scale",
        "clip_skip",
        "max_cfg_scale",
        "max_steps",
        "min_cfg_scale",
        "min_steps",
        "samplers",
        "schedulers",
    }
)
"""Keys of `requirements` that workers and front ends understand."""
