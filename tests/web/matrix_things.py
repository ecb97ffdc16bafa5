"""One thing of each kind that an address can name behind its object, so that an allowed cell finds what it asks for.

By endpoint, by the endpoints of one file, or by how an address begins: what stands there goes before `PARTS`.
"""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from tests.services.addenda_entered import added
from tests.services.cycling import hearing_in, pdf
from tests.services.kept import CLOSED, entered
from tests.services.proposed import named, seat_of
from tests.services.registered import leave, witness_entry
from tests.services.sittings import logged
from tests.web.matrix_walk import Step, Walker
from tests.web.staged import Stage
from tests.world import World
from vctestimony.domain.access import Actor, Relation
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.people import Role
from vctestimony.domain.record.addenda import AddendumKind
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.masking import Left
from vctestimony.domain.record.speech import Stage as Part
from vctestimony.domain.signing import Purpose
from vctestimony.services import (
    busy_times,
    cycle_files,
    deposition_import,
    destroying,
    evidence,
    feed_addresses,
    left_words,
    signing,
    vault_grants,
    witnesses,
)
from vctestimony.services.accounts import actor_of
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.evidence import Sent
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    AccountRow,
    AddendumRow,
    CalendarEntryRow,
    ChecklistRow,
    EvidenceRow,
    LeftOutRow,
    OutboxRow,
    StepRow,
    StepState,
    VaultGrantRow,
)

Things = Mapping[str, Mapping[str, str]]
_ORDER = {"order_reference": "Exh. 70", "reason": "The trial is over"}


def named_by(step: Step, things: Things) -> dict[str, str]:
    """What stands in the address of this route."""
    endpoint = step.rule.endpoint
    found: dict[str, str] = {}
    for key, values in things.items():
        if key in {endpoint, endpoint.partition(".")[0]} or (key.startswith("/") and step.rule.rule.startswith(key)):
            found |= values
    return found


def things_in(units: Units, world: World, walked: list[Walker], by: Actor) -> Things:
    """All of them; `by` is the coordinator in Mumbai, and `walked` who will ask."""
    return {
        **dict(_of_the_hearing(units, by)),
        **dict(_of_the_record(units, by)),
        **dict(_of_places(units, world, by)),
        **dict(_of_the_identity(units, world, walked, by)),
    }


def _of_the_hearing(units: Units, by: Actor) -> Iterator[tuple[str, Mapping[str, str]]]:
    proposal = named(units, Stage.BOOKED)
    with units.writing() as unit:
        hearing, seat = seat_of(unit, Stage.BOOKED)
        mail = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.hearing_id == hearing.id)).first()
        planned = hearing_in(unit, Stage.PLANNED)
        of_planned = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == planned.id)
        step = unit.session.scalars(of_planned.order_by(StepRow.id)).first()
        assert mail is not None
        assert step is not None
        step.state = StepState.DONE
        evidence.attach(unit, planned, step, Sent(pdf(), "The room"), by=by)
        file = unit.session.scalars(sa.select(EvidenceRow)).one().public_id
        participant, mail_id = str(seat.id), str(mail.id)
    yield "seats", {"participant": participant}
    yield "proposals", {"number": str(proposal)}
    yield "mails.raw", {"mail_id": mail_id}
    yield "checklists.take_file", {"public_id": file}


def _of_the_record(units: Units, by: Actor) -> Iterator[tuple[str, Mapping[str, str]]]:
    entry = logged(units, Stage.OPEN, Kind.NOTE, by, text="The court sits.")
    added(units, Stage.SEALED, AddendumKind.COMPLAINT, by)
    with units.writing() as unit:
        left_words.leave_out(unit, Stage.SEALED, "Sonadanga", what=Left.OTHER, by=by)
        scan = cycle_files.looked_through(units.ports, pdf())
        scanned = cycle_files.keep(unit, hearing_in(unit, Stage.OVER), scan, by=by, to_be_signed=False).public_id
        code = unit.session.scalars(sa.select(AddendumRow.code)).one()
        word = unit.session.scalars(sa.select(LeftOutRow.public_id)).one()
        sealed = hearing_in(unit, Stage.SEALED)
        copy = signing.offer(unit, sealed, purpose=Purpose.TRANSCRIPT, content=pdf(2), language="en", by=by)
    yield "day", {"number": str(entry)}
    yield "addenda.print_out", {"code": code}
    yield "addenda", {"public_id": word}
    yield "signing_cycle", {"rung": Rung.READ_OVER, "public_id": scanned}
    yield "signing", {"code": copy}
    yield "records", {"key": "software"}


def _of_places(units: Units, world: World, by: Actor) -> Iterator[tuple[str, Mapping[str, str]]]:
    person, room = Holder(world.mumbai.prosecutor_id), Holder(room_id=world.mumbai.room_id)
    entered(units, Owner("mumbai-court"), by, CLOSED)
    entered(units, Owner(official_id=person.official_id), by, CLOSED)
    with units.writing() as unit:
        source = busy_times.subscribe(unit, world.mumbai.prosecutor_id, "https://calendars.example/p.ics", by=by)
        for holder in (person, room):
            feed_addresses.make(unit, holder, FeedKind.HEARINGS, by=by)
        of_post, of_person = unit.session.scalars(sa.select(CalendarEntryRow.id).order_by(CalendarEntryRow.id))
    yield "/posts/<code>/calendar", {"entry_id": str(of_post)}
    yield "/officials/<int:official_id>/calendar", {"entry_id": str(of_person)}
    yield "busy", {"source_id": str(source)}
    yield "feeds", {"kind": FeedKind.HEARINGS}


def _of_the_identity(
    units: Units, world: World, walked: list[Walker], by: Actor
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A witness whose identity may be seen, by the one who asks too; and one whose key is destroyed."""
    kept = world.mumbai.witness
    with units.writing() as unit:
        version = witnesses.witness_for(unit, kept, by=by).version
        witnesses.revise(unit, kept, witness_entry("PW-7", "interpreter", "support_person"), version=version, by=by)
        gone = witnesses.register(unit, world.mumbai.case, witness_entry("PW-8"), by=by)
    destroying.destroy_by_command(units, gone, **_ORDER)
    lookers = {
        (Role.COORDINATOR, Relation.OWN_COURT),
        (Role.PRESIDING_OFFICER, Relation.OWN_COURT),
        (Role.MISSION_OFFICIAL, Relation.NAMED),
    }
    with units.reading() as unit:
        own = {walker: actor_of(unit.session.get_one(AccountRow, walker.account_id)) for walker in walked}
    leave(units, kept, by, *(actor for walker, actor in own.items() if (walker.role, walker.relation) in lookers))
    with units.writing() as unit:
        vault_grants.ask_second(unit, kept, reason="to compare the passport", by=by)
        of_by = sa.select(VaultGrantRow.public_id).where(VaultGrantRow.account_id == by.account_id)
        leave_id = unit.session.scalars(of_by).one()
    for walker, actor in own.items():
        if walker.relation is Relation.OWN_COURT and walker.role in {Role.COORDINATOR, Role.PRESIDING_OFFICER}:
            with units.writing() as unit:
                deposition_import.read(unit, Stage.OPEN, b"Q. Where?\nA. There.\n", stage=Part.CHIEF, by=actor)
    yield "identities", {"leave": leave_id}
    yield "identities.destroyed", {"reference": gone}
    yield "identities.destroyed_paper", {"reference": gone}
