"""A memorandum that has a little of everything, with examples whose gaps are known."""

from __future__ import annotations

from attrs import evolve

from creditrules.compile.passes import rulebook_of
from creditrules.load.example_docs import read_examples
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.examples import Example, examples_of
from tests.support.loading import load_with

NAME = "memoranda/bench.yaml"
MEMORANDUM = """\
memorandum: bench
doc_no: 虚构〔2018〕9号
title: {zh: 试验备忘录, en: Bench memorandum}
in_force: {since: 2018-01-01, until: 2020-01-01}
lists: [tax-major]
covers:
  natural_person: [self]
  enterprise:
    - self
    - legal_representative
    - {role: financial_officer, held: conduct, finding: directly_responsible}
measures:
  - n: 1
    heading: 阻止出境
    does: {zh: 阻止出境, en: stop at the border}
    effect: exit_control
    discretion: may
    matters: [exit]
    reaches: [natural_person]
    when: {tax.arrears_unsecured: true, tax.arrears: {at_least: 1000}}
    unless:
      - {label: grave, name: {zh: 情节, en: grave}, when: {tax.grade: grave}}
    units:
      - 公安部
      - 国务院
    basis: [{law: 中华人民共和国税收征收管理法, article: 44, cited: 第四十四条}]
  - n: 2
    does: {zh: 禁止政府采购, en: bar from procurement}
    effect: prohibit
    discretion: must
    matters: [government_procurement, exit]
    units: [国务院]
    duration: {years: 1, from: tax.closed}
    basis: [{law: 虚构条例, article: 3, cited: 第三条, rank: administrative_regulation, until: 2018-06-30}]
  - n: 3
    does: {zh: 加强监管, en: watch more closely}
    effect: heighten_supervision
    units: [公安部]
    covers: [{party: enterprise, when: {tax.cases: {more_than: 2}}, reaches: [self]}]
  - n: 4
    does: {zh: 未见, en: not seen}
    effect: null
    checked: {state: unseen}
  - n: 5
    does: {zh: 无单位, en: without a unit}
    effect: heighten_supervision
"""
EXAMPLES = """\
examples: bench
given:
  subjects:
    - id: jia
      kind: enterprise
      name: 虚构甲公司
      facts: {tax.arrears_unsecured: true, tax.arrears: 1000, tax.cases: 3}
      listings:
        - id: L1
          list: tax-major
          conduct: 2017-05-01
          determined: 2018-02-01
          served: 2018-02-02
          aggregated: 2018-02-03
          until: 2021-12-31
          facts: {tax.grade: serious, tax.closed: 2018-03-01}
          findings: [{person: bing, finds: directly_responsible}]
          findings_complete: true
    - id: yi
      kind: natural_person
      name: 乙虚构
      roles: [{in: jia, role: legal_representative, since: 2016-01-01}]
    - id: bing
      kind: natural_person
      name: 丙虚构
      roles: [{in: jia, role: financial_officer, since: 2016-01-01}]
cases:
  - name: 法定代表人
    on: 2018-12-20
    expect:
      actions: [{measure: "1", against: yi, unit: 公安部, discretion: may, cites: [第四十四条]}]
      untouched: [{measure: "1", against: jia}]
  - name: 情节特别严重
    on: 2018-12-20
    change: {subjects: [{id: jia, listings: [{id: L1, facts: {tax.grade: grave}}]}]}
    expect: {untouched: [{measure: "1", against: yi}]}
  - name: 案件数
    on: 2018-12-20
    expect: {actions: [{measure: "3", against: jia}], untouched: [{measure: "3", against: yi}]}
  - name: 还没有施行
    on: 2017-12-31
    expect: {nothing_else: true}
"""


def bench_catalogue(memorandum: str = MEMORANDUM) -> Catalogue:
    """Return the small catalogue with the memorandum in it."""
    return evolve(load_with({NAME: memorandum}), compiler=rulebook_of)


def bench_memorandum(memorandum: str = MEMORANDUM) -> Memorandum:
    """Return the memorandum."""
    return bench_catalogue(memorandum).memoranda["bench"]


def bench_examples(text: str = EXAMPLES) -> tuple[Example, ...]:
    """Return the cases of a text of examples."""
    return examples_of(read_examples(text, "bench.examples.yaml"), "bench.examples.yaml")


def without_case(name: str) -> str:
    """Return the examples without one of their cases."""
    head, *cases = EXAMPLES.split("  - name: ")
    kept = [case for case in cases if not case.startswith(name)]
    assert len(kept) == len(cases) - 1
    return "  - name: ".join([head, *kept])
