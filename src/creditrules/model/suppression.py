"""Model: what a document's author has looked at and lets stand, with the reason stated."""

from __future__ import annotations

from attrs import field, frozen

from creditrules.errors import Finding, Span
from creditrules.model.text import Text


@frozen
class Suppression:
    """免报: a finding that is not reported, because somebody has said why it is as it should be.

    It holds for the findings of one `code` in one file, or (written in `catalogue.yaml`) in the whole folder
    of that catalogue: `within` is the file, or the folder with its last stroke. `measures` and `about`, when
    given, narrow it to measures and other entries by their keys. A missing `reason` is a finding itself.
    """

    code: str
    reason: Text = Text()
    within: str = ""
    measures: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)

    def covers(self, finding: Finding) -> bool:
        """Say whether a finding is one of those that are let stand."""
        return bool(self.entries(finding))

    def entries(self, finding: Finding) -> tuple[str, ...]:
        """Return the entries by which it covers a finding, `("",)` where it names none; `()`: it does not."""
        file = finding.span.file
        inside = file == self.within if self.within.endswith(_FILES) else file.startswith(self.within)
        if finding.code != self.code or not inside:
            return ()
        if not (self.measures or self.about):
            return ("",)
        measure, about = finding.words.get("measure", ""), finding.words.get("about", "")
        own = (measure, measure.partition("#")[2])
        return (*(m for m in self.measures if m in own), *(key for key in self.about if key == about))


_FILES = (".yaml", ".yml", ".json")
