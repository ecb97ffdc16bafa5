"""The one place that fills the frame of every page: the doors a role has, its clocks, who is signed in."""

from dataclasses import dataclass

from flask import g, request, url_for

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.people import Role
from vctestimony.domain.wording import N_
from vctestimony.web.chrome import Chrome, NavItem
from vctestimony.web.context import service, signed_in

_INDIA = "Asia/Kolkata"


@dataclass(frozen=True, slots=True)
class _Door:
    """A link of the frame. It is marked as current on its own page and on every page of its families."""

    label: str
    endpoint: str
    action: Action
    families: frozenset[str] = frozenset()

    def leads_to(self, endpoint: str) -> bool:
        """Whether the page of that endpoint lies behind this door."""
        return endpoint == self.endpoint or (endpoint != _TODAY and endpoint.partition(".")[0] in self.families)


WEATHER = "https://www.bbc.com/weather"
"""Something anybody may have looked at."""
_OPEN_TO_SURVIVORS = frozenset(
    {"answers", "event_files", "joining_links", "option_answers", "reminder_links", "verify"}
)
_TODAY = "hearings.today"
_OF_A_HEARING = frozenset(
    {
        "hearings",
        "archives",
        "inbox",
        "planning",
        "finding",
        "booking",
        "checklists",
        "day",
        "day_people",
        "depositions",
        "deposition_fixing",
        "deposition_imports",
        "deposition_parts",
        "deposition_places",
        "deposition_versions",
        "field_links",
        "live",
        "mails",
        "recordings",
        "records",
        "papers",
        "previews",
        "bundles",
    }
)
_OF_A_PLACE = frozenset({"places", "rooms", "officials", "busy", "weeks", "calendars", "calendar_imports", "lists"})
_OF_AN_ADMINISTRATOR = frozenset({"admin", "inbox", "mailbox", "people", "person_data"})
_DOORS = (
    _Door(N_("Today"), _TODAY, Action.SEE_HEARINGS),
    _Door(N_("Hearings"), "hearings.index", Action.SEE_HEARINGS, _OF_A_HEARING),
    _Door(N_("Backlog"), "backlog.choose", Action.BOOK, frozenset({"backlog"})),
    _Door(N_("Cases"), "cases.index", Action.REGISTER, frozenset({"cases", "identities", "witnesses"})),
    _Door(N_("Calendars"), "places.index", Action.SEE_PLACES, _OF_A_PLACE),
    _Door(N_("Procedures"), "procedures.index", Action.READ_PROCEDURES, frozenset({"procedures"})),
    _Door(N_("Journal"), "journal.index", Action.READ_JOURNAL, frozenset({"journal"})),
    _Door(
        N_("Administration"),
        "admin.index",
        Action.ADMINISTER,
        _OF_AN_ADMINISTRATOR,
    ),
)


def frame() -> Chrome:
    """The frame for the person of this request."""
    actor = signed_in()
    demonstration, leads_away = service().is_demo, WEATHER if _may_be_a_survivors(actor) else ""
    if actor is None or actor.role is None:
        return Chrome(
            clocks=_clocks(None),
            glossary_href=url_for("help.glossary"),
            demonstration=demonstration,
            exit_href=leads_away,
        )
    return Chrome(
        nav=tuple(_shown(door) for door in _DOORS if may_ever(actor.role, door.action)),
        clocks=_clocks(actor),
        account=actor.name,
        account_href=url_for("account.show"),
        sign_out_href=url_for("account.sign_out"),
        glossary_href=url_for("help.glossary"),
        demonstration=demonstration,
        exit_href=leads_away,
    )


def _may_be_a_survivors(actor: Actor | None) -> bool:
    """Whether the page may stand on the screen of a survivor or of who supports her."""
    is_behind_link = request.blueprint in _OPEN_TO_SURVIVORS and actor is None
    return is_behind_link or (actor is not None and actor.role is Role.SUPPORT)


def _shown(door: _Door) -> NavItem:
    return NavItem(label=door.label, href=url_for(door.endpoint), current=door.leads_to(request.endpoint or ""))


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
