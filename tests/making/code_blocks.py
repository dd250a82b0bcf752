"""The blocks of code in pages of Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    page: Path
    language: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, from top to bottom."""
    for indent, language, text in _BLOCK.findall(page.read_text()):
        yield Block(page, language, dedent(indent + text) if indent else text)


def command_lines(block: Block) -> Iterator[str]:
    """The commands of a block for a shell, those over several lines on one."""
    yield from filter(None, (line.strip() for line in block.text.replace("\\\n", " ").splitlines()))
