"""What the catalogue cites, held against the index of statutes; and what a provision is numbered today."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.decide.citations import CitationState, citations_of, findings_of, shares_of
from creditrules.deliver.articles import numeral
from creditrules.model.basis import Basis
from creditrules.model.renumbering import Provision, Renumbering, numbered_today
from creditrules.model.words import Checked, Rank
from tests.support.examples import shipped
from tests.support.loading import HEAD, load_with

MEASURE = HEAD + "  - {n: 1, does: 不予批准, effect: prohibit, units: [公安部], basis: [BASIS]}\n"
CHAIN = (
    Renumbering("民事诉讼法", Provision(255), Provision(262, version=date(2021, 12, 24)), date(2022, 1, 1)),
    Renumbering(
        "民事诉讼法",
        Provision(262, version=date(2021, 12, 24)),
        Provision(266, version=date(2023, 9, 1)),
        date(2024, 1, 1),
    ),
)


@pytest.mark.parametrize(
    ("basis", "state"),
    [
        ("{law: 中华人民共和国税收征收管理法, article: 44}", CitationState.VERIFIED),
        ("{law: 税收征收管理法, version: 2015-04-24, article: 44}", CitationState.VERIFIED),
        ("{law: 税收征收管理法}", CitationState.LAW_ONLY),
        ("{law: 虚构法, article: 1}", CitationState.UNKNOWN_LAW),
        ("{law: 税收征收管理法, version: 2001-04-28, article: 44}", CitationState.UNKNOWN_VERSION),
        ("{law: 公司法, version: 2023-12-29, article: 178}", CitationState.LATER_VERSION),
        ("{law: 公司法, version: 2023-12-29, article: 178, since: 2024-07-01}", CitationState.VERIFIED),
        ("{law: 公司法, article: 230, since: 2020-01-01}", CitationState.UNCERTAIN),
    ],
)
def test_every_way_a_citation_can_come_out(basis: str, state: CitationState) -> None:
    """Law, article, version and day each have their own outcome."""
    catalogue = load_with({"memoranda/other.yaml": MEASURE.replace("BASIS", basis)})
    (citation,) = [c for c in citations_of(catalogue) if c.owner == "other#1"]

    assert citation.state is state


def test_a_version_later_than_its_document_is_a_warning_at_its_place() -> None:
    """CR232 points to the line of the basis."""
    text = MEASURE.replace("BASIS", "{law: 公司法, version: 2023-12-29, article: 178}")
    catalogue = load_with({"memoranda/other.yaml": text})
    found = [f for f in findings_of(citations_of(catalogue)) if f.code == "CR232"]

    assert [(f.severity, f.span.file, f.span.line) for f in found] == [("warning", "memoranda/other.yaml", 8)]


def test_a_citation_older_than_every_text_is_noted() -> None:
    """CR233: the index holds later texts only."""
    text = MEASURE.replace("BASIS", "{law: 公司法, article: 146}").replace("2018-01-01", "2012-01-01")
    catalogue = load_with({"memoranda/other.yaml": text})
    found = [f for f in findings_of(citations_of(catalogue)) if f.code == "CR233"]

    assert {(f.severity, f.words["owner"]) for f in found} == {("note", "other#1")}


def test_a_version_nobody_holds_proves_no_article_wrong() -> None:
    """An article behind the last of later texts may have stood in the text that is meant."""
    text = MEASURE.replace("BASIS", "{law: 公司法, version: 1993-12-29, article: 300}")

    assert load_with({"memoranda/other.yaml": text}).memoranda["other"]


def test_the_shipped_catalogue_cites_no_text_before_it_was_written() -> None:
    """No document cites a later version, and laws are verified almost throughout."""
    citations = citations_of(shipped())
    shares = {share.rank: share for share in shares_of(citations)}

    assert [str(f) for f in findings_of(citations) if f.severity != "note"] == []
    assert shares[Rank.LAW].hundredths >= 95
    assert shares[Rank.ADMINISTRATIVE_REGULATION].hundredths >= 95
    assert shares[None].citations == sum(s.citations for rank, s in shares.items() if rank is not None)


def test_a_number_is_followed_through_every_revision() -> None:
    """255 of 2017 became 262, then 266."""
    cited = Basis("中华人民共和国民事诉讼法", article=255)
    changes = numbered_today(cited, CHAIN, date(2016, 12, 31))

    assert [change.new.article for change in changes] == [262, 266]


def test_the_text_that_is_named_says_from_where_to_follow() -> None:
    """Who names the text of 2021 means its number, whatever the day; who names that of 2023 is up to date."""
    named = [
        Basis("民事诉讼法", version=v, article=a)
        for v, a in ((date(2021, 12, 24), 262), (date(2023, 9, 1), 266))
    ]

    assert [[c.new.article for c in numbered_today(b, CHAIN, date(2016, 1, 1))] for b in named] == [[266], []]


def test_an_unknown_move_ends_the_chain() -> None:
    """Article 262 of a document of 2016 is another one than article 262 of the text of 2021."""
    assert numbered_today(Basis("民事诉讼法", article=262), CHAIN, date(2016, 1, 1)) == ()
    assert numbered_today(Basis("民事诉讼法", article=255), CHAIN) == ()
    assert numbered_today(Basis("刑法", article=255), CHAIN, date(2016, 1, 1)) == ()


def test_what_is_said_of_an_item_goes_before_what_is_said_of_its_article() -> None:
    """One item may go elsewhere than the rest of its article."""
    day = date(2020, 3, 1)
    changes = (
        Renumbering("证券法", Provision(124), Provision(118), day),
        Renumbering("证券法", Provision(124, "第（四）项"), Provision(119, "第一款"), day),
    )
    item, rest = (Basis("证券法", article=124, item=i) for i in ("第（四）项", "第（一）项"))

    assert [(c.new.article, c.new.item) for c in numbered_today(item, changes, date(2016, 1, 1))] == [
        (119, "第一款")
    ]
    assert [c.new.article for c in numbered_today(rest, changes, date(2016, 1, 1))] == [118]


@pytest.mark.parametrize(
    ("law", "article", "today"),
    [
        ("公司法", 146, 178),
        ("证券法", 124, 118),
        ("民事诉讼法", 255, 266),
        ("会计法", 42, 40),
        ("慈善法", 95, 106),
    ],
)
def test_the_shipped_renumberings_lead_to_the_articles_of_today(law: str, article: int, today: int) -> None:
    """A document of 2016 is read with the numbers of today."""
    changes = numbered_today(Basis(law, article=article), shipped().renumberings, date(2017, 12, 31))

    assert changes[-1].new.article == today


def test_a_verified_renumbering_names_both_texts_and_the_index_holds_them() -> None:
    """Verified means that both texts were compared."""
    statutes = shipped().statutes
    verified = [r for r in shipped().renumberings if r.checked is Checked.VERIFIED]

    assert len(verified) >= 20
    for change in verified:
        known = {text.version for text in statutes.known(change.law)}
        assert {change.old.version, change.new.version} <= known, change


@pytest.mark.parametrize(
    ("number", "said"),
    [
        *(
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (44, "四十四"),
            (100, "一百"),
            (101, "一百零一"),
        ),
        *((110, "一百一十"), (112, "一百一十二"), (178, "一百七十八"), (200, "二百"), (1001, "一千零一")),
        *((1010, "一千零一十"), (1260, "一千二百六十")),
    ],
)
def test_articles_are_numbered_as_laws_print_them(number: int, said: str) -> None:
    """Chinese numerals, with 零 for a gap."""
    assert numeral(number) == said
