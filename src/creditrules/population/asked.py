"""Population: what other parts of a population ask of the subjects in one part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from creditrules.model.catalogue import Catalogue
from creditrules.population.checked import Checked
from creditrules.population.tables import KNOWN, NATURAL, REFUSED_BY, ROW, Tables

TOLD = {"id": pl.String, KNOWN: pl.Boolean, NATURAL: pl.Boolean, REFUSED_BY: pl.String}


def told_of(tables: Mapping[str, pl.DataFrame | None], catalogue: Catalogue) -> pl.DataFrame:
    """Say of each subject whether it is a natural person, and for which row it is refused, if it is.

    Args:
        tables: the subjects, the facts that name one of them as their owner, and the listings whose ids are
            also those of owners; a table without rows is None.
        catalogue: declares kinds and facts.
    """
    subjects, facts, listings = (tables[name] for name in ("subjects", "facts", "listings"))
    assert subjects is not None
    named = pl.DataFrame(schema={"id": pl.String}) if listings is None else listings.select("id")
    given = {
        "subjects": subjects,
        "listings": named.with_columns(pl.lit(None, pl.String).alias(name) for name in ("subject", "list")),
        **({} if facts is None else {"facts": facts}),
    }
    # Nothing that is asked here depends on the day.
    checked = Checked(Tables.of(given), catalogue, date(2000, 1, 1), None)
    natural = np.array([kind.natural for kind in catalogue.kinds.values()] + [False] * 3, bool)
    refused = checked.ledger.refused().filter(pl.col("table") == "subjects")
    by = refused.select(
        pl.col("row").alias(ROW),
        pl.coalesce("because", pl.format("subjects:{}", "row")).alias(REFUSED_BY),
    )
    told = pl.DataFrame(
        {
            "id": checked.frames["subjects"]["id"].cast(pl.String),
            KNOWN: True,
            NATURAL: natural[checked.kind],
            ROW: subjects[ROW].cast(pl.UInt32),
        }
    )
    told = told.join(by, on=ROW, how="left", maintain_order="left").drop(ROW)
    return told.drop_nulls("id").unique("id", keep="first", maintain_order=True)
