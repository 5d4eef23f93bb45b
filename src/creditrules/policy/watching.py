"""Policy: wait for changes of files; watchfiles is asked to tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from creditrules.errors import Finding, Span, UsageError
from creditrules.policy.affected import bases_of
from creditrules.policy.gathering import Gathered

_SUFFIXES = (".yaml", ".yml", ".json", ".csv", ".xlsx")
_NOT_INSTALLED = {
    "given": "--watch",
    "problem_en": "`--watch` needs the package watchfiles, which is not installed",
    "problem_zh": "`--watch` 需要 watchfiles，尚未安装",
    "why_en": "who only runs examples once need not install it",
    "why_zh": "只运行一次用例时无须安装",
    "fix_en": "install it with `pip install 'creditrules[policy]'`",
    "fix_zh": "请用 `pip install 'creditrules[policy]'` 安装",
}
_LOOK = 300  # milliseconds between two looks whether somebody wants to stop


def changes_in(places: Sequence[Path]) -> Iterator[set[Path]]:
    """Yield the files that were changed together, again and again; an empty set says that nothing was.

    The first set is yielded when watching has begun.

    Raises:
        UsageError: CR592, the package that watches is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise UsageError([Finding("CR592", Span(""), _NOT_INSTALLED)]) from None
    told = watch(*places, debounce=400, step=50, rust_timeout=_LOOK, yield_on_timeout=True)
    for changes in told:
        paths = (Path(name) for _, name in changes)
        yield {path for path in paths if path.suffix in _SUFFIXES and not path.name.startswith((".", "~$"))}


def watched_places(paths: Iterable[Path], files: Iterable[Gathered], folders: Iterable[Path]) -> list[Path]:
    """Return what to watch: where examples and their dossiers lie, and the documents of the catalogues.

    Args:
        paths: the paths that were named.
        files: the files found there.
        folders: the folders of the catalogues.
    """
    found: dict[Path, None] = {}
    for path in paths:
        # A file that an editor puts in place of another one is seen from its folder only.
        found[(path if path.is_dir() else path.parent).resolve()] = None
    found |= dict.fromkeys(base.parent for file in files for base in bases_of(file))
    for folder in folders:
        parts = (folder / name for name in ("memoranda", "rules", "catalogue.yaml"))
        found |= dict.fromkeys(part.resolve() for part in parts if part.exists())
    return [p for p in found if p.exists() and not any(o in p.parents for o in found)]
