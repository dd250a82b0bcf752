"""Names that are there: whether a proposal means a model that there is, or takes a name that there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.finding import Finding, Problem, Severity, did_you_mean
from horde_reference.proposals.wanted import Wanted
from horde_reference.records.base import Record
from horde_reference.rules.identity import folded_path

PROPOSAL_TARGET: Final = "proposal-target"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a corpus, as file systems compare them that know neither case nor Unicode forms."""

    records: dict[str, Record]
    """Folded path of a name → its record."""
    aliases: dict[str, Record]
    """Folded path of an earlier name → the record that had it."""
    corpus: Corpus

    @classmethod
    def of(cls, corpus: Corpus) -> "Names":
        """The names of a corpus."""
        return cls(
            {folded_path(record.category, record.name): record for record in corpus},
            {folded_path(record.category, alias): record for record in corpus for alias in record.aliases},
            corpus,
        )

    def findings(self, wanted: Wanted) -> list[Finding]:
        """Why a proposal cannot be meant as it stands."""
        told = self._of_new(wanted) if wanted.operation == "add" else self._of_known(wanted)
        return [
            Finding(wanted.path, 0, one.pointer, PROPOSAL_TARGET, Severity.ERROR, one.message, one.hint) for one in told
        ]

    def _of_new(self, wanted: Wanted) -> Iterator[Problem]:
        folded = folded_path(wanted.category, wanted.name)
        there, former = self.records.get(folded), self.aliases.get(folded)
        if there is not None and there.withdrawn:
            message = f"{there.name!r} was withdrawn on {there.withdrawn.date}; its name stays its own."
            yield Problem("/name", message, "Give the model another name.")
        elif there is not None:
            how = "" if there.name == wanted.name else ", which differs only in how it is written"
            message = f"There is a model {there.name!r} in {wanted.category} already{how}."
            yield Problem("/name", message, "Change that model instead, or give yours another name.")
        elif former is not None:
            message = f"{wanted.name!r} is an earlier name of {former.name!r}."
            yield Problem("/name", message, "Change that model instead, or give yours another name.")

    def _of_known(self, wanted: Wanted) -> Iterator[Problem]:
        there = self.corpus[wanted.category].get(wanted.name)
        if there is None:
            message = f"There is no model {wanted.name!r} in {wanted.category}."
            yield Problem("/name", message, self._meant(wanted))
        elif there.withdrawn and wanted.operation == "remove":
            message = f"{there.name!r} was withdrawn on {there.withdrawn.date} already."
            yield Problem("/name", message, "Nothing is left to be done.")

    def _meant(self, wanted: Wanted) -> str:
        folded = folded_path(wanted.category, wanted.name)
        near = self.records.get(folded) or self.aliases.get(folded)
        names = list(self.corpus[wanted.category])
        if near is None and not names:
            return "The category has no models; choose `Add a model`."
        hint = f"Did you mean {near.name}?" if near else did_you_mean(wanted.name, names)
        return hint if hint.startswith("Did") else "Write the name as the record has it, with upper and lower case."
