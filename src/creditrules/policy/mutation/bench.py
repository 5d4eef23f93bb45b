"""Policy, mutation: the bench on which mutants of one document are put before the examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from creditrules.compile.passes import compile_rulebook
from creditrules.decide.decide import decide
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.rulebook import Rulebook
from creditrules.policy.examples import Example
from creditrules.policy.mutation.mutant import Mutant
from creditrules.policy.mutation.noticing import (
    NOTHING,
    change_between,
    documents_named,
    kin_of,
    may_notice,
    measures_named,
    speaks,
)
from creditrules.policy.mutation.small import Small, alike, differ
from creditrules.policy.mutation.suggest import Suggestion, worth
from creditrules.policy.mutation.turning import turning_days
from creditrules.policy.mutation.verdict import State, Verdict
from creditrules.policy.narrow import lists_of, narrowed
from creditrules.policy.ready import CaseRef, Day, Ready, days_of

# So many days at which a change shows are looked at for the best line to add, if they can notice nothing.
ENOUGH = 5


class Bench:
    """One document with the days of the examples that could notice a change of it.

    Only days on which somebody is on one of its lists, or whose expectations name it, are kept. A case that
    fails without any change is left out: it would seem to notice everything.
    """

    def __init__(self, catalogue: Catalogue, document: Memorandum, examples: Iterable[Example]) -> None:
        self.catalogue = catalogue
        self.document = document
        self._lists = lists_of(document)
        self._narrow: dict[tuple[frozenset[str], frozenset[str]], Catalogue] = {}
        self._before: dict[frozenset[str], Small] = {}
        self._unchanged = _Rules(self, document, "")
        self._kin: dict[frozenset[str], set[tuple[str, str]]] = {}
        self._measures: dict[int, set[tuple[str, str]]] = {}
        self.failing: list[CaseRef] = []
        self.days: list[Ready] = []
        for ready in days_of(examples, catalogue):
            if ready.lists & self._lists or document.key in documents_named(ready):
                self._add(ready)
        self.tested = tuple(dict.fromkeys(ready.day for ready in self.days))

    def _add(self, ready: Ready) -> None:
        if self._fails(ready, self._unchanged.of(ready)):
            self.failing.append(ready.ref)
        else:
            self.days.append(ready)
            self._measures[id(ready)] = measures_named(ready)

    def judge(self, mutant: Mutant) -> Verdict:
        """Put one mutant before the examples; the first that fails settles it."""
        before = self._small_before(mutant.measures)
        after = Small(self.catalogue, mutant.changed, mutant.measures, mutant.key)
        rules = _Rules(self, mutant.changed, mutant.key)
        reached: list[Ready] = []
        named = {(self.document.key, measure) for measure in mutant.measures}
        kin = self._kin_of(mutant.measures, named)
        for ready in self._in_order(named):
            if len(reached) >= ENOUGH and not speaks(ready, named, kin):
                continue
            change = NOTHING
            if not alike(before, after, ready):
                change = change_between(before.decided(ready), after.decided(ready))
            if may_notice(ready, change, named, kin) and self._fails(ready, rules.of(ready)):
                return _verdict(mutant, State.NOTICED, by=ready.ref)
            reached += [ready] if change else []
        if not reached:
            return self._unreached(mutant, before, after)
        lines = [
            (r, Suggestion(r, before.decided(r), after.decided(r), self.catalogue).line) for r in reached
        ]
        # Rather in a file about this document than in another one.
        at, add = max(lines, key=lambda x: (worth(x[1]), x[0].example.memorandum == self.document.key))
        return _verdict(mutant, State.UNNOTICED, reached=at.ref, add=add)

    def _unreached(self, mutant: Mutant, before: Small, after: Small) -> Verdict:
        """No dossier gets there: for want of one, because of the days, or because nothing ever differs."""
        if any(differ(before, after, day) for day in self.tested):
            return _verdict(mutant, State.UNNOTICED)
        # What is known from memory acts at most where the caller asks for it.
        for on in turning_days(self.catalogue, *self._few(mutant)):
            if differ(before, after, (on, True)):
                return evolve(_verdict(mutant, State.ASLEEP), shows_on=on)
        return _verdict(mutant, State.EQUAL)

    def _small_before(self, measures: frozenset[str]) -> Small:
        if measures not in self._before:
            self._before[measures] = Small(
                self.catalogue, self.document, measures, ",".join(sorted(measures))
            )
        return self._before[measures]

    def _kin_of(self, measures: frozenset[str], named: set[tuple[str, str]]) -> set[tuple[str, str]]:
        if measures not in self._kin:
            self._kin[measures] = kin_of(named, self.catalogue.memoranda.values())
        return self._kin[measures]

    def _few(self, mutant: Mutant) -> Iterator[Memorandum]:
        """Yield the document before and after, with no more than the measures concerned."""
        for document in (self.document, mutant.changed):
            few = tuple(m for m in document.measures if m.key in mutant.measures)
            yield evolve(document, measures=few)

    def _in_order(self, named: set[tuple[str, str]]) -> list[Ready]:
        """Return the days, those that name a measure concerned first: they are the likeliest to notice."""
        return sorted(self.days, key=lambda ready: not named & self._measures[id(ready)])

    def narrow(self, ready: Ready) -> Catalogue:
        """Return as much of the catalogue as the decision of a day can depend on."""
        wanted = (ready.lists, documents_named(ready) | {self.document.key})
        if wanted not in self._narrow:
            self._narrow[wanted] = narrowed(self.catalogue, *wanted)
        return self._narrow[wanted]

    def _fails(self, ready: Ready, book: Rulebook) -> bool:
        decision = decide(book, ready.dossier, known=ready.step.known, engine="indexed")
        return any(True for _ in ready.differences(decision, book))


class _Rules:
    """The rulebooks of one version of the document, each compiled when the first day asks for it."""

    def __init__(self, bench: Bench, document: Memorandum, name: str) -> None:
        self._bench, self._document, self._name = bench, document, name
        self._made: dict[tuple[str, Day], Rulebook] = {}

    def of(self, ready: Ready) -> Rulebook:
        """Return the rulebook of a day."""
        base = self._bench.narrow(ready)
        place = (base.digest, ready.day)
        if place not in self._made:
            memoranda = {**base.memoranda, self._document.key: self._document}
            # A digest of its own: what engines compile is kept by it.
            changed = evolve(base, memoranda=memoranda, digest=f"{base.digest}#{self._name}")
            self._made[place] = compile_rulebook(changed, *ready.day)
        return self._made[place]


def _verdict(
    mutant: Mutant,
    state: State,
    by: CaseRef | None = None,
    reached: CaseRef | None = None,
    add: str = "",
) -> Verdict:
    said = mutant.said
    return Verdict(
        mutant.key, mutant.operator, state, said, mutant.measures, mutant.span, by, reached, add, mutant.hint
    )
