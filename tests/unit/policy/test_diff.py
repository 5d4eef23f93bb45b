"""Comparing catalogues: what a change means in words, where it stands, and whose decisions it changes."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from creditrules import Catalogue, load_catalogue, read_dossier
from creditrules.load.example_docs import read_examples
from creditrules.policy.diff.catalogues import catalogue_changes
from creditrules.policy.diff.changes import Added, Altered, Change, Gained, Lost, Removed, is_silent, sentence
from creditrules.policy.diff.consequences import Sides, of_dossiers, of_examples
from creditrules.policy.diff.pages import Page
from creditrules.policy.diff.report import Report, to_json
from creditrules.policy.diff.scope import scope_of
from creditrules.policy.examples import examples_of
from tests.support.loading import TextSource, small_texts

ON = date(2018, 12, 20)
MEMORANDUM = """\
memorandum: other
doc_no: 虚构〔2018〕1号
title: {zh: 虚构备忘录, en: An invented memorandum}
in_force: {since: 2018-01-01}
lists: [税务黑名单]
covers:
  enterprise: [self, legal_representative]
measures:
  - n: 1
    heading: 不予批准
    does: {zh: 不予批准, en: Refuse}
    effect: prohibit
    discretion: may
    matters: [exit]
    when: {tax.arrears: {at_least: 100000}}
    units: [公安部, {assist: 税务总局}]
    basis:
      - {law: 公司法, version: 2013-12-28, article: 146, cited: 第一百四十六条}
    duration: {years: 1}
    checked: verified
  - n: 2
    does: {zh: 从严审核, en: Examine closely}
    effect: prohibit
    units: [税务总局]
    checked: verified
"""
EXTRA = """\
roles: {supervisor: {zh: 监事, en: supervisor}}
units: {national-tax: {name: 国税局, en: State tax bureau, since: 1994-01-01, checked: verified}}
lists:
  judgment-defaulters:
    title: {zh: 失信被执行人名单, en: Judgment defaulters}
    level: blacklist
    determined_by: {zh: 执行法院, en: the court}
    remedy: {zh: 向执行法院申请纠正, en: apply to the court}
    ends_by: [{zh: 履行完毕, en: performance}]
    checked: verified
