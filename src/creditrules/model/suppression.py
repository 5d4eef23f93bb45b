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
    given, narrow it to measures and to other entries by their keys. A missing `reason` is a finding itself.
    """

    code: str
    reason: Text = Text()
    within: str = ""
    measures: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)

    def covers(self, finding: Finding) -> bool:
        """Say whether a finding is one of those that are let stand."""
        words = finding.words
        file = finding.span.file
        inside = file == self.within if self.within.endswith(_FILES) else file.startswith(self.within)
        measure = words.get("measure", "")
        return (
            finding.code == self.code
            and inside
            and (not self.measures or measure in self.measures or measure.partition("#")[2] in self.measures)
            and (not self.about or words.get("about", "") in self.about)
        )


_FILES = (".yaml", ".yml", ".json")
