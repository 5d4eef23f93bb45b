"""CLI: `creditrules new`: skeletons of documents, valid from the first moment."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, DayOrMonth, OneOf, catalogue_option
from creditrules.cli._measures import measure_named, memorandum_named
from creditrules.cli._names import key_named, units_named
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import nearest, usage_error

if TYPE_CHECKING:
    from creditrules.model.catalogue import Catalogue
    from creditrules.policy.skeletons.documents import Asked

STDOUT = "-"
# What may be made, and the options that mean something for it.
_OPTIONS = {
    "catalogue": ("title",),
    "memorandum": ("title", "doc_no", "since", "listing", "unit", "kind", "chinese"),
    "measure": ("heading", "unit", "kind"),
    "example": ("measure", "on"),
    "list": ("title", "chinese"),
}
_SCHEMAS = {"catalogue": "catalogue", "memorandum": "memorandum", "example": "examples", "list": "rules"}


def _new(
    what: str, name: str, catalogues: tuple[str, ...], out: str | None, force: bool, **chosen: object
) -> None:
    state = state_of()
    given = {option: value for option, value in chosen.items() if value}
    for option in given:
        if option not in _OPTIONS[what]:
            shown = {"listing": "--list", "chinese": "--chinese", "doc_no": "--doc-no"}.get(
                option, f"--{option}"
            )
            raise usage_error("CR588", shown, what=what)
    if out not in (None, STDOUT) and Path(str(out)).exists() and not force:
        raise usage_error("CR580", str(out))
    if what == "measure":
        _measure(name, catalogues, out, given, state)
        return
    text = _document(what, name, catalogues, out, given, state)
    if out is None or out == STDOUT:
        click.echo(text.encode("utf-8"), nl=False)
        return
    _write(Path(out), text)
    click.echo(state.words("editor.new.written", file=out))
    if what == "catalogue":
        _folders(Path(out).parent, catalogues, state)


def _document(
    what: str,
    name: str,
    catalogues: tuple[str, ...],
    out: str | None,
    given: dict[str, object],
    state: State,
) -> str:
    from creditrules.policy.skeletons import documents
    from creditrules.policy.skeletons.chinese import in_chinese

    today = date.today()
    schema = _schema_place(out, _SCHEMAS[what])
    if what == "catalogue":
        asked = documents.Asked(name, state.lang, _text(given, "title"), today.year, schema=schema)
        return documents.catalogue_skeleton(asked)
    catalogue = _inputs.load(catalogues, state)
    if what == "example":
        return _example(name, given, schema, catalogue, state)
    since = _text(given, "since") or f"{today:%Y-%m}"
    asked = documents.Asked(
        key=name,
        lang=state.lang,
        title=_text(given, "title"),
        year=int(since[:4]),
        since=since,
        doc_no=_text(given, "doc_no"),
        lists=key_named("list", str(given["listing"]), catalogue) if "listing" in given else None,
        unit=_unit(given, catalogue),
        kind=key_named("kind", str(given["kind"]), catalogue) if "kind" in given else None,
        schema=schema,
    )
    text = _of(what, asked, catalogue)
    return in_chinese(text) if "chinese" in given else text


def _of(what: str, asked: Asked, catalogue: Catalogue) -> str:
    from creditrules.policy.skeletons import documents

    if what == "list":
        return documents.list_skeleton(asked, catalogue)
    return documents.memorandum_skeleton(asked, catalogue)


def _example(
    name: str, given: dict[str, object], schema: str | None, catalogue: Catalogue, state: State
) -> str:
    from creditrules.policy.skeletons.examples import NewExample, example_skeleton

    memorandum = memorandum_named(name, catalogue)
    if not memorandum.measures:
        raise usage_error("CR534", name, **nearest("", ()))
    key = memorandum.measures[0].key
    if "measure" in given:
        key = measure_named(f"{memorandum.key}#{given['measure']}", catalogue).partition("#")[2]
    measure = next(m for m in memorandum.measures if m.key == key)
    on = given.get("on")
    asked = NewExample(
        memorandum,
        measure,
        on if isinstance(on, date) else None,
        state.lang,
        schema,
    )
    return example_skeleton(asked, catalogue)


def _measure(
    file: str, catalogues: tuple[str, ...], out: str | None, given: dict[str, object], state: State
) -> None:
    from creditrules.load.encoding import decoded
    from creditrules.load.findings import Findings
    from creditrules.policy.skeletons.measures import NewMeasure, with_measure

    _inputs.check_file(file)
    catalogue = _inputs.load(catalogues, state)
    kind = key_named("kind", str(given["kind"]), catalogue) if "kind" in given else None
    asked = NewMeasure(state.lang, _text(given, "heading"), _unit(given, catalogue), kind)
    text = decoded(Path(file).read_bytes(), file, Findings())
    if text is None:
        raise usage_error("CR583", file)
    added = with_measure(text, file, asked, catalogue)
    if out == STDOUT:
        click.echo(added.text.encode("utf-8"), nl=False)
        return
    target = out or file
    _write(Path(target), added.text)
    click.echo(state.words("editor.new.added", file=target, line=added.line, measure=added.key))


def _unit(given: dict[str, object], catalogue: Catalogue) -> str | None:
    unit = _text(given, "unit")
    if unit is not None:
        units_named(unit, catalogue)
    return unit


def _text(given: dict[str, object], name: str) -> str | None:
    value = given.get(name)
    return None if value is None else str(value)


def _schema_place(out: str | None, kind: str) -> str:
    """Return where an editor finds the schema, as seen from a document: beside the catalogue it lies in."""
    from creditrules.load.sources import MANIFEST
    from creditrules.policy.schema.files import file_name

    folder = Path(out or ".").resolve().parent if out else Path.cwd()
    if kind == "catalogue":
        return f"schemas/{file_name(kind)}"
    root = next((above for above in (folder, *folder.parents) if (above / MANIFEST).is_file()), None)
    if root is None:
        return f"../schemas/{file_name(kind)}" if out is None else f"schemas/{file_name(kind)}"
    return Path(os.path.relpath(root / "schemas" / file_name(kind), folder)).as_posix()


def _folders(root: Path, catalogues: tuple[str, ...], state: State) -> None:
    """Make the folders of a new catalogue, and the schemas its documents name."""
    from creditrules.load.document_kinds import DOCUMENT_KINDS
    from creditrules.policy.schema.documents import schema_of
    from creditrules.policy.schema.files import as_text, file_name

    for name in ("memoranda", "rules"):
        (root / name).mkdir(exist_ok=True)
    below = _inputs.load(catalogues, state)
    for kind in DOCUMENT_KINDS:
        _write(root / "schemas" / file_name(kind), as_text(schema_of(kind, below)))
    click.echo(state.words("editor.new.schemas", folder=root / "schemas"))


def _write(path: Path, text: str) -> None:
    from creditrules.policy.writing import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError:
        raise usage_error("CR569", str(path)) from None


command = Command(
    "new",
    _new,
    [
        click.Argument(["what"], type=OneOf(*_OPTIONS)),
        click.Argument(["name"], metavar="NAME"),
        click.Option(["--title"], metavar="TEXT"),
        click.Option(["--doc-no"], metavar="NUMBER"),
        click.Option(["--since"], type=DayOrMonth(), metavar="DATE"),
        click.Option(["--list", "listing"], metavar="LIST"),
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--kind"], metavar="KIND"),
        click.Option(["--heading"], metavar="TEXT"),
        click.Option(["--measure"], metavar="MEASURE"),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        click.Option(["--chinese"], is_flag=True),
        catalogue_option(),
        click.Option(["--out"], metavar="FILE"),
        click.Option(["--force"], is_flag=True),
    ],
)
