"""A catalogue is read from version control without touching the working tree."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from creditrules import load_catalogue
from creditrules.errors import UsageError
from creditrules.policy.diff.revisions import at_revision
from tests.support.loading import small_texts

IDENTITY = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository whose folder `law` held the small catalogue, and holds another version now."""
    git(tmp_path, "init", "-q")
    for name, data in small_texts().items():
        path = tmp_path / "law" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (tmp_path / "law" / "README.md").write_text("not a document", "utf-8")
    (tmp_path / "law" / "rules" / "link.yaml").symlink_to("/etc/hostname")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    manifest = tmp_path / "law" / "catalogue.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("version:", "version: '9' #"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["HEAD:law", "HEAD:law/"])
def test_a_folder_of_a_revision_is_a_catalogue(repository: Path, name: str) -> None:
    """What was committed is read, not what lies in the working tree."""
    catalogue = load_catalogue(at_revision(name))

    assert catalogue.manifests[0].version != "9"
    assert catalogue.memoranda["tax"].span is not None
    assert catalogue.memoranda["tax"].span.file == "HEAD:law/memoranda/tax.yaml"


def test_a_revision_alone_is_the_catalogue_one_stands_in(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder of a catalogue its name need not be given."""
    monkeypatch.chdir(repository / "law")

    assert "tax" in load_catalogue(at_revision("HEAD")).memoranda


@pytest.mark.parametrize("name", ["HEAD", "HEAD~7", "HEAD:nowhere", "nobody:law", "--output=x", ":law"])
def test_what_is_no_revision_is_told(repository: Path, name: str) -> None:
    """CR586 says what version control says of it."""
    with pytest.raises(UsageError) as refused:
        at_revision(name)

    assert [finding.code for finding in refused.value.findings] == ["CR586"]
    assert not (repository / "x").exists()


def test_without_version_control_there_are_no_revisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a repository, and without the program, the same finding."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for path in (None, str(tmp_path)):
        if path is not None:
            monkeypatch.setenv("PATH", path)
        with pytest.raises(UsageError) as refused:
            at_revision("HEAD")
        assert [finding.code for finding in refused.value.findings] == ["CR586"]
