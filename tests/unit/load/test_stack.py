"""Stacked catalogues: what one may do to the one it stands on, and how it is told with both places."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from creditrules.errors import CatalogueError, Finding, finding_texts
from creditrules.load.catalogue import load_sources
from creditrules.load.sources import FolderSource
from creditrules.model.catalogue import Catalogue
from tests.support.loading import HEAD, MEASURE, SMALL, TextSource, found_in, load_with, underlined

CITY = 'catalogue: city\nversion: "2018.12"\ntitle: 虚构市目录\nlevel: city\nregion: "210600"\n'
NATION = 'catalogue: nation\nversion: "2019.1"\ntitle: 虚构国家目录\n'
REGULATION = "    basis: [{law: 虚构条例, article: 3, rank: local_regulation}]\n"
LIST = """\
lists:
  ours:
    title: 虚构名单
    level: blacklist
    determined_by: 虚构局
    remedy: 提出异议
    ends_by: [期满, 修复]
    basis: [{law: 税收征收管理法, article: 44}]
"""
RETYPED = "effects:\n  prohibit: {replaces: prohibit, name: 不准, type: B, strictness: 90}\n"
MEMORANDUM = """\
memorandum: ours
doc_no: 虚构〔2018〕7号
title: 虚构备忘录
in_force: {since: 2018-01-01}
lists: [税务黑名单]
covers: {enterprise: [self]}
measures:
  - n: 1
    does: 加强监管
    effect: heighten_supervision
    discretion: may
    units: [公安部]
    when: {tax.arrears_unsecured: true}
    unless: [{label: paid, when: {tax.cases: 0}}]
    basis: [{law: 税收征收管理法, article: 44}]
    duration: {years: 1, from: listing.determined}
"""


def stacked(*layers: Mapping[str, str]) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """Load sources on top of the small catalogue; return what came of it and everything found."""
    sources = [TextSource(layer, f"layer-{n}") for n, layer in enumerate(layers)]
    try:
        catalogue = load_sources([FolderSource(SMALL), *sources])
    except CatalogueError as error:
        return None, error.findings
    return catalogue, catalogue.notes


def found(*layers: Mapping[str, str]) -> list[Finding]:
    """Return the findings about stacks."""
    return [f for f in stacked(*layers)[1] if "CR240" <= f.code <= "CR249"]


def on_city(text: str, name: str = "memoranda/city.yaml") -> list[Finding]:
    """Return what is found when a city adds one file."""
    return found({"catalogue.yaml": CITY, name: text})


def replaced(changed: str, unchanged: str, level: str = "city") -> list[Finding]:
    """Return what is found when a second catalogue of a level replaces the memorandum of a first."""
    first = {"catalogue.yaml": CITY, "memoranda/a.yaml": MEMORANDUM}
    upper = MEMORANDUM.replace("doc_no:", "replaces: ours\ndoc_no:").replace(unchanged, changed)
    second = {"catalogue.yaml": CITY if level == "city" else NATION, "memoranda/b.yaml": upper}
    return [f for f in found(first, second) if f.code == "CR243"]


@pytest.mark.parametrize(
    ("since", "severity"), [("2018-01-01", "warning"), ("2020-12-06", "warning"), ("2020-12-07", "error")]
)
def test_a_city_that_adds_a_measure_against_rights_is_told(since: str, severity: str) -> None:
    """Until 2020-12-06 it is a warning; a document from then on needs a local regulation."""
    text = (HEAD + MEASURE).replace("2018-01-01", since)

    (finding,) = on_city(text)

    assert (finding.code, finding.severity) == ("CR240", severity)
    assert finding.span.file == "memoranda/city.yaml"
    assert [(span.file, span.line) for span in finding.related] == [("catalogue.yaml", 4)]
    assert "catalogue.yaml:4" in finding.what("zh")


def test_a_local_regulation_carries_a_measure_of_its_province() -> None:
    """With a regulation cited by its article the measure is the province's to take."""
    assert on_city((HEAD + MEASURE).replace("2018-01-01", "2022-01-01") + REGULATION) == []


def test_a_city_may_supervise_within_its_duty() -> None:
    """A measure that reduces nobody's rights needs no regulation."""
    assert on_city((HEAD + MEASURE).replace("effect: prohibit", "effect: heighten_supervision")) == []


def test_a_national_catalogue_may_add_measures() -> None:
    """Only overlays are held to local regulations."""
    assert found({"catalogue.yaml": NATION, "memoranda/n.yaml": HEAD + MEASURE}) == []


