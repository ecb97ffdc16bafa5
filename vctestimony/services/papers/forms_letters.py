"""The one place that makes the letters by which a witness abroad is asked for, by either route."""

from vctestimony.domain.casework import HIGH_COURTS, IDENTITY_LABELS, INSTANCE_LABELS, REGIME_LABELS, Route, Signing
from vctestimony.domain.countries import in_words
from vctestimony.domain.documents.forms import HostSheet, MissionSheet, RouteBSheet
from vctestimony.domain.documents.local_rules import Topic, facilities
from vctestimony.domain.hearing import End
from vctestimony.domain.people import Duty, PostKind
from vctestimony.domain.wording import N_
from vctestimony.services import whereabouts
from vctestimony.services.papers.forms_facts import Writer, address_of, contact_of, documents_of, require_route_a
from vctestimony.services.papers.making import Asked, Made
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

NOT_ROUTE_B = N_("These annexes are only for mutual legal assistance with Bangladesh (route B).")
# Whom another country's technicians may write to; who sits with the witness is not among them.
_TECHNICAL = frozenset({Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR, Duty.MAGISTRATE, Duty.TECHNICIAN})
_DUTIES = (
    Topic.READY,
    Topic.IDENTITY,
    Topic.CLOSED,
    Topic.ONLY_NEEDED,
    Topic.NO_RECORDING,
    Topic.NO_PROMPTING,
    Topic.STRANGERS,
)


def mission_request(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """To the mission: nominate an official, give a room, and what that official does on the day."""
    writer = Writer(unit, hearing, asked.language)
    require_route_a(writer)
    remote = hearing.remote
    mission = whereabouts.called(remote, word=writer.say), address_of(remote)
    return Made(
        MissionSheet(
            heading=writer.heading(),
            mission=mission if remote.kind is PostKind.MISSION else (),
            court_contact=contact_of(hearing.court),
            order=writer.order,
            authority=writer.cite(Topic.COORDINATOR),
            routing=writer.demand(Topic.ROUTING),
            ready_minutes=writer.rules.ready_minutes,
            facilities=tuple(writer.say(text) for text in facilities(hearing.case.rule_pack)),
            facilities_authority=writer.cite(Topic.FACILITIES),
            duties=tuple(writer.demand(topic) for topic in _duties(hearing)),
            languages=hearing.witness.languages,
            judge=writer.holder_of(Duty.JUDGE),
        )
    )


def _duties(hearing: HearingRow) -> tuple[Topic, ...]:
    documents = (Topic.DOCUMENTS,) if hearing.witness.facts.get("documents") else ()
    signed = Topic.SIGNED_DIGITALLY if hearing.order.signing is Signing.DIGITAL else Topic.SIGNED_ON_PAPER
    return (*_DUTIES, *documents, signed, Topic.ORIGINAL, Topic.DECLARE)


def host_letter(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """To the authority of the host country: may this court hear a witness on your soil by video link?"""
    writer = Writer(unit, hearing, asked.language)
    require_route_a(writer)
    return Made(
        HostSheet(
            heading=writer.heading(),
            country=in_words(hearing.remote.country, writer.say),
            court_contact=contact_of(hearing.court),
            order=writer.order,
            at_mission=hearing.remote.kind is PostKind.MISSION,
            consent=hearing.order.host_consent,
            judge=writer.holder_of(Duty.JUDGE),
        )
    )


def route_b_annexes(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """To Bangladesh by mutual legal assistance. The annexes are English whatever was asked, their cover is Bangla."""
    if hearing.remote.country != "BD" or hearing.order.route is not Route.B:
        raise Writer(unit, hearing, asked.language).refuse(NOT_ROUTE_B)
    writer, bangla = Writer(unit, hearing, "en"), Writer(unit, hearing, "bn")
    case, order, witness = hearing.case, hearing.order, hearing.witness
    return Made(
        RouteBSheet(
            heading=writer.heading(),
            court_bn=f"{hearing.court.name} · {bangla.say(HIGH_COURTS[case.rule_pack])}",
            cnr=case.cnr,
            cause_title=case.cause_title,
            sections=case.sections,
            stage=case.stage,
            trial=writer.say(INSTANCE_LABELS[case.instance]),
            code=writer.say(REGIME_LABELS[case.regime]),
            order=writer.order,
            languages=witness.languages,
            nationality=in_words(witness.nationality, writer.say),
            identity_document=writer.say(IDENTITY_LABELS[witness.identity_document]),
            documents=documents_of(witness),
            not_before=order.not_before_on,
            not_after=order.not_after_on,
            court_people=writer.people(End.COURT, only=_TECHNICAL),
            remote_people=writer.people(End.REMOTE, only=_TECHNICAL),
            judge=writer.holder_of(Duty.JUDGE),
        )
    )
