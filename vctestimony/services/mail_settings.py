"""The one place for what a court settles about its secrets: what mails tell, where conferences are, who seconds looks.

A change writes to nobody. It holds from the next mail on that each hearing calls for.
"""

from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Invalid, Stale
from vctestimony.domain.people import COURTS
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.places import check_manages, known_post, subject_of
from vctestimony.services.unit import Unit
from vctestimony.store.models import PostRow


class PasscodeAlone(Invalid):
    """A passcode opens nothing without the address."""

    text = N_("The passcode can only be told together with the joining address. Tick that too, or neither.")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What the mails of a court tell, where its conferences are, who stands behind a look; at first nothing of this."""

    tell_joining: bool = False
    tell_passcode: bool = False
    show_others: bool = False
    joining_hosts: tuple[str, ...] = ()
    looks_need_two: bool = False


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The form of these settings."""

    code: str
    name: str
    settings: MailSettings
    version: int


def open_page(unit: Unit, code: str, *, by: Actor) -> SettingsPage:
    """The settings of a court, for whoever keeps it."""
    row = _court_of(unit, code, by=by)
    hosts = tuple(row.joining_hosts.split())
    settings = MailSettings(
        row.mails_tell_joining, row.mails_tell_passcode, row.mails_show_others, hosts, row.looks_need_two
    )
    return SettingsPage(row.code, row.name, settings, row.version)


def change(unit: Unit, code: str, wanted: MailSettings, *, version: int, by: Actor) -> None:
    """Settle what the mails of the court tell from now on; the journal keeps what it was."""
    row = _court_of(unit, code, by=by)
    if row.version != version:
        raise Stale()
    if wanted.tell_passcode and not wanted.tell_joining:
        raise PasscodeAlone(field="tell_passcode")
    values = {
        "mails_tell_joining": wanted.tell_joining,
        "mails_tell_passcode": wanted.tell_passcode,
        "mails_show_others": wanted.show_others,
        "joining_hosts": " ".join(wanted.joining_hosts),
        "looks_need_two": wanted.looks_need_two,
    }
    changed = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, value in values.items():
        setattr(row, name, value)
    if changed:
        unit.session.flush()
        journal.write(unit, "post.mails_changed", subject=subject_of(row), by=by, changed=changed)


def _court_of(unit: Unit, code: str, *, by: Actor) -> PostRow:
    row = known_post(unit, code, by=by)
    check_manages(by, post_id=row.id)
    if row.kind not in COURTS:
        raise Absent()
    return row
