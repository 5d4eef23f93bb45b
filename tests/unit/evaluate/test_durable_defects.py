"""What durable-rules 2.0.28 does wrong, and why none of it can happen in the durable engine.

One test or more a defect, in the numbering that the comments of `evaluate/durable.py` use. A few tests let
the package show its defect where that does not end the process, so that a version that behaves is noticed.
"""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from typing import Any

import durable_rules_engine as core
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditrules.errors import EngineError
from creditrules.evaluate import durable
from creditrules.evaluate.durable import DurableEngine
from creditrules.evaluate.durable_plan import Plan, make_plan
from creditrules.evaluate.rule_texts import MOST_PROPERTIES, MOST_RULES, RESERVED, make_names
from creditrules.evaluate.symbols import UNKNOWN_ABOVE, UNKNOWN_BELOW, distinct, name_hash
from creditrules.model.condition import ALWAYS, All, Condition, Not, Op, Some, Test, Value
from creditrules.model.rulebook import Rulebook
from tests.support.effort import many
from tests.support.guards import SPAN, candidates_of, conditions, meaning, rows, rulebook_of

ENGINE = DurableEngine()
YES = Test("b", Op.IS, True)
COMPARISONS = {"$gte", "$lte", "$neq"}
QUIET: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def _plan(rulebook: Rulebook) -> Plan:
    return make_plan(rulebook, candidates_of(rulebook).fields)


def _definitions(plan: Plan) -> list[dict[str, Any]]:
    return [json.loads(r.definition) for each in plan.lists.values() for r in each.rulesets]


def _asked(definition: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the comparisons of each rule, after checking the shape around them."""
    asked = []
    for rule in definition.values():
        assert list(rule) == ["all"]
        (pattern,) = rule["all"]
        assert list(pattern) == ["m"]
        assert list(pattern["m"]) == ["$and"]
        asked.append(pattern["m"]["$and"])
    return asked


def _calls() -> set[str]:
    """Return the names of the functions of durable-rules that the engine uses."""
    tree = ast.parse(inspect.getsource(durable))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "core"
    }


@settings(max_examples=many(150), **QUIET)
@given(st.lists(conditions(), min_size=1, max_size=6))
def test_1_5_16_21_no_rule_holds_a_join_an_or_or_anything_nested(guards: list[Condition]) -> None:
    """A rule is one pattern: a plain list of comparisons of one property with one whole number."""
    for definition in _definitions(_plan(rulebook_of(*guards))):
        for comparisons in _asked(definition):
            for comparison in comparisons:
                ((key, value),) = comparison.items()
                inner = value if key in COMPARISONS else comparison
                assert len(inner) == 1
                assert all(type(number) is int for number in inner.values())
                assert key in COMPARISONS or not key.startswith("$")


def test_2_no_node_has_more_first_conditions_than_its_table_holds() -> None:
    """Six hundred guards that differ in their first condition are split long before the 512 that hang."""
    rulebook = rulebook_of(*(Test("n", Op.IS, n) for n in range(600)))

    for definition in _definitions(_plan(rulebook)):
        assert len({json.dumps(comparisons[0]) for comparisons in _asked(definition)}) <= MOST_RULES
    assert ENGINE.hits(rulebook, candidates_of(rulebook, {"n": 599})) == [(599, 0, 2)]


def test_3_15_facts_are_never_asserted_in_batches() -> None:
    """An empty batch ends the process, an unhandled fact in one leaks into the next call: there is none."""
    assert _calls() == {
        "assert_fact",
        "complete_and_start_action",
        "create_ruleset",
        "delete_ruleset",
        "delete_state",
        "error",
        "get_state",
        "retract_fact",
        "start_action_for_state",
    }


@pytest.mark.parametrize("condition", [ALWAYS, All((ALWAYS, ALWAYS)), Not(Some(()))])
def test_4_a_rule_that_asks_nothing_has_no_empty_and(condition: Condition) -> None:
    """An empty `$and` hangs; a guard without tests asks for what every fact has."""
    rulebook = rulebook_of(condition)

    for definition in _definitions(_plan(rulebook)):
        assert all(_asked(definition))
    assert ENGINE.hits(rulebook, candidates_of(rulebook, {})) == [(0, 0, 2)]


@settings(max_examples=many(100), **QUIET)
@given(st.lists(conditions(), min_size=1, max_size=4), rows())
def test_6_16_22_23_facts_are_flat_whole_numbers_under_one_id(
    guards: list[Condition], known: dict[str, Value | None]
) -> None:
    """A fact has the constant id and session, no other text, no nesting, and fewer than 252 properties."""
    rulebook = rulebook_of(*guards)
    (row,) = candidates_of(rulebook, known).rows

    for definition in _definitions(plan := _plan(rulebook)):
        for comparisons in _asked(definition):
            assert not {"id", "sid"} & {name for c in comparisons for name in json.dumps(c).split('"')}
    for _, text in plan.facts(row):
        fact = json.loads(text)
        assert (fact.pop("id"), fact.pop("sid")) == ("1", "1")
        assert all(type(value) is int for value in fact.values())
        assert all(UNKNOWN_BELOW <= value <= UNKNOWN_ABOVE for value in fact.values())
        assert len(fact) < 252


def test_7_a_host_serves_one_caller_at_a_time() -> None:
    """Two callers of one rulebook get two hosts; what is given back is used again."""
    plan = _plan(rulebook_of(YES))
    shelf = durable._Shelf()

    first, second = shelf.take(plan), shelf.take(plan)
    shelf.give_back(first)

    assert first is not second
    assert shelf.take(plan) is first


def test_8_9_10_no_function_of_ours_is_ever_called_by_durable_rules() -> None:
    """There are no actions: a definition holds no `run`, and no callback is registered."""
    rulebook = rulebook_of(YES, ALWAYS)

    assert all("run" not in rule for d in _definitions(_plan(rulebook)) for rule in d.values())
    assert not {name for name in _calls() if "callback" in name}


def test_10_a_stored_exception_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state of the session is looked at in every round, and anything in it is raised."""
    rulebook = rulebook_of(YES)
    answers = core.start_action_for_state

    def swallowed(handle: int, session: int) -> tuple[str, str]:
        _, message = answers(handle, session)
        return '{"sid":"1","id":"sid-1","$s":1,"exception":"exception caught boom"}', message

    monkeypatch.setattr(core, "start_action_for_state", swallowed)
    with pytest.raises(EngineError) as caught:
        ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True}))

    assert [f.code for f in caught.value.findings] == ["CR505"]
    assert "boom" in caught.value.findings[0].words["seen"]


