"""A catalogue from the cache is the catalogue of the documents, or it is not taken."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from creditrules import CatalogueError, decide, load_catalogue, read_dossier
from creditrules.deliver.json import to_json
from creditrules.load import cache, catalogue
from creditrules.load.cache import key_of, load_cached, packed, unpacked
from creditrules.load.cache_files import CacheFolder
from creditrules.load.catalogue import load_sources
from creditrules.load.sources import Document, FolderSource
from creditrules.model.catalogue import Catalogue
from tests.support.loading import HEAD, MEASURE, TextSource, small_texts
from tests.support.tree import ROOT

ON = date(2018, 12, 20)
DOSSIER = ROOT / "examples" / "dossiers" / "fengyuan-two-listings.yaml"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the cache folder of a test, not yet made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "creditrules"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the small catalogue to a folder that a test may change."""
    return _copy(tmp_path / "catalogue")


def _copy(to: Path) -> Path:
    for name, data in small_texts().items():
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return to


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by one whenever documents are read afresh."""
    count: list[int] = []
    original = catalogue.load_layers

    def counted(*given: Any) -> Catalogue:
        count.append(1)
        return original(*given)

    monkeypatch.setattr(catalogue, "load_layers", counted)
    return count


def _layers(source: FolderSource | TextSource) -> list[tuple[Document, ...]]:
    return [tuple(source.documents())]


def _key(folder: Path) -> str:
    key = key_of(_layers(FolderSource(folder)))
    assert key is not None
    return key


def test_the_shipped_catalogue_is_the_same_from_the_cache(read: list[int]) -> None:
    """Everything is equal: measures, notes, spans, and the bytes of a decision with all its reasons."""
    made, stored = load_catalogue(), load_catalogue()
    fresh = load_catalogue(cache=False)

    assert read == [1, 1]
    assert stored is not made
    assert stored == made == fresh
    assert stored.notes == fresh.notes
    assert [n.span for n in stored.notes] == [n.span for n in fresh.notes]
    assert _decided(stored) == _decided(fresh)


def _decided(of: Catalogue) -> str:
    # Not by `Catalogue.rulebook`, which keeps rulebooks by digest: the catalogues here share theirs.
    from creditrules.compile.passes import compile_rulebook

    return to_json(decide(compile_rulebook(of, ON), read_dossier(DOSSIER, of)), reasons=True)


def test_every_span_of_a_measure_survives(folder: Path) -> None:
    """What findings and trees of reasons point at is where it was."""
    load_catalogue(folder)
    stored, fresh = load_catalogue(folder), load_catalogue(folder, cache=False)

    spans = [m.span for memorandum in stored.memoranda.values() for m in memorandum.measures]
    assert spans == [m.span for memorandum in fresh.memoranda.values() for m in memorandum.measures]
    assert all(span is not None for span in spans)


def _touch_a_byte(folder: Path) -> None:
    path = folder / "memoranda" / "tax.yaml"
    path.write_bytes(path.read_bytes() + b"\n")


def _add_a_file(folder: Path) -> None:
    (folder / "memoranda" / "other.yaml").write_text(HEAD + MEASURE, "utf-8")


def _rename_a_file(folder: Path) -> None:
    (folder / "memoranda" / "tax.yaml").rename(folder / "memoranda" / "taxes.yaml")


@pytest.mark.parametrize("change", [_touch_a_byte, _add_a_file, _rename_a_file])
def test_a_changed_source_is_read_afresh(
    change: Callable[[Path], None], folder: Path, read: list[int]
) -> None:
    """A byte, a name or a file more, and what was stored is not looked at; the change itself is then kept."""
    load_catalogue(folder)
    change(folder)
    after = [load_catalogue(folder), load_catalogue(folder)]

    assert read == [1, 1]
    assert after == [load_sources([FolderSource(folder)])] * 2


def test_a_moved_folder_is_read_afresh(folder: Path, tmp_path: Path, read: list[int]) -> None:
    """The same bytes elsewhere have other places, and findings must name those."""
    load_catalogue(folder)
    moved = load_catalogue(_copy(tmp_path / "moved"))

    assert read == [1, 1]
    assert {Path(n.span.file).parts[len(tmp_path.parts)] for n in moved.notes} <= {"moved"}
    spans = [m.span for memorandum in moved.memoranda.values() for m in memorandum.measures]
    assert all(span is not None and span.file.startswith(str(tmp_path / "moved")) for span in spans)


def test_another_library_or_python_is_another_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version, Python and the library's own code are all part of the key."""
    keys = {_key(folder)}
    with monkeypatch.context() as other:
        other.setattr("creditrules.__version__", "99.0")
        keys.add(_key(folder))
    with monkeypatch.context() as other:
        other.setattr("sys.version", "4.0")
        keys.add(_key(folder))
    with monkeypatch.context() as other:
        other.setattr(cache, "_own_digest", lambda: "other code")
        keys.add(_key(folder))

    assert len(keys) == 4


