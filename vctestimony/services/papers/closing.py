"""The one place that makes certificates: of both coordinators, and for an electronic record."""

from vctestimony.domain.casework import Regime
from vctestimony.domain.documents.closing import CoordinatorsCertificate, ElectronicRecordCertificate
from vctestimony.domain.documents.oaths import GOVERNING
from vctestimony.domain.documents.record import FieldGroup, FieldRow, SignatureBox
from vctestimony.domain.hearing import End
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.fields import Source
from vctestimony.domain.recordings.entries import EntryKind
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_paper import heading
from vctestimony.services.papers import certified, dispatch
from vctestimony.services.papers.citing import citing, name_of
from vctestimony.services.papers.making import Asked, Made, Maker, NotForThisHearing
from vctestimony.services.statements import Statement, statements
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_CERTIFIED = (
    "video",
    "times",
    "software",
    "link_test",
    "seen_and_heard",
    "present_court",
    "present_remote",
    "identity",
    "interruptions",
    "documents",
    "transcript",
    "quality",
    "grievance",
    "recording",
)
"""What MR 8.8, 10.7-10.9, 12.3 and 14.9 want said of the link, by the keys of the record's statements."""

_WHAT = N_("Both points and the link between them")
_AT_COURT = N_("What is said above of the Court Point and of the link is so.")
_AT_REMOTE = N_(
    "What is said above of the Remote Point, of the persons there and of the identity of the witness is so."
)
_TENDERING = N_("To be filled in only when a recording is tendered in evidence, and again each time it is.")
_UNDER_THE_OLD_CODE = N_(
    "It continues under the CrPC 1973, and so under the Indian Evidence Act 1872, whose section 65B(4) on electronic "
    "records was not read for this service. Ask the registry which certificate it wants (confirm locally)."
)


def of_coordinators(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """What was logged and recorded of the link; ruled where nobody has given it yet."""
    word = citing(unit, hearing, language=asked.language).translate
    said = statements(unit, hearing, language=asked.language)
    found = tuple(_row(statement) for statement in said if statement.key in _CERTIFIED)
    boxes = ((Duty.COURT_COORDINATOR, End.COURT, _AT_COURT), (Duty.REMOTE_COORDINATOR, End.REMOTE, _AT_REMOTE))
    return Made(
        CoordinatorsCertificate(
            heading=heading(unit, hearing, language=asked.language),
            certified=FieldGroup(title=word(_WHAT), rows=found),
            signatures=tuple(
                SignatureBox(
                    key=end.value,
                    title=word(DUTY_LABELS[duty]),
                    name=name_of(hearing, duty),
                    end=end,
                    statement=word(statement),
                )
                for duty, end, statement in boxes
            ),
        )
    )


def for_electronic_record(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The form of the Schedule; of the recording only what was entered in the record, for nothing is recorded here."""
    cite = citing(unit, hearing, language=asked.language)
    if hearing.case.regime is not Regime.BNSS:
        raise NotForThisHearing(why=cite.translate(_UNDER_THE_OLD_CODE))
    return Made(
        ElectronicRecordCertificate(
            heading=heading(unit, hearing, language=asked.language),
            tendering=cite.required(_TENDERING, cite.of(Source.BSA, "63(4)")),
            recordings=certified.recordings(unit, hearing),
            part_a=certified.part(unit, hearing, EntryKind.PART_A),
            part_b=certified.part(unit, hearing, EntryKind.PART_B),
            translated=asked.language != GOVERNING,
        )
    )


def _row(statement: Statement) -> FieldRow:
    return FieldRow(
        number=statement.number,
        label=statement.label,
        authority=statement.authority,
        value=statement.value,
        supplied_by=statement.supplied_by,
    )


MAKERS: dict[str, Maker] = {
    "certificate-coordinator": of_coordinators,
    "certificate-63-4": for_electronic_record,
    **dispatch.MAKERS,
}
