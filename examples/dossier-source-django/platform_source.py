"""A dossier source on tables that exist already, read through Django's models.

The gate asks `about(number)`; what comes back is the dossier as a mapping. Nothing is copied and nothing is
written: the models are unmanaged. What the gate cannot understand is told as a finding with its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

# What the platform calls an office, and what the library does.
POSTS = {"法定代表人": "legal_representative", "财务负责人": "financial_officer", "监事": "supervisor"}
LISTS = {"重大税收违法案件当事人": "tax-major-violations", "失信被执行人": "judgment-defaulters"}


class Enterprise(models.Model):
    """A firm as the register of enterprises has it."""

    uscc = models.CharField(primary_key=True, max_length=18)
    ent_name = models.CharField(max_length=200)
    reg_district = models.CharField(max_length=6)

    class Meta:
        """The table is the platform's own."""

        app_label = "platform"
        db_table = "enterprise"
        managed = False


class Officer(models.Model):
    """Who holds which office in a firm, from when to when."""

    uscc = models.CharField(max_length=18)
    id_card = models.CharField(max_length=18)
    person_name = models.CharField(max_length=100)
    post = models.CharField(max_length=50)
    took_office = models.DateField(null=True)
    left_office = models.DateField(null=True)

    class Meta:
        """The table is the platform's own."""

        app_label = "platform"
        db_table = "officer"
        managed = False


class DishonestRecord(models.Model):
    """One entry of a list, about a firm or a person."""

    uscc = models.CharField(max_length=18, null=True)
    id_card = models.CharField(max_length=18, null=True)
    person_name = models.CharField(max_length=100, null=True)
    list_name = models.CharField(max_length=100)
    organ = models.CharField(max_length=200)
    doc_no = models.CharField(max_length=100)
    violation_from = models.DateField(null=True)
    violation_to = models.DateField(null=True)
    determined = models.DateField()
    served = models.DateField(null=True)
    aggregated = models.DateField(null=True)
    published = models.DateField(null=True)
    expires = models.DateField(null=True)
    removed = models.DateField(null=True)

    class Meta:
        """The table is the platform's own."""

        app_label = "platform"
        db_table = "dishonest_record"
        managed = False


class PlatformSource:
    """Finds what the platform holds on somebody: one dossier for each firm he is, or holds an office in."""

    def about(self, identifier: str) -> Iterable[dict[str, Any]]:
        """Return the dossiers that speak of whoever bears a number."""
        offices = Officer.objects.filter(id_card=identifier).values_list("uscc", flat=True)
        firms = Enterprise.objects.filter(uscc__in=[identifier, *offices]).order_by("uscc")
        found = [self._of_firm(firm) for firm in firms]
        own = list(DishonestRecord.objects.filter(id_card=identifier).order_by("id"))
        if own:
            found.append({"subjects": [self._person(identifier, own[0].person_name or "", (), own)]})
        return found

    def _of_firm(self, firm: Enterprise) -> dict[str, Any]:
        officers: dict[str, list[Officer]] = {}
        for officer in Officer.objects.filter(uscc=firm.uscc).order_by("id"):
            officers.setdefault(officer.id_card, []).append(officer)
        subject = {
            "id": firm.uscc,
            "kind": "enterprise",
            "name": firm.ent_name,
            "code": firm.uscc,
            "region": firm.reg_district,
            "listings": [_listing(r) for r in DishonestRecord.objects.filter(uscc=firm.uscc).order_by("id")],
        }
        people = [self._person(number, posts[0].person_name, posts, ()) for number, posts in officers.items()]
        return {"subjects": [subject, *people]}

    def _person(
        self, number: str, name: str, posts: Iterable[Officer], records: Iterable[DishonestRecord]
    ) -> dict[str, Any]:
        # The dossier's own label is never a citizen number.
        first = Officer.objects.filter(id_card=number).order_by("id").first()
        label = f"person-{first.pk if first else 'listed'}"
        return {
            "id": label,
            "kind": "natural_person",
            "name": name,
            "id_number": number,
            "roles": [
                _stated({"in": p.uscc, "role": POSTS[p.post], "since": p.took_office, "until": p.left_office})
                for p in posts
            ],
            "listings": [_listing(record) for record in records],
        }


def _listing(record: DishonestRecord) -> dict[str, Any]:
    return _stated(
        {
            "id": f"R{record.pk}",
            "list": LISTS[record.list_name],
            "authority": record.organ,
            "doc_no": record.doc_no,
            "conduct": _stated({"since": record.violation_from, "until": record.violation_to}) or None,
            "determined": record.determined,
            "served": record.served,
            "aggregated": record.aggregated,
            "published": record.published,
            "until": record.expires,
            "removed": record.removed,
        }
    )


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the platform does not say: a missing day is unknown, not "no"."""
    return {name: value for name, value in values.items() if value is not None}
