"""The one place that makes what the Remote Point Coordinator declares at the start and at the end."""

from collections.abc import Mapping

from vctestimony.domain.documents.cards import DeclarationSheet, InRoom, Passage
from vctestimony.domain.documents.citing import KERALA, Citing, Statement
from vctestimony.domain.documents.local_rules import Topic
from vctestimony.domain.hearing import End
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record import course
from vctestimony.domain.record.entries import sentence
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, logbook
from vctestimony.services.checklist_paper import heading
from vctestimony.services.facts import facts_of
from vctestimony.services.papers.citing import citing, name_of
from vctestimony.services.papers.making import Asked, Made, Maker
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_ONLY_THESE = N_("Only the witness and the persons listed above are in the room.")
_ONLY_PERMITTED = N_("Only the witness and persons whom the court has permitted are in the room.")
_PURPOSES = N_("I have named to the court every person listed above, with the purpose of each.")
_NO_DEVICE = N_("No unauthorised recording device is in the room; telephones are off.")
_NO_SCRIPT = N_("The witness has no document, script or device with her, and uses one only by leave of the court.")
_NO_PROMPTING = N_("I see to it that nobody prompts, tutors, induces or coerces the witness.")
_MATERIAL = N_("The papers sent for the witness are with me, closed, until the court gives leave.")
_ALONE = N_("I am alone with the witness, apart from those whom the court permits; what she brought is in my keeping.")
_SWEEP = (
    N_("Doors and windows; who could see or hear in"),
    N_("Behind curtains, in cupboards, under tables, side rooms"),
    N_("Screens, telephones, watches and recorders; number put away"),
    N_("Papers and notes within the witness's reach, and on the walls"),
    N_("The camera shows the witness and the door"),
    N_("A notice is on the door: hearing, do not enter"),
)
_NOBODY_CAME = N_("While the hearing lasted nobody entered the room without leave of the court.")
_LOG = N_("Everybody who entered or left is in the list above; at breaks the room stayed closed.")
_NOT_PROMPTED = N_("Nobody prompted, tutored, coaxed, induced or coerced the witness.")
_NOT_RECORDED = N_("Nobody at the Remote Point recorded the hearing without authority.")
_NO_PAPERS = N_("The witness used no document, script or device without leave of the court.")
_UNDISTURBED = N_("While the link was lost the room stayed as it was; nobody spoke with the witness about the case.")
_NOBODY_AT_ALL = N_("I was present throughout, and nobody entered apart from those whom the court permits.")


def at_start(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """Who is in the room, how it was swept, and what is declared of it."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    return Made(
        DeclarationSheet(
            heading=heading(unit, hearing, language=asked.language),
            name=name_of(hearing, Duty.REMOTE_COORDINATOR),
            statements=_start(cite, facts),
            present=_present(hearing, cite),
            sweep=tuple(cite.translate(place) for place in _SWEEP),
        )
    )


def at_end(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """That nobody entered or prompted, with whoever did enter or leave by the running log."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    return Made(
        DeclarationSheet(
            heading=heading(unit, hearing, language=asked.language),
            name=name_of(hearing, Duty.REMOTE_COORDINATOR),
            statements=_end(cite, facts),
            passages=_passages(unit, hearing, cite),
        )
    )


def _start(cite: Citing, facts: Mapping[str, bool]) -> tuple[Statement, ...]:
    only = _ONLY_PERMITTED if cite.rule_pack == KERALA else _ONLY_THESE
    found = [
        cite.ruled(only, Topic.CLOSED, Topic.ONLY_NEEDED),
        cite.ruled(_NO_DEVICE, Topic.NO_RECORDING, model="Schedule I"),
        cite.ruled(_NO_SCRIPT, Topic.NO_PROMPTING),
        cite.ruled(_NO_PROMPTING, Topic.NO_PROMPTING),
    ]
    if facts["extra_persons"] or facts["support_person"]:
        found.insert(1, cite.ruled(_PURPOSES, Topic.STRANGERS, timed=True))
    if facts["documents"]:
        found.append(cite.ruled(_MATERIAL, Topic.DOCUMENTS, Topic.NO_PROMPTING))
    if _through_mission(facts):
        found.append(cite.ruled(_ALONE, Topic.DECLARE))
    return tuple(found)


def _end(cite: Citing, facts: Mapping[str, bool]) -> tuple[Statement, ...]:
    found = [
        cite.ruled(_NOBODY_CAME, Topic.CLOSED),
        cite.ruled(_LOG, Topic.CLOSED),
        cite.ruled(_NOT_PROMPTED, Topic.NO_PROMPTING),
        cite.ruled(_NOT_RECORDED, Topic.NO_RECORDING),
        cite.ruled(_NO_PAPERS, Topic.NO_PROMPTING),
        cite.recommended(_UNDISTURBED),
    ]
    if _through_mission(facts):
        found.append(cite.ruled(_NOBODY_AT_ALL, Topic.DECLARE))
    return tuple(found)


def _through_mission(facts: Mapping[str, bool]) -> bool:
    """Where the later directions in Sujoy Mitra would speak; they were not read, so they carry no number."""
    return facts["route_a"] and facts["at_mission"]


def _present(hearing: HearingRow, cite: Citing) -> tuple[InRoom, ...]:
    named = (
        InRoom(name=f"{person.official.name}, {person.official.designation}", duty=DUTY_LABELS[person.duty])
        for person in hearing.participants
        if person.end is End.REMOTE and person.removed_at is None
    )
    witness = InRoom(name=hearing.witness.pseudonym, duty=DUTY_LABELS[Duty.WITNESS])
    return tuple(InRoom(name=one.name, duty=cite.translate(one.duty)) for one in (witness, *named))


def _passages(unit: Unit, hearing: HearingRow, cite: Citing) -> tuple[Passage, ...]:
    kinds = (Kind.PERSON_ENTERED, Kind.PERSON_LEFT)
    return tuple(
        Passage(
            happened=hearing_clocks.both(hearing, entry.happened_at, own=End.REMOTE),
            what=sentence(entry.kind, entry.facts, note=entry.note, translate=cite.translate),
        )
        for entry in course.counting(logbook.entries(unit, hearing))
        if entry.kind in kinds
    )


MAKERS: dict[str, Maker] = {"declaration-start": at_start, "declaration-end": at_end}
