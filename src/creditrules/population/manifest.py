"""Population: what a run is about and how far it came, as a file beside its results.

A chunk is done when the manifest says so; whatever else lies in the folder is rubbish of an interrupted run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import define, field

from creditrules.errors import Finding, Span, UsageError
from creditrules.population.writing import write_json

NAME = "manifest.json"
FORM = 1


@define
class Manifest:
    """The manifest of a run: `about` is what it decides, `done` what each finished chunk came to."""

    about: dict[str, Any]
    chunks: int
    spread: bool = False
    done: dict[int, dict[str, Any]] = field(factory=dict)

    def save(self, folder: Path) -> None:
        """Write the manifest, whole or not at all.

        Raises:
            OSError: it could not be written.
        """
        data = {
            "form": FORM,
            "about": self.about,
            "chunks": self.chunks,
            "spread": self.spread,
            "done": {str(number): chunk for number, chunk in sorted(self.done.items())},
        }
        write_json(folder / NAME, data)

    @property
    def left(self) -> list[int]:
        """The chunks that are still to be decided."""
        return [number for number in range(self.chunks) if number not in self.done]


def opened(folder: Path, about: dict[str, Any], chunks: int, *, resume: bool) -> Manifest:
    """Return the manifest to go on with: a new one, or with *resume* that of an interrupted run of the same.

    Raises:
        UsageError: CR489, the folder holds results already, or those of another run.
    """
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        if folder.is_dir() and any(folder.iterdir()):
            raise _refused(
                folder, "it holds files that are no results of a run", "其中有并非运行结果的文件"
            ) from None
        return Manifest(about, chunks)
    except (OSError, ValueError):
        raise _refused(folder, "its manifest cannot be read", "其清单无法读取") from None
    if not resume:
        raise _refused(
            folder,
            "it holds results already; add `--resume` to go on with an interrupted run",
            "其中已有结果；如要继续中断的运行，请加上 `--resume`",
        )
    if data.get("form") != FORM or data["about"] != about:
        differing = ", ".join(sorted(key for key in about if data.get("about", {}).get(key) != about[key]))
        raise _refused(
            folder,
            f"it belongs to another run (differing: {differing})",
            f"它属于另一次运行（不同之处：{differing}）",
        )
    done = {int(number): chunk for number, chunk in data["done"].items()}
    return Manifest(about, int(data["chunks"]), bool(data["spread"]), done)


def progress_of(folder: str | Path) -> tuple[int, int]:
    """Return how many chunks of a run are done, and of how many; nothing when the folder holds no run."""
    try:
        data = json.loads((Path(folder) / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return 0, 0
    return len(data["done"]), int(data["chunks"])


def _refused(folder: Path, en: str, zh: str) -> UsageError:
    words = {"folder": str(folder), "given": str(folder), "reason_en": en, "reason_zh": zh}
    return UsageError([Finding("CR489", Span(str(folder)), words)])
