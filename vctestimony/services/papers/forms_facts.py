"""The one place that gathers what requests, letters and notices say of a hearing, its ends and its court's rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.casework import HIGH_COURTS, Route
from vctestimony.domain.documents.forms import Attendee, Demand, FormHeading, Order, Span
from vctestimony.domain.documents.local_rules import LOCAL_RULES, LocalRules, Topic, cited
from vctestimony.domain.hearing import End
from vctestimony.domain.options import OptionState, standing
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, whereabouts
from vctestimony.services.checklist_making import court_in_a_sentence
from vctestimony.services.facts import HOME
from vctestimony.services.papers.making import NotForThisHearing
from vctestimony.services.part_rooms import rooms_in_words
from vctestimony.services.timetables import lengths_of
from vctestimony.services.unit import Unit
from vctestimony.store import options
from vctestimony.store.models import HearingRow, ParticipantRow, PostRow, WitnessRow

IN_INDIA = N_("The witness sits in India, so neither a mission nor another country has to be asked.")
BY_ROUTE_B = N_("Its order chose mutual legal assistance (route B), which has papers of its own.")
NO_ROUTE = N_(
    "Its order does not say by which route the witness abroad is asked for. Add the route to the order first."
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes of one hearing in one language."""

    unit: Unit
    hearing: HearingRow
    language: str

    def say(self, text: str) -> str:
        """The marked text in the language of the paper."""
        return self.unit.ports.words.gettext(self.language, text)

    @property
    def rules(self) -> LocalRules:
        """The rules of the High Court over the court of the case."""
        return LOCAL_RULES[self.hearing.case.rule_pack]

    def cite(self, topic: Topic) -> str:
        """The provision on it, as the High Court adopted it."""
        court = self.hearing.case.rule_pack
        name = court_in_a_sentence(court, language=self.language, translate=self.say)
        return cited(court, topic, high_court=name, translate=self.say)

    def demand(self, topic: Topic) -> Demand:
        """What the rules ask for on it."""
        rule = self.rules.says[topic]
        mark = self.say(rule.mark)
        return Demand(text=self.say(rule.text), force=rule.force, mark=mark, authority=self.cite(topic))

    def refuse(self, why: str) -> NotForThisHearing:
        """The refusal, to be raised."""
        return NotForThisHearing(why=self.say(why))

    def heading(self) -> FormHeading:
        """The head of a paper that does without a time where there is none."""
        hearing = self.hearing
        court = f"{hearing.court.name} · {self.say(HIGH_COURTS[hearing.case.rule_pack])}"
        return FormHeading(
            hearing_reference=hearing.reference,
            case_number=hearing.case.number,
            witness=hearing.witness.pseudonym,
            court=court,
            court_point=f"{hearing.court.name}, {rooms_in_words(hearing, End.COURT, word=self.say)}",
            remote_point=whereabouts.remote_point(hearing, word=self.say),
            times=_times(self.unit, hearing),
            is_booked=hearing.starts_at is not None,
        )

    def people(self, end: End, *, only: Collection[Duty] = frozenset(Duty)) -> tuple[Attendee, ...]:
        """Who is named for that end, with what is official about them; `only` those with such a part."""
        return tuple(
            Attendee(
                duty=self.say(DUTY_LABELS[person.duty]),
                name=named(person),
                address=address_of(person.official.post),
                phone=person.official.phone,
                email=person.official.email,
            )
            for person in _seated(self.hearing)
            if person.end is end and person.duty in only
        )

    def holder_of(self, duty: Duty) -> str:
        """Name and designation of whoever has that part; empty where nobody is named."""
        return next((named(person) for person in _seated(self.hearing) if person.duty is duty), "")

    @property
    def order(self) -> Order:
        """The order that allows the hearing."""
        return Order(reference=self.hearing.order.reference, made_on=self.hearing.order.made_on)


def _seated(hearing: HearingRow) -> list[ParticipantRow]:
    return [person for person in hearing.participants if person.removed_at is None]


def _times(unit: Unit, hearing: HearingRow) -> tuple[Span, ...]:
    """The booked time; without one, those that are held and that nothing has ended yet."""
    if hearing.starts_at is not None:
        return (span_from(hearing, hearing.starts_at),)
    return tuple(
        span_from(hearing, option.starts_at)
        for option in options.live_offer(unit.session, hearing.id)
        if standing(option.state, option.held_until, now=unit.now) is OptionState.HELD
    )


def span_from(hearing: HearingRow, starts_at: datetime) -> Span:
    """The whole hearing on both clocks, if it starts then."""
    return span(hearing, starts_at, starts_at + timedelta(minutes=lengths_of(hearing).total))


def span(hearing: HearingRow, starts_at: datetime, ends_at: datetime) -> Span:
    """Any stretch of time on both clocks."""
    return Span(starts=hearing_clocks.both(hearing, starts_at), ends=hearing_clocks.both(hearing, ends_at))


def named(person: ParticipantRow) -> str:
    """Name and designation."""
    return f"{person.official.name}, {person.official.designation}"


def address_of(post: PostRow) -> str:
    """The address in one line. That of a confidential place tells where somebody lives: no paper gives it away."""
    if whereabouts.is_confidential(post):
        return ""
    line = ", ".join(part.strip(" ,") for part in post.address.splitlines() if part.strip(" ,"))
    return line if post.city in line else ", ".join(part for part in (line, post.city) if part)


def contact_of(post: PostRow) -> tuple[str, ...]:
    """Address, telephone and mail of a post, as far as they are known."""
    return tuple(part for part in (address_of(post), post.phone, post.email) if part)


def documents_of(witness: WitnessRow) -> tuple[str, ...]:
    """The documents that will be put to the witness, one a line as they were entered."""
    return tuple(line.strip() for line in witness.documents_to_show.splitlines() if line.strip())


def require_route_a(writer: Writer) -> None:
    """Refuse what is only for a witness abroad who is heard directly, through the mission."""
    if writer.hearing.remote.country == HOME:
        raise writer.refuse(IN_INDIA)
    if writer.hearing.order.route is None:
        raise writer.refuse(NO_ROUTE)
    if writer.hearing.order.route is Route.B:
        raise writer.refuse(BY_ROUTE_B)