def test_11_names_with_one_hash_are_never_both_used() -> None:
    """The pair durable-rules takes for one property is told apart before it is asked."""
    assert name_hash("pijp3tw243") == name_hash("pmypz73vb0")
    assert list(distinct(["pijp3tw243", "pmypz73vb0", "other"])) == ["pijp3tw243", "other"]
    assert list(distinct(["pmypz73vb0", "other"], taken=["pijp3tw243"])) == ["other"]


def test_11_the_hash_is_the_one_durable_rules_uses() -> None:
    """To the package the pair is one property: a rule on the one fires for a fact with the other."""
    handle = core.create_ruleset("hash", '{"r": {"all": [{"m": {"$and": [{"pijp3tw243": 1}]}}]}}')

    code, _ = core.assert_fact(handle, '{"id":"1","sid":"1","pmypz73vb0":1}')

    assert code == 0
    # The constants in its source, read off 2.0.28.
    assert {name_hash("all"), name_hash("$and"), name_hash("$forward")} == {321211332, 3746487396, 739185624}
    assert (name_hash("id"), name_hash("sid")) == (926444256, 3593476751)


def test_11_no_name_of_a_rulebook_has_the_hash_of_another_or_of_a_word_of_the_package() -> None:
    """Thousands of columns get names that durable-rules can tell apart."""
    names = make_names(5000)
    every = [*names.low, *names.high, names.is_open, names.always]

    assert len({name_hash(name) for name in (*every, *RESERVED)}) == len(every) + len(set(RESERVED))


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("x", ["x" * 65537, "X", "x "]),
        ("x" * (65536 + 10) + "a", ["x" * (65536 + 10) + "b", "x" * 10]),
        ("Li", ["Li Wei", "Li!", "Li\x00", '"Li"']),
        ('a"b', ["a.b", "a\\b", 'a\\"b']),
        ("\ud800", ["\ud801", "?", "�"]),
        ("pijp3tw243", ["pmypz73vb0"]),
        ("5", ["5.0", " 5", "05"]),
        ("丹东", ["丹", "丹东市"]),
    ],
)
def test_12_13_a_text_equals_itself_and_nothing_else(text: str, others: list[str]) -> None:
    """Lengths, prefixes, quotes, escapes and surrogates never reach durable-rules: texts are symbols."""
    rulebook = rulebook_of(Test("w", Op.IS, text), Not(Test("w", Op.IS, text)))
    candidates = candidates_of(rulebook, {"w": text}, *({"w": other} for other in others))

    expected = [(0, 0, 2), *((1, n, 2) for n in range(1, len(others) + 1))]
    assert ENGINE.hits(rulebook, candidates) == expected


