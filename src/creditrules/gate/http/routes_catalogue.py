"""Gate: what a token stands for, and what the catalogue calls things: nothing here is about a person."""

from __future__ import annotations

from creditrules.deliver.json import plain
from creditrules.gate.http.asking import Caller, Json, Served, refusals, router
from creditrules.gate.http.permissions import RIGHTS, Reach
from creditrules.gate.http.shapes_desk import MattersDoc, UnitsDoc, WhoDoc

routes = router("catalogue")


@routes.get(
    "/whoami",
    operation_id="whoami",
    summary="Whom the token stands for · 令牌归属",
    response_model=WhoDoc,
    responses=refusals(),
)
def whoami(caller: Caller) -> Json:
    """Return whom your token stands for and what it may do."""
    may = [name for name, right in RIGHTS.items() if right.of(caller.role) is not Reach.NOTHING]
    names = ("name", "role", "unit", "region")
    return Json({**{name: getattr(caller, name) for name in names}, "may": may})


@routes.get(
    "/matters",
    operation_id="list_matters",
    summary="Matters of approvals · 审批事项",
    response_model=MattersDoc,
    responses=refusals(),
)
def list_matters(caller: Caller, service: Served) -> Json:
    """List every matter an approval may be about."""
    matters = [{"key": m.key, "name": plain(m.name)} for m in service.catalogue.matters.values()]
    return Json({"catalogue": service.catalogue.digest, "matters": matters})


@routes.get(
    "/units",
    operation_id="list_units",
    summary="Units · 单位",
    response_model=UnitsDoc,
    responses=refusals(),
)
def list_units(caller: Caller, service: Served) -> Json:
    """List every unit that acts today, with the bodies that act for it in regions."""
    today = service.today()
    units = [
        {"key": unit.key, "name": plain(unit.name), "locals": sorted({local.zh for local in unit.locals})}
        for unit in service.catalogue.units.by_key.values()
        if unit.exists(today)
    ]
    return Json({"units": units})
