"""Skeletons: what `new` writes can be read, decided on, tested and formatted from the first moment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from creditrules import Catalogue, FolderSource, decide, load_catalogue, read_dossier
from creditrules.errors import UsageError
from creditrules.load.shipped import default_source
from creditrules.load.strict_yaml import plain, read_yaml
from creditrules.policy.examples import find_examples, run
from creditrules.policy.formatting.documents import formatted
from creditrules.policy.schema.documents import schema_of
from creditrules.policy.skeletons.chinese import in_chinese
from creditrules.policy.skeletons.documents import (
    Asked,
    catalogue_skeleton,
    list_skeleton,
    memorandum_skeleton,
)
from creditrules.policy.skeletons.examples import NewExample, example_skeleton
from creditrules.policy.skeletons.measures import NewMeasure, with_measure
from creditrules.policy.skeletons.templates import Written, both, quoted
from tests.support.effort import many
from tests.support.loading import load_with
from tests.support.tree import ROOT

ASKED = Asked("trial", since="2018-03")
ON = date(2018, 12, 20)
FIRM = {
    "id": "a",
    "kind": "enterprise",
    "name": "虚构公司",
    "listings": [
        {
            "id": "L1",
            "list": "tax-major-violations",
            "determined": "2018-06-01",
            "served": "2018-06-02",
            "aggregated": "2018-06-03",
            "published": "2018-06-04",
        }
    ],
}


def stacked(tmp_path: Path, **files: str) -> Catalogue:
    """Return the shipped catalogue with a new one on top of it."""
    (tmp_path / "memoranda").mkdir(exist_ok=True)
    (tmp_path / "rules").mkdir(exist_ok=True)
    (tmp_path / "catalogue.yaml").write_text(catalogue_skeleton(Asked("mine")), "utf-8")
    for name, text in files.items():
        (tmp_path / f"{name.replace('__', '/')}.yaml").write_text(text, "utf-8")
    return load_catalogue(default_source(), FolderSource(tmp_path))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chinese", [False, True])
def test_a_new_memorandum_is_loaded_and_decided_on(tmp_path: Path, lang: str, chinese: bool) -> None:
    """On top of the shipped catalogue it has no finding, and its measure acts once it may."""
    text = memorandum_skeleton(
        Asked("trial", lang, since="2018-03", kind="government_procurement_bar"), shipped()
    )
    catalogue = stacked(tmp_path, memoranda__trial=in_chinese(text) if chinese else text)

    dossier = read_dossier({"subjects": [FIRM]}, catalogue)
    decision = decide(catalogue.rulebook(on=ON, recalled=True), dossier)
    careful = decide(catalogue.rulebook(on=ON), dossier)

    assert [note for note in catalogue.notes if note.severity != "note" and "trial" in note.span.file] == []
    acting = [a for a in decision.actions if any(p.memorandum == "trial" for p in a.parts)]
    assert {action.unit for action in acting} == {"mof"}
    assert [a for a in careful.actions if any(p.memorandum == "trial" for p in a.parts)] == []


def shipped() -> Catalogue:
    """Return the shipped catalogue."""
    return load_catalogue()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_comments_are_in_the_language_asked_for(lang: str) -> None:
    """A Chinese author is not met with English, nor the other way round."""
    for text in (
        memorandum_skeleton(Asked("trial", lang), shipped()),
        list_skeleton(Asked("trial", lang), shipped()),
        catalogue_skeleton(Asked("trial", lang)),
    ):
        comments = [line for line in text.splitlines() if line.lstrip().startswith("# ")]
        assert comments
        assert all(
            (("的" in line or "。" in line or "，" in line or "、" in line) or "{" in line) is (lang == "zh")
            or "{" in line
            for line in comments
        )


def test_a_skeleton_is_laid_out_and_fits_its_schema() -> None:
    """`fmt` has nothing to do, and an editor marks nothing."""
    catalogue = shipped()
    texts = {
        "memorandum": memorandum_skeleton(ASKED, catalogue),
        "rules": list_skeleton(ASKED, catalogue),
        "catalogue": catalogue_skeleton(ASKED),
        "examples": example_skeleton(_example(catalogue), catalogue),
    }

    for kind, text in texts.items():
        assert formatted(text.encode(), kind) == text
        values = _as_json(plain(read_yaml(text, kind)))
        assert list(Draft202012Validator(schema_of(kind, catalogue)).iter_errors(values)) == []


def _as_json(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _example(catalogue: Catalogue, key: str = "tax-major-violations", n: int = 0) -> NewExample:
    memorandum = catalogue.memoranda[key]
    return NewExample(memorandum, memorandum.measures[n], date(2018, 12, 20))


def test_a_new_list_is_loaded_and_may_be_answered(tmp_path: Path) -> None:
    """A memorandum can name the new list at once."""
    catalogue = stacked(
        tmp_path,
        rules__trial=list_skeleton(ASKED, shipped()),
        memoranda__trial=memorandum_skeleton(ASKED, shipped()).replace("tax-major-violations", "trial"),
    )

    assert catalogue.memoranda["trial"].lists == {"trial"}


@pytest.mark.parametrize("key", sorted(load_catalogue().memoranda))
def test_new_examples_pass_for_every_shipped_memorandum(tmp_path: Path, key: str) -> None:
    """What is expected is what is decided, and the near miss is one."""
    catalogue = shipped()
    if not catalogue.memoranda[key].measures:
        pytest.skip("nothing to test")
    path = tmp_path / "new.examples.yaml"
    path.write_text(example_skeleton(_example(catalogue, key), catalogue), "utf-8")

    outcomes = [run(example, catalogue) for example in find_examples(tmp_path)]

    assert [str(d) for outcome in outcomes for d in outcome.differences] == []
    assert len(outcomes) == 2


@pytest.mark.parametrize("path", sorted((ROOT / "memoranda").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_measure_is_added_below_the_last_one_and_nothing_else_changes(path: Path) -> None:
    """Every line that was there is there, in its order; the new number follows the last."""
    before = path.read_text("utf-8")

    added = with_measure(before, path.name, NewMeasure(heading="新的一项"), shipped())

    lines = added.text.splitlines()
    rest = iter(lines)
    assert all(line in rest for line in before.splitlines())
    measures = plain(read_yaml(added.text, path.name))["measures"]
    assert measures[-1]["heading"] == "新的一项"
    assert measures[:-1] == (plain(read_yaml(before, path.name)).get("measures") or [])
    assert "新的一项" in "\n".join(lines[added.line - 1 : added.line + 3])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("memorandum: m\nmeasures:\n  - n: 3\n    does: 做\n    # 注\n# 完\n", "4"),
        ("memorandum: m\nmeasures:\n- n: 3\n  does: >-\n    做\n\nsources: []\n", "4"),
        ("memorandum: m\nmeasures:\n  - {part: 二, n: 3, does: 做}\n", "二.4"),
        (
            "memorandum: m\nmeasures:\n  - {part: 一, n: 3, does: 做}\n  - {part: 二, n: 1, does: 做}\n",
            "二.2",
        ),
        ("memorandum: m\nmeasures:\n  - {key: a, does: 做}\n", "1"),
        ("memorandum: m\nnote: 无\n", "1"),
        ("memorandum: m\nmeasures: []\nnote: 无\n", "1"),
        ("备忘录: m\n措施:\n  - 序号: 7\n    内容: 做\n", "8"),
    ],
)
def test_a_measure_finds_its_place_and_its_number(text: str, key: str) -> None:
    """Whatever the style, the language and the numbering of the memorandum."""
    added = with_measure(text, "m.yaml", NewMeasure(), shipped())

    assert added.key == key
    values = plain(read_yaml(added.text, "m.yaml"))
    last = values.get("measures", values.get("措施"))[-1]
    assert last.get("n", last.get("序号")) == int(key.rpartition(".")[2])
    assert sorted(c for c in "注完" if c in added.text) == sorted(c for c in "注完" if c in text)


@pytest.mark.parametrize(
    "text",
    ["lists: {}\n", "memorandum: m\nmeasures: [{n: 1, does: 做}]\n", "{memorandum: m, measures: []}\n"],
)
def test_a_measure_is_not_forced_into_what_cannot_take_it(text: str) -> None:
    """CR583 names the file, and nothing is changed."""
    with pytest.raises(UsageError) as refused:
        with_measure(text, "m.yaml", NewMeasure(), shipped())

    assert [finding.code for finding in refused.value.findings] == ["CR583"]


def test_a_key_that_is_taken_or_cannot_be_one_is_refused() -> None:
    """CR584 and CR585, before anything is written."""
    for key, code in (("a b", "CR584"), ("3x", "CR584"), ("tax-major-violations", "CR585")):
        with pytest.raises(UsageError) as refused:
            memorandum_skeleton(Asked(key), shipped())
        assert [finding.code for finding in refused.value.findings] == [code]


def test_a_catalogue_with_nothing_in_it_gives_no_memorandum() -> None:
    """CR589 says on what to stack it."""
    empty = load_catalogue(FolderSource(Path(__file__).parent / "empty"))

    with pytest.raises(UsageError) as refused:
        memorandum_skeleton(ASKED, empty)

    assert [finding.code for finding in refused.value.findings] == ["CR589"]


def test_a_small_catalogue_gives_a_memorandum_of_its_own_words() -> None:
    """Lists, units and effects are those of whatever catalogue lies below."""
    small = load_with({})

    catalogue = load_with({"memoranda/trial.yaml": memorandum_skeleton(ASKED, small)})

    assert catalogue.memoranda["trial"].lists <= set(small.lists)


@settings(max_examples=many(300), deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp"]), min_size=1).filter(
        str.strip
    )
)
def test_whatever_title_is_given_stands_in_the_skeleton(text: str) -> None:
    """Quotes are added where YAML would read something else."""
    for written in (f"title: {quoted(text)}\n", f"title: {both(text, '')}\n"):
        title = plain(read_yaml(written, "x.yaml"))["title"]
        assert (title["zh"] if isinstance(title, dict) else title) == text


def test_what_is_yaml_already_is_put_in_as_it_is() -> None:
    """Only words are quoted."""
    assert (quoted(Written("{a: 1}")), quoted("{a: 1}"), quoted(3)) == ("{a: 1}", '"{a: 1}"', "3")
