"""persons whom no provision makes liable · 没有条款规定其责任的人员.

What it finds:
    on {on} `{measure}`{heading_en} reaches {roles_en} through the organisation, and no provision says so

    This is what the regime of the day sets aside when a rulebook is made.
    It is a warning where the regime was in force when the memorandum was signed, else a note.
查出什么：
    {on} `{measure}`{heading_zh}经由组织及于{roles_zh}，但没有条款作此规定

    即当日的制度在生成规则集时所搁置的部分。备忘录签署时该制度已经施行的，为警告；否则为提示。
Why it matters:
    on that day these persons are not reached ({text_en})
为何要紧：
    当日不能及于这些人员（{text_zh}）
Example:
    wrong:
        regimes:
          - key: strict
            title: {zh: 虚构制度, en: Invented regime}
            since: 2017-06-01
            basis: {law: 虚构意见, cited: 虚构〔2017〕1号, rank: central_policy}
            rules:
              - rule: express_basis_for_persons
                ranks: [law]
                text: {zh: 须有明确规定, en: an express provision is needed}
        ---
        covers: {enterprise: [self, {role: financial_officer, held: conduct}]}
    right:
        regimes:
          - key: strict
            title: {zh: 虚构制度, en: Invented regime}
            since: 2017-06-01
            basis: {law: 虚构意见, cited: 虚构〔2017〕1号, rank: central_policy}
            rules:
              - rule: express_basis_for_persons
                ranks: [law]
                text: {zh: 须有明确规定, en: an express provision is needed}
        ---
        covers:
          enterprise:
            - self
            - role: financial_officer
              held: conduct
              basis: [{law: 税收征收管理法, article: 44, reaches: [financial_officer]}]
Instead:
    cite under `basis` of the item the provision that makes them liable, or under `liability` in `rules/`
应当怎样：
    请在该项的 `basis` 中，或者在 `rules/` 的 `liability` 中，引用规定其责任的条款
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.rulebook import SetAside
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of, signed_under


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure of which the law of the day sets persons aside."""
    since = {regime.key: regime.since for regime in scope.day.regimes}
    roles = scope.catalogue.roles
    by_measure: dict[tuple[str, str | None], set[str]] = {}
    first: dict[tuple[str, str | None], SetAside] = {}
    for aside in scope.rulebook.set_aside:
        if aside.reason == "no_express_basis" and aside.regime in since:
            key = (aside.memorandum, aside.measure)
            first.setdefault(key, aside)
            by_measure.setdefault(key, set()).update(aside.detail.split(", "))
    for memorandum, measure in scope.measures:
        found = first.get((memorandum.key, measure.key))
        if found is None or found.regime is None:
            continue
        names = [roles[r].name for r in sorted(by_measure[memorandum.key, measure.key]) if r in roles]
        words = {
            **of_measure(memorandum, measure),
            "on": str(scope.on),
            "roles_en": ", ".join(name("en") for name in names) or "whoever is found responsible",
            "roles_zh": "、".join(name("zh") for name in names) or "被认定负有责任的人",
            "text_en": found.text.en,
            "text_zh": found.text.zh,
        }
        severity = milder(signed_under(memorandum, since[found.regime]))
        yield Finding("CR333", place_of(memorandum, measure), words, severity)


CHECK = Check("CR333", "persons-without-basis", "warning", find, by_day=True)
