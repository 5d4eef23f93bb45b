"""A timeline as text, JSON, a page and a picture; the picture is read again and measured."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from creditrules.deliver.plain import width
from creditrules.deliver.table import console_for
from creditrules.deliver.timeline_labels import folded, hung, label, wide
from creditrules.deliver.timeline_pages import print_timeline, to_html, to_json
from creditrules.deliver.timeline_svg import to_svg
from creditrules.deliver.timeline_view import Timeline, timeline_of
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, Repair
from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import Proceedings
from creditrules.model.text import Text
from creditrules.model.words import Outcome

from .conftest import DAY
from .procedures import DOSSIER, LISTING, PROCEEDINGS, with_procedure

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def timeline(decision: Decision, catalogue: Catalogue) -> Timeline:
    """Return the timeline of the invented world."""
    return timeline_of(decision, DOSSIER, with_procedure(catalogue), PROCEEDINGS)


def _many(decision: Decision, catalogue: Catalogue, n: int) -> Timeline:
    kinds = tuple(EventKind)
    events = tuple(
        Event(kinds[i % len(kinds)], date(2018, 3, 1) + timedelta(days=i * 3), by="虚构市很长名称的执法机关")
        for i in range(n)
    )
    dossier = Dossier(DOSSIER.subjects, (evolve(LISTING, events=events),))
    return timeline_of(decision, dossier, with_procedure(catalogue), PROCEEDINGS)


def _boxes(root: ElementTree.Element) -> list[list[tuple[float, float, float, float]]]:
    """Return the boxes of the lines of each label: left, top, right, bottom."""
    labels = []
    for group in root.iter(f"{SVG}g"):
        if group.get("class") == "label":
            labels.append([_box(text) for text in group.iter(f"{SVG}text")])
    return labels


def _box(text: ElementTree.Element) -> tuple[float, float, float, float]:
    x, y, size = (float(text.get(name, "0")) for name in ("x", "y", "font-size"))
    # As wide as the characters are at least, so that what overlaps here would overlap on paper.
    return x, y - size * 0.8, x + sum(size * (1 if width(c) == 2 else 0.5) for c in text.text or ""), y


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("n", [2, 40, 200])
def test_no_label_covers_another_and_all_lie_in_the_picture(
    decision: Decision, catalogue: Catalogue, n: int
) -> None:
    """Labels with long Chinese names stay apart and inside, however many events there are."""
    root = ElementTree.fromstring(to_svg(_many(decision, catalogue, n)))
    labels = _boxes(root)
    right, bottom = (float(root.get(name, "0")) for name in ("width", "height"))

    assert len(labels) >= n
    for one, other in combinations(labels, 2):
        assert not any(_overlap(a, b) for a in one for b in other)
    assert all(a[0] >= 0 and a[2] <= right and a[1] >= 0 and a[3] <= bottom for one in labels for a in one)


def test_no_leader_runs_through_a_label(decision: Decision, catalogue: Catalogue) -> None:
    """The line from a day to its label crosses no other label."""
    root = ElementTree.fromstring(to_svg(_many(decision, catalogue, 60)))
    leaders = [re.findall(r"-?[\d.]+", p.get("d", "")) for p in root.iter(f"{SVG}path")]
    boxes = [box for one in _boxes(root) for box in one]

    assert len(leaders) > 60
    for x, top, bottom, _ in (map(float, numbers) for numbers in leaders):
        assert not any(_overlap((x - 0.5, top, x + 0.5, bottom - 1), box) for box in boxes)


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.text(alphabet="虚构市abc ", min_size=1, max_size=60)), max_size=25
    )
)
def test_labels_hang_apart_wherever_they_are(found: list[tuple[int, str]]) -> None:
    """For any days and words no two label boxes meet."""
    items = sorted(dict(found).items())
    labels = hung([label(float(x), "2018-01-01", [(Text(words, words), "")], 176) for x, words in items])

    for one, other in combinations(labels, 2):
        a = (one.x, one.top, one.x + one.width, one.top + one.height)
        b = (other.x, other.top, other.x + other.width, other.top + other.height)
        assert not _overlap(a, b)


@given(st.text(alphabet="虚构abcd，。 ", min_size=1, max_size=80))
def test_folding_loses_nothing_and_fits(text: str) -> None:
    """Broken lines hold every character that is no blank, and none is wider than the room."""
    lines = folded(text, 13, 176)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(wide(line, 13) <= 176 for line in lines if len(lines) > 1)


def test_the_picture_speaks_both_languages_and_loads_nothing(timeline: Timeline) -> None:
    """Chinese and English stand together, and nothing is fetched from elsewhere."""
    svg = to_svg(timeline)
    texts = [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]

    for words in ("限期整改（虚构局）", "refusal of the interview", "任务overdue（逾期）", "状态", "status"):
        assert words in texts, words
    assert re.findall(r"(?:href|src|url\(|@import|<script)", svg) == []


def test_the_day_of_the_question_and_an_overdue_deadline_are_marked(timeline: Timeline) -> None:
    """The reader sees where he stands, and what is overdue in shape and colour."""
    root = ElementTree.fromstring(to_svg(timeline))
    classes = [e.get("class", "") for e in root.iter()]

    assert "today" in classes
    assert "mark deadline overdue" in classes
    assert "mark deadline due provisional" in classes


def test_a_picture_without_listings_is_still_a_picture(decision: Decision, catalogue: Catalogue) -> None:
    """Nothing to draw is drawn as nothing, and is well-formed."""
    empty = timeline_of(decision, Dossier(DOSSIER.subjects), catalogue, Proceedings())

    assert ElementTree.fromstring(to_svg(empty)).tag == f"{SVG}svg"


def test_hostile_names_stay_text(decision: Decision, catalogue: Catalogue) -> None:
    """Marks and controls in a dossier become neither markup nor a broken file."""
    event = Event(EventKind.PUSH, date(2018, 5, 5), by='<script>alert("&")</script>\x1b\x07')
    dossier = Dossier(DOSSIER.subjects, (evolve(LISTING, events=(event,)),))
    made = timeline_of(decision, dossier, catalogue, PROCEEDINGS)

    ElementTree.fromstring(to_svg(made))
    assert "<script>" not in to_html(made, "en")


def test_everything_stands_in_the_order_of_its_days(timeline: Timeline) -> None:
    """JSON gives each listing's days from first to last, and what lasts from when until when."""
    said = to_json(timeline)
    (listing,) = json.loads(said)["listings"]
    days = [mark["day"] for mark in listing["happens"]]

    assert days == sorted(days)
    assert {mark["kind"] for mark in listing["happens"]} >= {"event", "state", "deadline", "end"}
    assert {band["lane"] for band in listing["lasts"]} == {"status", "measures", "publicity", "records"}
    assert said == json.dumps(json.loads(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_what_lasts_has_no_gap_between_two_statuses(timeline: Timeline) -> None:
    """A listing stands somewhere on every day: each status begins the day after the one before it ends."""
    bands = [band for band in timeline.tracks[0].bands if band.lane == "status"]

    for one, following in pairwise(bands):
        assert one.until == following.since - timedelta(days=1)


def test_nothing_ends_later_because_a_repair_is_recorded(decision: Decision, catalogue: Catalogue) -> None:
    """A repair that came later than the day of the decision ends the measures before it."""
    repaired = evolve(LISTING, repairs=(Repair(date(2019, 2, 1), date(2019, 3, 1), Outcome.GRANTED),))
    dossier = Dossier(DOSSIER.subjects, (repaired,))
    (track,) = timeline_of(decision, dossier, catalogue, PROCEEDINGS).tracks

    assert [b.until for b in track.bands if b.lane == "measures"] == [date(2019, 2, 28)]
    assert all(m.day < date(2019, 3, 1) for m in track.marks if m.kind == "end" and m.tone == "actions")


def test_after_a_removal_nothing_is_public(decision: Decision, catalogue: Catalogue) -> None:
    """Publicity ends with the listing, whatever the longest period would be."""
    removed = Dossier(DOSSIER.subjects, (evolve(LISTING, removed=date(2019, 1, 10)),))
    (track,) = timeline_of(decision, removed, catalogue, PROCEEDINGS).tracks

    assert [b.until for b in track.bands if b.lane == "publicity"] == [date(2019, 1, 9)]
    assert [m for m in track.marks if m.kind == "end" and m.day >= date(2019, 1, 10)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_shows_every_mark_and_the_day(timeline: Timeline, lang: str) -> None:
    """Every mark has its line, no line is too wide, and the day of the question stands among them."""
    file = io.StringIO()
    print_timeline(timeline, console_for(file, width=100), lang)
    lines = file.getvalue().splitlines()

    dated = [line for line in lines if re.match(r"\s+\d{4}-\d\d-\d\d  ", line)]
    assert len(dated) == len(timeline.tracks[0].marks) + 1
    assert sum(str(DAY) in line for line in dated) == 1
    assert [line for line in lines if width(line) > 100] == []


class _Page(HTMLParser):
    """Counts what a page opens and closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is to be closed."""
        self.rows += tag == "tr"
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if self.open[-1] == tag:
            self.open.pop()


def test_the_page_holds_the_picture_and_a_row_for_every_mark(timeline: Timeline) -> None:
    """The table says what the picture shows, and every element is closed."""
    page = _Page()
    html = to_html(timeline, "zh")
    page.feed(re.sub(r"<(\w+)([^<>]*)/>", r"<\1\2></\1>", html))

    assert page.open == []
    assert page.rows == len(timeline.tracks[0].marks) + 2
    assert 'name="viewport"' in html
    assert "@media print" in html
