"""The one place that says what case, order, log and deposition give for each statement of the record."""

from collections.abc import Callable, Mapping

from vctestimony.domain import countries
from vctestimony.domain.casework import HIGH_COURTS, INSTANCE_LABELS, REGIME_LABELS, ROUTE_LABELS
from vctestimony.domain.hearing import End
from vctestimony.domain.people import DUTY_LABELS, POST_KIND_LABELS, Duty
from vctestimony.domain.record.causes import CAUSE_LABELS, Cause
from vctestimony.domain.record.course import Logged, Stretch
from vctestimony.domain.record.entries import details, sentences
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.waiting import in_pairs, was_shown
from vctestimony.domain.wording import N_
from vctestimony.services import logbook, record_from_cycle, record_from_day, record_from_recording
from vctestimony.services.part_rooms import rooms_in_words
from vctestimony.services.record_basis import Basis, basis_of
from vctestimony.store.models import HearingRow, PostRow

__all__ = ["Basis", "basis_of", "derived", "named_at"]
_MEASURES: tuple[tuple[str, str], ...] = (
    ("in_camera", N_("hearing in camera")),
    ("masking", N_("face or name masked")),
    ("support_person", N_("support person beside the witness")),
)


def _of_the_day(basis: Basis) -> dict[str, str]:
    since = logbook.prepared_from(basis.hearing)
    return record_from_day.said(basis.log, since=since, clock=basis.clock, word=basis.word)


# What other parts of the service know of the record: a function in `record_from_<part>.py` gives values by the key of
# the statement, in the words of the basis. One line each.
_FROM: tuple[Callable[[Basis], Mapping[str, str]], ...] = (
    _of_the_day,
    record_from_cycle.said,
    record_from_recording.said,
)


def derived(basis: Basis) -> dict[str, str]:
    """The value of every derived statement, by its key; empty where nothing gives one.

    What more than one part of the service knows of a statement stands line by line.
    """
    found = {key: value(basis) for key, value in _VALUES.items()}
    for known in _FROM:
        for key, value in known(basis).items():
            found[key] = "\n".join(part for part in (found.get(key, ""), value) if part)
    return found


def _case(basis: Basis) -> str:
    case = basis.hearing.case
    parts = (
        basis.hearing.court.name,
        case.number,
        f"CNR {case.cnr}" if case.cnr else "",
        case.cause_title,
        case.sections,
        case.stage,
        basis.hearing.witness.pseudonym,
    )
    return "; ".join(part for part in parts if part)


def _regime(basis: Basis) -> str:
    case = basis.hearing.case
    parts = (REGIME_LABELS[case.regime], INSTANCE_LABELS[case.instance], HIGH_COURTS[case.rule_pack])
    return "; ".join(basis.word(part) for part in parts)


def _video(basis: Basis) -> str:
    """Nothing before the hearing was opened: until then no evidence was taken."""
    if basis.hearing.started_at is None:
        return ""
    order = basis.hearing.order
    used = basis.word(N_("The evidence was taken by video link under {reference} of {made_on}."))
    parts = [used.format(reference=order.reference, made_on=basis.on(order.made_on))]
    if order.route is not None:
        parts.append(f"{basis.word(ROUTE_LABELS[order.route])}.")
    if order.host_consent:
        parts.append(basis.word(N_("Consent of the host country: {consent}.")).format(consent=order.host_consent))
    return " ".join(parts)


def _times(basis: Basis) -> str:
    hearing, totals = basis.hearing, basis.totals
    if hearing.started_at is None or hearing.ended_at is None or totals is None:
        return ""
    text = basis.word(
        N_(
            "From {start} to {end}. Duration {minutes} minutes, of which {link} minutes without link and "
            "{breaks} minutes of breaks. {hours}"
        )
    )
    off = N_("Outside court hours by order of the court.")
    hours = off if basis.facts["off_hours"] else N_("In court hours.")
    return text.format(
        start=basis.day(hearing.started_at),
        end=basis.day(hearing.ended_at),
        minutes=totals.session,
        link=totals.without_link,
        breaks=totals.breaks,
        hours=basis.word(hours),
    )