def test_the_code_is_known_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed character in a module that makes catalogues changes the digest; its date does not matter."""
    for name in ("errors.py", "model/a.py", "load/b.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path)
    own = cache._own_digest.__wrapped__
    before = own()
    os.utime(tmp_path / "model" / "a.py", (1, 1))
    same = own()
    (tmp_path / "model" / "a.py").write_text("x = 2\n")

    assert before == same != own()


def test_without_source_files_nothing_is_kept(
    folder: Path, tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that cannot be told from another one trusts no store."""
    monkeypatch.setattr(cache, "_own_digest", cache._own_digest.__wrapped__)
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "nowhere")

    assert load_catalogue(folder).memoranda
    assert not kept.exists()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "short": lambda data: data[:20],
    "cut": lambda data: data[:-1],
    "longer": lambda data: data + b"\0",
    "other format": lambda data: data.replace(b"catalogue 1", b"catalogue 0", 1),
    "a bit": lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:],
    "no pickle": lambda data: _sealed(data, b"not a pickle"),
    "cut pickle": lambda data: _sealed(data, data.split(b"\n", 3)[3][:-200]),
    "a number": lambda data: _sealed(data, pickle.dumps(42)),
}


def _sealed(data: bytes, payload: bytes) -> bytes:
    """Put another payload behind a head, with the digest that belongs to it."""
    head = data.split(b"\n", 3)[:2]
    return b"\n".join((*head, hashlib.sha256(payload).hexdigest().encode(), payload))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_damaged_is_made_again(
    damage: Callable[[bytes], bytes], folder: Path, kept: Path, read: list[int]
) -> None:
    """Nothing is said, the catalogue is right, and the store is whole afterwards."""
    fresh = load_catalogue(folder)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))

    assert load_catalogue(folder) == fresh
    assert load_catalogue(folder) == fresh
    assert read == [1, 1]
    assert file.read_bytes()[:88] == whole[:88]


def test_the_store_of_one_catalogue_does_not_pass_for_another(folder: Path, kept: Path) -> None:
    """The key stands in the file too, and so does the digest of the documents in the catalogue."""
    load_catalogue(folder)
    (file,) = kept.iterdir()
    data, key = file.read_bytes(), _key(folder)
    digest = load_catalogue(folder).digest

    assert unpacked(data, key, digest) is not None
    assert unpacked(data, "0" * 64, digest) is None
    assert unpacked(data, key, "0" * 64) is None
    assert unpacked(None, key, digest) is None


class _Calls:
    """Pickles as a call of something."""

    def __init__(self, call: Any, *arguments: Any) -> None:
        self.call = (call, arguments)

    def __reduce__(self) -> Any:
        return self.call


def _named(module: str, name: str) -> bytes:
    """Return a pickle that names a thing and calls it with the text `x`."""
    return (
        b"\x80\x04"
        + b"".join((pickle.SHORT_BINUNICODE + bytes([len(word)]) + word.encode()) for word in (module, name))
        + b"\x93\x8c\x01x\x85R."
    )


EVIL = {
    "a program": pickle.dumps(_Calls(os.system, "touch made-by-pickle")),
    "eval": pickle.dumps(_Calls(eval, "open('made-by-pickle', 'w')")),
    "a file": pickle.dumps(_Calls(open, "made-by-pickle", "w")),
    "a way through": _named("creditrules.model.catalogue", "Catalogue.rulebook"),
    "what a module imports": _named("creditrules.model.catalogue", "covers"),
    "a function of the model": _named("creditrules.model.condition", "truth_of"),
    "a class that is imported": _named("creditrules.model.catalogue", "Callable"),
    "a class outside the model": _named("creditrules.load.sources", "FolderSource"),
    "a module beside the model": _named("creditrules.modeling", "x"),
    "a class of errors": _named("creditrules.errors", "CatalogueError"),
    "getattr": _named("builtins", "getattr"),
    "a builtin class": _named("builtins", "bytearray"),
    "nothing": _named("creditrules.model.catalogue", "Nothing"),
    "no module": _named("creditrules.model.nowhere", "Nothing"),
}


