"""Policy, coverage: decide every day of every example once, and gather what they exercise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from creditrules.decide.decide import decide
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.rulebook import Rulebook
from creditrules.policy.coverage.clauses import reach_items
from creditrules.policy.coverage.conditions import exception_items, test_items
from creditrules.policy.coverage.looks import Looks
from creditrules.policy.coverage.measures import measure_items
from creditrules.policy.coverage.model import Coverage, Document, Item
from creditrules.policy.coverage.procedure import procedure_items
from creditrules.policy.coverage.regimes import regime_items
from creditrules.policy.examples import Example
from creditrules.policy.mutation.noticing import documents_named
from creditrules.policy.narrow import lists_of
from creditrules.policy.ready import CaseRef, Day, Ready, days_of
from creditrules.policy.rulebooks import Rulebooks

Told = Callable[[int, int], None]


def cover(
    catalogue: Catalogue,
    examples: Iterable[Example],
    memoranda: Sequence[str] = (),
    *,
    told: Told = lambda done, of: None,
) -> Coverage:
    """Say what examples exercise of a catalogue, or of some of its memoranda.

    Args:
        catalogue: what the examples are decided by.
        examples: the cases.
        memoranda: the keys of the documents to report; all of them, and regimes and procedure, by default.
        told: called with how many days are decided, and of how many.

    Raises:
        FactsError: a dossier of an example has findings.
    """
    wanted = [catalogue.memoranda[key] for key in memoranda] or list(catalogue.memoranda.values())
    days = tuple(days_of(examples, catalogue))
    if memoranda:
        days = tuple(ready for ready in days if any(_is_near(ready, document) for document in wanted))
    looks = tuple(_decided(days, catalogue, told))
    general: tuple[Item, ...] = ()
    if not memoranda:
        general = (*regime_items(looks, catalogue), *procedure_items(looks, catalogue))
    failing = dict.fromkeys(look.ref for look in looks if not look.passed)
    return Coverage(
        tuple(_document(document, looks, catalogue) for document in wanted),
        general,
        cases=len({_case(look.ref) for look in looks}),
        failing=tuple(failing),
    )


def _decided(days: Sequence[Ready], catalogue: Catalogue, told: Told) -> Iterator[Looks]:
    """Decide day by day, so that a rulebook and what engines make of it are at hand for all its cases."""
    by_day: dict[Day, list[Ready]] = defaultdict(list)
    for ready in days:
        by_day[ready.day].append(ready)
    outcomes: list[Looks] = []
    rulebooks = Rulebooks(catalogue)
    for day, readies in sorted(by_day.items()):
        book = rulebooks(*day)
        for ready in readies:
            outcomes.append(_looks(ready, book))
            told(len(outcomes), len(days))
    # A case that fails on one of its days protects nothing on the others either.
    failed = {_case(look.ref) for look in outcomes if not look.passed}
    for look in sorted(outcomes, key=lambda look: look.ref):
        fails = _case(look.ref) in failed and look.passed
        yield Looks(look.ready, look.book, look.decision, passed=False) if fails else look


def _looks(ready: Ready, book: Rulebook) -> Looks:
    decision = decide(book, ready.dossier, known=ready.step.known, engine="indexed")
    passed = next(ready.differences(decision, book), None) is None
    return Looks(ready, book, decision, passed=passed)


def _case(ref: CaseRef) -> tuple[str, int]:
    return ref.file, ref.line


def _document(document: Memorandum, looks: Sequence[Looks], catalogue: Catalogue) -> Document:
    near = [look for look in looks if _is_near(look.ready, document)]
    items = (
        *measure_items(document, near, catalogue),
        *reach_items(document, near, catalogue),
        *test_items(document, near, catalogue),
        *exception_items(document, near, catalogue),
    )
    cases = {_case(look.ref) for look in near if _is_about(look.ready, document)}
    return Document(document.key, document.doc_no, document.title, items, len(cases), document.span)


def _is_about(ready: Ready, document: Memorandum) -> bool:
    """Say whether a case is about a document: its file is, or something it expects."""
    return ready.example.memorandum == document.key or document.key in documents_named(ready)


def _is_near(ready: Ready, document: Memorandum) -> bool:
    """Say whether a day can tell anything of a document: somebody is on its lists, or it is named."""
    return bool(ready.lists & lists_of(document)) or _is_about(ready, document)
