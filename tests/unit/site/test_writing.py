"""Where a site may be written: into a new or empty folder or its own, and nowhere else unasked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from creditrules.errors import UsageError
from creditrules.site.writing import MARK, check_folder, write_site

FILES = {"index.html": b"<p>1</p>", "zh/a.html": b"a", "zh/b.html": b"b"}


def _codes(error: pytest.ExceptionInfo[UsageError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_a_site_is_written_into_a_folder_that_is_new_or_empty(tmp_path: Path) -> None:
    """Folders above it are made; the files hold what was given."""
    write_site(FILES, tmp_path / "new" / "site")
    (tmp_path / "empty").mkdir()
    write_site(FILES, tmp_path / "empty")

    assert (tmp_path / "new" / "site" / "zh" / "a.html").read_bytes() == b"a"
    assert (tmp_path / "empty" / "index.html").exists()


def test_a_folder_with_other_files_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    """CR595 names one of the files that lie there."""
    (tmp_path / "report.docx").write_bytes(b"mine")

    with pytest.raises(UsageError) as error:
        write_site(FILES, tmp_path)

    assert _codes(error) == ["CR595"]
    assert error.value.findings[0].words["held"] == "report.docx"
    assert [p.name for p in tmp_path.iterdir()] == ["report.docx"]


def test_force_writes_beside_other_files_and_leaves_them(tmp_path: Path) -> None:
    """Only what has the name of a page is replaced."""
    (tmp_path / "report.docx").write_bytes(b"mine")
    (tmp_path / "index.html").write_bytes(b"mine")

    write_site(FILES, tmp_path, force=True)

    assert (tmp_path / "report.docx").read_bytes() == b"mine"
    assert (tmp_path / "index.html").read_bytes() == b"<p>1</p>"


def test_a_later_site_takes_away_pages_that_are_no_more(tmp_path: Path) -> None:
    """What an earlier build put there and this one does not is gone; a stranger's file is not."""
    write_site(FILES, tmp_path)
    (tmp_path / "zh" / "mine.html").write_bytes(b"mine")

    changed = write_site({"index.html": b"<p>1</p>", "zh/a.html": b"A"}, tmp_path)

    assert sorted(p.name for p in (tmp_path / "zh").iterdir()) == ["a.html", "mine.html"]
    assert changed == 3  # one page, one gone, the mark itself


def test_an_unchanged_page_is_not_written_again(tmp_path: Path) -> None:
    """A copy of the site by days of change moves only what changed."""
    write_site(FILES, tmp_path)
    os.utime(tmp_path / "zh" / "a.html", (1, 1))

    assert write_site(FILES, tmp_path) == 0
    assert (tmp_path / "zh" / "a.html").stat().st_mtime == 1


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/hostname", "zh/../../outside.txt"])
def test_an_edited_mark_cannot_take_away_what_lies_outside(tmp_path: Path, name: str) -> None:
    """The mark is a file anybody may edit."""
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", "utf-8")
    site = tmp_path / "site"
    write_site(FILES, site)
    mark = json.loads((site / MARK).read_text("utf-8"))
    (site / MARK).write_text(json.dumps({**mark, "files": [*mark["files"], name]}), "utf-8")

    write_site(FILES, site)

    assert outside.read_text("utf-8") == "mine"
    assert not Path(name).is_absolute() or Path(name).exists()


def test_a_link_in_the_folder_does_not_lead_the_writer_elsewhere(tmp_path: Path) -> None:
    """A page that is a link is replaced by a page; what it led to stays."""
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere.html"
    elsewhere.write_bytes(b"mine")
    write_site(FILES, site)
    (site / "zh" / "a.html").unlink()
    (site / "zh" / "a.html").symlink_to(elsewhere)

    write_site(FILES, site)

    assert elsewhere.read_bytes() == b"mine"
    assert (site / "zh" / "a.html").read_bytes() == b"a"


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    """CR596 says that a file is in the way, at the place itself or above it."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(UsageError) as at_it:
        check_folder(tmp_path / "file")
    with pytest.raises(UsageError) as below_it:
        write_site(FILES, tmp_path / "file" / "site")

    assert _codes(at_it) + _codes(below_it) == ["CR596", "CR596"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "other/1"}'])
def test_a_mark_of_somebody_else_does_not_make_a_folder_ours(tmp_path: Path, text: str) -> None:
    """Only our own mark opens a folder that is not empty."""
    (tmp_path / MARK).write_text(text, "utf-8")

    with pytest.raises(UsageError) as error:
        check_folder(tmp_path)

    assert _codes(error) == ["CR595"]
