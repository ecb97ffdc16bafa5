"""The one place that gathers a hearing's whole record as plain data, to be hashed and kept for other programs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from vctestimony.domain.hearing import End
from vctestimony.domain.journal import Entry
from vctestimony.domain.record.content import FORMAT
from vctestimony.services import journal
from vctestimony.services.deposition_fixing import content_of as content_of_line
from vctestimony.services.part_rooms import own_rooms
from vctestimony.services.record_basis import Basis
from vctestimony.services.statements import Statement
from vctestimony.services.unit import Unit
from vctestimony.store import checklists, evidence
from vctestimony.store import records as store
from vctestimony.store.models import EvidenceRow, HearingRow, ParticipantRow, PostRow, StepRow


def content_of(
    unit: Unit,
    hearing: HearingRow,
    *,
    basis: Basis,
    found: tuple[Statement, ...],
    language: str,
    mark: Mapping[str, object],
) -> dict[str, object]:
    """The record as data: the same hearing gives the same content. The witness stands in it by pseudonym only.

    `mark` says what the content is for: a seal with its code and instant, or a draft.
    """
    return {
        **mark,
        "format": FORMAT,
        "language": language,
        "hearing": _hearing(hearing),
        "case": _case(hearing),
        "persons": [_person(person) for person in hearing.participants],
        "facts": dict(basis.facts),
        "statements": [_statement(statement) for statement in found],
        "log": _log(unit, hearing),
        "deposition": _deposition(unit, hearing),
        "checklist": _checklist(unit, hearing),
        "journal": journal_head(unit, hearing),
    }


def journal_head(unit: Unit, hearing: HearingRow) -> dict[str, object]:
    """The hearing's last journal entry; its hash covers everything that the journal held until then."""
    last: Entry | None = None
    for entry in journal.history(unit, hearing.reference):
        last = entry
    return {"number": last.number, "hash": last.hash} if last else {"number": 0, "hash": ""}


def _hearing(hearing: HearingRow) -> dict[str, object]:
    return {
        "reference": hearing.reference,
        "state": hearing.state.value,
        "starts_at": _at(hearing.starts_at),
        "started_at": _at(hearing.started_at),
        "ended_at": _at(hearing.ended_at),
        "reason": hearing.reason,
        "court_point": _post(hearing.court, hearing.court_room.name) | _other_rooms(hearing, End.COURT),
        "remote_point": _post(hearing.remote, hearing.remote_room.name) | _other_rooms(hearing, End.REMOTE),
        "witness": {"pseudonym": hearing.witness.pseudonym, "languages": hearing.witness.languages},
    }


def _post(post: PostRow, room: str) -> dict[str, object]:
    return {
        "name": post.name,
        "kind": post.kind.value,
        "address": post.address,
        "country": post.country,
        "zone": post.zone,
        "room": room,
    }


def _other_rooms(hearing: HearingRow, end: End) -> dict[str, object]:
    """The rooms of the parts that had not the room of the examination; nothing where all had it."""
    own = {part.value: room.name if room else None for part, room in own_rooms(hearing, end).items()}
    return {"rooms_of_parts": own} if own else {}


def _case(hearing: HearingRow) -> dict[str, object]:
    case, order = hearing.case, hearing.order
    return {
        "number": case.number,
        "cnr": case.cnr,
        "cause_title": case.cause_title,
        "sections": case.sections,
        "stage": case.stage,
        "instance": case.instance.value,
        "regime": case.regime.value,
        "instituted_on": case.instituted_on.isoformat(),
        "rule_pack": case.rule_pack,
        "order": {
            "reference": order.reference,
            "made_on": order.made_on.isoformat(),
            "conditions": order.conditions,
            "route": order.route.value if order.route else None,
            "host_consent": order.host_consent,
            "signing": order.signing.value,
        },
    }


def _person(person: ParticipantRow) -> dict[str, object]:
    return {
        "name": person.official.name,
        "designation": person.official.designation,
        "duty": person.duty.value,
        "end": person.end.value,
        "removed_at": _at(person.removed_at),
    }


def _statement(statement: Statement) -> dict[str, object]:
    return {
        "number": statement.number,
        "key": statement.key,
        "label": statement.label,
        "authority": statement.authority,
        "drawn": statement.drawn,
        "entered": statement.entered,
        "entered_by": statement.entered_by,
    }


def _log(unit: Unit, hearing: HearingRow) -> list[dict[str, object]]:
    rows = store.log(unit.session, hearing.id)
    numbers = {row.id: row.number for row in rows}
    return [
        {
            "number": row.number,
            "kind": row.kind,
            "happened_at": _at(row.happened_at),
            "written_at": _at(row.written_at),
            "by": row.by,
            "facts": dict(row.facts),
            "note": row.note,
            "corrects": numbers.get(row.corrects_id or 0),
        }
        for row in rows
    ]


def _deposition(unit: Unit, hearing: HearingRow) -> list[dict[str, object]]:
    return [
        {
            "number": row.number,
            **content_of_line(row),
            "written_at": _at(row.written_at),
            "by": row.by,
        }
        for row in store.deposition(unit.session, hearing.id)
    ]


def _checklist(unit: Unit, hearing: HearingRow) -> dict[str, object]:
    row = checklists.of_hearing(unit.session, hearing.id)
    if row is None:
        return {"packs": [], "steps": []}
    shown = evidence.of_hearing(unit.session, hearing.id)

    def files(step: StepRow) -> Sequence[EvidenceRow]:
        return shown.get(step.step_id, ())

    steps = [
        {
            "id": step.step_id,
            "state": step.state.value,
            "by": step.acted_by,
            "at": _at(step.acted_at),
            "done_at": _at(step.done_at),
            "ordered_by": step.ordered_by,
            "note": step.note,
            "files": [{"sha256": file.sha256, "taken_back": file.taken_back_at is not None} for file in files(step)],
        }
        for step in row.steps
    ]
    return {"packs": [{"id": pack["id"], "version": pack["version"]} for pack in row.packs], "steps": steps}


def _at(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
