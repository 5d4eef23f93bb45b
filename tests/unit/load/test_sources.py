"""Sources: folders are read carefully, several stack, packages are asked only by name, faults are said."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from creditrules.errors import CatalogueError, Finding
from creditrules.load import plugins
from creditrules.load.catalogue import load_sources
from creditrules.load.plugins import installed_names, installed_sources
from creditrules.load.shipped import default_source
from creditrules.load.sources import CatalogueSource, Document, FolderSource
from tests.support.loading import HEAD, MEASURE, SMALL, TextSource, small_texts, underlined

MANIFEST = 'catalogue: upper\nversion: "1"\ntitle: 上层\n'


def found(*sources: Any) -> list[Finding]:
    """Return what is found when sources are loaded."""
    with pytest.raises(CatalogueError) as caught:
        load_sources(sources)
    return list(caught.value.findings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the small catalogue to a folder that a test may break."""
    for name, data in small_texts().items():
        path = tmp_path / "catalogue" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return tmp_path / "catalogue"


def test_a_folder_gives_its_documents_in_order() -> None:
    """The manifest first, then memoranda and rules by name; nothing else of the folder."""
    names = [document.name for document in FolderSource(SMALL).documents()]

    assert names[0] == "catalogue.yaml"
    assert names[1:] == sorted(names[1:])
    assert {"memoranda/tax.yaml", "rules/statutes.csv"} <= set(names)


