"""The page of the HTTP interface: from its description (OpenAPI) and the table of rights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from creditrules.gate.http.app import described
from creditrules.gate.http.permissions import RIGHTS, ROLES, Reach
from creditrules.gate.http.problems import STATUS, title

_REACH = {Reach.NOTHING: "–", Reach.OWN: "own", Reach.ALL: "all"}
# Of an answer an example shows no more than fits on a screen.
_LONGEST = 2600


def page() -> str:
    """Return rights, operations and errors."""
    schema = described().openapi()
    parts = ["## Who may do what", _rights(), "## Operations"]
    for tag in schema["tags"]:
        parts += [f"### {tag['name'].capitalize()}", tag["description"]]
        for path, item in schema["paths"].items():
            for method, operation in item.items():
                if tag["name"] in operation["tags"]:
                    parts += _operation(method, path, operation, schema)
    return "\n\n".join([*parts, "## Errors", _errors()])


def _rights() -> str:
    head = f"| operation | {' | '.join(ROLES)} |"
    rows = [
        f"| `{name}` | {' | '.join(_REACH[right.of(role)] for role in ROLES)} |"
        for name, right in RIGHTS.items()
    ]
    return "\n".join([head, "|---" * (len(ROLES) + 1) + "|", *rows])


def _operation(
    method: str, path: str, operation: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[str]:
    yield f"#### {operation['summary']}"
    yield f"`{method.upper()} {path}` · `{operation['operationId']}`"
    yield operation["description"].partition("\n\n")[0]
    fields = [_parameter(each) for each in operation.get("parameters", ())]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        fields += _fields(body["schema"], schema)
    if fields:
        yield "\n".join(["| field | in | must be there | meaning |", "|---|---|---|---|", *fields])
    for example in (body or {}).get("examples", {}).values():
        yield f"{example['summary']}:"
        yield _json(example["value"])
    answer = operation["responses"]["200"]["content"].get("application/json", {}).get("example")
    if answer is not None:
        yield "is answered by"
        yield _json(answer)


def _parameter(said: Mapping[str, Any]) -> str:
    must = "yes" if said.get("required") else ""
    return f"| `{said['name']}` | {said['in']} | {must} | {said.get('description', '')} |"


def _fields(said: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    name = said["$ref"].rpartition("/")[2]
    whole = schema["components"]["schemas"][name]
    return [
        f"| `{field}` | body | {'yes' if field in whole.get('required', ()) else ''} |"
        f" {about.get('description', '')} |"
        for field, about in whole["properties"].items()
    ]


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rpartition("\n")[0] + "\n …"
    return f"```json\n{text}\n```"


def _errors() -> str:
    rows = [
        f"| {status} | {code} | {title(code)['en']} · {title(code)['zh']} |"
        for code, status in sorted(STATUS.items(), key=lambda item: (item[1], item[0]))
    ]
    rows.append(
        "| 422 | any other | a finding about what was sent, such as CR641, CR643 or those of a dossier |"
    )
    return "\n".join(["| status | code | means |", "|---|---|---|", *rows])
