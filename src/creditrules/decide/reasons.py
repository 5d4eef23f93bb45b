"""Decide: the reasons of one part of an action, down to listing, role, finding, measure and basis."""

from __future__ import annotations

from creditrules.decide import phrases
from creditrules.decide.case import Case
from creditrules.decide.requirements import Requirements
from creditrules.evaluate.fields import Candidate
from creditrules.model.basis import Basis
from creditrules.model.decision import Action, Part, Reason
from creditrules.model.dossier import Listing
from creditrules.model.rulebook import Rule
from creditrules.model.status import findings_of
from creditrules.model.text import Text
from creditrules.model.words import Checked, Discretion, Truth

DISCRETION = {
    Discretion.MUST: Text("应当", "must"),
    Discretion.MAY: Text("可以", "may"),
    Discretion.WEIGH: Text("作为重要参考", "weighs the record and may"),
    Discretion.FREE: Text("自主决定是否", "is free to decide whether to"),
    Discretion.UNSTATED: Text("（文件未载明裁量）", "(the document does not say whether it must or may)"),
}
_RANK = {
    "law": Text("法律", "law"),
    "administrative_regulation": Text("行政法规", "administrative regulation"),
    "central_policy": Text("党中央、国务院政策文件", "central policy document"),
    "local_regulation": Text("地方性法规", "local regulation"),
    "departmental_rule": Text("部门规章", "departmental rule"),
    "judicial_interpretation": Text("司法解释", "judicial interpretation"),
    "normative_document": Text("规范性文件", "normative document"),
    "constitution": Text("宪法", "constitution"),
    "unknown": Text("效力位阶未核实", "rank not checked"),
}


def action_text(action: Action, case: Case) -> Text:
    """Say an action in one sentence."""
    unit = case.catalogue.units.by_key[action.unit].name
    target = phrases.name_of(case.dossier.subjects[action.target], case.catalogue)
    effect = case.catalogue.effects[action.effect]
    matter = case.catalogue.matters[action.matter].name if action.matter else Text()
    may = DISCRETION[action.discretion]
    local_zh = f"（{action.local}）" if action.local else ""
    local_en = f" ({action.local})" if action.local else ""
    return Text(
        f"{unit.zh}{local_zh}{may.zh}对{target.zh}：{effect.name.zh}"
        + (f"——{matter.zh}" if matter.zh else ""),
        f"{unit.en or unit.zh}{local_en} {may.en} {effect.verb.en or effect.name.en} {target.en}"
        + (f": {matter.en or matter.zh}" if matter.zh or matter.en else ""),
    )


def part_reason(part: Part, candidate: Candidate, rule: Rule, case: Case) -> Reason:
    """Return why one measure reaches the target through one listing and one route."""
    route = (candidate.seen.number, candidate.role_number)
    return Reason(
        "measure",
        measure_text(rule),
        Truth.TRUE,
        (
            *case.once(("route", *route), lambda: (listing_reason(candidate, case), *chain(candidate, case))),
            *case.once(("memorandum", rule.document), lambda: memorandum_reason(rule)),
            *case.once(
                (id(rule.clauses), case.guard(rule.number), *route),
                lambda: Requirements(case, rule, candidate, case.lookup(candidate)).pieces(Truth.TRUE)[1:],
            ),
            # The bases of a rule are those of its parts; the rulebook keeps them alive.
            *case.once(("bases", id(part.bases)), lambda: tuple(basis_reason(b) for b in part.bases)),
            *_document_only(part, rule),
            *case.once(("period", part.since, part.until), lambda: (period_reason(part),)),
            *_notes(rule),
        ),
    )


def measure_text(rule: Rule) -> Text:
    """Name a measure: document, number, heading, and whether it was only recalled."""
    if rule.measure is None or rule.memorandum is None:
        return rule.record.text if rule.record is not None else Text(rule.key, rule.key)
    number, heading = rule.measure.number, rule.measure.heading
    mark_zh = "（凭记忆）" if rule.checked is Checked.RECALLED else ""
    mark_en = " (recalled)" if rule.checked is Checked.RECALLED else ""
    place_zh = f"第{number}项" if number else f"（来源未见编号：{rule.measure.key}）"
    place_en = f"measure {number}" if number else f"measure “{rule.measure.key}” (number not seen)"
    return Text(
        f"{rule.memorandum.doc_no} {place_zh} {heading or rule.measure.does.zh}{mark_zh}",
        f"{rule.memorandum.doc_no} {place_en}: {rule.measure.does.en or heading or ''}{mark_en}",
    )


