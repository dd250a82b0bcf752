"""A lazy, typed selection of the records of one kind."""

from collections.abc import Callable, Iterable
from operator import index

from horde_reference.query import domain
from horde_reference.query.errors import Unsuitable
from horde_reference.query.fields import field_of
from horde_reference.query.ordering import sorting
from horde_reference.query.predicates import condition
from horde_reference.query.selection import RecordT_co, Selection
from horde_reference.query.steps import Step, cutting, filtering


class Query(Selection[RecordT_co]):
    """Some records of one kind. A query never changes: each step gives a new one, which does what it says in turn.

    Nothing is read before records are asked for, and each question reads anew. Mistakes in a step, such as a field
    that does not exist, are told when the step is taken.

        Query(ImageGeneration, load).for_baseline("SDXL").sfw().order_by("size").limit(5).names()
    """

    __slots__ = ()

    def where(self, *predicates: Callable[[RecordT_co], bool], **conditions: object) -> "Query[RecordT_co]":
        """The records that meet all conditions, for example `where(style="anime", size__lt=7e9)`.

        A keyword is the path of a field, parts joined by two underscores, and perhaps an operator: `ne`, `lt`, `le`,
        `gt`, `ge`, `in`, `not_in`, `contains`, `startswith`, `endswith`, `exists`. A list meets a condition when one
        of its members does. What is not stated meets only `exists=False`, `=None`, `ne` and `not_in`.

        Raises:
            UnknownField: the records have no such field, or there is no such operator.
            UnknownValue: the field's vocabulary has no such value.
            Unsuitable: the field cannot be asked this.
        """
        for predicate in predicates:
            if not callable(predicate):
                raise Unsuitable(
                    f"{predicate!r} is no function of a record. Conditions are keywords: where(nsfw=False)."
                )
        tests = [*predicates, *(condition(self._kind, keyword, wanted) for keyword, wanted in conditions.items())]
        said = [getattr(predicate, "__name__", repr(predicate)) for predicate in predicates]
        said += [f"{keyword}={_shown(wanted)}" for keyword, wanted in conditions.items()]
        return self._then(filtering(f"where {', '.join(said)}", tests)) if tests else self._then()

    def order_by(self, *fields: str, descending: bool = False) -> "Query[RecordT_co]":
        """The records in the order of these fields, texts without regard to case.

        Records that lack a value come last, descending too. Those that are equal keep their order.

        Raises:
            UnknownField: the records have no such field.
            Unsuitable: a field has no order, as a list has none.
        """
        said = f"order_by {', '.join(fields)}{' descending' if descending else ''}"
        return self._then(Step(said, "sorts", sorting(self._kind, fields, descending=descending)))

    def limit(self, n: int) -> "Query[RecordT_co]":
        """The first `n` records; `ValueError` where that is negative."""
        return self._then(cutting(f"limit {n}", 0, index(n)))

    def offset(self, n: int) -> "Query[RecordT_co]":
        """The records without the first `n`; `ValueError` where that is negative."""
        return self._then(cutting(f"offset {n}", index(n), None))

    # Steps in the words of the domain. All raise UnknownField where the kind lacks the field that they ask for.

    def tagged(
        self, *, any_of: Iterable[str] = (), all_of: Iterable[str] = (), none_of: Iterable[str] = ()
    ) -> "Query[RecordT_co]":
        """The records with any, all and none of these tags, whatever their case. A text is one tag."""
        tags = map(domain.texts, (any_of, all_of, none_of))
        asked = dict(zip(("any_of", "all_of", "none_of"), tags, strict=True))
        said = ", ".join(f"{word}={texts!r}" for word, texts in asked.items() if texts)
        tests = domain.tagged(self._kind, **asked)
        return self._then(filtering(f"tagged {said}", tests)) if tests else self._then()

    def for_baseline(self, *baselines: str) -> "Query[RecordT_co]":
        """The records of one of these baselines, whatever the case; image models know other spellings too.

        Raises:
            UnknownValue: there is no such baseline of image models.
        """
        test = domain.of_baseline(self._kind, baselines)
        return self._then(filtering(f"for_baseline {', '.join(baselines)}", [test]))

    def sfw(self) -> "Query[RecordT_co]":
        """The records that are safe for work."""
        return self.where(nsfw=False)

    def nsfw(self) -> "Query[RecordT_co]":
        """The records that are not safe for work."""
        return self.where(nsfw=True)

    def inpainting(self, flag: bool = True) -> "Query[RecordT_co]":
        """The image models that fill in masked parts, or those that do not."""
        return self.where(inpainting=flag)

    def parameters(self, at_least: float | None = None, at_most: float | None = None) -> "Query[RecordT_co]":
        """The text models whose number of parameters lies between these, both included."""
        asked = {"parameters__ge": at_least, "parameters__le": at_most}
        field_of(self._kind, "parameters")
        return self.where(**{keyword: number for keyword, number in asked.items() if number is not None})

    def quantised(self, flag: bool = True) -> "Query[RecordT_co]":
        """The text models whose name states a quantisation, or those whose name states none."""
        return self.where(quantisation__exists=flag)

    def quantisation(self, *names: str) -> "Query[RecordT_co]":
        """The text models whose names state one of these quantisations.

        Raises:
            UnknownValue: one of them is none.
        """
        return self.where(quantisation__in=domain.quantisations(names))

    def for_control(self, *styles: str) -> "Query[RecordT_co]":
        """The ControlNets of one of these styles, with `control_` before them or without.

        Raises:
            UnknownValue: there is no such style.
        """
        return self.where(controlnet_style__in=styles)

    def fits(self, gigabytes: float) -> "Query[RecordT_co]":
        """The models that take at most so many times 10⁹ bytes on disk. One whose size is not known does not fit."""
        return self.where(size__le=float(gigabytes) * 10**9)

    def _then(self, *steps: Step[RecordT_co]) -> "Query[RecordT_co]":
        return Query(self._kind, self._load, (*self._steps, *steps))


def _shown(value: object) -> str:
    """A value as a person would write it: a member of a vocabulary is a text."""
    return repr(str(value) if isinstance(value, str) else value)
