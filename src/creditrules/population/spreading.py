"""Population: a population spread over chunks that can be decided one by one, with bounded memory.

A chunk holds the subjects whose ids fall into it, and of everybody else only whom an action against one of
them may rest on: the listed organisations in which one of them holds a role, the listed persons who hold
one in one of them. The spreading goes through the disk, in four steps; none holds more than one chunk at a
time.

1. Rows about listings are put where their listing is, roles where their organisation is.
2. Rows about listings learn whose listing it is, and go where that subject is; findings first to their
   person.
3. Roles learn whether their organisation exists, is refused, and is listed; findings, whether their person
   exists and is refused.
4. Listed subjects, with everything about them, are copied to the chunks of those their roles lead to.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from creditrules.model.catalogue import Catalogue
from creditrules.population.asked import TOLD, told_of
from creditrules.population.buckets import Buckets, bucket_of
from creditrules.population.columns import converted
from creditrules.population.schema import TABLES
from creditrules.population.sources import Source
from creditrules.population.tables import HOME, NATURAL, ROW

CHILDREN = ("objections", "repairs", "events", "facts")
_OF_LISTING = "row_subject"
Step = Callable[[], None]


def spread(source: Source, folder: Path, chunks: int, catalogue: Catalogue, tick: Step) -> None:
    """Spread the tables of a source over chunks, each a folder of Arrow files; see `read_chunk`.

    Args:
        source: where the tables are.
        folder: receives the chunks; what it held before is removed.
        chunks: how many.
        catalogue: says which facts are about listings, and which kinds of subject are natural persons.
        tick: called after each piece of work.
    """
    shutil.rmtree(folder, ignore_errors=True)
    spreader = Spreader(folder, chunks, catalogue)
    with spreader.buckets("read") as out:
        for table in source.names:
            for piece in source.pieces(table):
                spreader.place(table, piece, out)
                tick()
    for name, step in (("found", spreader.find_subjects), ("asked", spreader.ask_around)):
        with spreader.buckets(name) as out:
            for number in range(chunks):
                step(number, out)
                tick()
    with spreader.buckets("pairs") as pairs, spreader.buckets("chunks") as out:
        for number in range(chunks):
            spreader.deliver_roles(number, pairs, out)
            tick()
        pairs.flush()
        for number in range(chunks):
            spreader.deliver_rows(number, out)
            tick()


class Spreader:
    """The four steps, each for one bucket: what it takes is in the buckets of earlier steps."""

    def __init__(self, folder: Path, chunks: int, catalogue: Catalogue) -> None:
        self.folder, self.chunks = folder, chunks
        self.catalogue = catalogue
        self.subject_facts = [n for n, fact in catalogue.facts.items() if fact.about != "listing"]

    def buckets(self, name: str) -> Buckets:
        """Return the buckets of a step."""
        return Buckets(self.folder / name, self.chunks)

    def place(self, table: str, piece: pl.DataFrame, out: Buckets) -> None:
        """Step 1 for some rows of a table, numbered as they were read."""
        key = FIRST_KEY[table]
        keys = [c.name for c in TABLES[table].columns if c.holds == "key" and c.name in piece.columns]
        texts = [name for name in keys if piece.schema[name] == pl.String]
        # With the spaces around them they would go elsewhere than what they speak of.
        piece = piece.with_columns(converted(piece[name], "key") for name in texts)
        # What cannot be a text goes nowhere by itself, and is refused as a value of another type.
        odd = [n for n in (*keys, "name") if n in piece.columns and _is_odd(piece.schema[n])]
        piece = piece.with_columns(pl.when(pl.col(n).is_not_null()).then(True).alias(n) for n in odd)
        lacks = key not in piece.columns
        rows = piece.with_columns(pl.lit(None, pl.String).alias(key)) if lacks else piece
        out.put(table, rows, rows[key])

    def find_subjects(self, number: int, out: Buckets) -> None:
        """Step 2: from `read` (all but roles) to `found`, there what others ask of subjects as `told`."""
        came = self.buckets("read")
        listings = came.take("listings", number)
        subjects = came.take("subjects", number)
        if subjects is not None:
            about = {"subjects": subjects, "listings": listings, "facts": came.take("facts", number)}
            out.put_all("told", told_of(about, self.catalogue), number)
        if listings is not None and "subject" in listings.columns:
            whose = listings.select(pl.col("id").cast(pl.String), pl.col("subject").alias(_OF_LISTING))
            whose = whose.unique("id", keep="first", maintain_order=True)
            # Versions of one listing stay together even when they name two subjects.
            named = _with_subject(listings, whose, "id")
            out.put("listings", named.drop(_OF_LISTING), _first(named, _OF_LISTING, "id"))
        else:
            whose = pl.DataFrame(schema={"id": pl.String, _OF_LISTING: pl.String})
        for table in (*CHILDREN, "findings"):
            rows = came.take(table, number)
            if rows is None:
                continue
            key = "owner" if table == "facts" else "listing"
            rows = self._with_subject(rows, whose, key)
            if table == "findings":
                out.put("findings", rows, _text(rows, "person"))
            else:
                out.put(table, rows.drop(_OF_LISTING), _first(rows, _OF_LISTING, key))

    def ask_around(self, number: int, out: Buckets) -> None:
        """Step 3: from `read` (roles) and `found` (told, listings, findings) to `asked`."""
        told = self.buckets("found").take("told", number)
        told = pl.DataFrame(schema=TOLD) if told is None else told
        listed = self._listed("found", number)
        findings = self.buckets("found").take("findings", number)
        if findings is not None:
            rows = _told(findings, told.drop(NATURAL), "person")
            out.put("findings", rows.drop(_OF_LISTING), _first(rows, _OF_LISTING, "listing"))
        roles = self.buckets("read").take("roles", number)
        if roles is not None:
            rows = _marked(_told(roles, told, "organisation"), listed, "organisation", _LISTED)
            out.put("roles", rows, _text(rows, "person"))

    def deliver_roles(self, number: int, pairs: Buckets, out: Buckets) -> None:
        """Step 4, roles: from `asked` (roles) and `found` (listings) to `pairs` and `chunks`."""
        roles = self.buckets("asked").take("roles", number)
        if roles is None:
            return
        listed = self._listed("found", number)
        rows = _marked(roles, listed, "person", _PERSON_LISTED).with_columns(pl.lit(True).alias(HOME))
        out.put_all("roles", rows.drop(_LISTED, _PERSON_LISTED), number)
        organisation, person = _text(rows, "organisation"), _text(rows, "person")
        there = bucket_of(organisation, self.chunks)
        # Who is reached through a listed organisation is decided here, the organisation is there.
        self._pair(pairs, organisation.filter(rows[_LISTED]), np.full(int(rows[_LISTED].sum()), number))
        away = rows[_PERSON_LISTED] & pl.Series(there != number)
        copies = rows.filter(away).drop(_LISTED, _PERSON_LISTED).with_columns(pl.lit(False).alias(HOME))
        out.put("roles", copies, organisation.filter(away))
        self._pair(pairs, person.filter(rows[_PERSON_LISTED]), there[rows[_PERSON_LISTED].to_numpy()])

    def _pair(self, pairs: Buckets, who: pl.Series, where: Any) -> None:
        frame = pl.DataFrame({"who": who, "where": pl.Series(where, dtype=pl.Int32)}).unique()
        pairs.put("pairs", frame, frame["who"])

    def deliver_rows(self, number: int, out: Buckets) -> None:
        """Step 4, everything else: from what the earlier steps left in a bucket (`DELIVERED`) to `chunks`."""
        pairs = self.buckets("pairs").take("pairs", number)
        if pairs is not None:
            pairs = pairs.unique().filter(pl.col("where") != number)
        for table, step, key in DELIVERED:
            rows = self.buckets(step).take(table, number)
            if rows is None:
                continue
            out.put_all(table, rows.with_columns(pl.lit(True).alias(HOME)), number)
            if pairs is None or pairs.is_empty():
                continue
            whose = self._whose(rows, table, key, number)
            copies = rows.with_columns(whose.alias("who"), pl.lit(False).alias(HOME)).join(
                pairs, on="who", maintain_order="left"
            )
            out.put_to(table, copies.drop("who", "where"), copies["where"].to_numpy())

    def _whose(self, rows: pl.DataFrame, table: str, key: str, number: int) -> pl.Series:
        """Return the subject each row goes with; versions of one listing go with that of the first."""
        mine = _text(rows, key)
        if table == "subjects":
            return mine
        listings = self.buckets("found").take("listings", number)
        if listings is None:
            return mine
        whose = listings.select(
            pl.col("id").cast(pl.String), pl.col("subject").alias(_OF_LISTING).cast(pl.String)
        )
        whose = whose.unique("id", keep="first", maintain_order=True)
        key_of_listing = "id" if table == "listings" else key
        return _first(self._with_subject(rows, whose, key_of_listing), _OF_LISTING, key)

    def _with_subject(self, rows: pl.DataFrame, whose: pl.DataFrame, key: str) -> pl.DataFrame:
        """Add whose listing each row is about, null for facts about subjects."""
        found = _with_subject(rows, whose, key)
        if key != "owner":
            return found
        of_subject = pl.col("name").cast(pl.String).is_in(self.subject_facts).fill_null(False)
        return found.with_columns(pl.when(~of_subject).then(_OF_LISTING).alias(_OF_LISTING))

    def _listed(self, step: str, number: int) -> pl.DataFrame:
        listings = self.buckets(step).take("listings", number)
        if listings is None:
            return pl.DataFrame(schema={"id": pl.String})
        return listings.select(pl.col("subject").cast(pl.String).alias("id")).drop_nulls().unique()


_LISTED, _PERSON_LISTED = "row_listed", "row_person_listed"
FIRST_KEY = {
    "subjects": "id",
    "listings": "id",
    "roles": "organisation",
    "findings": "listing",
    "objections": "listing",
    "repairs": "listing",
    "events": "listing",
    "facts": "owner",
}
DELIVERED = (
    ("subjects", "read", "id"),
    ("listings", "found", "subject"),
    ("objections", "found", "listing"),
    ("repairs", "found", "listing"),
    ("events", "found", "listing"),
    ("facts", "found", "owner"),
    ("findings", "asked", "listing"),
)


def read_chunk(folder: Path, chunks: int, number: int) -> dict[str, pl.DataFrame]:
    """Return the tables of one chunk."""
    buckets = Buckets(folder / "chunks", chunks)
    found = {table: buckets.take(table, number) for table in TABLES}
    # In the order in which they were read: it decides which of several listings is named first.
    return {table: rows.sort(ROW, maintain_order=True) for table, rows in found.items() if rows is not None}


def _is_odd(kind: pl.DataType) -> bool:
    return kind.is_nested() or kind == pl.Binary or kind == pl.Object


def _text(rows: pl.DataFrame, column: str) -> pl.Series:
    return rows[column].cast(pl.String)


def _first(rows: pl.DataFrame, one: str, two: str) -> pl.Series:
    return rows.select(pl.coalesce(pl.col(one).cast(pl.String), pl.col(two).cast(pl.String))).to_series()


def _with_subject(rows: pl.DataFrame, whose: pl.DataFrame, key: str) -> pl.DataFrame:
    named = rows.with_columns(pl.col(key).cast(pl.String).alias("row_key"))
    found = named.join(whose, left_on="row_key", right_on="id", how="left", maintain_order="left")
    return found.drop("row_key")


def _told(rows: pl.DataFrame, told: pl.DataFrame, key: str) -> pl.DataFrame:
    """Add to each row what is told of the subject it speaks of."""
    named = rows.with_columns(pl.col(key).cast(pl.String).alias("row_key"))
    found = named.join(told, left_on="row_key", right_on="id", how="left", maintain_order="left")
    marks = [name for name, kind in told.schema.items() if kind == pl.Boolean]
    return found.drop("row_key").with_columns(pl.col(marks).fill_null(False))


def _marked(rows: pl.DataFrame, known: pl.DataFrame, key: str, mark: str) -> pl.DataFrame:
    """Add a column that says whether a row's key is among those known."""
    return rows.with_columns(
        pl.col(key).cast(pl.String).is_in(known["id"].implode()).fill_null(False).alias(mark)
    )
