"""The description of the service: complete, with valid examples, and true: nothing it allows fails."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import jsonschema
import pytest

from creditrules.gate.http.description import examples, operations
from creditrules.gate.http.permissions import OPEN, RIGHTS
from tests.support.databases import Databases
from tests.support.service import Served


@pytest.fixture(scope="module")
def described(databases: Databases) -> dict[str, Any]:
    """What the service says of itself."""
    served = Served(databases.store("sqlite"))
    reply = served.client.get("/v1/openapi.json")
    assert reply.status_code == 200
    found: dict[str, Any] = reply.json()
    return found


def _schema(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "components": described["components"]}


def test_every_operation_says_who_may_and_how_it_fails(described: dict[str, Any]) -> None:
    """Token, rights, errors as problems, a summary in both languages, a group."""
    for name, operation in operations(described).items():
        assert any("一" <= letter <= "龥" for letter in operation["summary"]), name
        assert operation["description"]
        assert operation["tags"]
        if name in OPEN:
            assert "security" not in operation
            continue
        assert operation["security"] == [{"token": []}]
        assert "Who may: " in operation["description"]
        assert {"401", "403", "413", "422", "429", "500", "503"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            wanted = "application/json" if status == "200" else "application/problem+json"
            assert set(response["content"]) == {wanted}


def test_every_operation_with_a_token_has_an_example(described: dict[str, Any]) -> None:
    """Of its answer, and of its question where it has a body."""
    assert set(examples()) == set(RIGHTS)
    for name in RIGHTS:
        operation = operations(described)[name]
        assert operation["responses"]["200"]["content"]["application/json"]["example"]
        if "requestBody" in operation:
            assert operation["requestBody"]["content"]["application/json"]["examples"]


@pytest.mark.parametrize("name", RIGHTS)
def test_examples_are_as_the_description_says(described: dict[str, Any], name: str) -> None:
    """Whoever copies one sends what is accepted, and expects what comes."""
    operation = operations(described)[name]
    answer = operation["responses"]["200"]["content"]["application/json"]
    jsonschema.validate(answer["example"], _schema(described, answer["schema"]))
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]
        for example in body["examples"].values():
            jsonschema.validate(example["value"], _schema(described, body["schema"]))


def test_what_is_asked_for_is_described_in_both_languages(described: dict[str, Any]) -> None:
    """The fields of a question say what they mean where their name does not."""
    fields = described["components"]["schemas"]["CheckDoc"]["properties"]

    assert all("。" in field["description"] for field in fields.values())


def test_the_description_names_nobody(described: dict[str, Any]) -> None:
    """Examples are of the invented firm alone, and hold no token."""
    whole = json.dumps(described, ensure_ascii=False)

    assert "crt_" not in whole.replace("crt_…", "")


def _run(served: Served, most: int, headers: dict[str, str]) -> dict[str, int]:
    """Send what the description allows and what it does not; return how often each status came."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = (
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    )
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", served.app)
    statuses: dict[str, int] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            cases = operation.as_strategy(generation_mode=mode)

            @settings(
                max_examples=most,
                database=None,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=cases)
            def ask(case: Any) -> None:
                reply = case.call(headers=headers)
                statuses[str(reply.status_code)] = statuses.get(str(reply.status_code), 0) + 1
                case.validate_response(reply, checks=checks)

            # What takes nothing cannot be asked wrongly.
            with suppress(Unsatisfiable if mode is GenerationMode.NEGATIVE else ()):
                ask()
    return statuses


@pytest.mark.parametrize("who", ["office", "finance"])
def test_nothing_the_description_allows_fails(databases: Databases, who: str) -> None:
    """Schemathesis finds no 500 and no answer other than described; what is wrong is refused."""
    served = Served(databases.store("sqlite"), logs=False)
    statuses = _run(served, 6, {"authorization": f"Bearer {served.tokens[who][0]}"})

    assert {"200", "422"} <= set(statuses)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
@pytest.mark.parametrize("who", ["office", "finance", "fengcheng", "clerk"])
def test_nothing_the_description_allows_fails_at_length(databases: Databases, who: str, backend: str) -> None:
    """The same for every role, on both databases, for longer."""
    served = Served(databases.store(backend), logs=False)
    statuses = _run(served, 150, {"authorization": f"Bearer {served.tokens[who][0]}"})

    assert {"200", "422"} <= set(statuses)
