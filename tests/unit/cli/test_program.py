"""The program as a whole: its language, its help, and how it ends."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from creditrules import __version__
from creditrules.cli import main
from creditrules.cli._state import State, language
from creditrules.deliver.words import word_table
from creditrules.errors import EngineError, Finding, Span, finding_texts

from .conftest import DAY, LINE, SMALL, SOURCE, Run, process

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize(
    ("arguments", "environment", "spoken"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "C", "LC_MESSAGES": "zh_TW"}, "zh"),
        ([], {"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        (["decide", "--lang", "zh"], {"LANG": "C"}, "zh"),
        (["--lang=en", "decide"], {"LANG": "zh_CN"}, "en"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(
    arguments: list[str], environment: dict[str, str], spoken: str
) -> None:
    """`--lang` wins over LC_ALL over LC_MESSAGES over LANG; all but Chinese is English."""
    assert language(arguments, environment) == spoken


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(run: Run, name: str) -> None:
    """Help names every option with words of the table; the Chinese one is Chinese."""
    for lang in ("zh", "en"):
        result = run(name, "--help", "--lang", lang, small=False)

        assert result.exit_code == 0
        assert ("用法" in result.output) == (lang == "zh")
    command = main.get_command(click.Context(main), name)
    assert command is not None
    for key in (f"cli.{name}.about", f"cli.{name}.short"):
        assert key in word_table()
    for parameter in command.params:
        assert {f"cli.{name}.{parameter.name}", f"cli.option.{parameter.name}"} & set(word_table()), parameter


def test_commands_are_the_modules_of_the_package() -> None:
    """Each command has a file of its own, under its own name."""
    assert {"decide", "why", "why-not", "check", "show", "explain"} <= set(COMMANDS)
    for name in COMMANDS:
        module = importlib.import_module(f"creditrules.cli.{name.replace('-', '_')}")
        assert module.command.name == name


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    """No command is a usage error that shows what there is."""
    result = run()

    assert result.exit_code == 2
    assert all(name in result.output for name in COMMANDS)


def test_the_version_is_that_of_the_package(run: Run) -> None:
    """`--version` says which library decides."""
    assert run("--version").output == f"creditrules {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "near"),
    [
        (["decid"], "CR551", "decide"),
        (["decide", "known.yaml", "--onn", DAY], "CR550", "--on"),
        (["decide", "known.yaml"], "CR552", "--on"),
        (["decide", "--on", DAY], "CR552", "DOSSIER"),
        (["decide", "known.yaml", "--on"], "CR553", "--on"),
        (["decide", "known.yaml", "--on", "2018-02-30"], "CR554", "2018-12-20"),
        (["decide", "known.yaml", "--on", "20181220"], "CR554", "2018-12-20"),
        (["decide", "known.yaml", "--on", "2018-W51-4"], "CR554", "2018-12-20"),
        (["decide", "known.yaml", "--on", DAY, "--known", "yesterday"], "CR554", "--known"),
        (["decide", "known.yaml", "--on", DAY, "--format", "jsn"], "CR556", "json"),
        (["decide", "known.yaml", "--on", DAY, "--engine", "fast"], "CR531", "reference"),
        (["decide", "known.yaml", "--on", DAY, "--lang", "fr"], "CR556", "zh"),
        (["decide", "nowhere.yaml", "--on", DAY], "CR557", "path"),
        (["decide", ".", "--on", DAY], "CR558", "folder"),
        (["decide", "known.yaml", "--on", DAY, "--catalogue", "nowhere"], "CR557", "default"),
        (["decide", "known.yaml", "--on", DAY, "--unit", "公安布"], "CR532", "公安部"),
        (["why", "known.yaml", "--on", DAY, "A99"], "CR560", "A1"),
        (["show", "taxx"], "CR561", "tax"),
        (["explain", "CR9999"], "CR564", "explain"),
        (["explain", "CR104", "CR105"], "CR565", "CR105"),
        (["check", "nowhere"], "CR557", "nowhere"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_command_line_is_a_finding(
    run: Run, arguments: list[str], code: str, near: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be understood is said with code, place and what to do, on stderr, with exit code 2."""
    monkeypatch.setenv("LANG", {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}[lang])
    result = run(*arguments, small=arguments[-1] != "--on")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"{code} ")
    assert near in result.stderr or lang == "zh"


def test_carets_stand_below_the_word_that_is_meant(run: Run) -> None:
    """The finding about a word shows the command line with that word marked."""
    lines = run("decide", "known.yaml", "--on", "2018-02-30", small=False).stderr.split("\n")

    assert lines[2] == " | creditrules decide known.yaml --on 2018-02-30"
    assert lines[3] == " |                                    ^^^^^^^^^^"


