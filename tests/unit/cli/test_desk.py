"""The desk from the shell: initiate, answer, take back, verify, decide again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from creditrules.cli import main
from tests.unit.desk.flow import dossier

Desk = Callable[..., Result]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a function that runs a command of the desk in a folder of its own, with one dossier in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CREDITRULES_STORE", "CREDITRULES_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "firm.json").write_text(json.dumps(dossier(), ensure_ascii=False), "utf-8")
    removed = json.dumps(dossier(removed="2018-12-21"), ensure_ascii=False)
    (tmp_path / "removed.json").write_text(removed, "utf-8")

    def ran(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["desk", *arguments], standalone_mode=True)
        assert result.exit_code == code, result.output
        return result

    return ran


def test_the_desk_works_without_any_set_up(desk: Desk, tmp_path: Path) -> None:
    """The first command makes the database and its secret; the second pushes nothing twice."""
    first = desk("initiate", "firm.json", "--on", "2018-12-20").output
    again = desk("initiate", "firm.json", "--on", "2018-12-20").output

    assert "case 1; push" in first
    assert "nothing new goes out" in again
    assert (tmp_path / "desk.db.key").stat().st_mode & 0o077 == 0


def test_a_case_runs_from_initiating_to_closing(desk: Desk) -> None:
    """Initiate, feedback, removal, lift orders, confirmation: every step is shown."""
    desk("initiate", "firm.json", "--on", "2018-12-20")
    details = ("matter=评优", "document=丹工〔2019〕1号", "date=2019-01-05")
    said = [word for detail in details for word in ("--detail", detail)]
    assert "implemented" in desk("answer", "1", "implement", *said).output
    assert "booked before" in desk("answer", "1", "implement", *said).output
    assert "lift" in desk("initiate", "removed.json", "--on", "2018-12-22").output

    assert "closing" in desk("cases", "1").output
    order = desk("pushes", "--orders").output.splitlines()[1].split()[-1]
    assert "lifted" in desk("answer", "1", "confirm_lift", "--detail", f"order={order}").output


def test_an_answer_that_lacks_something_is_told(desk: Desk) -> None:
    """What is missing is named, and the exit code says that nothing was booked."""
    desk("initiate", "firm.json", "--on", "2018-12-20")

    assert "matter, document, date" in desk("answer", "1", "implement", code=2).output
    assert "CR639" in desk("answer", "1", "accept", "--detail", "reason", code=2).output
    assert "CR631" in desk("answer", "99999", "accept", code=2).output
    details = ("--detail", "matter=x", "--detail", "document=y", "--detail", "date=2019-13-05")
    assert "CR640" in desk("answer", "1", "implement", *details, code=2).output


def test_the_ledger_is_verified_against_an_anchor(desk: Desk, tmp_path: Path) -> None:
    """An anchor that was written is met again; a file that is none is told."""
    desk("initiate", "firm.json", "--on", "2018-12-20")
    desk("verify", "--write-anchor", "anchor")

    assert "whole" in desk("verify", "--anchor", "anchor").output
    (tmp_path / "other").write_text('{"seq": 1, "hash": "00"}')
    assert "not the one of the anchor" in desk("verify", "--anchor", "other", code=1).output
    (tmp_path / "none").write_text("notes")
    assert "CR660" in desk("verify", "--anchor", "none", code=2).output
    (tmp_path / "folder").mkdir()
    assert "CR569" in desk("verify", "--write-anchor", "folder", code=2).output


def test_a_name_nothing_was_pushed_to_is_told(desk: Desk) -> None:
    """A token, an address or a list for a name that pushes do not bear says so."""
    desk("initiate", "firm.json", "--on", "2018-12-20")
    name = desk("pushes").output.splitlines()[1].split()[2]

    assert f"`{name}`" in desk("token", "create", "a", "--unit", f"{name}局").output
    assert "Nothing has been pushed to `财政局`" in desk("address", "财政局", "pull").output
    assert "Nothing has been pushed to `财政局`" in desk("pushes", "--unit", "财政局").output
    assert "Nothing" not in desk("token", "create", "b", "--unit", name).output
    assert "Nothing" not in desk("address", name, "pull").output
    assert "Nothing" not in desk("token", "create", "c", "--unit", "公安部").output


def test_the_desk_without_a_command_shows_its_commands(desk: Desk) -> None:
    """Help is shown as it is, and a command that is misspelt leads to the help of the desk."""
    assert "\nUsage: creditrules desk" in "\n" + desk(code=2).output
    assert "`creditrules desk --help`" in desk("case", code=2).output


def test_a_case_is_decided_again_from_what_was_kept(desk: Desk) -> None:
    """The same bytes come out, and a case that does not exist is told."""
    desk("initiate", "firm.json", "--on", "2018-12-20")

    assert "the same bytes" in desk("replay", "1").output
    assert "CR635" in desk("replay", "9", code=2).output


def test_a_token_is_shown_once(desk: Desk) -> None:
    """The list shows numbers and names, never a token; a revoked one is marked."""
    made = desk("token", "create", "财政局", "--unit", "财政部").stdout.split()
    token, number = made[-1], made[1].rstrip(",")

    assert token.startswith("crt_")
    assert token not in desk("token", "list").output
    desk("token", "revoke", number)
    assert "CR627" in desk("token", "revoke", number, code=2).output
    assert "CR626" in desk("token", "create", "x", code=2).output


def test_periods_reminders_and_reports(desk: Desk, tmp_path: Path) -> None:
    """A period that is set makes answers overdue; the report is shown and written."""
    desk("period", "feedback-deadline", "7个工作日")
    desk("initiate", "firm.json", "--on", "2018-12-20")

    assert desk("remind", "--on", "2099-01-02").output.split()[0] != "0"
    assert desk("remind", "--on", "2099-01-02").output.split()[0] == "0"
    assert "rate" in desk("report", "--on", "2099-01-02").output
    desk("report", "--output", "r.xlsx")
    assert (tmp_path / "r.xlsx").stat().st_size > 5000
    assert "CR665" in desk("period", "feedback", "7days", code=2).output
    assert "CR666" in desk("period", "feedback-deadline", "soon", code=2).output


def test_addresses_dead_letters_and_the_chart(desk: Desk) -> None:
    """An address is checked when it is set; nothing is dead yet; the chart is printed."""
    desk("address", "财政部", "webhook", "https://x.invalid/hook", "--secret", "geheim")

    assert "geheim" not in desk("address").output
    assert "CR637" in desk("address", "财政部", "webhook", "http://x.invalid", code=2).output
    assert "0 messages given up" in desk("dead").output
    assert "CR630" in desk("dead", "--resend", "1", code=2).output
    assert "initiated --> accepted: accept" in desk("chart").output


def test_a_database_that_cannot_be_opened_is_told(desk: Desk) -> None:
    """No traceback for a wrong address of the database."""
    assert "CR624" in desk("cases", "--store", "mysql://x/y", code=2).output