def test_files_that_are_no_documents_are_left_alone(folder: Path) -> None:
    """Notes, hidden files and tables of other names are not read."""
    for name in (
        "README.md",
        "rules/notes.txt",
        "rules/.hidden.yaml",
        "rules/other.csv",
        "memoranda/.git/x.yaml",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("not: [yaml")

    assert load_sources([FolderSource(folder)]).digest == load_sources([FolderSource(SMALL)]).digest


def test_folders_in_folders_are_read(folder: Path) -> None:
    """Memoranda may be grouped by year."""
    (folder / "memoranda" / "2018").mkdir()
    (folder / "memoranda" / "2018" / "other.yml").write_text(HEAD + MEASURE)

    assert set(load_sources([FolderSource(folder)]).memoranda) == {"tax", "other"}


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """Not every folder is a catalogue."""
    (finding,) = found(FolderSource(tmp_path))

    assert finding.code == "CR141"
    assert "catalogue.yaml" in finding.fix("en")


def test_a_huge_file_is_refused_without_being_read(folder: Path) -> None:
    """A hundred mebibytes are looked at, not loaded."""
    with (folder / "memoranda" / "huge.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    start = time.perf_counter()

    (finding,) = found(FolderSource(folder))

    assert time.perf_counter() - start < 0.1
    assert (finding.code, finding.words["size"]) == ("CR102", "100.0 MiB")


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    """A folder that holds itself has no end."""
    (folder / "memoranda" / "again").symlink_to(folder / "memoranda")

    (finding,) = found(FolderSource(folder))

    assert finding.code == "CR142"
    assert "back to a folder above" in finding.what("en")


def test_links_out_of_the_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    """Neither a file nor a folder elsewhere becomes part of a catalogue unseen."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("secret: 1\n")
    (folder / "memoranda" / "a.yaml").symlink_to(outside / "secret.yaml")
    (folder / "memoranda" / "b").symlink_to(outside)

    findings = found(FolderSource(folder))

    assert [finding.code for finding in findings] == ["CR142", "CR142"]
    assert all("secret" not in finding.excerpt for finding in findings)


def test_a_file_that_may_not_be_read_is_a_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of the system is said like any other mistake."""
    closed = folder / "memoranda" / "tax.yaml"
    closed.chmod(0)
    really_open = Path.open

    def opened(path: Path, *args: Any, **kwargs: Any) -> Any:
        # Root may read everything, so for root the refusal is made here.
        if path == closed and os.geteuid() == 0:
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", opened)

    assert [finding.code for finding in found(FolderSource(folder))] == ["CR142"]


def test_a_link_to_nothing_is_a_finding(folder: Path) -> None:
    """A file that is not there cannot be opened."""
    (folder / "memoranda" / "gone.yaml").symlink_to(folder / "memoranda" / "nothing.yaml")

    assert [finding.code for finding in found(FolderSource(folder))] == ["CR142"]


def test_nothing_is_included_from_elsewhere() -> None:
    """There is no include: the key is as unknown as any other."""
    texts = small_texts() | {
        "memoranda/other.yaml": HEAD.replace("title:", "include: tax.yaml\ntitle:") + MEASURE
    }

    (finding,) = found(TextSource(texts))

    assert (finding.code, underlined(finding)) == ("CR120", "include")


def test_findings_of_all_files_are_reported_together() -> None:
    """One broken file does not hide the next."""
    texts = small_texts() | {
        "memoranda/a.yaml": "a: b: c\n",
        "memoranda/b.yaml": b"\xff",
        "rules/c.yaml": "roless: {}\n",
    }

    assert [f.code for f in found(TextSource(texts))] == ["CR101", "CR100", "CR127"]


def test_a_source_without_documents_of_its_own_manifest_is_refused() -> None:
    """Every source says who it is."""
    assert [f.code for f in found(TextSource({"memoranda/other.yaml": HEAD + MEASURE}))] == ["CR141"]


def test_an_upper_source_adds_documents() -> None:
    """Catalogues stack; each keeps its manifest."""
    upper = TextSource({"catalogue.yaml": MANIFEST, "memoranda/other.yaml": HEAD + MEASURE})

    catalogue = load_sources([FolderSource(SMALL), upper])

    assert [manifest.id for manifest in catalogue.manifests] == ["small", "upper"]
    assert set(catalogue.memoranda) == {"tax", "other"}


def test_a_source_that_repeats_a_key_must_say_that_it_replaces_it() -> None:
    """Both places are named; with `replaces` the upper one stands."""
    again = (
        (HEAD + MEASURE)
        .replace("memorandum: other", "memorandum: tax")
        .replace("虚构〔2018〕1号", "发改财金〔2016〕2798号")
    )
    texts = {"catalogue.yaml": MANIFEST, "memoranda/tax.yaml": again}

    (finding,) = found(FolderSource(SMALL), TextSource(texts))
    texts["memoranda/tax.yaml"] = again.replace("doc_no:", "replaces: tax\ndoc_no:")
    catalogue = load_sources([FolderSource(SMALL), TextSource(texts)])

    assert (finding.code, finding.related[0].line) == ("CR209", 1)
    assert "replaces: tax" in finding.fix("en")
    assert catalogue.memoranda["tax"].title("zh") == "虚构备忘录"


@pytest.mark.parametrize(("level", "codes"), [("national", []), ("city", ["CR226"])])
def test_a_city_may_not_replace_a_national_document(level: str, codes: list[str]) -> None:
    """A catalogue of a lower level never weakens a higher one."""
    again = (HEAD + MEASURE).replace("memorandum: other", "memorandum: tax\nreplaces: tax")
    upper = TextSource({"catalogue.yaml": MANIFEST + f"level: {level}\n", "memoranda/tax.yaml": again})

    assert ([f.code for f in found(FolderSource(SMALL), upper)] if codes else []) == codes


def test_a_replacement_that_replaces_nothing_is_refused() -> None:
    """`replaces` without anything below it is a slip."""
    upper = TextSource(
        {
            "catalogue.yaml": MANIFEST,
            "memoranda/o.yaml": HEAD.replace("doc_no", "replaces: tox\ndoc_no") + MEASURE,
        }
    )

    assert [f.code for f in found(FolderSource(SMALL), upper)] == ["CR225"]


def test_a_city_adds_its_own_bodies_to_a_unit() -> None:
    """An entry with `local` alone localises a unit that another source defines."""
    units = 'units:\n  state-council: {local: [{region: "210600", name: 丹东市人民政府}]}\n'
    upper = TextSource({"catalogue.yaml": MANIFEST + "level: city\n", "rules/units.yaml": units})

    unit = load_sources([FolderSource(SMALL), upper]).units.by_key["state-council"]

    assert [local.zh for local in unit.locals] == ["丹东市人民政府"]
    assert unit.name("zh") == "国务院"


class Failing:
    """A source that cannot give its documents."""

    name = "failing"

    def documents(self) -> Iterable[Document]:
        """Fail."""
        raise OSError("no disk")


class Odd:
    """A source that gives what is no document."""

    name = "odd"

    def documents(self) -> Iterable[Any]:
        """Give a text."""
        return ["memorandum: x"]


def test_a_source_that_fails_is_named() -> None:
    """Whatever a source raises is a finding that names it."""
    (finding,) = found(Failing())

    assert (finding.code, finding.span.file) == ("CR544", "failing")
    assert "no disk" in finding.what("en")


def test_a_source_that_gives_no_documents_is_named() -> None:
    """What is not a document is refused, and said what it was."""
    assert ("CR545", "str") in {(f.code, f.words.get("got")) for f in found(Odd())}


def test_what_is_no_source_is_refused() -> None:
    """A number gives no documents."""
    assert [finding.code for finding in found(42)] == ["CR543"]


def _offer(monkeypatch: pytest.MonkeyPatch, **offers: Any) -> None:
    """Pretend that packages offer objects under names."""
    module = SimpleNamespace(**offers)

    def entry_points(group: str, name: str | None = None) -> tuple[EntryPoint, ...]:
        assert group == "creditrules.catalogues"
        points = (EntryPoint(key, f"offered_for_tests:{key}", group) for key in offers)
        return tuple(point for point in points if name in (None, point.name))

    monkeypatch.setattr(plugins, "entry_points", entry_points)
    monkeypatch.setitem(__import__("sys").modules, "offered_for_tests", module)


def test_a_package_offers_a_source_or_a_maker_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An object, a function and a class all do."""

    class Maker:
        """A source made without arguments."""

        name = "maker"

        def documents(self) -> Iterable[Document]:
            """Give nothing."""
            return ()

    _offer(monkeypatch, one=FolderSource(SMALL), two=lambda: FolderSource(SMALL), three=Maker)

    sources = installed_sources()

    assert installed_names() == ("one", "three", "two")
    assert all(isinstance(source, CatalogueSource) for source in sources)
    assert set(load_sources(installed_sources("one")).memoranda) == {"tax"}


def test_bad_plug_ins_are_refused_together_and_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is named with what it offered and what was expected."""

    def failing() -> None:
        raise RuntimeError("broken")

    _offer(monkeypatch, good=FolderSource(SMALL), number=42, failing=failing)

    with pytest.raises(CatalogueError) as caught:
        installed_sources("good", "number", "failing", "goood")

    findings = {finding.code: finding for finding in caught.value.findings}
    assert set(findings) == {"CR540", "CR542", "CR543"}
    assert "did you mean `good`?" in findings["CR540"].fix("en")
    assert "offered_for_tests:failing" in findings["CR542"].what("en")
    assert "RuntimeError: broken" in findings["CR542"].what("en")
    assert "`number` offered offered_for_tests:number, which gives `int`" in findings["CR543"].what("en")
    assert "documents()" in findings["CR543"].fix("zh")


def test_a_name_offered_by_two_packages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of two is meant cannot be told."""
    points = tuple(EntryPoint("x", f"{module}:y", "creditrules.catalogues") for module in ("a", "b"))
    monkeypatch.setattr(plugins, "entry_points", lambda **_: points)

    with pytest.raises(CatalogueError) as caught:
        installed_sources("x")

    assert [finding.code for finding in caught.value.findings] == ["CR541"]


def test_the_shipped_catalogue_is_found_from_the_module() -> None:
    """A checkout ships the folder that holds the manifest."""
    assert (default_source().path / "catalogue.yaml").is_file()
