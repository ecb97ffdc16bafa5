"""The one place that writes calendar objects: invitations, cancellations and files to download (RFC 5545, 5546).

Times are UTC instants, so that no reader needs a time zone table of ours; the local times stand in the description.
The attendee sees himself alone, unless the court lets participants see each other. Alarms go with a REQUEST only
(RFC 5546 3.2.2, 3.2.5). A counter-proposal is welcome, so nothing forbids the reader's program to offer one.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from icalendar import Alarm, Calendar, Event, Parameters, vCalAddress, vText, vUri

from vctestimony.domain.errors import Invalid
from vctestimony.domain.itip import Method, PartStat
from vctestimony.domain.letters import Kind, Letter
from vctestimony.domain.people import Duty
from vctestimony.domain.proposal_letters import ProposalLetter
from vctestimony.domain.wording import N_

PRODUCT = "-//vctestimony//testimony by video link//EN"
ADDRESS = re.compile(r"[A-Za-z0-9!#$&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
ALARMS = (timedelta(days=-1), timedelta(hours=-1))
LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNPRINTED = frozenset({"Cc", "Cs", "Cn", "Co"})
BYTE_ORDER_MARK = "\ufeff"


class AddressUnusable(Invalid):
    """Not an address that calendars and mail servers read alike."""

    text = N_("“{address}” cannot be used as an e-mail address. Correct it with the participant.")


def many_lines(text: str) -> str:
    """Text without controls and without marks that reorder other people's words; line ends become plain ones.

    >>> many_lines("Room 2" + chr(0) + chr(0x202E) + chr(0x2028) + "Floor 3")
    'Room 2\\nFloor 3'
    """
    unified = LINE_ENDS.sub("\n", text)
    return "".join(letter for letter in unified if letter == "\n" or _is_printed(letter))


def one_line(text: str) -> str:
    """The same on a single line, as headers, names and titles need it.

    >>> one_line("Rahman" + chr(13) + chr(10) + "ATTENDEE:mailto:x@y.example")
    'Rahman ATTENDEE:mailto:x@y.example'
    """
    return " ".join(many_lines(text.replace("\t", " ")).split())


def _is_printed(letter: str) -> bool:
    # The joiners of Bengali, Hindi and emoji are of category Cf and stay.
    return not (letter in BIDI_CONTROLS or letter == BYTE_ORDER_MARK or unicodedata.category(letter) in UNPRINTED)


def common_name(text: str) -> str:
    """A name as a parameter value carries it safely (RFC 5545 3.2).

    No quotation mark can stand there. RFC 6868 spells it with a caret, which many readers show as it is, and reads any
    caret its own way; others take a backslash for an escape and lose the closing quote. So none of the three is used.

    >>> common_name('Md. "Rafiq" Islam^n' + chr(92))
    "Md. 'Rafiq' Islam n/"
    """
    return one_line(text.replace('"', "'").replace("\\", "/").replace("^", " "))


def checked_address(address: str) -> str:
    """The address as it is, or AddressUnusable: nothing is repaired silently."""
    if not ADDRESS.fullmatch(address):
        raise AddressUnusable(field="address", address=one_line(address))
    return address


def method_of(letter: Letter) -> Method:
    """CANCEL for a cancellation, REQUEST for an invitation and its updates (RFC 5546 3.2)."""
    return Method.CANCEL if letter.kind is Kind.CANCELLATION else Method.REQUEST


def scheduling_object(
    letter: Letter,
    *,
    summary: str,
    location: str,
    description: str,
    conference: str = "",
    others: Iterable[tuple[str, str]] = (),
) -> bytes:
    """The iTIP object of one letter: what stands in the mail and in its attachment.

    `conference` is what a program calls the address that the letter may tell. `others` are name and address of those
    whom its reader may see.
    """
    method = method_of(letter)
    event = _event(letter, summary=summary, location=location, description=description)
    event["ORGANIZER"] = _person(letter.organizer.name, letter.organizer.address)
    event.add("ATTENDEE", _attendee(letter, method), encode=False)
    if method is Method.REQUEST:
        for name, address in others:
            event.add("ATTENDEE", _other(name, address), encode=False)
        if letter.joining is not None:
            _add_conference(event, letter.joining.address, conference)
        event.add("STATUS", "CONFIRMED")
        for before in ALARMS:
            event.add_component(_alarm(summary, before))
    elif letter.whole_hearing_cancelled:
        # Without STATUS the event is cancelled for this attendee alone (RFC 5546 3.2.5).
        event.add("STATUS", "CANCELLED")
    calendar = _calendar(event)
    calendar.add("METHOD", method.value)
    return bytes(calendar.to_ical())


def download(letter: Letter, *, summary: str, location: str, description: str) -> bytes:
    """The same event as a file to keep."""
    event = kept_event(letter, summary=summary, location=location, description=description)
    return bytes(_calendar(event).to_ical())


def kept_event(letter: Letter, *, summary: str, location: str, description: str) -> Event:
    """The event as files and feeds hold it: no ORGANIZER or ATTENDEE, so that no program answers for anybody."""
    event = _event(letter, summary=summary, location=location, description=description)
    event.add("STATUS", "CANCELLED" if letter.kind is Kind.CANCELLATION else "CONFIRMED")
    return event


def declined_counter(letter: ProposalLetter, *, summary: str) -> bytes:
    """The answer to a COUNTER that is not agreed to (RFC 5546 3.2.8): UID and SEQUENCE echoed, the time that stands.

    No STATUS, no alarm and no PARTSTAT: what stands in the calendar stays as it is.
    """
    event = Event()
    event.add("UID", letter.uid)
    event.add("SEQUENCE", letter.sequence)
    event.add("DTSTAMP", letter.written_at)
    event.add("DTSTART", letter.start_at)
    event.add("DTEND", letter.end_at)
    event.add("SUMMARY", vText(one_line(summary)))
    event.add("CLASS", "PRIVATE")
    event.add("COMMENT", vText(many_lines(letter.words)))
    event["ORGANIZER"] = _person(letter.organizer.name, letter.organizer.address)
    event.add("ATTENDEE", _person(letter.to.name, letter.to.address), encode=False)
    calendar = _calendar(event)
    calendar.add("METHOD", Method.DECLINECOUNTER.value)
    return bytes(calendar.to_ical())


def _calendar(event: Event) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add_component(event)
    return calendar


def _event(letter: Letter, *, summary: str, location: str, description: str) -> Event:
    event = Event()
    event.add("UID", letter.uid)
    event.add("SEQUENCE", letter.sequence)
    event.add("DTSTAMP", letter.dtstamp_at)
    event.add("DTSTART", letter.to.start_at)
    event.add("DTEND", letter.to.end_at)
    event.add("SUMMARY", vText(one_line(summary)))
    event.add("LOCATION", vText(one_line(location)))
    event.add("DESCRIPTION", vText(many_lines(description)))
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "OPAQUE")
    event.add("URL", vUri(letter.hearing_url))
    if letter.first_uid:
        # Without RELTYPE the related event is the parent (RFC 5545 3.2.15): the hearing with which it began.
        event.add("RELATED-TO", vText(letter.first_uid))
    return event


def _add_conference(event: Event, address: str, label: str) -> None:
    """How it is joined (RFC 7986 5.11): the type has no default, and the features are a list without quotes."""
    told = Parameters({"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": common_name(label)})
    event.add("CONFERENCE", vUri(address), parameters=told)


class _Quoted(Parameters):
    """Parameters whose name always stands in quotes, so that no reader stops at anything in it."""

    always_quoted = (*Parameters.always_quoted, "CN")  # type: ignore[assignment]  # the library fixes its number


def _person(name: str, address: str, **told: str) -> vCalAddress:
    """Somebody by a checked address and a safe name; the address stands for a name that is empty."""
    person = vCalAddress(f"mailto:{checked_address(address)}")
    person.params = _Quoted({"CN": common_name(name) or address, **told})
    return person


def _attendee(letter: Letter, method: Method) -> vCalAddress:
    told = {"CUTYPE": "INDIVIDUAL", "ROLE": "CHAIR" if letter.to.duty is Duty.JUDGE else "REQ-PARTICIPANT"}
    if method is Method.REQUEST:
        told["PARTSTAT"] = letter.to.part_stat.value
        told["RSVP"] = "TRUE" if letter.to.part_stat is PartStat.NEEDS_ACTION else "FALSE"
    return _person(letter.to.name, letter.to.address, **told)


def _other(name: str, address: str) -> vCalAddress:
    """Somebody whom the reader sees: listed for information, and not asked by this mail (RFC 5545 3.2.16)."""
    return _person(name, address, CUTYPE="INDIVIDUAL", ROLE="NON-PARTICIPANT", RSVP="FALSE")


def _alarm(summary: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", vText(one_line(summary)))
    alarm.add("TRIGGER", before)
    return alarm