def test_an_effect_may_be_reworded_and_not_retyped() -> None:
    """Type and strictness decide about every measure of the effect, whoever writes them."""
    upper = "effects:\n  prohibit: {replaces: prohibit, name: 不准, type: %s, strictness: %s}\n"

    told = {
        (kind, strictness): found({"catalogue.yaml": NATION, "rules/e.yaml": upper % (kind, strictness)})
        for kind, strictness in (("A", 90), ("B", 90), ("A", 95))
    }

    assert told["A", 90] == []
    assert [(f.code, underlined(f)) for f in told["B", 90]] == [("CR241", "B")]
    assert [(f.code, underlined(f)) for f in told["A", 95]] == [("CR241", "95")]
    assert [span.file for span in told["B", 90][0].related] == [str(SMALL / "rules" / "words.yaml")]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("ends_by: [期满, 修复]", "ends_by: [期满]", "way out"),
        ("remedy: 提出异议", "remedy: 无", "remedy"),
        ("    basis: [{law: 税收征收管理法, article: 44}]\n", "", "basis"),
        ("level: blacklist", "level: watchlist", "level"),
        ("determined_by: 虚构局", "determined_by: 另一局", None),
    ],
)
def test_a_replaced_list_keeps_remedy_ends_basis_and_level(was: str, now: str, said: str | None) -> None:
    """Whoever is on the list keeps his ways to be heard and to leave."""
    first = {"catalogue.yaml": CITY, "rules/a.yaml": LIST}
    upper = LIST.replace("title:", "replaces: ours\n    title:").replace(was, now)

    told = found(first, {"catalogue.yaml": CITY, "rules/b.yaml": upper})

    assert [(f.code, f.severity) for f in told] == ([("CR242", "error")] if said else [])
    assert all(said in f.what("en") for f in told if said)
    assert all([span.file for span in f.related] == ["rules/a.yaml"] for f in told)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("    basis: [{law: 税收征收管理法, article: 44}]\n", "", "basis"),
        ("    when: {tax.arrears_unsecured: true}\n", "", "condition"),
        ("when: {tax.arrears_unsecured: true}", "when: {tax.grade: grave}", "condition"),
        ("    unless: [{label: paid, when: {tax.cases: 0}}]\n", "", "exception"),
        ("discretion: may", "discretion: must", "discretion"),
        ("effect: heighten_supervision", "effect: prohibit", "stricter"),
        ("duration: {years: 1,", "duration: {years: 2,", "longer"),
        ("    duration: {years: 1, from: listing.determined}\n", "", "longer"),
        ("covers: {enterprise: [self]}", "covers: {enterprise: [self, legal_representative]}", "persons"),
    ],
)
def test_a_replaced_measure_loses_nothing_and_is_no_stricter(was: str, now: str, said: str) -> None:
    """Each way to weaken or tighten a measure is named, at the measure, with the place it had."""
    told = [f for f in replaced(now, was) if f.code == "CR243"]

    assert [f.severity for f in told] == ["error"]
    assert said in told[0].what("en")
    assert told[0].span.file == "memoranda/b.yaml"
    assert [span.file for span in told[0].related] == ["memoranda/a.yaml"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("discretion: may", "discretion: weigh"),
        ("duration: {years: 1,", "duration: {months: 6,"),
        ("when: {tax.arrears_unsecured: true}", "when: {tax.arrears_unsecured: true, tax.grade: grave}"),
        ("does: 加强监管", "does: 加强日常监管"),
    ],
)
def test_a_replaced_measure_may_be_milder(was: str, now: str) -> None:
    """What asks for more or does less takes nothing from anybody."""
    assert replaced(now, was) == []


def test_a_national_catalogue_that_replaces_is_told_what_changes() -> None:
    """The nation may change its own measures; a note says what."""
    first = {"catalogue.yaml": NATION.replace("nation", "one"), "memoranda/a.yaml": MEMORANDUM}
    upper = MEMORANDUM.replace("doc_no:", "replaces: ours\ndoc_no:").replace("may", "must")

    (finding,) = found(first, {"catalogue.yaml": NATION, "memoranda/b.yaml": upper})

    assert (finding.code, finding.severity) == ("CR243", "note")


def test_an_overlay_speaks_for_a_region_that_is_known() -> None:
    """An unknown code is refused, with the nearest known one."""
    (finding,) = found({"catalogue.yaml": CITY.replace("210600", "210601")})

    assert (finding.code, finding.severity, underlined(finding)) == ("CR244", "error", '"210601"')
    assert finding.related
    assert "210600" in finding.fix("en")


