"""Load: read a dossier from a file, a text or a mapping; everything that is wrong is reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from creditrules.errors import FactsError, Finding, Span
from creditrules.load.dossier_digest import canonical, digest_of
from creditrules.load.dossier_link import Linker
from creditrules.load.dossier_problems import (
    FilePlaces,
    PathPlaces,
    Places,
    Problems,
    TreePlaces,
    findings_of,
    warnings_of,
)
from creditrules.load.dossier_quick import NotPlain, quick_dossier
from creditrules.load.dossier_values import plain_values
from creditrules.load.json_text import NotQuick, quick_json, read_json
from creditrules.load.limits import Limits
from creditrules.load.node import Node, plain
from creditrules.load.strict_yaml import read_yaml
from creditrules.load.yaml_tree import HIDDEN
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier

_LIMITS = Limits()
# What JSON writes for control characters; a backslash of the text itself only costs a second reading.
_ESCAPED = re.compile(r"\\[bfu]")


def read_dossier(
    source: str | Path | Mapping[str, Any],
    catalogue: Catalogue,
    *,
    file: str | None = None,
    places: Places | None = None,
) -> Dossier:
    """Read a dossier and check it against a catalogue.

    Args:
        source: the path of a YAML or JSON file, or the content itself as a mapping.
        catalogue: declares the lists, roles, kinds and facts a dossier may speak of.
        file: the name that findings give the source.
        places: where the entries of a mapping stand, when whoever made it knows.

    Raises:
        FactsError: with every finding; nothing is decided on a dossier that has any.
    """
    if isinstance(source, Mapping):
        return _from_mapping(source, catalogue, places or PathPlaces(file or "dossier"))
    try:
        data = Path(source).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FactsError([Finding("CR445", Span(file or str(source)), {"reason": reason.lower()})]) from None
    return read_dossier_text(data, catalogue, file=file or str(source))


def read_dossier_text(text: bytes | str, catalogue: Catalogue, file: str = "dossier") -> Dossier:
    """Read a dossier from the text of a YAML or JSON document; see `read_dossier`.

    JSON without findings is read without positions, so that a stream of dossiers can be read quickly.

    Raises:
        FactsError: with every finding.
    """
    braced = _decoded(text)
    if braced is None:
        return _from_node(read_yaml(text, file, _LIMITS, FactsError), catalogue)
    try:
        dossier = _quickly(quick_json(braced), catalogue, file)
    except NotQuick:
        dossier = None
    except ValueError:
        if not file.lower().endswith(".json"):
            # Braces are YAML too.
            return _from_node(read_yaml(text, file, _LIMITS, FactsError), catalogue)
        dossier = None
    return dossier or _from_node(read_json(braced, file, _LIMITS, FactsError), catalogue)


def _from_mapping(source: Mapping[str, Any], catalogue: Catalogue, places: Places) -> Dossier:
    problems = Problems()
    tree = plain_values(source, problems)
    if tree is None:
        raise FactsError(findings_of(problems, places))
    dossier = _assembled(tree, catalogue, places, problems)
    return _finished(dossier, canonical(dossier), places, problems)


def _from_node(node: Node, catalogue: Catalogue) -> Dossier:
    problems, places = Problems(), TreePlaces(node)
    dossier = _assembled(plain(node), catalogue, places, problems)
    return _finished(dossier, canonical(dossier), places, problems)


def _assembled(tree: Any, catalogue: Catalogue, places: Places, problems: Problems) -> Dossier:
    if not isinstance(tree, dict):
        en, zh = ("a list", "列表") if isinstance(tree, list) else ("a single value", "单个值")
        problems.add("CR400", (), found_en=en, found_zh=zh)
        return Dossier({})
    try:
        doc = quick_dossier(tree)
    except NotPlain:
        from creditrules.load.dossier_shape import checked_dossier

        doc = checked_dossier(tree, problems)
    return Linker(catalogue, places, problems).dossier(doc)


def _finished(dossier: Dossier, form: str, places: Places, problems: Problems) -> Dossier:
    if problems:
        raise FactsError(findings_of(problems, places))
    return evolve(dossier, digest=digest_of(form), notes=warnings_of(problems, places))


def _quickly(tree: Any, catalogue: Catalogue, file: str) -> Dossier | None:
    """Return the dossier, or None when something is to be reported or looked at again with its place."""
    problems, places = Problems(), FilePlaces(file)
    dossier = _assembled(tree, catalogue, places, problems)
    if problems or problems.warnings:
        return None
    form = canonical(dossier)
    if _ESCAPED.search(form) or HIDDEN.search(form):
        return None
    return _finished(dossier, form, places, problems)


def _decoded(text: bytes | str) -> str | None:
    """Return a text when it may be JSON and can be read quickly."""
    if len(text) > _LIMITS.size:
        return None
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        return None
    decoded = decoded.removeprefix("\ufeff")
    return decoded if decoded.lstrip(" \t\r\n").startswith("{") else None