"""
FIRM: dict[str, Any] = {
    "subjects": [
        {
            "id": "a",
            "kind": "enterprise",
            "name": "虚构公司",
            "facts": {"tax.arrears": 70000},
            "listings": [
                {
                    "id": "L1",
                    "list": "tax-major",
                    "determined": "2018-02-01",
                    "served": "2018-02-10",
                    "aggregated": "2018-03-01",
                    "published": "2018-03-01",
                    "since": "2018-03-01",
                    "until": "2020-03-01",
                }
            ],
        }
    ]
}


def written(*changes: tuple[str, str]) -> Catalogue:
    """Return the small catalogue with the memorandum, parts of its text being replaced."""
    text = MEMORANDUM
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return loaded(text)


@cache
def loaded(text: str) -> Catalogue:
    """Return the small catalogue with some more words and a memorandum, ready to be decided by."""
    return load_catalogue(
        TextSource(small_texts() | {"rules/extra.yaml": EXTRA, "memoranda/other.yaml": text})
    )


def changes_after(*changes: tuple[str, str]) -> tuple[Change, ...]:
    """Return what is found when parts of the memorandum are replaced."""
    return catalogue_changes(written(), written(*changes))


# What is replaced in the memorandum → the class of the change, its aspect, and words of its sentence.
CASES: dict[str, tuple[tuple[str, str], type, str, str, str]] = {
    "a role more": (
        ("[self, legal_representative]", "[self, legal_representative, supervisor]"),
        Gained,
        "reach",
        "now also reaches",
        "现在还及于",
    ),
    "a role less": (
        ("[self, legal_representative]", "[self]"),
        Lost,
        "reach",
        "no longer reaches",
        "不再及于",
    ),
    "a finding asked for": (
        ("legal_representative]", "{role: legal_representative, finding: directly_responsible}]"),
        Altered,
        "requirement",
        "must be found directly responsible",
        "须认定负有直接责任",
    ),
    "another kind of party": (
        ("covers:\n", "covers:\n  natural_person: [self]\n"),
        Gained,
        "party",
        "now also covers",
        "现在还及于这类当事人",
    ),
    "another text of the law": (
        ("version: 2013-12-28, article: 146", "version: 2018-10-26, article: 146"),
        Altered,
        "basis_text",
        "basis 《公司法》 is now the text of 2018-10-26",
        "现在指2018-10-26 的文本",
    ),
    "another article": (
        ("article: 146, cited: 第一百四十六条", "article: 178, cited: 第一百七十八条"),
        Altered,
        "basis_article",
        "第一百四十六条 → 第一百七十八条",
        "由第一百四十六条改为第一百七十八条",
    ),
    "a basis more": (
        ("    duration: {years: 1}", "      - {law: 税收征收管理法, article: 44}\n    duration: {years: 1}"),
        Gained,
        "basis",
        "税收征收管理法",
        "依据增加",
    ),
    "a unit more": (
        ("[公安部, {assist", "[公安部, 国税局, {assist"),
        Gained,
        "units",
        "a unit more",
        "实施单位增加",
    ),
    "a unit less": (
        ("units: [公安部, {assist: 税务总局}]", "units: [{assist: 税务总局}]"),
        Lost,
        "units",
        "a unit less",
        "实施单位减少",
    ),
    "a unit that acts where it helped": (
        ("{assist: 税务总局}", "税务总局"),
        Altered,
        "part",
        "assists → acts",
        "由协助改为实施",
    ),
    "from may to must": (
        ("discretion: may", "discretion: must"),
        Altered,
        "discretion",
        "may → must",
        "由“可以”改为“应当”",
    ),
    "a lower threshold": (
        ("at_least: 100000", "at_least: 50000"),
        Altered,
        "threshold",
        "100000.00 yuan → is at least 50000.00 yuan",
        "100000.00元”改为“不少于50000.00元",
    ),
    "another comparison": (
        ("at_least: 100000", "more_than: 100000"),
        Altered,
        "comparison",
        "is more than",
        "大于",
    ),
    "a condition more": (
        (
            "when: {tax.arrears: {at_least: 100000}}",
            "when: {tax.arrears: {at_least: 100000}, tax.cases: {at_least: 2}}",
        ),
        Gained,
        "when",
        "a condition more",
        "条件增加",
    ),
    "no condition any more": (
        ("    when: {tax.arrears: {at_least: 100000}}\n", ""),
        Lost,
        "when",
        "a condition less",
        "条件减少",
    ),
    "another effect": (
        ("effect: prohibit\n    discretion", "effect: exit_control\n    discretion"),
        Altered,
        "effect",
        "the effect is another",
        "措施类型由",
    ),
    "a matter more": (
        ("matters: [exit]", "matters: [exit, government_procurement]"),
        Gained,
        "matters",
        "now also bites on",
        "所涉事项增加",
    ),
    "a longer time": (("duration: {years: 1}", "duration: {years: 3}"), Altered, "duration", "1 year", "3年"),
    "only some targets": (
        ("    effect: prohibit\n    units", "    reaches: [natural_person]\n    effect: prohibit\n    units"),
        Altered,
        "targets",
        "now falls only on",
        "只及于",
    ),
    "an end": (
        ("{since: 2018-01-01}", "{since: 2018-01-01, until: 2019-06-30}"),
        Altered,
        "until",
        "now ends on 2019-06-30",
        "现在至 2019-06-30 止",
    ),
    "another list": (
        ("lists: [税务黑名单]", "lists: [税务黑名单, judgment-defaulters]"),
        Gained,
        "lists",
        "now also answers the list",
        "现在还针对名单",
    ),
    "from memory only": (
        ("    checked: verified\n  - n: 2", "    checked: recalled\n  - n: 2"),
        Altered,
        "checked",
        "recalled",
        "凭记忆",
    ),
    "another number": (("n: 1\n    heading", "n: 7\n    heading"), Altered, "number", "1 → 7", "由 1 改为 7"),
    "other words": (("en: Refuse", "en: Refuse it"), Altered, "does", "worded otherwise", "表述改为"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_in_the_words_of_the_law(name: str) -> None:
    """One edit, one sentence in each language, and nothing else is said to have changed."""
    edit, kind, aspect, english, chinese = CASES[name]

    found = [c for c in changes_after(edit) if c.aspect == aspect]

    assert len(found) == 1, changes_after(edit)
    assert isinstance(found[0], kind)
    assert english in sentence(found[0]).en
    assert chinese in sentence(found[0]).zh
    others = [c for c in changes_after(edit) if c.aspect != aspect]
    assert others == []


@pytest.mark.parametrize("name", CASES)
def test_a_change_taken_back_is_told_as_its_opposite(name: str) -> None:
    """What one direction gains the other loses; what is altered is altered back."""
    edit = CASES[name][0]

    there = catalogue_changes(written(), written(edit))
    back = catalogue_changes(written(edit), written())

    opposite = {Gained: Lost, Lost: Gained, Altered: Altered, Added: Removed, Removed: Added}
    assert sorted(opposite[type(c)].__name__ + c.aspect for c in there) == sorted(
        type(c).__name__ + c.aspect for c in back
    )


def test_a_measure_comes_and_goes() -> None:
    """A measure that is new, and one that is gone, are named with their number."""
    second = MEMORANDUM[MEMORANDUM.index("  - n: 2") :]

    (gone,) = changes_after((second, ""))
    (new,) = catalogue_changes(written((second, "")), written())

    assert (type(gone), type(new)) == (Removed, Added)
    assert gone.place.id == new.place.id == "other#2"
    assert "第2项" in gone.place.item.zh


def test_a_memorandum_comes_and_goes_and_keeps_its_identity_by_its_number() -> None:
    """A new key under the old document number is the same document."""
    before = written()
    without = load_catalogue(TextSource(small_texts() | {"rules/extra.yaml": EXTRA}))
    renamed = written(("memorandum: other", "memorandum: another"))

    assert [type(c) for c in catalogue_changes(before, without)] == [Removed]
    assert [type(c) for c in catalogue_changes(without, before)] == [Added]
    (key,) = catalogue_changes(before, renamed)
    assert (key.aspect, sentence(key).en) == ("key", "key other → another")


def test_every_change_has_its_place_in_the_new_file() -> None:
    """The line is that of the part that changed, not only of the document."""
    for edit, line in (
        (CASES["a unit more"][0], 16),
        (CASES["a lower threshold"][0], 15),
        (CASES["another text of the law"][0], 18),
        (CASES["from may to must"][0], 9),
    ):
        (change,) = changes_after(edit)
        assert change.place.span is not None
        assert (change.place.span.file, change.place.span.line) == ("memoranda/other.yaml", line)


def test_the_same_catalogue_has_no_changes() -> None:
    """Comments, order of files and layout change nothing."""
    commented = loaded("# 注\n" + MEMORANDUM)

    assert catalogue_changes(written(), written()) == ()
    assert catalogue_changes(written(), commented) == ()


def test_rules_are_compared_too() -> None:
    """Lists, units, effects and regimes: what they gained, lost or say otherwise."""
    old = load_catalogue()
    effects = dict(old.effects)
    effects["prohibit"] = evolve(effects["prohibit"], strictness=99)
    lists = dict(old.lists)
    tax = lists["tax-major-violations"]
    lists["tax-major-violations"] = evolve(
        tax, periods=(evolve(tax.periods[0], period=None), *tax.periods[1:]), aliases=tax.aliases[1:]
    )
    units = evolve(
        old.units,
        by_key={
            **old.units.by_key,
            "ndrc": evolve(old.units.by_key["ndrc"], until=date(2030, 1, 1), nature="other"),
        },
    )
    regimes = tuple(evolve(r, rules=r.rules[1:]) if r.key == "opinion-2020-49" else r for r in old.regimes)
    new = evolve(old, effects=effects, lists=lists, units=units, regimes=regimes, digest="other")

    said = {(c.place.section, c.aspect, type(c).__name__) for c in catalogue_changes(old, new)}

    assert said == {
        ("effects", "strictness", "Altered"),
        ("lists", "period", "Altered"),
        ("lists", "aliases", "Lost"),
        ("units", "until", "Altered"),
        ("units", "nature", "Altered"),
        ("regimes", "rules", "Lost"),
    }


@pytest.mark.parametrize("name", CASES)
def test_a_change_nobody_decides_by_touches_no_decision(name: str) -> None:
    """Wording is for readers; everything else is looked at again."""
    (change, *_) = changes_after(CASES[name][0])

    scope = scope_of([change], written(), written(CASES[name][0]))

    assert is_silent(change) is (name == "other words")
    assert scope.is_empty is is_silent(change)


def sides(*edits: tuple[str, str]) -> Sides:
    """Return the two catalogues of an edit, with what it can touch."""
    old, new = written(), written(*edits)
    return Sides(old, new, scope_of(catalogue_changes(old, new), old, new))


EXAMPLES = """\
examples: other
given: GIVEN
cases:
  - name: 欠缴七万元的
    on: 2018-12-20
    expect: {untouched: [{measure: "1", against: a}]}
  - name: 不在名单上的
    on: 2018-12-20
    change: {subjects: [{id: a, listings: null}]}
    expect: {nothing_else: true}
