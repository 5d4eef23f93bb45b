"""Policy: a plug-in for pytest that collects files of policy examples, one item for each case.

It is loaded by every run of pytest where this library is installed: whatever is needed for examples alone is
imported when a file of examples is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from creditrules.policy.examples import Example
    from creditrules.policy.results import CaseResult
    from creditrules.policy.rulebooks import Rulebooks

_SUFFIXES = (".examples.yaml", ".examples.xlsx")
_INI = "creditrules_catalogue"
_OF_RUN = pytest.StashKey["Rulebooks"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting that names the catalogues."""
    parser.addini(
        _INI,
        "catalogues that decide policy examples, the first at the bottom: folders, names of installed ones, "
        "or `default` for the shipped one",
        type="args",
        default=[],
    )
    parser.addini("creditrules_engine", "the engine that decides policy examples", default="checked")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Collect a file of examples."""
    if not file_path.name.endswith(_SUFFIXES) or file_path.name.startswith((".", "~$")):
        return None
    return ExamplesFile.from_parent(parent, path=file_path)


class ExamplesFile(pytest.File):
    """A file of examples."""

    def collect(self) -> Iterator[ExampleItem]:
        """Yield an item for each case.

        Raises:
            CollectError: the file has findings.
        """
        from creditrules.deliver.findings import for_people
        from creditrules.errors import CreditRulesError
        from creditrules.policy.examples import examples_in

        try:
            examples = examples_in(self.path)
        except CreditRulesError as error:
            raise self.CollectError(for_people(error.findings)) from None
        for example in examples:
            yield ExampleItem.from_parent(self, name=example.name, example=example)


class ExampleItem(pytest.Item):
    """One case."""

    def __init__(self, *, example: Example, **rest: Any) -> None:
        super().__init__(**rest)
        self.example = example

    def runtest(self) -> None:
        """Decide the case.

        Raises:
            Unmet: the decision says something else than is expected, or the case has findings.
        """
        from creditrules.policy.running import run_case

        result = run_case(self.example, rulebooks_of(self.config), self.config.getini("creditrules_engine"))
        if not result.passed:
            raise Unmet(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *rest: Any, **more: Any) -> Any:
        """Tell the differences; whatever else went wrong is told as pytest tells it."""
        if not isinstance(excinfo.value, Unmet):
            return super().repr_failure(excinfo, *rest, **more)
        import os

        from creditrules.cli._state import language
        from creditrules.deliver.findings import for_people
        from creditrules.policy.junit import difference_lines

        result, lang = excinfo.value.result, language((), os.environ)
        lines = [line for d in result.differences for line in difference_lines(d, lang)]
        # Short places, as pytest itself gives them.
        near = [line.removeprefix(f"{self.config.rootpath}{os.sep}") for line in lines]
        return "\n".join([*near, *([for_people(result.findings, lang)] if result.findings else [])])

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the file and the line of the case."""
        return self.path, self.example.span.line - 1, self.example.name


class Unmet(Exception):
    """A case that did not pass."""

    def __init__(self, result: CaseResult) -> None:
        super().__init__(result.name)
        self.result = result


def rulebooks_of(config: pytest.Config) -> Rulebooks:
    """Return the rulebooks of the catalogues that a run of pytest is set to, loaded once.

    Raises:
        UsageError: one of them cannot be loaded.
    """
    if _OF_RUN not in config.stash:
        from creditrules import load_catalogue
        from creditrules.cli._inputs import sources_of
        from creditrules.deliver.findings import for_people
        from creditrules.errors import CreditRulesError
        from creditrules.policy.rulebooks import Rulebooks

        named = [_at(config.rootpath, name) for name in config.getini(_INI)]
        try:
            config.stash[_OF_RUN] = Rulebooks(load_catalogue(*sources_of(named)))
        except CreditRulesError as error:
            raise pytest.UsageError(f"{_INI}: {for_people(error.findings)}") from None
    return config.stash[_OF_RUN]


def _at(root: Path, name: str) -> str:
    """Return a folder that is named from the root of the tests; a name that is none stays as it is."""
    return str(root / name) if (root / name).exists() else name
