"""Faults: a real disk that is small enough to be filled."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.components import needed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where tests may have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    needed("a disk that can be filled", _mounted(disk, "2m"))
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def disk_of_a_server() -> Iterator[Path]:
    """A disk with room for one database of a server and little more, where that server may look."""
    disk = Path(tempfile.mkdtemp(prefix="creditrules-disk-"))
    disk.chmod(0o755)
    needed("a disk that can be filled", _mounted(disk, "16m"))
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)
    disk.rmdir()


def _mounted(disk: Path, size: str) -> Path | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    return disk if subprocess.run(command, capture_output=True).returncode == 0 else None


def fill(disk: Path) -> Path:
    """Leave no room on a disk; return the file that takes it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 1024)
        except OSError:
            return ballast