def test_an_overlay_may_define_its_region_itself() -> None:
    """A county that no catalogue below knows is named by its own."""
    regions = 'regions:\n  "210681": {name: 东港市, parent: "210600"}\n'

    assert found({"catalogue.yaml": CITY.replace("210600", "210681"), "rules/r.yaml": regions}) == []


def test_an_overlay_without_a_region_is_warned() -> None:
    """Whose city it is should be said."""
    _, notes = stacked({"catalogue.yaml": CITY.replace('region: "210600"\n', "")})

    assert [(f.code, f.severity) for f in notes if f.severity == "warning"] == [("CR121", "warning")]


def test_a_gap_between_a_unit_and_its_heir_is_noted() -> None:
    """On the days between them nobody acts; both places are named."""
    units = """\
units:
  old: {name: 虚构旧局, until: 2018-03-01, becomes: [{unit: new, on: %s}]}
  new: {name: 虚构新局, since: %s}
"""
    gap = [f for f in found_in(units % ("2018-04-01", "2018-04-01")) if f.code == "CR245"]

    assert [f.severity for f in gap] == ["note"]
    assert [span.line for span in gap[0].related] == [3]
    assert [f for f in found_in(units % ("2018-03-01", "2018-03-01")) if f.code == "CR245"] == []


def test_a_circle_of_units_across_catalogues_is_refused() -> None:
    """A city that lets an heir become its forebear leaves nobody to act."""
    lower = """\
units:
  one: {name: 虚构一局, level: city, becomes: [{unit: two, on: 2018-01-01}]}
  two: {name: 虚构二局, level: city}
"""
    upper = "units:\n  two: {extends: two, becomes: [{unit: one, on: 2019-01-01}]}\n"

    _, told = stacked(
        {"catalogue.yaml": CITY, "rules/a.yaml": lower}, {"catalogue.yaml": CITY, "rules/b.yaml": upper}
    )

    assert [f.code for f in told] == ["CR214"]


def test_lists_that_lead_to_each_other_are_refused() -> None:
    """The chain is told, and where its lists are written."""
    page = finding_texts()["CR246"]["example"]["wrong"]

    (finding,) = found_in(page)

    assert (finding.code, underlined(finding)) == ("CR246", "one")
    assert "one → two → one" in finding.what("en")
    assert len(finding.related) == 1


def test_an_extension_adds_names_and_bodies() -> None:
    """Aliases and local bodies are added; what the unit is stays."""
    local = '[{region: "210000", name: 虚构省公安厅}]'
    units = f"units:\n  police: {{extends: police, aliases: [虚构公安], local: {local}}}\n"

    catalogue, told = stacked({"catalogue.yaml": CITY, "rules/u.yaml": units})

    assert catalogue is not None
    unit = catalogue.units.by_key["police"]
    assert (unit.name.zh, unit.aliases[-1]) == ("公安部", "虚构公安")
    assert [local.zh for local in unit.locals] == ["丹东市公安局", "虚构省公安厅"]
    assert catalogue.units.named("虚构公安") == unit
    assert [f.code for f in told if f.code.startswith("CR24")] == []


@pytest.mark.parametrize("key", ["nature: other", "since: 2018-01-01", "until: 2018-01-01", "name: 虚构"])
def test_an_extension_changes_nothing(key: str) -> None:
    """A city may not end a national body, rename it or make it something else."""
    (finding,) = on_city(f"units:\n  police: {{extends: police, {key}}}\n", "rules/u.yaml")

    assert (finding.code, underlined(finding)) == ("CR248", key.partition(":")[0])


def test_a_city_says_what_became_of_its_own_body() -> None:
    """End and heir of a body of the city are the city's to tell."""
    lower = "units:\n  office: {name: 虚构市办公室, level: city}\n"
    upper = """\
units:
  office: {extends: office, until: 2022-01-01, becomes: [{unit: bureau, on: 2022-01-01}]}
  bureau: {name: 虚构市新局, level: city, since: 2022-01-01}
"""
    catalogue, told = stacked(
        {"catalogue.yaml": NATION, "rules/a.yaml": lower}, {"catalogue.yaml": CITY, "rules/b.yaml": upper}
    )

    assert [f for f in told if f.code.startswith("CR24")] == []
    assert catalogue is not None
    assert [s.unit for s in catalogue.units.by_key["office"].successions] == ["bureau"]


