"""CLI: `creditrules site`: the catalogue as static pages."""

from __future__ import annotations

from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, OneOf, catalogue_option
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import usage_error

BOTH = "both"
_TREES = {"zh": ("zh",), "en": ("en",), BOTH: ("zh", "en")}
_MANIFEST = "catalogue.yaml"


class _SiteCommand(Command):
    """A command whose `--lang` is about the pages: both languages are one of its words."""

    def __init__(self) -> None:
        super().__init__("site", _site, [])
        others = [p for p in self.params if p.name != "lang"]
        self.params = [
            click.Argument(["out"], metavar="OUT"),
            catalogue_option(),
            click.Option(["--examples"], metavar="PATH"),
            click.Option(["--force"], is_flag=True),
            click.Option(["--lang"], type=OneOf("zh", "en", BOTH), default=BOTH),
            *others,
        ]


def _site(out: str, catalogues: tuple[str, ...], examples: str | None, force: bool, lang: str) -> None:
    try:
        import jinja2  # noqa: F401
    except ImportError:
        raise usage_error("CR599", "site", package="jinja2", extra="policy") from None
    from creditrules.site.build import site_of
    from creditrules.site.cases import cases_below
    from creditrules.site.writing import check_folder, write_site

    state, folder = state_of(), Path(out)
    check_folder(folder, force=force)
    catalogue = _inputs.load(catalogues, state)
    with state.timed("read examples"):
        cases = cases_below(_examples(examples, catalogues))
    with state.timed("build pages"):
        files = site_of(catalogue, cases, _TREES[lang])
    with state.timed("write files"):
        changed = write_site(files, folder, force=force)
    _tell(folder, len([n for n in files if n.endswith(".html")]), changed, lang, state)
    if not cases.number:
        click.echo(state.words("site.no_examples_found"))


def _tell(folder: Path, pages: int, changed: int, lang: str, state: State) -> None:
    words = state.words
    named = words.joined({"zh": "中文", "en": "English"}[tree] for tree in _TREES[lang])
    door = folder / "index.html"
    click.echo(words("site.written", folder=folder, pages=pages, languages=named, changed=changed, door=door))


def _examples(given: str | None, catalogues: tuple[str, ...]) -> list[Path]:
    """Return where the examples are: as given, else beside each catalogue."""
    if given is not None:
        if not Path(given).exists():
            raise usage_error("CR557", given)
        return [Path(given)]
    from creditrules.load.shipped import default_source

    folders = [Path(c) for c in catalogues if (Path(c) / _MANIFEST).is_file()]
    if len(folders) < max(1, len(catalogues)):
        # One that is named stands on the shipped one, or is the shipped one.
        folders.insert(0, default_source().path)
    return [folder / "examples" for folder in folders if (folder / "examples").is_dir()]


command = _SiteCommand()