def memorandum_reason(rule: Rule) -> tuple[Reason, ...]:
    """Return the line about the document: its title and since when it binds."""
    if rule.memorandum is None:
        return ()
    title, since = rule.memorandum.title, rule.memorandum.since
    return (
        Reason(
            "memorandum",
            Text(
                f"《{title.zh}》（{rule.memorandum.doc_no}）自 {since} 起执行",
                f"{title.en or title.zh} ({rule.memorandum.doc_no}), in force since {since}",
            ),
            Truth.TRUE,
        ),
    )


def listing_reason(candidate: Candidate, case: Case) -> Reason:
    """Return the line about the listing, and where it stands."""
    seen, listing = candidate.seen, candidate.seen.listing
    title = case.catalogue.lists[listing.list].title
    name = phrases.name_of(seen.subject, case.catalogue)
    status = phrases.STATUS[seen.standing.status]
    since = f"（{seen.standing.since}）" if seen.standing.since else ""
    return Reason(
        "listing",
        Text(
            f"{name.zh}列入{title.zh}〔{listing.id}〕："
            f"{listing.authority} {listing.doc_no} {_days(listing, 'zh')}",
            f"{name.en} is on the list {title.en or title.zh} [{listing.id}]: {listing.authority}"
            f" {listing.doc_no} {_days(listing, 'en')}",
        ),
        seen.standing.carries,
        (
            Reason(
                "status", Text(f"{status.zh}{since}", f"{status.en} {since}".strip()), seen.standing.carries
            ),
        ),
    )


def _days(listing: Listing, lang: str) -> str:
    steps = (
        ("认定", "determined", listing.determined),
        ("送达", "served", listing.served),
        ("归集", "aggregated", listing.aggregated),
    )
    return (
        "，".join(f"{zh} {day}" for zh, _, day in steps if day)
        if lang == "zh"
        else ", ".join(f"{en} {day}" for _, en, day in steps if day)
    )


def chain(candidate: Candidate, case: Case) -> tuple[Reason, ...]:
    """Return the lines from the listing to the target: organisation, role, findings."""
    role, listing = candidate.role, candidate.seen.listing
    if role is None:
        return ()
    subjects, catalogue = case.dossier.subjects, case.catalogue
    person = phrases.name_of(subjects[role.person], catalogue)
    organisation = phrases.name_of(subjects[role.organisation], catalogue)
    office = catalogue.roles[role.role].name
    since, until = role.since or "…", role.until or "…"
    lines = [
        Reason(
            "role",
            Text(
                f"{person.zh}任{organisation.zh}的{office.zh}（{since} 至 {until}）",
                f"{person.en} is {office.en or office.zh} of {organisation.en} ({since} to {until})",
            ),
            Truth.TRUE,
        )
    ]
    for finding in findings_of(role.person, listing.findings, case.rulebook.on):
        by = f"{finding.authority} {finding.doc_no}".strip()
        text = Text(
            f"责任认定：{by} 认定{person.zh}{_FINDS[finding.finds.value].zh}",
            f"finding: {by} finds {person.en} {_FINDS[finding.finds.value].en}",
        )
        lines.append(Reason("finding", text, Truth.TRUE))
    return tuple(lines)


_FINDS = {
    "directly_responsible": Text("负有直接责任", "directly responsible"),
    "leadership_responsibility": Text("负有直接领导责任", "responsible as direct leader"),
    "responsible": Text("负有责任", "responsible"),
    "not_responsible": Text("不负责任", "not responsible"),
}


def basis_reason(basis: Basis) -> Reason:
    """Return the line about a basis: citation, rank, strength, and whether it was checked."""
    rank = _RANK[basis.rank.value]
    mark = "" if basis.checked is Checked.VERIFIED else Text("，未核实", ", not verified")
    zh, en = (mark.zh, mark.en) if isinstance(mark, Text) else ("", "")
    return Reason("basis", Text(f"{basis}（{rank.zh}{zh}）", f"{basis} ({rank.en}{en})"))


def _document_only(part: Part, rule: Rule) -> tuple[Reason, ...]:
    if rule.memorandum is None or len(part.bases) > 1:
        return ()
    text = Text("除备忘录本身外未见其他依据", "no basis is known besides the memorandum itself")
    return (Reason("note", text),)


def period_reason(part: Part) -> Reason:
    """Return the line about the days between which the part acts."""
    since, until = part.since or "…", part.until
    end_zh = f"至 {until}" if until else "终期未定，须复核"
    end_en = f"until {until}" if until else "with no known end, to be reviewed"
    return Reason("period", Text(f"自 {since} {end_zh}", f"from {since} {end_en}"))


def _notes(rule: Rule) -> tuple[Reason, ...]:
    return tuple(Reason("note", text) for text in rule.notes)
