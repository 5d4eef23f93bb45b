"""A small catalogue made by hand: what a dossier may speak of in tests, and nothing else."""

from __future__ import annotations

from creditrules.model.basis import StatuteIndex
from creditrules.model.catalogue import (
    Capacity,
    Catalogue,
    FactDeclaration,
    Manifest,
    RoleKind,
    SubjectKind,
)
from creditrules.model.lists import ListKind
from creditrules.model.text import Text
from creditrules.model.unit import Units
from creditrules.model.words import Level

ROLES = {
    "legal_representative": Text("法定代表人", "legal representative"),
    "financial_officer": Text("财务负责人", "financial officer"),
    "supervisor": Text("监事", "supervisor"),
    # A catalogue might declare it; no dossier may use it all the same.
    "spouse": Text("配偶", "spouse"),
}
KINDS = {
    "natural_person": SubjectKind("natural_person", Text("自然人", "natural person"), True),
    "enterprise": SubjectKind("enterprise", Text("企业法人", "enterprise"), False),
}
LISTS = {
    "tax-major-violations": ("重大税收违法案件当事人", ("重大税收违法失信主体",)),
    "judgment-defaulters": ("失信被执行人", ("失信被执行人名单",)),
}
FACTS = (
    FactDeclaration("tax.arrears_unsecured", "subject", "boolean", Text("?", "?")),
    FactDeclaration("tax.arrears", "subject", "money", Text("?", "?")),
    FactDeclaration("tax.cases", "subject", "integer", Text("?", "?")),
    FactDeclaration("holding.share", "target", "share", Text("?", "?")),
    FactDeclaration("holding.name", "target", "text", Text("?", "?")),
    FactDeclaration("case.closed_on", "listing", "date", Text("?", "?")),
    FactDeclaration(
        "case.grade",
        "listing",
        "choice",
        Text("?", "?"),
        {"serious": Text("严重", "serious"), "grave": Text("特别严重", "grave")},
    ),
    FactDeclaration("person.blood_type", "subject", "text", Text("?", "?")),
)


def small_catalogue() -> Catalogue:
    """Return a catalogue with two lists, four roles, two kinds and a fact of each type."""
    return Catalogue(
        manifests=(Manifest("test", "2018.12", Text("试验目录", "test catalogue")),),
        memoranda={},
        lists={key: _list(key, title, aliases) for key, (title, aliases) in LISTS.items()},
        units=Units({}, {}),
        effects={},
        matters={},
        roles={key: RoleKind(key, name) for key, name in ROLES.items()},
        kinds=KINDS,
        capacities={
            "procurement_supplier": Capacity(
                "procurement_supplier", Text("政府采购供应商", "supplier in government procurement")
            )
        },
        parties={},
        facts={fact.name: fact for fact in FACTS},
        regimes=(),
        statutes=StatuteIndex({}),
        digest="test",
    )


def _list(key: str, title: str, aliases: tuple[str, ...]) -> ListKind:
    invented = Text("虚构", "invented")
    return ListKind(key, Text(title, key), Level.BLACKLIST, invented, invented, (), aliases=aliases)
