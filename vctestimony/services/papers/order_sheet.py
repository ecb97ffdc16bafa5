"""The one place that makes the order sheet of a hearing by video, and says beforehand what it will say."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.documents.citing import KERALA, Citing
from vctestimony.domain.documents.local_rules import LOCAL_RULES
from vctestimony.domain.documents.order_sheet import OrderSheet
from vctestimony.domain.documents.record import FieldGroup, FieldRow, SignatureBox
from vctestimony.domain.hearing import End, State
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.course import Stretch
from vctestimony.domain.record.entries import STOPS, sentences
from vctestimony.domain.record.fields import Source
from vctestimony.domain.record.kinds import YES_NO, Kind
from vctestimony.domain.recordings.description import length_of
from vctestimony.domain.wording import N_
from vctestimony.services import record_paper
from vctestimony.services.checklist_paper import heading
from vctestimony.services.papers.citing import citing, name_of
from vctestimony.services.papers.making import Asked, Made, Maker
from vctestimony.services.record_basis import Basis, basis_of
from vctestimony.services.record_from_recording import recordings_of
from vctestimony.services.recordings import title_of
from vctestimony.services.statements import Statement, statements
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

GUJARAT = "gujarat"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One thing the order sheet states, and the rule on it. `is_asked`: that rule wants it on the order sheet."""

    key: str
    label: str
    model: str
    kerala: str = ""
    gujarat: str = ""
    is_asked: bool = True


_LINK = "link"
_SEEN = N_("Everybody sees and hears everybody, both ways")
_GROUPS: tuple[tuple[str, tuple[_Line, ...]], ...] = (
    (
        N_("The hearing by video link"),
        (
            _Line(key="video", label=N_("Evidence was taken by video link"), model="14.9", gujarat="18"),
            _Line(key="times", label=N_("Date, time and duration, on both clocks; hours"), model="10.7"),
            _Line(key="identity", label=N_("Identity of the witness confirmed"), model="12.3"),
            _Line(key="seen_and_heard", label=_SEEN, model="14.7", is_asked=False),
            _Line(key="software", label=N_("Software; if not the designated one, reasons"), model="10.7, 12.2"),
        ),
    ),
    (
        N_("The link and its quality"),
        (
            _Line(key=_LINK, label=N_("Issues: link down, breaks, whether evidence was repeated"), model="10.7, 14.8"),
            _Line(
                key="quality",
                label=N_("Satisfaction of the court with clarity, sound and connection at both points"),
                model="10.8",
                kerala="10(7)",
            ),
            _Line(
                key="grievance",
                label=N_("Remote users asked whether the quality harmed them; grievances and decisions"),
                model="10.9",
                is_asked=False,
            ),
        ),
    ),
    (
        N_("The evidence"),
        (
            _Line(key="documents", label=N_("Documents produced or transmitted"), model="10.7"),
            _Line(key="recording", label=N_("Digital recordings tendered or made: length of each"), model="10.7"),
            _Line(key="objections", label=N_("Objections and rulings"), model="8.7", is_asked=False),
        ),
    ),
)
_NEXT = _Line(key="adjournment", label=N_("Adjournment with reasons, and the next date"), model="8.13", is_asked=False)
_LOST = N_("Losses of the link: {times}, {minutes} minutes in all.")
_PAUSED = N_("Breaks: {times}, {minutes} minutes in all.")
_EACH = N_("{number}. From {start} to {end}, {minutes} minutes. {cause}. Last answer repeated: {repeated}.")
_STILL = N_("the end of the session")
_NOT_SAID = N_("not said")
_OURS = N_("that it stands on the order sheet is recommended")
_NONE_SHOWN = N_("None was logged.")