def _places(basis: Basis) -> str:
    hearing = basis.hearing
    ends = (
        (N_("Court Point"), hearing.court, rooms_in_words(hearing, End.COURT, word=basis.word)),
        (N_("Remote Point"), hearing.remote, rooms_in_words(hearing, End.REMOTE, word=basis.word)),
    )
    return "\n".join(f"{basis.word(title)}: {_place(basis, post, room)}" for title, post, room in ends)


def _place(basis: Basis, post: PostRow, room: str) -> str:
    country, kind = countries.in_words(post.country, basis.word), basis.word(POST_KIND_LABELS[post.kind])
    return ", ".join(part for part in (post.name, room, post.address, f"{country} ({kind})") if part)


def _coordinators(basis: Basis) -> str:
    wanted = (Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR)
    people = [p for p in basis.hearing.participants if p.removed_at is None and p.duty in wanted]
    if {person.duty for person in people} != set(wanted):
        return ""
    lines = []
    for person in people:
        official = person.official
        contact = ", ".join(part for part in (official.phone, official.email) if part)
        lines.append(f"{basis.word(DUTY_LABELS[person.duty])}: {official.name}, {official.designation} ({contact})")
    return "\n".join(lines)


def named_at(hearing: HearingRow, end: End, *, word: Callable[[str], str]) -> str:
    """Who is named for one end, a line each; the witness by pseudonym at the Remote Point."""
    lines = [
        f"{person.official.name}, {person.official.designation} ({word(DUTY_LABELS[person.duty])})"
        for person in hearing.participants
        if person.end is end and person.removed_at is None
    ]
    if end is End.REMOTE:
        lines.insert(0, f"{hearing.witness.pseudonym} ({word(DUTY_LABELS[Duty.WITNESS])})")
    return "\n".join(lines)


def _said(basis: Basis, *kinds: Kind, only: tuple[str, ...] = ()) -> str:
    """The entries of these kinds, a line each, with both clocks; with `only`, just those answers."""
    return "\n".join(
        f"{basis.clock(entry.happened_at)}: {_answers(basis, entry, only=only)}" for entry in basis.of(*kinds)
    )


def _documents(basis: Basis) -> str:
    """What came before the witness; what the court refused to have shown stands in the log alone."""
    shown = (entry for entry in basis.of(Kind.DOCUMENT_SHOWN) if was_shown(entry))
    return "\n".join(f"{basis.clock(entry.happened_at)}: {_answers(basis, entry, only=())}" for entry in shown)


def _objections(basis: Basis) -> str:
    """Each objection with the number of its entry, and after it the ruling that was reserved."""
    numbered = basis.word(N_("Entry {number}"))
    return "\n".join(
        f"{numbered.format(number=entry.number)}, {basis.clock(entry.happened_at)}: {_answers(basis, entry, only=())}"
        for entry in in_pairs(basis.of(Kind.OBJECTION, Kind.RULING))
    )


def _answers(basis: Basis, entry: Logged, *, only: tuple[str, ...]) -> str:
    facts = {name: value for name, value in entry.facts.items() if not only or name in only}
    pairs = details(entry.kind, facts, translate=basis.word)
    alone = pairs[0][1] if len(pairs) == 1 else ""
    words = alone or "; ".join(f"{label}: {value}" for label, value in pairs) or basis.word(logbook.label(entry.kind))
    return sentences((words, entry.note), translate=basis.word) if entry.note else words


def _witness(basis: Basis) -> str:
    sealed = N_("{pseudonym}; languages: {languages}. Name, parentage, age and residence are kept sealed by the court.")
    witness = basis.hearing.witness
    return basis.word(sealed).format(pseudonym=witness.pseudonym, languages=witness.languages)


def _protection(basis: Basis) -> str:
    return "; ".join(basis.word(words) for name, words in _MEASURES if basis.facts[name])


def _interruptions(basis: Basis) -> str:
    found = sorted(
        (*basis.stretches(Kind.LINK_LOST), *basis.stretches(Kind.BREAK_BEGAN)), key=lambda s: s.began.happened_at
    )
    return "\n".join(_stretch(basis, stretch) for stretch in found)


