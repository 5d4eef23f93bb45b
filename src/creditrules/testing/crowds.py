"""Testing: invented populations of any size for any catalogue, as the tables of `creditrules.population`.

The same number and the same seed give the same tables. Nobody in them exists: ids are counted, numbers are
drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen

from creditrules.model.catalogue import Catalogue, FactDeclaration

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

_FINDS = ("directly_responsible", "leadership_responsibility", "responsible", "not_responsible")


@frozen
class Crowd:
    """What a population is like: shares of its subjects that are persons, listed, and so on."""

    persons: float = 0.4
    listed: float = 0.03
    holders: float = 1.5
    findings: float = 0.5
    facts: float = 0.6
    first: date = date(2016, 1, 1)
    last: date = date(2018, 12, 1)


def crowd(
    subjects: int, catalogue: Catalogue, like: Crowd = Crowd(), *, seed: int = 1
) -> dict[str, pl.DataFrame]:
    """Return the tables of a population.

    Args:
        subjects: how many subjects.
        catalogue: whose kinds, lists, roles, regions and facts they speak of.
        like: what it is like.
        seed: another number gives another population.
    """
    import numpy as np

    return _Crowd(subjects, catalogue, like, np.random.default_rng(seed)).tables()


class _Crowd:
    def __init__(self, subjects: int, catalogue: Catalogue, like: Crowd, rng: np.random.Generator) -> None:
        import numpy as np

        self.count, self.catalogue, self.like, self.rng = subjects, catalogue, like, rng
        self.natural = rng.random(subjects) < like.persons
        self.natural[0] = False
        self.firms, self.people = np.flatnonzero(~self.natural), np.flatnonzero(self.natural)
        self.listed = np.flatnonzero(rng.random(subjects) < like.listed)

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the tables."""
        listings = self.listings()
        made = {"subjects": self.subjects(), "listings": listings, "roles": self.roles()}
        made["findings"] = self.findings(listings, made["roles"])
        made["facts"] = self.facts(listings)
        return made

    def subjects(self) -> pl.DataFrame:
        """Return the subjects."""
        import numpy as np
        import polars as pl

        kinds = self.catalogue.kinds
        firms = [key for key, kind in kinds.items() if not kind.natural]
        people = [key for key, kind in kinds.items() if kind.natural]
        kind = np.where(self.natural, self.drawn(people, self.count), self.drawn(firms, self.count))
        regions = [*self.catalogue.units.regions, "110105", "310104"]
        region = self.drawn(regions, self.count)
        ids = self.ids(np.arange(self.count))
        return pl.DataFrame({"id": ids, "kind": kind, "region": region}).with_columns(
            pl.col("kind", "region").cast(pl.Categorical)
        )

    def ids(self, numbers: Any) -> pl.Series:
        """Return the ids of subjects."""
        return _labels("s", numbers)

    def listings(self) -> pl.DataFrame:
        """Return the listings: most served and aggregated within weeks, some ended, some with gaps."""
        import numpy as np
        import polars as pl

        rng, of = self.rng, np.repeat(self.listed, self.rng.integers(1, 3, len(self.listed)))
        size = len(of)
        lists = self.drawn([k for k, kind in self.catalogue.lists.items() if kind.level != "redlist"], size)
        span = (self.like.last - self.like.first).days
        first = np.datetime64(self.like.first)
        determined = first + rng.integers(0, span, size).astype("timedelta64[D]")
        served = determined + rng.integers(0, 15, size).astype("timedelta64[D]")
        aggregated = served + rng.integers(0, 15, size).astype("timedelta64[D]")
        until = determined + rng.integers(300, 1900, size).astype("timedelta64[D]")
        removed = aggregated + rng.integers(30, 600, size).astype("timedelta64[D]")
        capacity = self.drawn(list(self.catalogue.capacities) or [None], size)
        stated: Any = np.where(rng.random(size) < 0.5, capacity, None)
        return pl.DataFrame(
            {
                "id": _labels("L", np.arange(size)),
                "subject": self.ids(of),
                "list": lists,
                "capacity": pl.Series(stated.tolist(), dtype=pl.String),
                "conduct_since": self.maybe(determined - np.timedelta64(200, "D"), 0.8),
                "determined": self.maybe(determined, 0.99),
                "served": self.maybe(served, 0.97),
                "aggregated": self.maybe(aggregated, 0.95),
                "published": self.maybe(aggregated, 0.6),
                "until": self.maybe(until, 0.7),
                "review": self.maybe(until, 0.9),
                "removed": self.maybe(removed, 0.1),
                "findings_complete": rng.random(size) < 0.3,
            }
        ).with_columns(pl.col("list", "capacity").cast(pl.Categorical))

    def roles(self) -> pl.DataFrame:
        """Return the roles persons hold in organisations."""
        import numpy as np
        import polars as pl

        rng = self.rng
        size = int(len(self.firms) * self.like.holders) if len(self.people) else 0
        since = np.datetime64("2008-01-01") + rng.integers(0, 3800, size).astype("timedelta64[D]")
        until = since + rng.integers(200, 3000, size).astype("timedelta64[D]")
        made = {
            "person": self.ids(rng.choice(self.people, size) if size else np.zeros(0, int)),
            "organisation": self.ids(np.sort(rng.choice(self.firms, size)) if size else np.zeros(0, int)),
            "role": self.drawn(list(self.catalogue.roles), size),
            "since": self.maybe(since, 0.9),
            "until": self.maybe(until, 0.3),
        }
        keys = ["person", "organisation", "role", "since"]
        return (
            pl.DataFrame(made)
            .unique(keys, maintain_order=True)
            .with_columns(pl.col("role").cast(pl.Categorical))
        )

    def findings(self, listings: pl.DataFrame, roles: pl.DataFrame) -> pl.DataFrame:
        """Return findings about some of those who hold a role in a listed organisation."""
        import polars as pl

        pairs = listings.select(
            pl.col("id").alias("listing"), "subject", pl.col("determined").alias("on")
        ).join(
            roles.select("person", "organisation"),
            left_on="subject",
            right_on="organisation",
            maintain_order="left_right",
        )
        kept = pairs.filter(pl.Series(self.rng.random(pairs.height) < self.like.findings))
        return kept.select("listing", "person", "on").with_columns(
            pl.Series("finds", self.drawn(_FINDS, kept.height), pl.String)
        )

    def facts(self, listings: pl.DataFrame) -> pl.DataFrame:
        """Return statements of the facts the catalogue declares, about listed subjects and listings."""
        import numpy as np
        import polars as pl

        frames = [pl.DataFrame(schema={"owner": pl.String, "name": pl.String, "value": pl.String})]
        subjects = self.ids(self.listed)
        for fact in self.catalogue.facts.values():
            owners = listings["id"] if fact.about == "listing" else subjects
            # Every fact of a catalogue concerns few of its lists.
            kept = owners.gather(np.flatnonzero(self.rng.random(len(owners)) < self.like.facts / 4))
            values = pl.Series("value", self.values(fact, len(kept)), pl.String)
            named = pl.Series("name", [fact.name], pl.String).new_from_index(0, len(kept))
            frames.append(pl.DataFrame([kept.alias("owner"), named, values]))
        return pl.concat(frames)

    def values(self, fact: FactDeclaration, size: int) -> list[str]:
        """Return values of a fact as texts."""
        import numpy as np

        match fact.type:
            case "boolean":
                return ["true" if yes else "false" for yes in self.rng.random(size) < 0.5]
            case "choice":
                return [str(word) for word in self.drawn(list(fact.choices), size)]
            case "date":
                days = np.datetime64("2015-01-01") + self.rng.integers(0, 1400, size).astype("timedelta64[D]")
                return [str(day) for day in days]
            case "text":
                return ["text"] * size
        return [str(n) for n in self.rng.integers(0, 5_000_000 if fact.type == "money" else 100, size)]

    def drawn(self, words: Sequence[Any], size: int) -> Any:
        """Return words drawn with equal chances."""
        import numpy as np

        return np.array(words, object)[self.rng.integers(0, len(words), size)]

    def maybe(self, days: Any, share: float) -> pl.Series:
        """Return days, some of which are not recorded."""
        import numpy as np
        import polars as pl

        kept = np.where(self.rng.random(len(days)) < share, days, np.datetime64("NaT"))
        return pl.Series(kept.astype("datetime64[D]")).cast(pl.Date)


def _labels(prefix: str, numbers: Any) -> pl.Series:
    import polars as pl

    digits = pl.Series("id", numbers).cast(pl.String).str.zfill(9)
    return pl.select((pl.lit(prefix) + digits).alias("id")).to_series()