def test_every_code_of_the_command_line_has_its_page() -> None:
    """A code that the program uses can be explained."""
    folder = Path(SOURCE) / "creditrules" / "cli"
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    used = {word.strip('"(,') for word in text.split('"') if word.startswith("CR") and word[2:].isdigit()}

    assert {f"CR{n}" for n in range(550, 566)} - used <= {"CR562"}
    assert used <= set(finding_texts())


def test_a_fault_of_the_program_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception says where it was raised and nothing of the input, with exit code 3."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("21060219900101123X")

    monkeypatch.setattr("creditrules.load_catalogue", fail)
    result = run("decide", "known.yaml", "--on", DAY)

    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "please report" in result.stderr
    assert "1990" not in result.stderr


def test_a_traceback_is_there_for_those_who_ask(folder: Path) -> None:
    """CREDITRULES_DEBUG=1 shows where the fault lies, and nothing else changes."""
    program = (
        "import creditrules, creditrules.cli as c\n"
        "def f(*a): raise ValueError('broken')\n"
        "creditrules.load_catalogue = f\n"
        "c.main(['show'])"
    )
    ended = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": SOURCE, "CREDITRULES_DEBUG": debug},
            check=False,
        )
        for debug in ("0", "1")
    ]

    assert [e.returncode for e in ended] == [3, 3]
    assert [b"Traceback" in e.stderr for e in ended] == [False, True]
    assert (
        list(folder.iterdir()) == [folder / "known.yaml", folder / "open.yaml"]
        or len(list(folder.iterdir())) == 2
    )


def test_engines_that_disagree_are_never_the_callers_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disagreement is shown as a finding and ends with the code of an internal error."""

    def disagree(*_: object, **__: object) -> None:
        raise EngineError([Finding("CR530", Span("rulebook"), {"first": "durable"})])

    monkeypatch.setattr("creditrules.decide", disagree)
    result = run("decide", "known.yaml", "--on", DAY)

    assert result.exit_code == 3
    assert "CR530" in result.stderr


def test_findings_are_json_for_whoever_reads_json(run: Run) -> None:
    """With `--format json` what goes wrong is JSON as well."""
    result = run("decide", "nowhere.yaml", "--format", "json", "--on", DAY)

    assert result.stderr.startswith('{"findings":[{"code":"CR557"')


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    """When the pipe is closed the program stops in silence."""
    (folder / "many.jsonl").write_text(f"{LINE}\n" * 300, "utf-8")
    command = [sys.executable, "-m", "creditrules", "decide", "many.jsonl"]
    with subprocess.Popen(
        [*command, "--on", DAY, "--catalogue", SMALL, "--engine", "indexed"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCE},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        said = running.stderr.read()
        ended = running.wait(60)

    assert said == b""
    assert ended == 0


def test_json_is_utf8_whatever_the_locale(folder: Path) -> None:
    """A terminal of another encoding does not change the bytes of the JSON, and tables do not fail on it."""
    given = ("decide", "known.yaml", "--on", DAY, "--catalogue", SMALL, "--engine", "indexed")
    plain = process(*given, "--format", "json", folder=folder, PYTHONIOENCODING="ascii")
    table = process(*given, folder=folder, PYTHONIOENCODING="gbk", LANG="zh_CN.GBK")

    assert "丹东丰源虚构贸易有限公司" in plain.stdout.decode("utf-8")
    assert table.returncode == 0
    assert "丹东丰源虚构贸易" in table.stdout.decode("gbk")


def test_the_program_does_not_load_what_a_command_does_not_need(folder: Path) -> None:
    """Rich is not imported to write JSON, nor structlog, nor durable-rules for another engine."""
    program = (
        "import sys\n"
        "from creditrules.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'rich', 'structlog', 'durable', 'durable_rules_engine'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    ended = subprocess.run(
        [
            *(sys.executable, "-c", program, "decide", "known.yaml", "--on", DAY),
            *("--format", "json", "--engine", "indexed", "--catalogue", SMALL),
        ],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCE},
        check=False,
    )

    assert ended.stdout.startswith(b'{"actions"')
    assert ended.stderr.decode().strip() == "[]"


def test_the_time_of_each_step_is_logged_when_asked_for(folder: Path) -> None:
    """`--verbose` writes to stderr only."""
    given = (
        "decide",
        "known.yaml",
        "--on",
        DAY,
        "--catalogue",
        SMALL,
        "--engine",
        "indexed",
        "--format",
        "json",
    )
    quiet, loud = process(*given, folder=folder), process(*given, "--verbose", folder=folder)

    assert quiet.stderr == b""
    assert loud.stdout == quiet.stdout
    assert [line.split(b" ms=")[0] for line in loud.stderr.splitlines()] == [
        b"event='load catalogue'",
        b"event='make rulebook'",
        b"event='read dossier'",
        b"event='decide'",
        b"event='deliver'",
    ]


def test_the_worst_code_wins() -> None:
    """A later success does not hide an earlier finding."""
    state = State("en")
    for code in (1, 0, 3, 1):
        state.raise_code(code)

    assert state.code == 3
