"""Random files of examples: such as people write, and such as nobody would."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

_WORDS = [
    "是",
    "否",
    "（无）",
    "yes",
    "作出",
    "taken",
    "2018-01-01",
    "1.5",
    "007",
    "true",
    "null",
    "_x0041_",
    "=A1",
]
_WORDS += [
    '"',
    '"是"',
    "a；b",
    "；",
    " 财政部",
    "财政部 ",
    "a\nb",
    "\n",
    "a\tb",
    "a\r\nb",
    "#1",
    "a/b",
    "~",
    "- x",
    "a: b",
]
_CHARACTERS = "甲乙丙财政部《》（）；;:：,，\"'\\/#~=-+*&!%@`{}[]|<>?._ \n0123456789aZ"
TEXTS = st.sampled_from(_WORDS) | st.text(_CHARACTERS, max_size=8)
NAMES = st.sampled_from(["heji", "meng", "L1", "L2", "甲", "a-b"])
DAYS = st.dates(date(1850, 1, 1), date(2100, 1, 1)) | st.dates(date(2010, 1, 1), date(2030, 1, 1))
YES = st.booleans()
SCALARS = st.one_of(
    st.none(),
    YES,
    st.integers(-(10**16), 10**16),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=10**9),
    DAYS,
    TEXTS,
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def _entry(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return entries in which any field may be left out, and now and then holds something strange."""
    return st.fixed_dictionaries({}, optional={k: v | SCALARS | ANYTHING for k, v in fields.items()})


def _sane(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


_STATED = _sane(value=SCALARS, since=DAYS, until=DAYS, source=TEXTS)
_FACTS = st.dictionaries(
    TEXTS, SCALARS | _STATED | st.lists(SCALARS | _STATED, max_size=3) | ANYTHING, max_size=3
)
_ROLE = {"in": NAMES, "role": TEXTS, "since": DAYS, "until": DAYS, "confirmed": YES}
_FINDING = {"person": NAMES, "finds": st.sampled_from(["directly_responsible", "直接责任"]), "on": DAYS}
_EVENT = {"kind": TEXTS, "on": DAYS, "details": st.dictionaries(TEXTS, SCALARS, max_size=2), "x": SCALARS}
_OBJECTION = {"filed": DAYS, "suspends": YES, "outcome": st.sampled_from(["upheld", "成立"])}
_LISTING = {
    "id": NAMES,
    "list": TEXTS,
    "conduct": DAYS | _sane(since=DAYS, until=DAYS),
    "conduct.since": DAYS,
    "served": DAYS | YES,
    "until": DAYS,
    "publishable": YES,
    "facts": _FACTS,
    "findings": st.lists(_sane(**_FINDING), max_size=2),
    "events": st.lists(_sane(**_EVENT), max_size=2),
    "objections": st.lists(_sane(**_OBJECTION), max_size=2),
    "repairs": st.lists(_sane(applied=DAYS, revoked=DAYS), max_size=2),
    "no": TEXTS,
}
_LISTINGS = st.lists(st.one_of(_sane(**_LISTING), _entry(**_LISTING)), max_size=3)
_SUBJECT = {
    "id": NAMES,
    "kind": TEXTS,
    "name": TEXTS,
    "region": TEXTS,
    "facts": _FACTS,
    "roles": st.lists(_sane(**_ROLE), max_size=2),
    "listings": _LISTINGS,
    "列入": _LISTINGS,
    "subject": TEXTS,
}
_SUBJECTS = st.lists(st.one_of(_sane(**_SUBJECT), _entry(**_SUBJECT)), max_size=3)
DOSSIERS = st.one_of(
    st.fixed_dictionaries({"subjects": _SUBJECTS}),
    _entry(subjects=_SUBJECTS),
    st.dictionaries(TEXTS, ANYTHING, max_size=2),
)
_MEASURE = {"measure": TEXTS, "against": NAMES, "unit": TEXTS}
_LIST = st.lists(TEXTS, max_size=3)
_ACTION = st.fixed_dictionaries(
    {"against": TEXTS},
    optional={
        "measure": TEXTS,
        "unit": TEXTS,
        "discretion": st.sampled_from(["must", "may", "应当", "x"]),
        "since": DAYS,
        "local": TEXTS | st.just(""),
        "cites": _LIST,
        "reasons": _LIST,
        "because": _LIST,
    },
)
_OPEN = st.fixed_dictionaries({"measure": TEXTS, "against": TEXTS}, optional={"what": TEXTS, "asks": _LIST})
_WAY = st.fixed_dictionaries(
    {"way": TEXTS}, optional={"open": YES, "met": _LIST, "ends": _LIST, "earliest": DAYS, "listing": NAMES}
)
_DUTY = st.fixed_dictionaries(
    {"duty": TEXTS}, optional={"state": st.sampled_from(["due", "open"]), "deadline": DAYS, "late": YES}
)
EXPECTATIONS = _sane(
    actions=st.lists(_ACTION, max_size=3),
    **{"not": st.lists(_ACTION, max_size=2)},
    untouched=st.lists(_sane(measure=TEXTS).map(lambda e: {"against": "meng", **e}), max_size=2),
    nothing_else=YES,
    undetermined=st.lists(_OPEN, max_size=2),
    why_not=st.lists(
        st.fixed_dictionaries({"measure": TEXTS, "against": TEXTS, "because": st.lists(TEXTS, min_size=1)}),
        max_size=1,
    ),
    set_aside=st.lists(st.fixed_dictionaries({"measure": TEXTS, "reason": TEXTS}), max_size=2),
    records=st.lists(st.fixed_dictionaries({"file_of": TEXTS, "listing": TEXTS}), max_size=1),
    status=st.dictionaries(TEXTS, TEXTS, max_size=2),
    duties=st.lists(_DUTY, max_size=2),
    ways_out=st.lists(_WAY, max_size=2),
    no_duties=st.lists(st.fixed_dictionaries({"duty": TEXTS}), max_size=1),
)
_GIVEN = st.one_of(st.none(), DOSSIERS, DOSSIERS, st.sampled_from(["a.yaml", "dossiers/甲.json", "heji"]))
_PERIODS = st.dictionaries(TEXTS, st.sampled_from([{"working_days": 3}, {"years": 1, "days": 2}]), max_size=2)
_CASE = {
    "known": DAYS,
    "recalled": YES,
    "parameters": _PERIODS,
    "given": _GIVEN,
    "only": st.lists(NAMES, max_size=2),
    "change": DOSSIERS,
}


@st.composite
def _cases(draw: st.DrawFn) -> dict[str, Any]:
    case = draw(_sane(**_CASE))
    if draw(YES):
        return {**case, "on": draw(DAYS), "expect": draw(EXPECTATIONS)}
    case.pop("known", None)
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3)))
    return {**case, "timeline": [draw(_steps(day)) for day in days]}


def _steps(day: date) -> st.SearchStrategy[dict[str, Any]]:
    rest = {"note": TEXTS, "change": DOSSIERS}
    return st.fixed_dictionaries({"on": st.just(day), "expect": EXPECTATIONS}, optional=rest)


@st.composite
def example_trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a file of examples as plain values."""
    names = draw(st.lists(TEXTS.filter(bool), min_size=1, max_size=3, unique=True))
    shared = draw(_GIVEN)
    cases = [{"name": name, **draw(_cases())} for name in names]
    if len(cases) > 1 and draw(YES) and "given" in cases[0]:
        cases[1]["given"] = cases[0]["given"]
    return {"examples": draw(TEXTS), "about": draw(TEXTS), "given": shared, "cases": cases}
