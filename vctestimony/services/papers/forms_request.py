"""The one place that fills the request form of each High Court from case, hearing and people."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from vctestimony.domain.documents.forms import Choice, RequestRow, RequestSheet, Span
from vctestimony.domain.documents.local_rules import Topic
from vctestimony.domain.documents.request_forms import REQUEST_FORMS, Item
from vctestimony.domain.hearing import End
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services.facts import HOME
from vctestimony.services.papers.forms_facts import Writer, address_of, span
from vctestimony.services.papers.making import Asked, Made
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

OWN_MOTION = N_("The court itself started the request, so no request form is needed.")
_IN_THE_COVER = N_("{pseudonym}, the witness; the full name is to be added by hand in the sealed cover")
_REASONS: Mapping[str, str] = {
    "infirm": N_("The witness is too ill or infirm to travel"),
    "custody_witness": N_("The witness is in custody"),
}
_OVERSEAS = N_("The witness is outside India")
_INTERPRETER = N_("An interpreter is needed. Languages of the witness: {languages}.")
_HOURS = N_("{hours} h {minutes} min")

Answer = Callable[[Writer, int, str], RequestRow]


def schedule_ii(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The request form in the High Court's variation, filled as far as the facts are known."""
    writer = Writer(unit, hearing, asked.language)
    if hearing.case.facts.get("court_initiated"):
        raise writer.refuse(OWN_MOTION)
    form = REQUEST_FORMS[hearing.case.rule_pack]
    held = _held(hearing)
    return Made(
        RequestSheet(
            heading=writer.heading(),
            title=writer.say(form.title),
            authority=writer.cite(Topic.REQUEST),
            caution=writer.say(form.caution) if form.caution else "",
            before=writer.say(form.before),
            before_authority=writer.cite(Topic.BEFORE),
            is_served=form.is_served,
            rows=tuple(
                _ANSWERS[item](writer, number, writer.say(label))
                for number, (item, label) in enumerate(form.items, start=1)
            ),
            undertaking=writer.say(form.undertaking),
            signer=writer.say(form.signer),
            applicant=writer.holder_of(Duty.PROSECUTION),
            held=held,
            hours=_hours(writer, hearing) if held else "",
        )
    )


def _held(hearing: HearingRow) -> Span | None:
    if hearing.started_at is None or hearing.ended_at is None:
        return None
    return span(hearing, hearing.started_at, hearing.ended_at)


def _hours(writer: Writer, hearing: HearingRow) -> str:
    lasted = (hearing.ended_at - hearing.started_at) if hearing.started_at and hearing.ended_at else timedelta()
    hours, minutes = divmod(int(lasted.total_seconds()) // 60, 60)
    return writer.say(_HOURS).format(hours=hours, minutes=minutes)


def _case(writer: Writer, number: int, label: str) -> RequestRow:
    case = writer.hearing.case
    if case.cnr:
        return RequestRow(number=number, label=label, values=(case.number, f"CNR {case.cnr}"))
    return RequestRow(number=number, label=label, values=(case.number,), hint=writer.say(N_("CNR number:")), lines=1)


def _court(writer: Writer, number: int, label: str) -> RequestRow:
    return RequestRow(number=number, label=label, values=(writer.hearing.court.name,))


def _cause(writer: Writer, number: int, label: str) -> RequestRow:
    title = writer.hearing.case.cause_title
    return RequestRow(number=number, label=label, values=(title,) if title else (), lines=0 if title else 2)


def _date(writer: Writer, number: int, label: str) -> RequestRow:
    times = writer.heading().times
    hint = "" if times else writer.say(N_("Day and time, on the clocks of both ends:"))
    return RequestRow(number=number, label=label, times=times, hint=hint, lines=0 if times else 2)


def _court_point(writer: Writer, number: int, label: str) -> RequestRow:
    values = (writer.heading().court_point, address_of(writer.hearing.court))
    return RequestRow(number=number, label=label, values=tuple(filter(None, values)))


def _remote_point(writer: Writer, number: int, label: str) -> RequestRow:
    values = (writer.heading().remote_point, address_of(writer.hearing.remote))
    return RequestRow(number=number, label=label, values=tuple(filter(None, values)))


def _people(writer: Writer, number: int, label: str) -> RequestRow:
    return _people_row(writer, number, label, with_address=False)


def _people_with_address(writer: Writer, number: int, label: str) -> RequestRow:
    return _people_row(writer, number, label, with_address=True)


def _people_row(writer: Writer, number: int, label: str, *, with_address: bool) -> RequestRow:
    """Everybody at the Remote Point with name and designation; the witness by pseudonym, and without an address."""
    people = tuple(
        type(one)(duty=one.duty, name=one.name, address=one.address if with_address else "")
        for one in writer.people(End.REMOTE)
    )
    witness = writer.say(_IN_THE_COVER).format(pseudonym=writer.hearing.witness.pseudonym)
    return RequestRow(number=number, label=label, values=(witness,), people=people, lines=0 if people else 2)


def _reasons(writer: Writer, number: int, label: str) -> RequestRow:
    """What case and witness were asked and is harmless to the witness; the rest is the applicant's to write."""
    facts = writer.hearing.witness.facts
    known = [writer.say(text) for name, text in _REASONS.items() if facts.get(name)]
    if writer.hearing.remote.country != HOME:
        known.insert(0, writer.say(_OVERSEAS))
    return RequestRow(number=number, label=label, values=tuple(known), lines=4)


def _nature(writer: Writer, number: int, label: str) -> RequestRow:
    choices = (
        Choice(label=writer.say(N_("Final hearing"))),
        Choice(label=writer.say(N_("Motion hearing"))),
        Choice(label=writer.say(N_("Others: examination of a witness")), ticked=True),
    )
    return RequestRow(number=number, label=label, choices=choices)


def _stage(writer: Writer, number: int, label: str) -> RequestRow:
    stage = writer.hearing.case.stage
    return RequestRow(number=number, label=label, values=(stage,) if stage else (), lines=0 if stage else 1)


def _other(writer: Writer, number: int, label: str) -> RequestRow:
    witness = writer.hearing.witness
    needed = writer.say(_INTERPRETER).format(languages=witness.languages)
    values = (needed,) if witness.facts.get("interpreter") else ()
    return RequestRow(number=number, label=label, values=values, lines=3)


_ANSWERS: Mapping[Item, Answer] = {
    Item.CASE: _case,
    Item.COURT: _court,
    Item.CAUSE: _cause,
    Item.DATE: _date,
    Item.COURT_POINT: _court_point,
    Item.REMOTE_POINT: _remote_point,
    Item.PEOPLE: _people,
    Item.PEOPLE_WITH_ADDRESS: _people_with_address,
    Item.REASONS: _reasons,
    Item.NATURE: _nature,
    Item.STAGE: _stage,
    Item.OTHER: _other,
}