def test_13_texts_are_ordered_as_python_orders_them() -> None:
    """A prefix comes before what it begins, whatever character follows."""
    rulebook = rulebook_of(Test("t", Op.LESS_THAN, "Li Wei"), Test("t", Op.LESS_THAN, "Li"))
    candidates = candidates_of(rulebook, {"t": "Li"}, {"t": "Li!"}, {"t": "L"})

    assert ENGINE.hits(rulebook, candidates) == [(0, 0, 2), (0, 2, 2), (1, 2, 2)]


def test_14_the_greatest_numbers_are_told_apart() -> None:
    """Within 2**53 every whole number is itself, at both ends."""
    top = 2**53
    tests = (Test("n", Op.IS, top), Test("n", Op.MORE_THAN, top - 1), Test("n", Op.IS, -top))
    rulebook = rulebook_of(*tests)
    candidates = candidates_of(rulebook, {"n": top}, {"n": top - 1}, {"n": -top})

    assert ENGINE.hits(rulebook, candidates) == [(0, 0, 2), (1, 0, 2), (2, 2, 2)]


@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1, 2**63, 2**64])
def test_14_a_number_beyond_that_is_refused(number: int) -> None:
    """What durable-rules would saturate is an error, in a condition and in a dossier."""
    in_rule = rulebook_of(Test("n", Op.AT_LEAST, number))
    with pytest.raises(EngineError) as refused_rule:
        ENGINE.hits(in_rule, candidates_of(in_rule, {"n": 1}))
    in_row = rulebook_of(Test("n", Op.AT_LEAST, 1))
    with pytest.raises(EngineError) as refused_row:
        ENGINE.hits(in_row, candidates_of(in_row, {"n": number}))

    (about_rule,), (about_row,) = refused_rule.value.findings, refused_row.value.findings
    assert (about_rule.code, about_rule.span, about_rule.words["rules"]) == ("CR501", SPAN, "invented/0")
    assert (about_row.code, about_row.words["path"]) == ("CR502", "n")


@pytest.mark.parametrize("value", [1.0, float("nan"), "1", None.__class__])
def test_14_what_is_no_number_is_not_compared_with_one(value: Any) -> None:
    """A fraction, a text or anything else under a number's field is an error, not a guess."""
    rulebook = rulebook_of(Test("n", Op.AT_LEAST, 1))

    with pytest.raises(EngineError) as refused:
        ENGINE.hits(rulebook, candidates_of(rulebook, {"n": value}))

    assert refused.value.findings[0].code == "CR502"


def test_14_a_field_that_is_compared_with_two_kinds_is_refused() -> None:
    """To durable-rules `'5' == 5`; here the conditions that mix kinds are named."""
    rulebook = rulebook_of(Test("x", Op.IS, 5), Test("x", Op.IS, "5"), YES)

    with pytest.raises(EngineError) as refused:
        ENGINE.hits(rulebook, candidates_of(rulebook))

    assert [(f.code, f.words["rules"]) for f in refused.value.findings] == [
        ("CR503", "invented/0"),
        ("CR503", "invented/1"),
    ]


