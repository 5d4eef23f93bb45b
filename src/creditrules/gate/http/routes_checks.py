"""Gate: the operations of approvals: check an applicant, verify a receipt, tell a subject what is held."""

from __future__ import annotations

from attrs import fields
from sqlalchemy import select

from creditrules.desk.tables import ledger
from creditrules.errors import Finding, Span, UsageError
from creditrules.gate.answer_json import answer_data
from creditrules.gate.gate import Question
from creditrules.gate.http.asking import Caller, Json, Served, refusals, router
from creditrules.gate.http.permissions import unit_asked
from creditrules.gate.http.service import Service
from creditrules.gate.http.shapes import CheckDoc, ReceiptDoc, VerifyDoc, ViewDoc
from creditrules.gate.http.shapes_check import CheckedDoc, OwnViewDoc, VerifiedDoc
from creditrules.gate.merging import label_of
from creditrules.gate.own_view import nothing_held, own_view
from creditrules.gate.receipts import Receipt, is_genuine
from creditrules.gate.sources import everything_about
from creditrules.load.identifiers import code_fault, compact, id_number_fault, looks_like_id_number

routes = router("approvals")


@routes.post(
    "/checks",
    operation_id="check",
    summary="Check an applicant · 核查申请人",
    response_model=CheckedDoc,
    responses=refusals("CR641", "CR643", "CR644"),
)
def check(asked: CheckDoc, caller: Caller, service: Served) -> Json:
    """Say whether an approval may be given in a matter, to an applicant, on a day; with a receipt."""
    unit = unit_asked(caller, asked.unit, service.catalogue)
    on = asked.on or service.today()
    question = Question(asked.matter, asked.applicant, on, asked.purpose, caller.name, unit)
    answer = service.gate.check(question)
    service.metrics.verdicts.labels(answer.verdict.value).inc()
    return Json(answer_data(answer, service.catalogue))


@routes.post(
    "/receipts/verify",
    operation_id="verify_receipt",
    summary="Verify a receipt · 核验回执",
    response_model=VerifiedDoc,
    responses=refusals(),
)
def verify_receipt(shown: VerifyDoc, caller: Caller, service: Served) -> Json:
    """Say whether a receipt was given here, is as it was, and is about the number it is said to be about."""
    receipt, keys = _receipt(shown.receipt), service.store.keys
    about = None if shown.applicant is None else keys.index(compact(shown.applicant)) == receipt.applicant
    genuine = is_genuine(receipt, keys)
    return Json({"genuine": genuine, "recorded": genuine and _recorded(receipt, service), "is_about": about})


def _receipt(doc: ReceiptDoc) -> Receipt:
    said = doc.model_dump(mode="json")
    said["grounds"] = tuple(said["grounds"])
    return Receipt(**{field.name: said[field.name] for field in fields(Receipt)})


def _recorded(receipt: Receipt, service: Service) -> bool:
    query = select(ledger.c.body).where(ledger.c.seq == receipt.number, ledger.c.kind == "asked")
    with service.store.reading() as connection:
        body = connection.execute(query).scalar()
    return body is not None and receipt.seal in body


@routes.post(
    "/subjects/view",
    operation_id="view_subject",
    summary="A subject's own view · 当事人查询本人信息",
    response_model=OwnViewDoc,
    responses=refusals("CR643"),
)
def view_subject(asked: ViewDoc, caller: Caller, service: Served) -> Json:
    """Return what is held on a subject, on which basis, until when and how to object, for himself to read."""
    number = compact(asked.number)
    if (id_number_fault if looks_like_id_number(number) else code_fault)(number) is not None:
        raise UsageError([Finding("CR643", Span("gate"))])
    on = asked.on or service.today()
    dossier = everything_about(number, service.source, service.catalogue)
    label = None if dossier is None else label_of(dossier, number)
    said = nothing_held(on)
    if dossier is not None and label is not None:
        decision = service.decides(service.catalogue.rulebook(on=on), dossier)
        said = own_view(decision, dossier, service.catalogue, label)
    index = service.store.keys.index(number)
    entry = service.note("viewed", caller.name, asked.purpose, applicant=index, on=on.isoformat())
    return Json({**said, "entry": entry})
