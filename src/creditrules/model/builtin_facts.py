"""Model: the facts every condition may use without declaring them, with the question each one stands for."""

from __future__ import annotations

from collections.abc import Mapping

from creditrules.model.catalogue import FactDeclaration
from creditrules.model.text import Text


def _fact(name: str, kind: str, zh: str, en: str) -> FactDeclaration:
    return FactDeclaration(name, name.split(".")[0], kind, Text(zh, en))


# Asked for by the library itself. What has not happened yet is recorded as "no", so as days they cannot be
# compared, and conditions of documents may not test them.
ASKED_ONLY = frozenset({"listing.served", "listing.aggregated", "objection.suspends"})

BUILTIN_FACTS: Mapping[str, FactDeclaration] = {
    fact.name: fact
    for fact in (
        _fact("listing.capacity", "choice", "该主体以何种身份被列入？", "In which capacity was it listed?"),
        _fact("listing.determined", "date", "认定日期是哪一天？", "On which day was it determined?"),
        _fact("listing.served", "date", "认定决定何时送达当事人？", "When was the determination served?"),
        _fact(
            "listing.aggregated",
            "date",
            "失信信息何时归集至信用信息共享平台？",
            "When was the listing aggregated to the credit information sharing platform?",
        ),
        _fact("listing.published", "date", "名单信息何时公布？", "When was the listing published?"),
        _fact("listing.conduct_since", "date", "失信行为发生在哪一天？", "When did the conduct take place?"),
        _fact("listing.publishable", "boolean", "名单信息依法能否公开？", "May the listing be made public?"),
        _fact(
            "listing.since", "date", "列入从哪一天起生效？", "From which day does the listing have effect?"
        ),
        _fact(
            "objection.suspends",
            "boolean",
            "异议核查期间是否暂停联合惩戒？",
            "Are the measures suspended while the objection is examined?",
        ),
        _fact("subject.kind", "choice", "该主体属于哪一类？", "What kind of subject is it?"),
        _fact("subject.region", "text", "该主体登记在哪个行政区划？", "In which division is it registered?"),
        _fact("target.kind", "choice", "惩戒对象属于哪一类主体？", "What kind of subject is the target?"),
        _fact("role.name", "choice", "该人担任何种职务？", "Which role does the person hold?"),
    )
}
