"""The bench: which mutants examples notice, which sleep, which are equal, and the line that would notice."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from creditrules.decide.decide import decide
from creditrules.policy.examples import Example, run
from creditrules.policy.mutation.bench import Bench
from creditrules.policy.mutation.registry import mutants_of
from creditrules.policy.mutation.run import mutate
from creditrules.policy.mutation.verdict import Report, State, Verdict
from creditrules.policy.narrow import narrowed, only
from creditrules.policy.ready import days_of
from tests.support.bench import EXAMPLES, bench_catalogue, bench_examples, without_case
from tests.support.examples import examples as shipped_examples
from tests.support.examples import shipped


def report(text: str = EXAMPLES, **options: object) -> Report:
    """Run every mutant of the bench memorandum past a text of examples."""
    return mutate(bench_catalogue(), "bench", bench_examples(text), **options)  # type: ignore[arg-type]


def verdict(key: str, text: str = EXAMPLES) -> Verdict:
    """Return what became of one mutant."""
    operator = key.partition(":")[0]
    found = report(text, operators=[operator])
    return next(v for v in found.verdicts if v.key == key)


@pytest.mark.parametrize(
    ("key", "case"),
    [
        ("drop_measure:1", "法定代表人"),
        ("drop_role:covers.2.enterprise.2", "法定代表人"),
        ("widen_targets:1.reaches", "法定代表人"),
        ("move_threshold:1.when.2+1", "法定代表人"),
        ("drop_exception:1.unless.grave", "情节特别严重"),
        ("drop_unit:1.unit.police", "法定代表人"),
        ("change_discretion:1.discretion.1", "法定代表人"),
        ("drop_basis:1.basis.1", "法定代表人"),
        ("drop_role:3.covers.1.enterprise.1", "案件数"),
    ],
)
def test_a_change_that_an_example_looks_at_is_noticed_by_it(key: str, case: str) -> None:
    """The verdict names the case that fails."""
    found = verdict(key)

    assert found.state is State.NOTICED
    assert found.by is not None
    assert found.by.name == case


def test_without_the_case_that_looks_the_change_goes_unnoticed() -> None:
    """Taking the case of the exception away leaves the exception unprotected."""
    found = verdict("drop_exception:1.unless.grave", without_case("情节特别严重"))

    assert found.state is State.UNNOTICED
    assert found.reached is None


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (
            "drop_unit:2.unit.state-council",
            'actions: [{measure: "2", against: jia, unit: 国务院, matter: exit}]',
        ),
        (
            "change_discretion:2.discretion.1",
            'actions: [{measure: "2", against: jia, unit: 国务院, matter: exit, discretion: must}]',
        ),
        (
            "change_period:2.period+1",
            'actions: [{measure: "2", against: jia, unit: 国务院, matter: exit, until: 2019-03-01}]',
        ),
    ],
)
def test_what_goes_unnoticed_comes_with_the_line_that_would_notice(key: str, line: str) -> None:
    """The line is ready to be copied into the case that the report names."""
    found = verdict(key)

    assert found.state is State.UNNOTICED
    assert found.reached is not None
    assert found.add == line


def test_the_line_that_is_suggested_holds_now_and_notices_the_change() -> None:
    """Copied into its case, the line passes; with it the mutant is noticed."""
    for found in report().of(State.UNNOTICED):
        if not found.add or found.reached is None:
            continue
        key, _, value = found.add.partition(": ")
        text = EXAMPLES + f"  - name: 补上的\n    on: 2018-12-20\n    expect: {{{key}: {value}}}\n"
        if found.reached.name == "还没有施行":
            text = text.replace("补上的\n    on: 2018-12-20", "补上的\n    on: 2017-12-31")
        if found.reached.name == "情节特别严重":
            continue

        again = verdict(found.key, text)

        assert again.state is State.NOTICED, found.key
        assert again.by is not None
        assert again.by.name == "补上的"


def test_a_change_that_shows_on_no_tested_day_sleeps_until_the_day_it_would_show() -> None:
    """Nobody decides around the end of the provision, so nobody could notice that it moved."""
    later, earlier = verdict("move_basis:2.basis.1.until+1"), verdict("move_basis:2.basis.1.until-1")

    assert (later.state, later.shows_on) == (State.ASLEEP, date(2018, 7, 1))
    assert (earlier.state, earlier.shows_on) == (State.ASLEEP, date(2018, 6, 30))


def test_a_change_after_which_every_decision_says_the_same_is_equal() -> None:
    """How binding a measure is that nobody can carry out is told by no decision."""
    found = verdict("change_discretion:5.discretion.1")

    assert found.state is State.EQUAL


def test_a_limit_to_kinds_that_the_coverage_has_already_is_equal_without() -> None:
    """Where only natural persons are reached, taking the limit to them away means nothing."""
    from tests.support.bench import MEMORANDUM

    narrow = MEMORANDUM.replace(
        "    reaches: [natural_person]\n",
        "    reaches: [natural_person]\n    covers: {natural_person: [self]}\n",
    )
    found = mutate(bench_catalogue(narrow), "bench", bench_examples(without_case("法定代表人")))

    states = {v.key: v.state for v in found.verdicts}

    assert states["widen_targets:1.reaches"] is State.EQUAL


def test_a_case_that_fails_by_itself_takes_no_part() -> None:
    """It would seem to notice everything."""
    wrong = EXAMPLES.replace('{measure: "3", against: jia}', '{measure: "3", against: bing}')
    found = report(wrong)

    assert [case.name for case in found.failing] == ["案件数"]
    assert verdict("drop_measure:3", wrong).state is State.UNNOTICED


def test_the_share_counts_what_could_be_noticed() -> None:
    """What sleeps and what is equal is nobody's omission."""
    found = report()
    noticed, unnoticed = len(found.of(State.NOTICED)), len(found.of(State.UNNOTICED))

    assert found.share == pytest.approx(100 * noticed / (noticed + unnoticed))
    assert len(found.verdicts) > noticed + unnoticed


