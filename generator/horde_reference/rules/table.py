"""All rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.finding import Severity
from horde_reference.records.base import ImageRepositoryRecord
from horde_reference.records.kinds import (
    Adapter,
    Blip,
    Clip,
    Codeformer,
    Controlnet,
    Esrgan,
    Gfpgan,
    ImageGeneration,
    Miscellaneous,
    SafetyChecker,
    TextGeneration,
)
from horde_reference.rules import downloads, grouping, identity, legacy, removal, text, text_groups, vocabulary, wording
from horde_reference.rules.proposing import PROPOSAL_RULES
from horde_reference.rules.published import PUBLISHED_RULES
from horde_reference.rules.reading import READING_RULES
from horde_reference.rules.rule import (
    CorpusRule,
    GroupingRule,
    GroupRule,
    RecordRule,
    Rule,
    across,
    error,
    on_grouping,
    on_groups,
    warning,
)

RECORD_RULES: Final[tuple[RecordRule, ...]] = (
    error(identity.name_form, excusable=False),
    error(identity.reserved_name, excusable=False),
    error(removal.alias_form, excusable=False),
    error(removal.withdrawal_date, excusable=False),
    error(identity.managed_elsewhere, Adapter, excusable=False),
    error(downloads.download_https),
    warning(downloads.download_host),
    warning(downloads.download_address),
    warning(downloads.sha256_missing),
    error(downloads.sha256_form),
    warning(downloads.sha256_case, fixable=True),
    error(downloads.file_name_form, excusable=False),
    warning(vocabulary.controlnet_style_released, Controlnet),
    warning(vocabulary.baseline_placeholder, ImageGeneration),
    warning(vocabulary.tag_spelling, *vocabulary.TAGGED, fixable=True),
    warning(vocabulary.tag_near_known, ImageGeneration, Adapter),
    warning(vocabulary.requirement_known, ImageGeneration),
    error(text.backend_prefix, TextGeneration, excusable=False),
    error(text.name_is_address, TextGeneration, excusable=False),
    error(text.settings_bounds, TextGeneration),
    warning(text.instruct_format_spelling, TextGeneration, fixable=True),
    warning(text.text_style_spelling, TextGeneration, fixable=True),
    error(legacy.legacy_limits),
    warning(legacy.legacy_cell_current, TextGeneration, fixable=True),
    error(legacy.legacy_fields, ImageRepositoryRecord, excusable=False),
    warning(legacy.legacy_table_silent, TextGeneration),
    error(downloads.link_https),
    error(wording.blank_text),
    warning(wording.stray_blanks, fixable=True),
    error(wording.invisible_characters, excusable=False),
    warning(
        wording.description_missing,
        ImageGeneration, Controlnet, Blip, Clip, Codeformer, Esrgan, Gfpgan, Miscellaneous, SafetyChecker,
    ),
    error(wording.showcase_host, ImageGeneration, Adapter),
)  # fmt: skip
"""Rules on one record."""

CORPUS_RULES: Final[tuple[CorpusRule, ...]] = (
    across(identity.path_collision, withdrawn_too=True),
    across(identity.folder_collision, withdrawn_too=True),
    across(removal.alias_taken, withdrawn_too=True),
    across(removal.replacement_exists, withdrawn_too=True),
    across(downloads.sha256_shared, excusable=True),
    across(downloads.file_name_shared, excusable=True),
    across(text.short_name_shared),
    across(legacy.legacy_key_shared),
)
"""Rules on how records stand to each other."""

GROUP_RULES: Final[tuple[GroupRule, ...]] = (
    on_groups(text_groups.group_name_form, Severity.ERROR, excusable=False),
    on_groups(text_groups.group_spelling, Severity.WARNING, excusable=True),
    on_groups(text_groups.inconsistent_baseline, Severity.WARNING, excusable=True),
    on_groups(text_groups.inconsistent_nsfw, Severity.WARNING, excusable=True),
)
"""Rules on the groups of text models."""

GROUPING_RULES: Final[tuple[GroupingRule, ...]] = (
    on_grouping(grouping.group_exists, needs_all=True),
    on_grouping(grouping.group_entry_empty),
    on_grouping(grouping.group_alias_form),
    on_grouping(grouping.group_alias_taken),
    on_grouping(grouping.family_shared),
)
"""Rules on what is stated of these groups."""

_ALL: Final = (
    *READING_RULES,
    *RECORD_RULES,
    *CORPUS_RULES,
    *GROUP_RULES,
    *GROUPING_RULES,
    *PROPOSAL_RULES,
    *PUBLISHED_RULES,
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.id: rule for rule in sorted(_ALL, key=lambda rule: rule.id)})
"""Every rule by id."""
