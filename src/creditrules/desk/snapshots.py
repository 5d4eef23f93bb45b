"""Desk: catalogues and dossiers as they were when something was decided, so that it can be decided again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence

from attrs import frozen
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from creditrules.api import load_catalogue
from creditrules.desk.keys import Keys
from creditrules.desk.tables import catalogues, dossiers, register
from creditrules.errors import Finding, Span, UsageError
from creditrules.load.digest import bytes_of, digest_of
from creditrules.load.dossier import read_dossier_text
from creditrules.load.sources import CatalogueSource, Document
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, Subject

Layers = Sequence[tuple[Document, ...]]


@frozen
class KeptSource:
    """A layer of a catalogue as it was kept."""

    name: str
    kept: tuple[Document, ...]

    def documents(self) -> Iterable[Document]:
        """Give its documents."""
        return self.kept


def keep_catalogue(
    connection: Connection, catalogue: Catalogue, read: Callable[[], Layers], now: str
) -> None:
    """Keep the documents of a catalogue, once; they are read when they are not kept yet.

    Raises:
        UsageError: CR628, they are not those the catalogue was made of.
    """
    if connection.execute(select(catalogues.c.digest).where(catalogues.c.digest == catalogue.digest)).first():
        return
    layers = read()
    if digest_of(layers) != catalogue.digest:
        raise UsageError([Finding("CR628", Span("desk"), {"digest": catalogue.digest[:12]})])
    said = [[[d.name, bytes_of(d).decode("utf-8"), d.origin] for d in layer] for layer in layers]
    body = zlib.compress(json.dumps(said, ensure_ascii=False).encode())
    connection.execute(insert(catalogues).values(digest=catalogue.digest, added_at=now, documents=body))


def kept_catalogue(connection: Connection, digest: str) -> Catalogue:
    """Return a catalogue as it was kept.

    Raises:
        UsageError: CR629, it was not, or its documents are not the same any more.
    """
    row = connection.execute(select(catalogues.c.documents).where(catalogues.c.digest == digest)).first()
    if row is None:
        raise UsageError([Finding("CR629", Span("desk"), {"digest": digest[:12]})])
    layers = [tuple(Document(*d) for d in layer) for layer in json.loads(zlib.decompress(row.documents))]
    if digest_of(layers) != digest:
        raise UsageError([Finding("CR629", Span("desk"), {"digest": digest[:12]})])
    sources: list[CatalogueSource] = [KeptSource(f"kept {n}", layer) for n, layer in enumerate(layers, 1)]
    return load_catalogue(*sources)


def keep_dossier(connection: Connection, body: bytes, dossier: Dossier, keys: Keys, now: str) -> None:
    """Keep a dossier as it was given, encrypted, and note who is spoken of in it."""
    if connection.execute(select(dossiers.c.digest).where(dossiers.c.digest == dossier.digest)).first():
        _note(connection, dossier, keys)
        return
    sealed = keys.encrypt(zlib.compress(body), dossier.digest)
    connection.execute(insert(dossiers).values(digest=dossier.digest, added_at=now, body=sealed))
    _note(connection, dossier, keys)


def kept_body(connection: Connection, digest: str, keys: Keys) -> bytes:
    """Return a dossier as it was given.

    Raises:
        UsageError: CR623, the secret does not open it; CR629, it was not kept.
    """
    row = connection.execute(select(dossiers.c.body).where(dossiers.c.digest == digest)).first()
    if row is None:
        raise UsageError([Finding("CR629", Span("desk"), {"digest": digest[:12]})])
    return zlib.decompress(keys.decrypt(row.body, digest))


def kept_dossier(connection: Connection, digest: str, keys: Keys, catalogue: Catalogue) -> Dossier:
    """Return a dossier that was kept, read against a catalogue.

    Raises:
        UsageError: as `kept_body`.
        FactsError: the catalogue does not know something the dossier speaks of.
    """
    return read_dossier_text(kept_body(connection, digest, keys), catalogue, file=f"dossier {digest[:12]}")


def supersede(connection: Connection, digest: str) -> None:
    """Let a dossier be asked no longer: a later one says the same things anew."""
    connection.execute(update(register).where(register.c.dossier == digest).values(current=False))


def identifier_of(subject: Subject) -> str:
    """Return what a subject is found by: his number, else what the dossier calls him."""
    number = subject.code or subject.id_number
    return number or f"{subject.kind}:{subject.name}:{subject.id}"


def _note(connection: Connection, dossier: Dossier, keys: Keys) -> None:
    rows = [
        {
            "subject_index": keys.index(identifier_of(subject)),
            "dossier": dossier.digest,
            "label": subject.id,
            "region": subject.region,
            "current": True,
        }
        for subject in dossier.subjects.values()
    ]
    if not rows:
        return
    of_dialect = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    statement = of_dialect(register).values(rows)
    same = ["subject_index", "dossier", "label"]
    connection.execute(statement.on_conflict_do_update(index_elements=same, set_={"current": True}))