def made(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """As the log and the record stand now; the order itself is left to the hand of the presiding officer."""
    basis = basis_of(unit, hearing, language=asked.language)
    found = statements(unit, hearing, language=asked.language, basis=basis)
    record = record_paper.sheet(unit, hearing, basis=basis, found=found, language=asked.language)
    return Made(
        OrderSheet(
            heading=heading(unit, hearing, language=asked.language),
            groups=_groups(unit, basis, found, language=asked.language),
            interruptions=record.interruptions,
            documents=record.documents,
            signature=_signature(basis),
        )
    )


def to_be_said(unit: Unit, hearing: HearingRow, *, language: str) -> tuple[FieldGroup, ...]:
    """What the order sheet would say now, so that whoever signs it sees what is missing before the seal."""
    basis = basis_of(unit, hearing, language=language)
    found = statements(unit, hearing, language=language, basis=basis)
    return _groups(unit, basis, found, language=language)


def _groups(unit: Unit, basis: Basis, found: tuple[Statement, ...], *, language: str) -> tuple[FieldGroup, ...]:
    cite = citing(unit, basis.hearing, language=language)
    known = {statement.key: statement for statement in found}
    groups = [*_GROUPS]
    if basis.hearing.state is State.ADJOURNED:
        groups.append((N_("What follows"), (_NEXT,)))
    rows, number = [], 0
    for title, lines in groups:
        rows.append(
            FieldGroup(
                title=basis.word(title),
                rows=tuple(
                    _row(basis, cite, line, known, number=number + place) for place, line in enumerate(lines, 1)
                ),
            )
        )
        number += len(lines)
    return tuple(rows)


def _row(basis: Basis, cite: Citing, line: _Line, known: Mapping[str, Statement], *, number: int) -> FieldRow:
    statement = known.get("interruptions" if line.key == _LINK else line.key)
    return FieldRow(
        number=number,
        label=basis.word(line.label),
        authority=_authority(cite, line),
        value=_value(basis, line.key, statement),
        supplied_by=statement.supplied_by if statement else basis.word(DUTY_LABELS[Duty.JUDGE]),
    )


def _authority(cite: Citing, line: _Line) -> str:
    rule = _rule(cite, line)
    return rule if line.is_asked else f"{rule}; {cite.translate(_OURS)}"


def _rule(cite: Citing, line: _Line) -> str:
    """The court's own rule where its text was read and says it; else the Model Rules as adopted there."""
    if cite.rule_pack == KERALA and line.kerala:
        return cite.of(Source.KERALA, line.kerala)
    if cite.rule_pack == GUJARAT and line.gujarat:
        pattern = cite.translate(LOCAL_RULES[GUJARAT].pattern)
        return pattern.format(high_court=cite.high_court, rule=line.gujarat)
    return cite.model(line.model)


def _value(basis: Basis, key: str, statement: Statement | None) -> str:
    if key == _LINK:
        return _of_link(basis, statement)
    if key == "recording":
        return _of_recordings(basis, statement)
    if statement is None:
        # The record asks for documents only where some were expected or shown: then the log is the whole answer.
        return basis.word(_NONE_SHOWN) if key == "documents" and basis.hearing.ended_at else ""
    return statement.value


def _of_link(basis: Basis, statement: Statement | None) -> str:
    """The sums, and each loss of the link; breaks stand in the table. Without any, what somebody stated."""
    lost, paused = basis.stretches(Kind.LINK_LOST), basis.stretches(Kind.BREAK_BEGAN)
    sums = []
    if basis.totals and lost:
        sums.append(basis.word(_LOST).format(times=len(lost), minutes=basis.totals.without_link))
        sums += [_of_loss(basis, number, loss) for number, loss in enumerate(lost, 1)]
    if basis.totals and paused:
        sums.append(basis.word(_PAUSED).format(times=len(paused), minutes=basis.totals.breaks))
    entered = statement.entered if statement else ""
    return "\n".join((*sums, entered)).strip()


def _of_loss(basis: Basis, number: int, loss: Stretch) -> str:
    """One loss: from, to, on both clocks, in whole minutes, why, and whether the last answer was repeated."""
    began, ended = loss.began, loss.ended
    after = ended.facts if ended else {}
    until = ended.happened_at if ended else basis.hearing.ended_at or basis.unit.now
    causes = (began.facts.get("cause", ""), began.note, after.get("cause", ""), ended.note if ended else "")
    return basis.word(_EACH).format(
        number=number,
        start=basis.clock(began.happened_at),
        end=basis.clock(ended.happened_at) if ended else basis.word(_STILL),
        minutes=to_min(until) - to_min(began.happened_at),
        cause=sentences(dict.fromkeys(causes), translate=basis.word).rstrip(STOPS),
        repeated=basis.word(YES_NO[after["repeated"]] if "repeated" in after else _NOT_SAID),
    )


def _of_recordings(basis: Basis, statement: Statement | None) -> str:
    """The length of each; the rest of what is kept of a recording is the record's."""
    rows = recordings_of(basis)
    lengths = [f"{title_of(basis.hearing, row.number)}: {length_of(row.seconds)}" for row in rows]
    return "\n".join(lengths) or (statement.value if statement else "")


def _signature(basis: Basis) -> SignatureBox:
    title = basis.word(DUTY_LABELS[Duty.JUDGE])
    return SignatureBox(key="judge", title=title, name=name_of(basis.hearing, Duty.JUDGE), end=End.COURT)


MAKERS: dict[str, Maker] = {"order-sheet": made}