def test_15_a_failed_round_leaves_nothing_for_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact that was left in a session by a failure is not met by the next caller."""
    rulebook = rulebook_of(YES, Not(YES))
    held = candidates_of(rulebook, {"b": True})
    ENGINE.hits(rulebook, held)
    with monkeypatch.context() as broken:
        broken.setattr(core, "complete_and_start_action", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            ENGINE.hits(rulebook, held)

    assert ENGINE.hits(rulebook, candidates_of(rulebook, {"b": False})) == [(1, 0, 2)]


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


@settings(max_examples=many(50), **QUIET)
@given(st.lists(conditions(), min_size=1, max_size=6))
def test_17_no_rule_has_a_priority_and_the_last_one_always_fires(guards: list[Condition]) -> None:
    """Rules fire in written order; the last asks only for what every fact has."""
    plan = _plan(rulebook_of(*guards))
    names = make_names(len(plan._columns.columns))

    for definition in _definitions(plan):
        assert list(definition) == [str(n) for n in range(len(definition))]
        (last,) = _asked(definition)[-1]
        assert list(last.values()) == [1]
        assert not {key for rule in definition.values() for key in rule} & {"pri", "count", "cap", "dist"}
    assert names.always not in {*names.low, *names.high, names.is_open}


def test_18_one_session_serves_more_callers_than_the_package_has_sessions() -> None:
    """The 1024th session would be an error; three thousand candidates need one."""
    rulebook = rulebook_of(YES, Not(YES))
    candidates = candidates_of(rulebook, *({"b": n % 3 == 0} for n in range(3000)))

    assert ENGINE.hits(rulebook, candidates) == meaning(rulebook, candidates)


@pytest.mark.parametrize("guards", [65, 130, 300])
def test_19_more_than_sixty_four_conditions_may_hold_at_once(guards: int) -> None:
    """One candidate that meets every guard of a long list meets every one, once."""
    rulebook = rulebook_of(*(Test("n", Op.AT_LEAST, n) for n in range(guards)))
    candidates = candidates_of(rulebook, {"n": guards}, {"n": 0}, {})

    assert ENGINE.hits(rulebook, candidates) == meaning(rulebook, candidates)
    assert len([hit for hit in ENGINE.hits(rulebook, candidates) if hit[1] == 0]) == guards
    assert max(len(definition) for definition in _definitions(_plan(rulebook))) == 60


def test_19_the_package_still_drops_such_a_fact() -> None:
    """Sixty-five rules of one ruleset that hold at once are error 303: the limit of sixty is needed."""
    rules = {f"r{n}": {"all": [{"m": {"$and": [{"$gte": {"n": n}}]}}]} for n in range(65)}
    handle = core.create_ruleset("stack", json.dumps(rules))

    with pytest.raises(core.error, match="303"):
        core.assert_fact(handle, '{"id":"1","sid":"1","n":100}')


def test_20_guards_that_end_in_one_condition_are_split() -> None:
    """Three hundred guards with one and the same condition are all met."""
    rulebook = rulebook_of(*(YES for _ in range(300)))

    assert all(len(definition) <= MOST_RULES for definition in _definitions(_plan(rulebook)))
    assert len(ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True}))) == 300


def test_21_a_condition_of_a_hundred_tests_is_matched() -> None:
    """Depth and length of a condition meet no limit: a rule is a flat list."""
    deep: Condition = YES
    for n in range(90):
        deep = Not(Not(All((deep, Test(f"n{n}", Op.AT_LEAST, n)))))
    rulebook = rulebook_of(deep)
    known: dict[str, Value | None] = {"b": True, **{f"n{n}": n for n in range(90)}}
    candidates = candidates_of(rulebook, known, {**known, "n50": 49}, {**known, "n50": None})

    assert ENGINE.hits(rulebook, candidates) == [(0, 0, 2), (0, 2, 1)]


def test_22_many_fields_are_spread_over_rulesets() -> None:
    """Four hundred fields of one list make no fact of more properties than the package takes."""
    rulebook = rulebook_of(*(Test(f"n{n}", Op.IS, n) for n in range(400)))
    candidates = candidates_of(rulebook, {f"n{n}": n for n in range(0, 400, 2)})

    assert ENGINE.hits(rulebook, candidates) == meaning(rulebook, candidates)
    plan = _plan(rulebook)
    for _, fact in plan.facts(candidates.rows[0]):
        assert len(json.loads(fact)) <= MOST_PROPERTIES + 3


def test_22_wide_conditions_are_spread_over_rulesets() -> None:
    """Ten conditions of sixty fields each are loaded one by one, and each is met."""
    wide = [All(tuple(Not(Test(f"n{g}.{n}", Op.AT_LEAST, 9)) for n in range(60))) for g in range(10)]
    rulebook = rulebook_of(*wide)
    known: dict[str, Value | None] = {f"n{g}.{n}": n % 9 for g in range(10) for n in range(60)}
    candidates = candidates_of(rulebook, known, {**known, "n3.7": None}, {**known, "n4.7": 9})

    assert ENGINE.hits(rulebook, candidates) == meaning(rulebook, candidates)
    assert all(len(json.loads(fact)) < 252 for _, fact in _plan(rulebook).facts(candidates.rows[0]))


def test_22_a_condition_with_too_many_fields_is_refused_by_name() -> None:
    """What does not fit into one fact is a finding at the measure."""
    tests = tuple(Not(Test(f"n{n}", Op.AT_LEAST, n)) for n in range(250))
    rulebook = rulebook_of(YES, All(tests))

    with pytest.raises(EngineError) as refused:
        ENGINE.hits(rulebook, candidates_of(rulebook))

    (finding,) = refused.value.findings
    assert (finding.code, finding.span, finding.words["rules"]) == ("CR506", SPAN, "invented/1")


def test_23_a_candidate_that_meets_nothing_is_no_error() -> None:
    """The package would raise for a fact no rule looks at; the last rule looks at every fact."""
    rulebook = rulebook_of(YES)

    assert ENGINE.hits(rulebook, candidates_of(rulebook, {"b": False})) == []


def test_24_an_error_of_the_package_is_a_finding_about_the_rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare number becomes a finding that names the rulebook and the day, and keeps the number."""
    rulebook = rulebook_of(YES)

    def fail(*_: Any) -> None:
        raise core.error("Could not assert fact, error code: 303")

    monkeypatch.setattr(core, "assert_fact", fail)
    with pytest.raises(EngineError) as caught:
        ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True}))

    (finding,) = caught.value.findings
    assert (finding.code, finding.words["rulebook"], finding.words["day"]) == (
        "CR504",
        rulebook.key,
        "2018-12-20",
    )
    assert "303" in finding.what("en")
    assert "303" in finding.what("zh")


