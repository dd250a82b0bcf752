"""JSON Schemas of the legacy files: what released workers and the AI-Horde server read.

Further keys are allowed: image files have some that nobody reads, and each column of the text table becomes one.
"""

from typing import Any, Final

from horde_reference.formats.legacy_image import KEY_TYPES
from horde_reference.records.categories import Category


def _texts(*keys: str) -> dict[str, Any]:
    return {key: {"type": "string"} for key in keys}


def _or_null(kind: str) -> dict[str, Any]:
    """Programs that make code from schemas want to hear of the items of a list, if only that they may be anything."""
    return {"type": [kind, "null"], **({"items": {}} if kind == "array" else {})}


_LIST_OF_TEXTS: Final[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}
_LEGACY_CONFIG: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": _texts("path", "md5sum", "sha256sum", "file_type"),
                "required": ["path"],
            },
        },
        "download": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": _texts("file_name", "file_path", "file_url"),
                "required": ["file_name", "file_path", "file_url"],
            },
        },
    },
    "required": ["files", "download"],
}
_IMAGE_ENTRY: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        **{key: _or_null(kind) for key, kind in KEY_TYPES.items()},
        "name": {"type": "string"},
        "config": _LEGACY_CONFIG,
    },
    "required": ["name", "config"],
}
_TEXT_ENTRY: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        **_texts("name", "model_name", "baseline", "description", "version", "style", "display_name", "url"),
        **_texts("instruct_format"),
        "parameters": {"type": "integer", "minimum": 1},
        "nsfw": {"type": "boolean"},
        "tags": _LIST_OF_TEXTS,
        "settings": {"type": "object"},
    },
    "required": [
        "name",
        "model_name",
        "baseline",
        "parameters",
        "description",
        "version",
        "style",
        "nsfw",
        "tags",
    ],
}

_IMAGE_EXAMPLE: Final = {
    "A model": {
        "name": "A model",
        "config": {
            "files": [{"path": "a.safetensors", "sha256sum": "0" * 64}],
            "download": [{"file_name": "a.safetensors", "file_path": "", "file_url": "https://huggingface.co/a/b"}],
        },
    }
}
_TEXT_EXAMPLE: Final = {
    "author/A-Model-8B": {
        "name": "author/A-Model-8B",
        "model_name": "A-Model-8B",
        "baseline": "",
        "parameters": 8_000_000_000,
        "description": "",
        "version": "1",
        "style": "generalist",
        "nsfw": False,
        "tags": ["8B"],
    }
}


def legacy_file(category: Category) -> dict[str, Any]:
    """The schema of the legacy JSON file of a category."""
    entry = {"text": _TEXT_ENTRY, "image": _IMAGE_ENTRY}.get(category.repository or "", False)
    example = {"text": _TEXT_EXAMPLE, "image": _IMAGE_EXAMPLE}.get(category.repository or "", {})
    return {
        "title": f"{category.name}, legacy",
        "description": f"The legacy file of {category.name}: records by key.",
        "type": "object",
        "additionalProperties": entry,
        "examples": [example],
    }