def _stretch(basis: Basis, stretch: Stretch) -> str:
    until = basis.clock(stretch.ended.happened_at) if stretch.ended else basis.word(N_("the end of the session"))
    times = basis.word(N_("From {start} to {end}: ")).format(start=basis.clock(stretch.began.happened_at), end=until)
    parts = [_answers(basis, entry, only=()) for entry in (stretch.began, stretch.ended) if entry]
    return times + sentences(parts, translate=basis.word)


def _examination(basis: Basis) -> str:
    lines = [
        basis.word(N_("{stage}: {count} questions and passages")).format(
            stage=basis.word(stage.label), count=len(stage.lines)
        )
        for stage in basis.stages
    ]
    times = _said(basis, Kind.STAGE_BEGAN) if lines else ""
    return "\n".join((*lines, times)).strip()


def _read_over(basis: Basis) -> str:
    """What was read over last must be admitted after it, and nothing more be examined since, to be complete."""
    last = [entry.kind for entry in basis.of(Kind.STAGE_BEGAN, Kind.READ_OVER, Kind.ADMITTED_CORRECT)]
    if not basis.of(Kind.READ_OVER) or last[-1] is not Kind.ADMITTED_CORRECT:
        return ""
    return _said(basis, Kind.READ_OVER, Kind.ADMITTED_CORRECT)


def _adjournment(basis: Basis) -> str:
    """The reason alone is not enough: the next date is part of the statement (BNSS 346)."""
    following = basis.next_hearing
    if following is None or following.starts_at is None:
        return ""
    facts = next((entry.facts for entry in basis.of(Kind.ADJOURNED)), {})
    cause = Cause(facts.get("cause", Cause.OTHER))
    told = () if cause is Cause.OTHER else (basis.word(CAUSE_LABELS[cause]),)
    said = (*told, facts.get("about", ""), basis.hearing.reason)
    next_on = f"{following.reference}: {basis.day(following.starts_at)}"
    return sentences((*said, next_on), translate=basis.word)


_VALUES: Mapping[str, Callable[[Basis], str]] = {
    "case": _case,
    "regime": _regime,
    "video": _video,
    "times": _times,
    "places": _places,
    "coordinators": _coordinators,
    "seen_and_heard": lambda basis: _said(basis, Kind.SEEN_AND_HEARD),
    "present_court": lambda basis: _said(basis, Kind.PRESENCE_COURT, only=("persons",)),
    "present_remote": lambda basis: _said(basis, Kind.PRESENCE_REMOTE),
    "witness": _witness,
    "interpreter": lambda basis: _said(basis, Kind.INTERPRETER_SWORN),
    "identity": lambda basis: _said(basis, Kind.IDENTITY_SEEN),
    "oath": lambda basis: _said(basis, Kind.OATH),
    "coercion": lambda basis: _said(basis, Kind.COERCION_CHECKED),
    "protection": _protection,
    "interruptions": _interruptions,
    "examination": _examination,
    "documents": _documents,
    "objections": _objections,
    "demeanour": lambda basis: _said(basis, Kind.DEMEANOUR),
    "read_over": _read_over,
    "quality": lambda basis: _said(basis, Kind.QUALITY_SATISFIED),
    "adjournment": _adjournment,
}
# The kind of entry with which a statement that lacks is logged on the run sheet.
LOGGED_AS: Mapping[str, Kind] = {
    "seen_and_heard": Kind.SEEN_AND_HEARD,
    "present_court": Kind.PRESENCE_COURT,
    "present_remote": Kind.PRESENCE_REMOTE,
    "accused": Kind.PRESENCE_COURT,
    "interpreter": Kind.INTERPRETER_SWORN,
    "identity": Kind.IDENTITY_SEEN,
    "oath": Kind.OATH,
    "remote_declaration": Kind.REMOTE_CLOSING,
    "coercion": Kind.COERCION_CHECKED,
    "documents": Kind.DOCUMENT_SHOWN,
    "objections": Kind.OBJECTION,
    "demeanour": Kind.DEMEANOUR,
    "read_over": Kind.READ_OVER,
    "quality": Kind.QUALITY_SATISFIED,
    "recording": Kind.RECORDING_STOPPED,
}
