"""Which record of one place is which of another, and whose edit it was."""

from syncing import clip

from horde_reference.changes.three_way import Edit, edits
from horde_reference.corpus import Corpus
from horde_reference.formats.canonical import decode

A, B = "A", "B"


def corpus(**described: str) -> Corpus:
    """Records by name, with these descriptions."""
    return Corpus.of(decode("clip", clip(name, description=said)) for name, said in described.items())


def found(base: Corpus, ours: Corpus, theirs: Corpus, **aliases: str) -> dict[str, Edit]:
    formerly = {("clip", name): tuple(said) for name, said in aliases.items()}
    return {edit.name: edit for edit in edits(base, ours, theirs, formerly)}


def test_another_name_here_is_no_edit_there() -> None:
    assert found(corpus(A="x"), corpus(B="x"), corpus(A="x"), B=A) == {}
    assert found(corpus(A="x"), corpus(B="y"), corpus(A="x"), B=A) == {}


def test_an_edit_under_a_former_name_is_one_edit() -> None:
    (edit,) = found(corpus(A="x"), corpus(B="x"), corpus(A="y"), B=A).values()
    assert (edit.names, edit.is_conflict) == ((B, A), True)
    assert edit.theirs is not None
    assert edit.theirs.name == A


def test_what_is_adopted_under_another_name_is_none() -> None:
    assert found(corpus(A="x"), corpus(B="y"), corpus(A="y"), B=A) == {}


def test_a_name_that_was_given_up_here_and_taken_again_there_is_for_people_to_settle() -> None:
    (edit,) = found(corpus(B="x"), corpus(B="x"), corpus(A="x"), B=A).values()
    assert (edit.names, edit.is_conflict) == ((B, A), True)


def test_what_was_removed_there_stays_an_edit_under_another_name() -> None:
    (edit,) = found(corpus(A="x"), corpus(B="x"), corpus(), B=A).values()
    assert (edit.name, edit.theirs, edit.is_conflict) == (B, None, True)


def test_two_models_that_became_one_are_two_there() -> None:
    both, one = corpus(A="x", B="x"), corpus(B="x")
    assert found(both, one, both, B=A) == {}
    edit = found(both, one, corpus(A="y", B="x"), B=A)[A]
    assert (edit.names, edit.ours, edit.is_conflict) == ((A,), None, True)


def test_a_name_that_is_taken_again_belongs_to_who_has_it() -> None:
    ours = corpus(A="new", B="x")
    edit = found(corpus(A="x"), ours, corpus(A="y"), B=A)[A]
    assert edit.names == (A,)


def test_two_records_that_had_one_name_are_told_apart() -> None:
    found_edits = found(corpus(A="x"), corpus(B="x", C="x"), corpus(A="y"), B=A, C=A)
    assert [edit.names for edit in found_edits.values()] == [(B, A)]
