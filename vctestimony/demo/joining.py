"""The conferences of the demonstration: how two hearings are joined, and the court whose mails tell it."""

from vctestimony.demo.stage import Stage, Story, row_of
from vctestimony.demo.stories import KOLKATA, MUMBAI
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import Joining
from vctestimony.services import joining_changes, mail_settings
from vctestimony.services.access import hearings_of
from vctestimony.services.mail_settings import MailSettings


def joined(stage: Stage) -> Story:
    """Kolkata lets its mails tell the address and who comes, Mumbai neither; each enters one for its next hearing."""
    yield stage.day(-34, 11)
    with stage.units.writing() as unit:
        by = stage.actor(f"{KOLKATA}/coordinator")
        page = mail_settings.open_page(unit, KOLKATA, by=by)
        wanted = MailSettings(tell_joining=True, show_others=True)
        mail_settings.change(unit, KOLKATA, wanted, version=page.version, by=by)
    for court, address in (
        (MUMBAI, "https://meet.example/mumbai-4?pwd=b2YgY291cnNl"),
        (KOLKATA, "https://meet.example/kolkata-2"),
    ):
        yield stage.day(-2, 15)
        _entered(stage, court, Joining(address, "471147"))


def _entered(stage: Stage, court: str, joining: Joining) -> None:
    """Enter it for the court's next booked hearing; nothing happens where none is booked."""
    with stage.units.writing() as unit:
        by = stage.actor(f"{court}/coordinator")
        booked = (row for row in hearings_of(unit, by=by) if row.court_id == by.post_id and row.state is State.BOOKED)
        found = next((row.reference for row in booked if row.starts_at and row.starts_at > unit.now), None)
        if found is not None:
            joining_changes.enter(unit, found, joining, version=row_of(unit, found).version, by=by)
