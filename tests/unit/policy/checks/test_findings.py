"""What the checks say beyond the examples of their pages: how grave, where, of which part, on which day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from creditrules.errors import Finding
from creditrules.model.catalogue import Catalogue
from creditrules.policy.checks.check import Scope
from creditrules.policy.checks.run import check_catalogue
from creditrules.policy.checks.table import checks
from creditrules.testing.catalogues import catalogues
from tests.support.checking import checked, found_in

HEAD = "does: {zh: 不予批准, en: refuse}, effect: prohibit, matters: [exit], units: [公安部]"
BASIS = "basis: [{law: 税收征收管理法, article: 44}]"
STRICT = """\
regimes:
  - key: strict
    title: {zh: 虚构制度, en: Invented regime}
    since: 2017-06-01
    basis: {law: 虚构意见, cited: 虚构〔2017〕1号, rank: central_policy}
    rules:
      - {rule: basis_for_reduction, types: [A], ranks: [law], text: {zh: 须有法律, en: must rest on a law}}
      - {rule: express_basis_for_persons, ranks: [law], text: {zh: 须有明确规定, en: an express provision}}
---
"""


def only(text: str, code: str) -> Finding:
    """Return the one finding of a code about an example."""
    (finding,) = found_in(text, code)
    return finding


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("CR301", f"measures: [{{n: 1, {HEAD}}}]\n"),
        (
            "CR302",
            f"measures: [{{n: 1, {HEAD}, basis: [{{law: 虚构办法, article: 3, rank: local_regulation}}]}}]\n",
        ),
        ("CR333", "covers: {enterprise: [self, {role: financial_officer, held: conduct}]}\n"),
    ],
)
def test_a_document_older_than_the_law_it_fails_is_a_note(code: str, text: str) -> None:
    """Who signed before the law was made made no mistake; who signed under it did."""
    later = only(STRICT + text, code)
    earlier = only(STRICT + text + "in_force: {since: 2016-12}\n", code)

    assert (later.severity, earlier.severity) == ("warning", "note")


def test_the_day_decides_which_rank_is_needed() -> None:
    """Before the regime the basis was enough."""
    text = f"measures: [{{n: 1, {HEAD}, basis: [{{law: 虚构办法, article: 3, rank: departmental_rule}}]}}]\n"
    text = STRICT + text + "in_force: {since: 2016-12}\n"
    days = {
        on: [f for f in checked(text, on=on).findings if f.words.get("measure") == "other#1"]
        for on in (date(2017, 5, 31), date(2017, 6, 1))
    }

    assert "CR302" not in [f.code for f in days[date(2017, 5, 31)]]
    assert "CR302" in [f.code for f in days[date(2017, 6, 1)]]


def test_the_rank_is_named_with_what_it_is_short_of() -> None:
    """A law that only gives a power is not of too low a rank; the finding says so."""
    basis = "basis: [{law: 税收征收管理法, article: 44, strength: general, rank: law}]"
    finding = only(f"{STRICT}measures: [{{n: 1, {HEAD}, {basis}}}]\n", "CR302")

    assert "(law, general)" in finding.what("en")
    assert "法律" in finding.what("zh")


@pytest.mark.parametrize(
    ("when", "severity", "underlined"),
    [
        (
            "{tax.cases: 5, any: [{tax.arrears: {less_than: 0, more_than: 1}}]}",
            "error",
            "tax.cases",
        ),
        ("{any: [{tax.cases: 1}, {tax.arrears: {less_than: 0, more_than: 1}}]}", "warning", "tax.arrears"),
        ("{tax.grade: serious, not: {tax.grade: [serious, grave]}}", "error", "tax.grade"),
        ("{tax.closed: {within: {years: 1}, before: 1990-01-01, after: 2100-01-01}}", "error", "tax.closed"),
    ],
)
def test_a_dead_condition_is_an_error_and_a_dead_branch_a_warning(
    when: str, severity: str, underlined: str
) -> None:
    """The caret stands under its first test."""
    text = f"measures:\n  - {{n: 1, {HEAD}, {BASIS}, when: {when}}}\n"
    finding = only(text, "CR306")
    line = text.splitlines()[1]

    assert finding.severity == severity
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == underlined


def test_what_holds_on_some_day_is_not_dead() -> None:
    """`within` looks back from the day, so a fixed day is met on some days and missed on others."""
    when = "{tax.closed: {within: {years: 1}, before: 2019-01-01}}"

    assert found_in(f"measures: [{{n: 1, {HEAD}, {BASIS}, when: {when}}}]\n", "CR306") == []


@pytest.mark.parametrize(
    "part", ["unless: [{label: x, when: WHEN, basis: [{law: 税收征收管理法, article: 44}]}]"]
)
def test_exceptions_are_looked_at_like_measures(part: str) -> None:
    """An exception that cannot hold excepts nobody; one that always holds silences its measure."""
    dead = part.replace("WHEN", "{tax.cases: {at_least: 5, less_than: 3}}")
    idle = part.replace("WHEN", "{tax.grade: [serious, grave]}")

    assert only(f"measures: [{{n: 1, {HEAD}, {BASIS}, {dead}}}]\n", "CR306").severity == "error"
    assert only(f"measures: [{{n: 1, {HEAD}, {BASIS}, {idle}}}]\n", "CR307").severity == "warning"
    assert only(f"measures: [{{n: 1, {HEAD}, {BASIS}, {idle}}}]\n", "CR308").severity == "error"


@pytest.mark.parametrize(
    ("limit", "covers", "dead"),
    [
        ("reaches: [natural_person]", "{enterprise: [self]}", True),
        ("reaches: [natural_person]", "{natural_person: [self]}", False),
        ("when: {subject.kind: natural_person}", "{enterprise: [self]}", True),
        ("when: {role.name: financial_officer}", "{enterprise: [legal_representative]}", True),
        ("when: {role.name: financial_officer}", "{enterprise: [self, financial_officer]}", False),
        ("when: {target.kind: natural_person, subject.kind: enterprise}", "{enterprise: [self]}", True),
        (
            "when: {target.kind: natural_person, subject.kind: enterprise}",
            "{enterprise: [legal_representative]}",
            False,
        ),
    ],
)
def test_a_measure_reaches_somebody_by_one_item_at_least(limit: str, covers: str, dead: bool) -> None:
    """Kinds, roles and the way somebody is reached must agree for one item of the clauses."""
    text = f"covers: {covers}\nmeasures: [{{n: 1, {HEAD}, {BASIS}, {limit}}}]\n"

    assert bool(found_in(text, "CR308")) is dead


def test_an_item_that_one_measure_uses_is_not_idle() -> None:
    """The clause serves all measures; each need not use every item."""
    covers = "covers: {natural_person: [self], enterprise: [self]}\n"
    one = f"{{n: 1, {HEAD}, {BASIS}, reaches: [natural_person]}}"
    two = f"{{n: 2, {HEAD}, {BASIS}, reaches: [enterprise]}}"

    assert len(found_in(f"{covers}measures: [{one}]\n", "CR309")) == 1
    assert found_in(f"{covers}measures: [{one}, {two}]\n", "CR309") == []


@pytest.mark.parametrize(
    ("change", "swallowed"),
    [
        ("", True),
        ("discretion: must, when: {tax.arrears: 5}", False),
        ("duration: {for_life: true}", True),
        ("when: {tax.arrears: 5}", True),
        ("reaches: [enterprise]", True),
        ("leads_to: 税务黑名单", False),
        ("stance: incentive", False),
    ],
)
def test_a_measure_is_swallowed_by_one_that_is_as_wide_as_strict_and_as_long(
    change: str, swallowed: bool
) -> None:
    """What differs in effect is not swallowed; what only narrows is."""
    wide = f"{{n: 1, {HEAD}, {BASIS}}}"
    narrow = f"{{n: 2, {HEAD}, {BASIS}" + (f", {change}}}" if change else "}")
    found = found_in(f"measures: [{wide}, {narrow}]\n", "CR310")

    assert bool(found) is swallowed
    if swallowed:
        assert {f.words["measure"] for f in found} <= {"other#1", "other#2"}
        assert len(found) == 1


def test_two_provisions_keep_two_measures_apart() -> None:
    """Where they cite different provisions one may outlive the other, so it is a note."""
    other = "basis: [{law: 虚构条例, article: 3}]"
    text = f"measures: [{{n: 1, {HEAD}, {BASIS}}}, {{n: 2, {HEAD}, {other}}}]\n"

    assert only(text, "CR310").severity == "note"


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("discretion: must", "discretion: may", "orders"),
        ("stance: sanction", "stance: incentive", "rewards"),
        ("duration: {years: 1}", "duration: {years: 3}", "lengths"),
        ("discretion: must", "discretion: must", ""),
        ("discretion: must", "discretion: unstated", ""),
        ("discretion: must, when: {tax.grade: serious}", "discretion: may, when: {tax.grade: grave}", ""),
    ],
)
def test_two_measures_contradict_when_both_may_hold_and_say_different_things(
    first: str, second: str, how: str
) -> None:
    """Punishing and rewarding, ordering and leaving open, one length and another."""
    text = f"measures: [{{n: 1, {HEAD}, {BASIS}, {first}}}, {{n: 2, {HEAD}, {BASIS}, {second}}}]\n"
    found = found_in(text, "CR311")

    assert bool(found) is bool(how)
    assert all(how in finding.what("en") and finding.related for finding in found)


def test_a_unit_named_before_it_was_set_up_is_a_note() -> None:
    """The day is told on which it does not act, and why."""
    text = (
        "units:\n  post: {name: 虚构邮政局, en: Invented post office, since: 2018-03-01}\n---\n"
        f"measures: [{{n: 1, {HEAD.replace('公安部', '虚构邮政局')}, {BASIS}}}]\n"
    )
    finding = only(text, "CR313")

    assert finding.severity == "note"
    assert "on 2018-01-01: it is set up only on 2018-03-01" in finding.what("en")


def test_a_unit_named_after_it_ended_is_a_note_when_somebody_took_over() -> None:
    """With a successor the measure is taken, under another name than the document writes."""
    post = (
        "units:\n  post: {name: 虚构邮政局, en: Invented, until: 2017-03-01,\n"
        "         becomes: [{unit: police, on: 2017-03-01}]}\n"
    )
    text = f"{post}---\nmeasures: [{{n: 1, {HEAD.replace('公安部', '虚构邮政局')}, {BASIS}}}]\n"
    finding = only(text, "CR313")

    assert finding.severity == "note"
    assert "it had ended on 2017-03-01" in finding.what("en")


def test_a_dead_measure_is_told_once() -> None:
    """What follows from a measure that reaches nobody is not told beside it."""
    dead = f"measures: [{{n: 1, {HEAD}, {BASIS}, reaches: [natural_person]}}]\n"
    idle = f"measures: [{{n: 1, {HEAD}, {BASIS}, when: {{tax.cases: {{at_least: 5, less_than: 3}}}}}}]\n"

    assert {f.code for f in told(dead)} == {"CR308"}
    assert {f.code for f in told(idle)} == {"CR306"}


def told(text: str) -> list[Finding]:
    """Return the errors and warnings about an example."""
    found = checked(text, ignore={"CR330"}).findings
    return [f for f in found if "other" in f.span.file and f.severity != "note"]


def test_a_text_in_one_language_is_found_in_every_corner() -> None:
    """In a fact's choice, in a reason for letting stand, in an exception."""
    facts = "facts:\n  x.y: {about: subject, type: choice, ask: {zh: 何？, en: Which?}, choices: {a: 甲}}\n"
    reason = "suppress: [{code: CR301, reason: 理由}]\n"

    assert only(facts, "CR315").words["field"] == "choices.a"
    assert only(f"{reason}measures: [{{n: 1, {HEAD}}}]\n", "CR315").words["field"] == "reason"


def test_the_same_fact_with_english_only_lacks_chinese() -> None:
    """The finding names the language that is missing."""
    facts = "facts:\n  x.y: {about: subject, type: boolean, ask: Which?}\n"

    assert "has no Chinese text" in only(facts, "CR315").what("en")
    assert "没有中文文字" in only(facts, "CR315").what("zh")


@settings(max_examples=40, deadline=None)
@given(catalogues())
def test_every_check_answers_about_any_catalogue(catalogue: Catalogue) -> None:
    """No check fails, and each finding is of its own code and no graver than it says."""
    for on in (date(2017, 1, 1), date(2021, 6, 1)):
        scope = Scope(catalogue, on, frozenset())
        for check in checks().values():
            for finding in check.find(scope):
                assert finding.code == check.code
                assert finding.severity in ("error", "warning", "note")
    assert check_catalogue(catalogue).findings == check_catalogue(catalogue).findings