"""


def test_an_example_that_is_decided_otherwise_is_told_with_before_and_after() -> None:
    """A lower threshold takes in a debtor that no measure fell on; the other case is not decided again."""
    text = EXAMPLES.replace("GIVEN", str(FIRM).replace("'", '"'))
    examples = examples_of(read_examples(text, "x.examples.yaml"), "x.examples.yaml")

    counted = of_examples(examples, sides(("at_least: 100000", "at_least: 50000")))

    assert (counted.total, counted.decided) == (2, 1)
    (found,) = counted.consequences
    assert (found.name, found.on, found.verdict) == ("欠缴七万元的", ON, "fails")
    assert {(e.kind, e.subject, e.target) for e in found.effects if e.subject == "action"} == {
        ("gained", "action", "虚构公司")
    }


@pytest.mark.parametrize(
    ("edit", "kind", "aspect"),
    [
        (("discretion: may", "discretion: must"), "altered", "discretion"),
        (("duration: {years: 1}", "duration: {days: 400}"), "altered", "until"),
        (("[公安部, {assist: 税务总局}]", "[公安部]"), "lost", ""),
        (("version: 2013-12-28", "version: 2018-10-26"), "altered", "bases"),
    ],
)
def test_a_dossier_shows_what_is_done_otherwise(
    tmp_path: Path, edit: tuple[str, str], kind: str, aspect: str
) -> None:
    """Gained, lost, or with another discretion, end or basis."""
    given = str(FIRM).replace("'", '"').replace("70000", "170000")
    (tmp_path / "firm.yaml").write_text(given, "utf-8")

    counted = of_dossiers(tmp_path, [ON, date(2017, 1, 1)], sides(edit))

    (found,) = counted.consequences
    assert found.on == ON
    assert {effect.kind for effect in found.effects} == {kind}
    assert {name for effect in found.effects for name, _, _ in effect.parts} == (
        {aspect} if aspect else set()
    )


def test_what_a_change_cannot_touch_is_not_decided_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dossier on another list is read and counted, and no engine is asked."""
    given = str(FIRM).replace("'", '"').replace("tax-major", "judgment-defaulters")
    (tmp_path / "firm.yaml").write_text(given, "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("decided")

    monkeypatch.setattr("creditrules.policy.diff.consequences.decide", refuse)
    counted = of_dossiers(tmp_path, [ON], sides(("discretion: may", "discretion: must")))

    assert (counted.total, counted.decided, counted.consequences) == (1, 0, ())


def test_whatever_is_skipped_would_have_come_out_the_same() -> None:
    """Over every edit: a dossier out of scope has the same decision under both catalogues."""
    from creditrules import decide

    elsewhere = read_dossier(
        {
            "subjects": [
                {
                    **FIRM["subjects"][0],
                    "listings": [{**FIRM["subjects"][0]["listings"][0], "list": "judgment-defaulters"}],
                }
            ]
        },
        written(),
    )
    for edit, *_ in CASES.values():
        both = sides(edit)
        if both.scope.touches(elsewhere):
            continue
        old, new = (decide(c.rulebook(on=ON), elsewhere) for c in both.both)
        assert old.actions == new.actions


def test_a_dossier_that_cannot_be_read_is_told_and_not_counted(tmp_path: Path) -> None:
    """The others are compared all the same."""
    (tmp_path / "bad.yaml").write_text("subjects: []\n", "utf-8")

    counted = of_dossiers(tmp_path, [ON], sides(("discretion: may", "discretion: must")))

    assert counted.total == 0
    assert [finding.code for finding in counted.findings] == ["CR441"]


def _whole(edit: tuple[str, str]) -> Report:
    return Report("old", "new", changes_after(edit))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_page_shows_every_change(name: str, lang: str) -> None:
    """Text, Markdown and JSON say the same sentences, and leave no place unfilled."""
    report = _whole(CASES[name][0])
    pages = ["\n".join(Page(report, lang, markdown=form).lines()) for form in (False, True)]

    for change in report.changes:
        for page in (*pages, to_json(report)):
            assert sentence(change)(lang).replace('"', '\\"') in page or sentence(change)(lang) in page
    assert not any("{" in page for page in pages)


def test_alike_is_told_together() -> None:
    """Many actions that changed in the same way take a few lines, unless all are asked for."""
    from creditrules.errors import Span
    from creditrules.model.text import Text
    from creditrules.policy.diff.consequences import Consequence, Counted
    from creditrules.policy.diff.decisions import Effect

    effects = tuple(
        Effect("lost", "action", Text(f"单位{n}", f"unit {n}"), str(n), target="虚构公司") for n in range(9)
    )
    counted = Counted(1, 1, (Consequence("案", Span("d.yaml"), ON, effects),))
    report = Report("old", "new", (), dossiers=counted)

    def lines(full: bool) -> int:
        return sum("unit" in line for line in Page(report, "en", full=full).lines())

    assert (lines(False), lines(True)) == (3, 9)
    assert any("6 more" in line for line in Page(report, "en").lines())
