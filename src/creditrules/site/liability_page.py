"""Site: the provisions by which a person is reached through an organisation."""

from __future__ import annotations

from markupsafe import Markup

from creditrules.model.catalogue import Liability
from creditrules.site.blocks import Block, Entry, Page, given
from creditrules.site.places import anchor
from creditrules.site.teller import Teller


def liability_page(teller: Teller) -> Page:
    """Return the page of all provisions on liability."""
    ink, found = teller.ink, teller.survey.catalogue.liabilities
    return Page(
        "liability.html",
        ink.words("site.nav.liability"),
        "statutes",
        ink.said("site.nav.liability"),
        up=(("statutes.html", ink.said("site.nav.statutes")),),
        lead=ink.said("site.lead.liability", n=len(found)),
        blocks=tuple(_block(item, teller) for item in found),
        entries=tuple(
            Entry(
                f"liability.html#{anchor('l', item.key)}",
                "liability",
                item.condition.zh,
                item.condition.en,
                str(item.basis),
                str(item.basis),
            )
            for item in found
        ),
    )


def _block(item: Liability, teller: Teller) -> Block:
    ink = teller.ink
    return Block(
        teller.basis(item.basis),
        anchor("l", item.key),
        text=Markup("<p>{}</p>").format(teller.said(item.condition)),
        facts=given(
            (ink.said("site.persons"), ink.joined(teller.role(role) for role in sorted(item.basis.reaches))),
            (ink.said("show.when"), teller.condition(item.when)),
            (ink.said("show.duration"), teller.said(item.duration)),
            (ink.said("show.lists"), teller.lists(item.lists)),
            (ink.said("show.kind"), ink.joined(teller.kind(key) for key in sorted(item.kinds))),
            (ink.said("show.note"), ink.text(item.basis.note)),
        ),
    )