def test_processes_find_what_one_finds() -> None:
    """The verdicts come in the order of the mutants, however many judge."""
    assert evolve(report(jobs=2), seconds=0) == evolve(report(), seconds=0)


def test_some_of_the_mutants_are_taken_from_all_over_the_document() -> None:
    """`most` does not mean the first ones."""
    found = report(most=10)

    assert len(found.verdicts) == 10
    assert found.made > 40
    assert len({v.operator for v in found.verdicts}) > 5


def test_progress_is_told_to_the_end() -> None:
    """The bar begins at none and ends at all."""
    told: list[tuple[int, int]] = []
    report(operators=["drop_unit"], told=lambda done, of: told.append((done, of)))

    assert told == [(n, 4) for n in range(5)]


def _verdict_in_full(example: Example, document: str, key: str) -> bool:
    """Say whether an example fails when the whole catalogue is decided with one mutant in it."""
    catalogue = shipped()
    mutant = next(m for m in mutants_of(catalogue.memoranda[document], catalogue) if m.key == key)
    changed = evolve(
        catalogue,
        memoranda={**catalogue.memoranda, document: mutant.changed},
        digest=f"{catalogue.digest}/{key}",
    )
    return not run(example, changed, engine="indexed", is_checked=False).passed


@pytest.mark.parametrize("document", ["air-travel-restriction", "wage-arrears-migrant-workers"])
def test_the_bench_notices_exactly_what_whole_decisions_notice(document: str) -> None:
    """Leaving out what cannot matter leaves nothing out that does: every fourth mutant, tried in full."""
    catalogue = shipped()
    cases = [e for e in shipped_examples() if e.memorandum == document]
    bench = Bench(catalogue, catalogue.memoranda[document], cases)
    mutants = list(mutants_of(catalogue.memoranda[document], catalogue))[::4]

    for mutant in mutants:
        in_full = any(_verdict_in_full(example, document, mutant.key) for example in cases)

        assert (bench.judge(mutant).state is State.NOTICED) == in_full, mutant.key


@pytest.mark.parametrize("document", ["tax-major-violations", "rail-travel-restriction"])
def test_a_narrowed_catalogue_decides_the_same(document: str) -> None:
    """Documents about other lists say nothing about a dossier."""
    catalogue = shipped()
    cases = [e for e in shipped_examples() if e.memorandum == document][::9]

    for ready in days_of(cases, catalogue):
        whole = decide(catalogue.rulebook(on=ready.day[0], recalled=ready.day[1]), ready.dossier)
        few = narrowed(catalogue, ready.lists)
        part = decide(few.rulebook(on=ready.day[0], recalled=ready.day[1]), ready.dossier)

        assert (whole.actions, whole.undetermined, whole.records) == (
            part.actions,
            part.undetermined,
            part.records,
        )
        assert (whole.set_aside, whole.leads_to) == (part.set_aside, part.leads_to)


def test_the_rules_of_one_measure_alone_are_those_it_has_among_all() -> None:
    """What a measure becomes on a day depends on no other measure."""
    catalogue, on = shipped(), date(2018, 12, 20)
    document = catalogue.memoranda["tax-major-violations"]
    alone = only(catalogue, document, ["9"], "alone")

    whole = [r for r in catalogue.rulebook(on=on).rules if r.measure_id == "tax-major-violations#9"]
    few = list(alone.rulebook(on=on).rules)

    assert [(r.key, r.acts, r.bases, r.clauses, r.lists) for r in whole] == [
        (r.key, r.acts, r.bases, r.clauses, r.lists) for r in few
    ]
