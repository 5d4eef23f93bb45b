"""Every document of the catalogue has an example: a measure that acts, or what of it is not known."""

from __future__ import annotations

import pytest

from creditrules.policy.examples import Example
from tests.support.examples import examples, shipped


def named(example: Example) -> set[str]:
    """Return the memoranda whose measures an example speaks of, and those its listings are about."""
    expected = [step.expect for step in example.steps]
    measures = [
        m.measure or "" for e in expected for part in (e.actions, e.undetermined, e.set_aside) for m in part
    ]
    return {measure.rpartition("#")[0] or example.memorandum for measure in measures}


def listed(example: Example) -> set[str]:
    """Return the lists of the listings of an example."""
    subjects = (subject for step in example.steps for subject in step.given["subjects"])
    return {listing["list"] for subject in subjects for listing in subject.get("listings", ())}


@pytest.mark.parametrize("key", sorted(shipped().memoranda))
def test_a_document_is_the_subject_of_an_example(key: str) -> None:
    """Documents of which no measure was seen have one that nothing follows from them."""
    memorandum = shipped().memoranda[key]
    about = [e for e in examples() if key in named(e)]
    silent = [
        e
        for e in examples()
        if any(step.expect.nothing_else for step in e.steps) and listed(e) & memorandum.lists
    ]

    assert about or (not memorandum.measures and silent)