def test_an_extension_of_nothing_is_refused() -> None:
    """`extends` names a unit of a lower source."""
    _, told = stacked(
        {"catalogue.yaml": CITY, "rules/u.yaml": "units:\n  x: {extends: x, aliases: [虚构]}\n"}
    )

    assert [(f.code, underlined(f)) for f in told] == [("CR225", "x")]
    assert "extends: x" in told[0].what("en")


@pytest.mark.parametrize(("region", "codes"), [('    region: "210600"\n', []), ("", ["CR248"])])
def test_a_regime_of_a_city_counts_in_the_city(region: str, codes: list[str]) -> None:
    """A city makes no law for other cities."""
    regime = f"""\
regimes:
  - key: ours
    title: 虚构通知
    since: 2018-12-05
{region}    basis: {{law: 虚构通知, cited: 虚构〔2018〕2号, rank: normative_document}}
"""
    assert [f.code for f in on_city(regime, "rules/r.yaml")] == codes


def test_catalogues_stand_from_the_nation_down() -> None:
    """A national catalogue on top of a city is a warning that names both manifests."""
    (finding,) = found({"catalogue.yaml": CITY}, {"catalogue.yaml": NATION})

    assert (finding.code, finding.severity) == ("CR249", "warning")
    assert [span.line for span in finding.related] == [4]
    assert found({"catalogue.yaml": NATION}, {"catalogue.yaml": CITY}) == []


def test_a_measure_of_a_statute_cites_the_statute() -> None:
    """A statute is no memorandum: nothing in it stands without its provision."""
    page = finding_texts()["CR247"]["example"]
    other = page["right"].replace(
        "{law: 税收征收管理法, version: 2015-04-24, article: 44}", "{law: 虚构条例, article: 1}"
    )

    assert [f.code for f in found_in(other) if f.severity == "error"] == ["CR247"]


def test_a_notice_is_linked_to_what_it_names() -> None:
    """The issuing unit, channels and lists of measures are keys, whichever of their names is used."""
    rules = """\
channels:
  site: {name: 虚构网站, kind: website, level: city, region: "210600", aliases: [“虚构”网站]}
measure_lists:
  province: {title: 虚构清单, level: provincial, status: not_seen}
"""
    notice = """\
通知: n
文号: 虚构〔2018〕2号
标题: 虚构通知
印发日期: 2018-12-05
印发单位: 公安部
各部分:
  - {序号: 一, 小标题: 公示, 摘要: 公示名单, 约束力: [shall, may], 渠道: [“虚构”网站], 所依清单: [province]}
"""
    catalogue = load_with({"rules/channels.yaml": rules, "rules/notice.yaml": notice})

    made = catalogue.notices["n"]
    assert made.issued_by == "police"
    assert made.sections[0].channels == ("site",)
    assert made.sections[0].relies_on == ("province",)
    assert made.sections[0].force == ("shall", "may")
    assert not catalogue.measure_lists["province"].seen


STACK_CODES = sorted(code for code in finding_texts() if "CR234" <= code <= "CR249")


@pytest.mark.parametrize("code", STACK_CODES)
def test_a_page_about_stacks_has_every_part(code: str) -> None:
    """Title, what, why, fix in both languages, and an example of the wrong and the right."""
    page = finding_texts()[code]

    assert set(page) == {"title", "what", "why", "fix", "example"}
    assert set(page["example"]) == {"wrong", "right"}


def test_no_place_of_a_finding_about_stacks_stays_unfilled() -> None:
    """Every word a page asks for is given by the code that reports it."""
    many = [
        *on_city(HEAD + MEASURE),
        *on_city("units:\n  police: {extends: police, nature: other}\n", "rules/u.yaml"),
        *replaced("discretion: must", "discretion: may"),
        *found({"catalogue.yaml": CITY}, {"catalogue.yaml": NATION}),
        *found({"catalogue.yaml": CITY.replace("210600", "219999")}),
        *found({"catalogue.yaml": NATION, "rules/e.yaml": RETYPED}),
    ]

    assert {f.code for f in many} == {"CR240", "CR241", "CR243", "CR244", "CR248", "CR249"}
    for finding in many:
        for lang in ("en", "zh"):
            for text in (finding.what(lang), finding.why(lang), finding.fix(lang)):
                assert text
                assert not re.search(r"\{[a-z_]+\}", text), (finding.code, text)
