"""`creditrules decide`, from a dossier to what people and programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from .conftest import DAY, KNOWN, LINE, OPEN, SMALL, Run, process

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "decision.schema.json").read_text("utf-8"))


def _json(run: Run, *arguments: str) -> dict[str, object]:
    result = run("decide", *arguments, "--on", DAY, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    Draft202012Validator(SCHEMA).validate(data)
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("engine", ["checked", "durable", "indexed", "reference"])
def test_every_engine_gives_the_same_actions(run: Run, engine: str) -> None:
    """The answer is as the schema says and names the engine that gave it."""
    data = _json(run, "known.yaml", "--engine", engine)
    base = _json(run, "known.yaml", "--engine", "reference")

    assert data["engine"] == engine
    assert data["actions"] == base["actions"]
    assert len(data["actions"]) > 0  # type: ignore[arg-type]


def test_the_same_call_gives_the_same_bytes(folder: Path) -> None:
    """Two processes with different hash seeds write the same JSON."""
    given = ("decide", "known.yaml", "--on", DAY, "--catalogue", SMALL, "--format", "json", "--reasons")
    once = process(*given, folder=folder, PYTHONHASHSEED="1")

    assert once.returncode == 0
    assert process(*given, folder=folder, PYTHONHASHSEED="2").stdout == once.stdout


def test_reasons_come_when_asked_for(run: Run) -> None:
    """`--reasons` adds the tree of each action, in every form."""
    data = _json(run, "known.yaml", "--reasons")
    for form in ("table", "markdown"):
        plain = run("decide", "known.yaml", "--on", DAY, "--format", form)
        whole = run("decide", "known.yaml", "--on", DAY, "--format", form, "--reasons")

        assert whole.stdout.startswith(plain.stdout)
        assert "✓" in whole.stdout[len(plain.stdout) :]
    assert all(action["reasons"]["children"] for action in data["actions"])  # type: ignore[attr-defined]


def test_one_unit_alone(run: Run) -> None:
    """`--unit` takes any of the unit's names, a local one too, and keeps the numbers of the actions."""
    everything = _json(run, "known.yaml")["actions"]
    for name in ("公安部", "police", "丹东市公安局"):
        found = _json(run, "known.yaml", "--unit", name)["actions"]

        assert found == [a for a in everything if a["unit"] == "police"]  # type: ignore[attr-defined]
        assert found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_people_read_the_question_that_is_open(run: Run, lang: str, form: str) -> None:
    """A missing fact is asked for in the reader's language, and no name of a person is in full."""
    text = run("decide", "open.yaml", "--on", DAY, "--format", form, "--lang", lang).stdout

    assert {"zh": "是否欠税？", "en": "Is tax unpaid?"}[lang] in text
    assert "\x1b" not in text
    assert "王虚构" not in text


def test_a_dossier_comes_from_standard_input(run: Run) -> None:
    """`-` reads YAML or JSON from standard input, with or without a byte order mark."""
    for data in (KNOWN.encode(), b"\xef\xbb\xbf" + LINE.encode()):
        result = run("decide", "-", "--on", DAY, "--format", "json", stdin=data)

        assert result.exit_code == 0
        assert json.loads(result.stdout)["actions"]


def test_a_day_of_knowledge_leaves_out_what_was_recorded_later(run: Run, folder: Path) -> None:
    """`--known` is passed on."""
    late = KNOWN.replace(
        "{tax.arrears_unsecured: true}",
        "{tax.arrears_unsecured: {value: true, recorded: 2018-12-10}}",
    )
    (folder / "late.yaml").write_text(late, "utf-8")

    assert _json(run, "late.yaml", "--known", "2018-12-15")["actions"]
    assert _json(run, "late.yaml", "--known", "2018-12-01")["actions"] == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\x00\xff\xfe\x01",
        "名".encode("gbk"),
        b"[1, 2]",
        b"{",
        b"subjects: 3",
        b"%PDF-1.4\n%\xe2\xe3",
    ],
)
@pytest.mark.parametrize("way", ["file", "stdin"])
def test_what_is_no_dossier_is_a_finding(run: Run, folder: Path, data: bytes, way: str) -> None:
    """Empty, binary or malformed input gives findings with their place and exit code 1."""
    (folder / "odd.yaml").write_bytes(data)
    given = "odd.yaml" if way == "file" else "-"
    result = run("decide", given, "--on", DAY, stdin=data if way == "stdin" else None)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert ": CR" in result.stderr


def test_a_citizen_number_in_the_wrong_place_is_not_shown(run: Run, folder: Path) -> None:
    """A number that the reader refuses is hidden in the finding about it."""
    number = "210602199001011239"
    (folder / "odd.yaml").write_text(KNOWN.replace("id: wang", f"id: '{number}'"), "utf-8")
    result = run("decide", "odd.yaml", "--on", DAY)

    assert result.exit_code == 1
    assert number not in result.output
    assert "19900101" not in result.output


def test_a_file_that_may_not_be_read_is_a_usage_error(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No permission is said like no file."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    result = run("decide", "known.yaml", "--on", DAY)

    assert result.exit_code == 2
    assert result.stderr.startswith("CR558")


def test_a_stream_gives_one_line_a_line(run: Run, folder: Path) -> None:
    """Good lines are decided, bad ones give their findings in their place, and the code tells of them."""
    bad = '{"subjects": 3}'
    lines = [LINE, bad, "", LINE, "{", LINE]
    (folder / "many.jsonl").write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\n")
    result = run("decide", "many.jsonl", "--on", DAY)
    data = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 1
    assert [d.get("line") for d in data] == [None, 2, None, 5, None, 7]
    assert [{f["line"] for f in d["findings"]} for d in data if "line" in d] == [{2}, {5}, {7}]
    assert [f["file"] for f in data[1]["findings"]] == ["many.jsonl"] * len(data[1]["findings"])
    assert data[0] == data[2] == data[4]


def test_a_stream_that_is_fine_ends_with_zero(run: Run) -> None:
    """Lines from standard input need `--stream`; each answer is the one the dossier alone would get."""
    result = run("decide", "-", "--stream", "--on", DAY, stdin=f"{LINE}\n\n{LINE}")
    alone = run("decide", "-", "--format", "json", "--on", DAY, stdin=LINE)

    assert result.exit_code == 0
    assert result.stdout == alone.stdout * 2


def test_an_empty_stream_is_fine(run: Run) -> None:
    """Nothing in, nothing out."""
    result = run("decide", "-", "--stream", "--on", DAY, stdin="")

    assert (result.exit_code, result.output) == (0, "")


def test_the_open_dossier_differs_only_in_the_fact() -> None:
    """INVARIANT of these tests: the two dossiers are one but for the fact that is left out."""
    assert OPEN != KNOWN
    assert "tax.arrears_unsecured" not in OPEN
