"""Laws of reasons: every action and every absence can be explained, and nobody is given away by it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.decision import Decision, Reason
from creditrules.model.words import Truth
from creditrules.testing.dossiers import NUMBERS
from creditrules.testing.worlds import World
from tests.support.laws import decided, law, lines, parts_of, texts_of


@law
def test_why_names_every_basis_the_listing_and_the_end(world: World) -> None:
    """The reasons of an action say every listing, every basis, what ends it and where to object."""
    decision = decided(world)
    for action in decision.actions:
        tree = decision.why(action)
        kinds = [line.kind for line in lines(tree)]
        said = "\n".join(text.zh for text in texts_of(tree))
        assert tree.truth is Truth.TRUE
        assert {"measure", "listing", "basis", "end", "remedy"} <= set(kinds)
        assert kinds.count("measure") == len(action.parts)
        assert all(str(basis) in said for part in action.parts for basis in part.bases)
        assert all(f"〔{part.listing}〕" in said for part in action.parts)
        assert all(text.zh in said for text in (*action.remedy, *action.ends_by))


@law
def test_why_shows_only_what_holds(world: World) -> None:
    """Every condition shown as the reason of an action is true, and so is the listing it rests on."""
    decision = decided(world)
    for action in decision.actions:
        for measure in decision.why(action).children:
            if measure.kind == "measure":
                assert all(child.truth in (None, Truth.TRUE) for child in measure.children)
                assert any(line.kind == "coverage" for line in lines(measure))


@law
def test_why_not_agrees_with_whether_there_is_an_action(world: World) -> None:
    """Whoever asks why not is told that a unit acts exactly when there is such an action."""
    decision = decided(world)
    acting = {
        (action.unit, f"{part.memorandum}#{part.measure}", action.target)
        for action, part in parts_of(decision)
    }
    opened: dict[tuple[str, str], list[frozenset[str]]] = {}
    for item in decision.undetermined:
        place = (f"{item.memorandum}#{item.measure}", item.target)
        opened.setdefault(place, []).append(frozenset(item.units))
    for (unit, measure, person), reason in _all_why_not(world, decision):
        keys = decision.unit_keys(unit)
        acts = any((key, measure, person) in acting for key in keys)
        assert (reason.truth is Truth.TRUE) == acts
        assert reason.truth is not Truth.UNKNOWN or (measure, person) in opened
        if any(keys & units or not units for units in opened.get((measure, person), [])):
            assert reason.truth is not Truth.FALSE


def _all_why_not(world: World, decision: Decision) -> Iterator[tuple[tuple[str, str, str], Reason]]:
    units = sorted(world.catalogue.units.by_key)[:6]
    measures = [f"{m.key}#{x.key}" for m in world.catalogue.memoranda.values() for x in m.measures][:4]
    for unit in units:
        for measure in measures:
            for person in world.dossier.subjects:
                yield (
                    (unit, measure, person),
                    decision.why_not(unit=unit, measure=measure, person=person),
                )


@law
def test_every_text_is_said_in_both_languages(world: World) -> None:
    """Reasons, open points and what was set aside can be read in Chinese and in English."""
    decision = decided(world)
    texts = [text for action in decision.actions for text in texts_of(decision.why(action))]
    texts += [item.text for item in (*decision.undetermined, *decision.set_aside, *decision.records)]
    texts += [ask.question for item in decision.undetermined for ask in item.asks]

    assert all(text.zh and text.en for text in texts)


@law
def test_numbers_and_names_of_persons_are_masked_everywhere(world: World) -> None:
    """No citizen number and no full name of a natural person is in a decision or in any of its reasons."""
    decision = decided(world)
    natural = {s.id for s in decision.subjects if s.natural}
    names = {s.name for s in world.dossier.subjects.values() if s.id in natural}
    said = repr(decision)
    for action in decision.actions:
        said += "".join(text.zh + text.en for text in texts_of(decision.why(action)))
    for _, reason in _all_why_not(world, decision):
        said += "".join(text.zh + text.en for text in texts_of(reason))

    assert not any(secret in said for secret in {*names, *NUMBERS})
    numbers = [s.id_number for s in decision.subjects if s.natural and s.id_number]
    assert all("*" in number for number in numbers)


@law
def test_a_name_of_an_organisation_is_told_whole(world: World) -> None:
    """Organisations are not masked: who reads a decision must know whom it means."""
    decision = decided(world)

    shown = {s.id: s.name for s in decision.subjects if not s.natural}
    assert all(world.dossier.subjects[key].name == name for key, name in shown.items())


@law
def test_why_finds_an_action_by_number_and_by_key(world: World) -> None:
    """`A1` and the key of the first action mean the same action."""
    decision = decided(world)
    for number, action in enumerate(decision.actions, 1):
        assert decision.action(f"A{number}") == action
        assert decision.action(action.key) == action


@law
def test_a_unit_is_found_by_every_name_of_its_past(world: World) -> None:
    """The actions of a unit are found by the name under which the document wrote it."""
    decision = decided(world)
    for action in decision.actions:
        assert action in decision.for_unit(action.unit)
        assert all(action in decision.for_unit(part.written_unit.split("、")[0]) for part in action.parts)
        assert action.local is None or action in decision.for_unit(action.local)


@law
def test_a_decision_without_its_reasons_is_equal(world: World) -> None:
    """Reasons are made when asked for and are no part of what is decided."""
    decision = decided(world)

    assert evolve(decision, explainer=None) == decision