@pytest.mark.parametrize("payload", EVIL.values(), ids=EVIL.keys())
def test_a_malicious_store_is_refused(
    payload: bytes, folder: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but classes of the model that hold data can be named, so nothing is run."""
    monkeypatch.chdir(tmp_path)
    fresh = load_catalogue(folder)
    (file,) = kept.iterdir()
    file.write_bytes(_sealed(file.read_bytes(), payload))

    with pytest.raises(pickle.UnpicklingError, match="no part of a catalogue"):
        cache._Unpickler(io.BytesIO(payload)).load()
    assert load_catalogue(folder) == fresh
    assert not (tmp_path / "made-by-pickle").exists()


def test_the_store_is_for_the_user_alone(folder: Path, kept: Path) -> None:
    """The folder is 0700 and the file 0600, whatever the mask."""
    before = os.umask(0)
    try:
        load_catalogue(folder)
    finally:
        os.umask(before)

    (file,) = kept.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept.parent, kept, file)] == [0o700, 0o700, 0o600]


def _group_writes_file(kept: Path, file: Path) -> None:
    file.chmod(0o620)


def _anyone_writes_file(kept: Path, file: Path) -> None:
    file.chmod(0o602)


def _group_writes_folder(kept: Path, file: Path) -> None:
    kept.chmod(0o770)


def _anyone_writes_folder(kept: Path, file: Path) -> None:
    kept.chmod(0o707)


def _file_is_a_link(kept: Path, file: Path) -> None:
    file.rename(kept.parent / "elsewhere")
    file.symlink_to(kept.parent / "elsewhere")


def _folder_is_a_link(kept: Path, file: Path) -> None:
    kept.rename(kept.parent / "elsewhere")
    kept.symlink_to(kept.parent / "elsewhere")


def _file_is_a_pipe(kept: Path, file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


def _file_is_a_folder(kept: Path, file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "change",
    [
        _group_writes_file,
        _anyone_writes_file,
        _group_writes_folder,
        _anyone_writes_folder,
        _file_is_a_link,
        _folder_is_a_link,
        _file_is_a_pipe,
        _file_is_a_folder,
    ],
)
def test_what_others_may_have_written_is_not_read(
    change: Callable[[Path, Path], None], folder: Path, kept: Path, read: list[int]
) -> None:
    """A file or folder that is not the user's alone counts as none."""
    fresh = load_catalogue(folder)
    (file,) = kept.iterdir()
    change(kept, file)

    assert load_catalogue(folder) == fresh
    assert read == [1, 1]


def test_what_belongs_to_another_user_is_not_read(
    folder: Path, kept: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is anything read from his folder, nor written to it, nor made in his home."""
    load_catalogue(folder)
    (file,) = kept.iterdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    load_catalogue(folder)
    file.unlink()
    kept.rmdir()
    load_catalogue(folder)

    assert read == [1, 1, 1]
    assert not kept.exists()


@pytest.mark.parametrize("value", ["1", "yes"])
def test_it_can_be_turned_off_by_the_environment(
    value: str, folder: Path, kept: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `CREDITRULES_NO_CACHE` nothing is written, and what is there is not read."""
    monkeypatch.setenv("CREDITRULES_NO_CACHE", value)
    load_catalogue(folder)
    written = kept.exists()
    monkeypatch.delenv("CREDITRULES_NO_CACHE")
    load_catalogue(folder)
    monkeypatch.setenv("CREDITRULES_NO_CACHE", value)
    load_catalogue(folder)

    assert not written
    assert read == [1, 1, 1]


def test_it_can_be_turned_off_by_the_caller(folder: Path, kept: Path, read: list[int]) -> None:
    """`cache=False` neither reads nor writes."""
    load_catalogue(folder, cache=False)
    load_catalogue(folder, cache=False)

    assert not kept.exists()
    assert read == [1, 1]


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/creditrules"),
        ({"HOME": "/h"}, "/h/.cache/creditrules"),
        ({"XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/creditrules"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/creditrules"),
        ({"HOME": "relative"}, None),
        ({"XDG_CACHE_HOME": "/c", "CREDITRULES_NO_CACHE": "1"}, None),
    ],
)
def test_the_folder_is_where_the_platform_keeps_caches(
    environment: dict[str, str], place: str | None
) -> None:
    """`$XDG_CACHE_HOME` when it is a whole path, else `~/.cache`; none where there is no home."""
    found = CacheFolder.of_user(environment)

    assert (None if found is None else str(found.path)) == place


def test_without_owners_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot say who owns a file gives nothing to trust."""
    monkeypatch.delattr(os, "geteuid")

    assert CacheFolder.of_user({"HOME": "/h"}) is None


def test_a_folder_that_cannot_be_made_is_no_failure(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file stands in the way, loading goes on without a cache."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert load_catalogue(folder) == load_catalogue(folder)


def test_a_full_disk_is_no_failure(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step of writing fails, there is no half a store."""

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)

    assert load_catalogue(folder) == load_catalogue(folder)
    assert list(kept.iterdir()) == []


def test_a_catalogue_that_cannot_be_stored_is_no_failure(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too deep for a pickle is loaded afresh each time."""

    def deep(*_: Any) -> bytes:
        raise RecursionError

    monkeypatch.setattr(pickle, "dumps", deep)

    assert load_catalogue(folder) == load_catalogue(folder)
    assert not kept.exists()


def test_the_oldest_of_many_go(folder: Path, kept: Path) -> None:
    """Editing a catalogue for years leaves eight stores, the newest."""
    for n in range(12):
        (folder / "memoranda" / "tax.yaml").write_bytes(
            (folder / "memoranda" / "tax.yaml").read_bytes() + b"\n"
        )
        load_catalogue(folder)
        for file in kept.iterdir():
            if file.name.startswith(_key(folder)):
                os.utime(file, ns=(n, n))

    assert sorted(file.stat().st_mtime_ns for file in kept.iterdir()) == [4, 5, 6, 7, 8, 9, 10, 11]


def test_only_folders_are_kept(kept: Path, folder: Path) -> None:
    """A source of a program may be made up for one run, and its neighbours with it."""
    load_catalogue(TextSource(small_texts()))
    load_catalogue(folder, TextSource({"catalogue.yaml": 'catalogue: upper\nversion: "1"\ntitle: 上层\n'}))

    assert not kept.exists()


def test_documents_with_findings_are_never_kept(folder: Path, kept: Path) -> None:
    """What is refused is refused every time, with the same findings."""
    (folder / "memoranda" / "tax.yaml").write_text("memorandum: [\n")
    said = []
    for _ in range(2):
        with pytest.raises(CatalogueError) as refused:
            load_catalogue(folder)
        said.append(refused.value.findings)

    assert said[0] == said[1]
    assert not kept.exists()


def test_many_may_load_at_once(folder: Path, kept: Path) -> None:
    """Threads that all find nothing all get the catalogue, and one whole store is left."""
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(lambda _: load_cached([FolderSource(folder)]), range(16)))

    assert loaded == [load_sources([FolderSource(folder)])] * 16
    assert len(list(kept.iterdir())) == 1


def test_a_store_holds_the_whole_catalogue(folder: Path) -> None:
    """What is packed is what comes out."""
    made = load_sources([FolderSource(folder)])
    data = packed(made, "k")

    assert data is not None
    assert unpacked(data, "k", made.digest) == made


def test_the_order_of_sources_is_part_of_the_digest(folder: Path) -> None:
    """Two sources that replace one memorandum say different things in different order."""
    again = (HEAD + MEASURE).replace("memorandum: other", "memorandum: tax\nreplaces: tax")
    one, two = (
        TextSource(
            {
                "catalogue.yaml": f'catalogue: {name}\nversion: "1"\ntitle: 上层\n',
                "memoranda/tax.yaml": again.replace("虚构备忘录", name),
            }
        )
        for name in ("甲", "乙")
    )
    base = FolderSource(folder)
    first, second = load_catalogue(base, one, two), load_catalogue(base, two, one)

    assert [c.memoranda["tax"].title.zh for c in (first, second)] == ["乙", "甲"]
    assert first.digest != second.digest
    assert first.rulebook(on=ON).catalogue.memoranda != second.rulebook(on=ON).catalogue.memoranda