def test_25_rulesets_that_are_no_longer_kept_are_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of fifty rulebooks all but the last few are deleted from durable-rules, session first."""
    shelf = durable._Shelf()
    monkeypatch.setattr(durable, "_shelf", shelf)
    freed: list[tuple[str, int]] = []
    _record(monkeypatch, "delete_state", freed)
    _record(monkeypatch, "delete_ruleset", freed)
    for _ in range(50):
        rulebook = rulebook_of(YES)
        ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True}))

    assert len(shelf._idle) == len(shelf._plans) == durable.KEPT
    assert [name for name, _ in freed] == ["delete_state", "delete_ruleset"] * (50 - durable.KEPT)


def _record(monkeypatch: pytest.MonkeyPatch, name: str, calls: list[tuple[str, int]]) -> None:
    original = getattr(core, name)

    def recorded(handle: int, *rest: Any) -> Any:
        calls.append((name, handle))
        return original(handle, *rest)

    monkeypatch.setattr(core, name, recorded)


def test_25_a_list_that_was_loaded_but_never_asked_is_freed_too() -> None:
    """Closing a host whose session never began is no error."""
    host = durable._Host(plan := _plan(rulebook_of(YES)))
    for ruleset in plan.of_list("a").rulesets:
        host._loaded[ruleset] = core.create_ruleset("unused", ruleset.definition)

    host.close()

    assert host._loaded == {}


def test_26_loading_changes_no_definition() -> None:
    """A plan is loaded by many hosts: its texts are the same afterwards."""
    rulebook = rulebook_of(YES, Test("n", Op.IS, 5))
    candidates = candidates_of(rulebook, {"b": True, "n": 5})
    plan = durable._shelf.plan(rulebook, candidates.fields)
    before = _definitions(plan)
    for _ in range(3):
        durable._Host(plan).hits(plan.facts(candidates.rows[0]))

    assert _definitions(plan) == before


def test_27_28_no_thread_is_started_and_the_python_half_is_not_imported() -> None:
    """Matching starts no thread, and nothing of the package but its C core is loaded."""
    program = """
import sys, threading, warnings
warnings.simplefilter("error")
from tests.support.guards import *
from creditrules.evaluate.durable import DurableEngine
rulebook = rulebook_of(Test("b", Op.IS, True))
before = threading.enumerate()
assert DurableEngine().hits(rulebook, candidates_of(rulebook, {"b": True})) == [(0, 0, 2)]
assert threading.enumerate() == before
assert not [name for name in sys.modules if name == "durable" or name.startswith("durable.")]
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ran.stderr == ""
    assert ran.returncode == 0
