"""Ask the gate about two firms of the platform.

Run it:  python examples/dossier-source-django/ask.py
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from datetime import date
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).parent


def connect(database: Path) -> None:
    """Let Django read a database; a project that runs already has this in its settings."""
    if not settings.configured:
        settings.configure(
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
            DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        )
        django.setup()


def main() -> None:
    """Fill a database with the invented rows, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "platform.db"
        with sqlite3.connect(database) as made:
            made.executescript((HERE / "schema.sql").read_text("utf-8"))
        connect(database)
        sys.path.insert(0, str(HERE))
        from platform_source import PlatformSource

        from creditrules import load_catalogue
        from creditrules.desk.store import open_store
        from creditrules.gate.gate import Gate, Question
        from creditrules.gate.receipts import LedgerRecorder

        store = open_store(f"sqlite:///{folder}/desk.db")
        gate = Gate(load_catalogue(), PlatformSource(), LedgerRecorder(store))
        for code in ("91210681MA0XUGUA2T", "91210600MA0ABCDE18"):
            matter, on = "government_procurement.supplier", date(2018, 12, 20)
            question = Question(matter, code, on, "供应商资格审查", "财政局", "财政部")
            answer = gate.check(question)
            print(code, answer.verdict.value, *(ground.action.key for ground in answer.checked.grounds))
        store.close()


if __name__ == "__main__":
    main()
