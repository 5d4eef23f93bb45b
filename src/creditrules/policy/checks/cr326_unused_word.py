"""a word of a vocabulary that nothing uses · 没有任何文件使用的词.

What it finds:
    {what_en} `{about}` ({name_en}) is used nowhere in the catalogue

    Looked at are matters, effects, roles, capacities, parties and kinds of measure.
    A broad matter is used when one below it is.
查出什么：
    {what_zh} `{about}`（{name_zh}）在目录中没有用到

    检查事项、措施类型、职务、身份、当事人和措施种类。下级事项用到的，上级事项即视为用到。
Why it matters:
    a vocabulary that is longer than its use invites two words for one thing
为何要紧：
    词表多于所用，容易一事两词
Example:
    wrong:
        matters:
          ballooning: {zh: 热气球飞行, en: balloon flights}
    right:
        matters:
          ballooning: {zh: 热气球飞行, en: balloon flights}
        ---
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [ballooning]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    delete it, or keep it where a catalogue stacked on this one uses it
应当怎样：
    请删去；供叠加的目录使用的，可以保留
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from creditrules.errors import Finding
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import tests_in
from creditrules.model.memorandum import Clause
from creditrules.model.text import Text
from creditrules.policy.checks.check import NOWHERE, Check, Scope
from creditrules.policy.checks.walks import conditions_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a note for each word that no other entry of the catalogue names."""
    used = set(_used(scope.catalogue))
    for what, table in _vocabularies(scope.catalogue):
        for key, entry in table.items():
            if key not in used and key != "any":
                said = {"what_en": what.en, "what_zh": what.zh}
                words = {"about": key, "name_en": entry.name("en"), "name_zh": entry.name("zh"), **said}
                yield Finding("CR326", entry.span or NOWHERE, words, "note")


def _vocabularies(catalogue: Catalogue) -> Iterator[tuple[Text, Mapping[str, Any]]]:
    yield Text("事项", "matter"), catalogue.matters
    yield Text("措施类型", "effect"), catalogue.effects
    yield Text("职务", "role"), catalogue.roles
    yield Text("身份", "capacity"), catalogue.capacities
    yield Text("当事人", "party"), catalogue.parties
    yield Text("措施种类", "kind of measure"), catalogue.measure_kinds


def _used(catalogue: Catalogue) -> Iterator[str]:
    for memorandum in catalogue.memoranda.values():
        yield from _in_clauses(memorandum.covers)
        for measure in memorandum.measures:
            yield from _in_clauses(measure.covers or ())
            yield from measure.kinds
            for effect in measure.effects:
                yield from (effect.effect,) if effect.effect else ()
                yield from (part for matter in effect.matters for part in _with_broader(matter))
    yield from _in_rules(catalogue)
    for written in conditions_of(catalogue):
        for test in tests_in(written.condition):
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            yield from (value for value in values if isinstance(value, str))


def _in_rules(catalogue: Catalogue) -> Iterator[str]:
    for kind in catalogue.measure_kinds.values():
        yield kind.effect
        yield from _with_broader(kind.matter or "")
        yield from (role for basis in kind.bases for role in basis.reaches)
    for regime in catalogue.regimes:
        yield from (effect for rule in regime.rules for effect in rule.effects)
        # What a notice orders to be written into a file is an effect that no measure names.
        yield from ("record_in_file",) if regime.records else ()
        for record in regime.records:
            yield from _in_clauses(record.clauses)
    for unit in catalogue.units.by_key.values():
        for succession in unit.successions:
            yield from (part for matter in succession.matters for part in _with_broader(matter))
    for party in catalogue.parties.values():
        yield from (party.capacity,) if party.capacity else ()
    for provision in catalogue.liabilities:
        yield from (*provision.basis.reaches, *provision.kinds)
    for listed in catalogue.lists.values():
        yield from listed.listed_with
        yield from (role for basis in listed.bases for role in basis.reaches)


def _in_clauses(clauses: tuple[Clause, ...]) -> Iterator[str]:
    for clause in clauses:
        yield clause.party
        for reach in clause.reaches:
            yield from reach.roles


def _with_broader(matter: str) -> Iterator[str]:
    parts = matter.split(".")
    return (".".join(parts[: n + 1]) for n in range(len(parts)))


CHECK = Check("CR326", "unused-word", "note", find)
