"""Policy: say whether an action is the one an example means, and in which fields it differs from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from creditrules.deliver.articles import numeral
from creditrules.load.expectation_docs import ExpectedAction
from creditrules.model.basis import Basis
from creditrules.model.decision import Action
from creditrules.model.text import Text
from creditrules.policy.comparison import Comparison
from creditrules.policy.said import Said, words

_ARTICLE = re.compile(r"第?(\d+)条?")
_COMPARED = ("effect", "matter", "discretion", "since", "until", "review")


def is_meant(compared: Comparison, action: Action, wanted: ExpectedAction) -> bool:
    """Say whether an action is the one meant; only what the example states is compared, reasons aside."""
    return is_about(compared, action, wanted) and not list(fields_of(compared, action, wanted))


def is_about(compared: Comparison, action: Action, wanted: ExpectedAction) -> bool:
    """Say whether an action is of the unit, the measure and the target that an example means."""
    return (
        action.target == wanted.against
        and compared.rests_on(action, wanted.measure)
        and (wanted.unit is None or action in compared.decision.for_unit(wanted.unit))
    )


def otherwise(compared: Comparison, action: Action, wanted: ExpectedAction) -> tuple[Text, ...]:
    """Say in which fields an action differs from the one meant."""
    said = compared.said
    return tuple(
        _told(said, name, expected, got) for name, expected, got in fields_of(compared, action, wanted)
    )


def fields_of(
    compared: Comparison, action: Action, wanted: ExpectedAction
) -> Iterator[tuple[str, object, object]]:
    """Yield the fields in which an action differs from the one meant, as they should be and as they are."""
    for name in _COMPARED:
        expected, got = getattr(wanted, name), getattr(action, name)
        if expected is not None and expected != got:
            yield name, expected, got
    if wanted.local is not None and wanted.local != (action.local or ""):
        yield "local", wanted.local, action.local
    bases = [
        basis
        for part in action.parts
        if compared.names(part.memorandum, part.measure, wanted.measure)
        for basis in part.bases
    ]
    cited = " ".join(map(str, bases))
    for cite in wanted.cites:
        if cite not in cited:
            yield "cites", cite, cited
    if wanted.article is not None and not any(_is_article(b, wanted) for b in bases):
        yield "article", wanted.article, cited
    for reason in wanted.reasons:
        if not compared.rests_on(action, reason):
            yield "reasons", reason, [f"{part.memorandum}#{part.measure}" for part in action.parts]


def _is_article(basis: Basis, wanted: ExpectedAction) -> bool:
    """Say whether a basis is the article meant, of a law that `cites` names when it names any."""
    said = str(basis)
    article = wanted.article or ""
    number = _ARTICLE.fullmatch(article)
    spelt = f"第{numeral(int(number[1]))}条" if number and 0 < int(number[1]) < 10_000 else article
    is_cited = spelt in said or article in said or (number and basis.article == int(number[1]))
    if not is_cited:
        return False
    return not wanted.cites or any(cite in said for cite in wanted.cites)


def _told(said: Said, name: str, expected: object, got: object) -> Text:
    if name == "reasons":
        both = said.measure(str(expected)), _measures(said, got)
    elif name in ("effect", "matter"):
        both = said.what(**_one(name, expected)), said.what(**_one(name, got)) if got else words("none")
    else:
        both = _value(name, expected), _value(name, got)
    wanted = words(f"field.{name}", value=both[0])
    return words("not_but", wanted=wanted, got=both[1])


def _one(name: str, value: object) -> dict[str, str | None]:
    return {"effect": None, "matter": None, name: str(value)}


def _measures(said: Said, got: object) -> Text:
    named = [said.measure(each) for each in dict.fromkeys(got if isinstance(got, list) else ())]
    return Text("；".join(t.zh for t in named), "; ".join(t.en for t in named))


def _value(name: str, value: object) -> Text:
    if value in (None, ""):
        return words("none")
    if name == "discretion":
        from creditrules.deliver.words import word_table

        return word_table().get(f"discretion.{value}", Text(str(value), str(value)))
    return Text(str(value), str(value))
