"""The one place that fills the frame of every page: the doors a role has, its clocks, who is signed in."""

from flask import g, request, url_for

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.wording import N_
from vctestimony.web.chrome import Chrome, NavItem
from vctestimony.web.context import service, signed_in

_INDIA = "Asia/Kolkata"
_TODAY = "hearings.today"
_DOORS: tuple[tuple[str, str, Action, tuple[str, ...]], ...] = (
    (N_("Today"), _TODAY, Action.SEE_HEARINGS, ()),
    (N_("Hearings"), "hearings.index", Action.SEE_HEARINGS, ("planning", "finding", "booking", "checklists", "day")),
    (N_("Cases"), "cases.index", Action.REGISTER, ("witnesses",)),
    (N_("Procedures"), "procedures.index", Action.READ_PROCEDURES, ()),
    (N_("Journal"), "journal.index", Action.READ_JOURNAL, ()),
    (N_("Administration"), "admin.index", Action.ADMINISTER, ()),
)


def frame() -> Chrome:
    """The frame for the person of this request."""
    actor = signed_in()
    demonstration = service().is_demo
    if actor is None or actor.role is None:
        return Chrome(clocks=_clocks(None), glossary_href=url_for("help.glossary"), demonstration=demonstration)
    return Chrome(
        nav=tuple(_door(*door) for door in _DOORS if may_ever(actor.role, door[2])),
        clocks=_clocks(actor),
        account=actor.name,
        account_href=url_for("account.show"),
        sign_out_href=url_for("account.sign_out"),
        glossary_href=url_for("help.glossary"),
        demonstration=demonstration,
    )


def _door(label: str, endpoint: str, _action: Action, families: tuple[str, ...]) -> NavItem:
    here = request.endpoint or ""
    is_family = endpoint != _TODAY != here and _family(here) in (_family(endpoint), *families)
    return NavItem(label=label, href=url_for(endpoint), current=here == endpoint or is_family)


def _family(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def _clocks(actor: Actor | None) -> tuple[Reading, ...]:
    """The person's own clock and the one across the border; a page about a hearing may set both by `g.ends`."""
    now = service().ports.clock.now()
    ends: tuple[tuple[str, str], ...] = g.get("ends") or _ends_of(actor)
    return tuple(read(now, zone, city) for zone, city in ends)


def _ends_of(actor: Actor | None) -> tuple[tuple[str, str], ...]:
    if actor is None or not actor.zone:
        return ((_INDIA, "Kolkata"), ("Asia/Dhaka", "Dhaka"))
    other = (("Asia/Dhaka", "Dhaka"),) if actor.zone == _INDIA else ((_INDIA, "Kolkata"),)
    return ((actor.zone, actor.city), *other)
