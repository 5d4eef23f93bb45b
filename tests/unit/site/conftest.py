"""Sites to look at: of the small world of the command line, and of the shipped catalogue."""

from __future__ import annotations

import pytest

from creditrules import load_catalogue
from creditrules.site.build import site_of
from creditrules.site.cases import cases_below
from tests.support.pages import Site
from tests.support.tree import ROOT

WORLD = ROOT / "tests" / "unit" / "cli" / "world"
CASES = """\
examples: tax
given:
  subjects:
    - id: fengyuan
      kind: enterprise
      name: 丹东丰源虚构贸易有限公司
      listings: [{id: L1, list: tax-major, determined: 2018-02-01}]
    - {id: wang, kind: natural_person, name: "王虚构<b>", roles: [{in: fengyuan, role: legal_representative}]}
cases:
  - name: 欠税的法定代表人 & 出境
    on: 2018-12-20
    expect:
      actions:
        - {measure: "1", against: wang, unit: 公安部, effect: exit_control,
           discretion: may, until: 2020-02-01}
      untouched: [{measure: "1", against: fengyuan}]
      undetermined: [{measure: "1", against: wang, what: fact, asks: [tax.arrears_unsecured]}]
  - name: 逐日
    timeline:
      - {on: 2018-12-20, expect: {not: [{measure: "1", against: wang}]}}
      - {on: 2021-06-01, note: 其后, expect: {set_aside: [{measure: "1", reason: ended}]}}
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a catalogue with one measure and two examples."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "tax.examples.yaml").write_text(CASES, "utf-8")
    return site_of(load_catalogue(WORLD), cases_below([folder]))


@pytest.fixture(scope="session")
def shipped() -> Site:
    """The site of the shipped catalogue with its examples."""
    return site_of(load_catalogue(), cases_below([ROOT / "examples"]))
