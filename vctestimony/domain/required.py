"""The one place that says whose presence the law or the order asks for at a hearing, at which point, and why.

Citations name a provision that was read; the Model Rules bind only as the High Court adopted them. A magistrate of the
host country has no seat in those rules and is never presented as if he had.
"""

from collections.abc import Iterable, Mapping

from vctestimony.domain.hearing import End, RequiredDuty
from vctestimony.domain.people import Duty, PostKind
from vctestimony.domain.wording import N_

# Rule 5.3 in the two adopted texts that were read and number it differently.
_OWN_NUMBERS: dict[str, str] = {
    "kerala": N_("Kerala rules, r. 5(4)(i)"),
    "gujarat": N_("Gujarat rules, r. 9(4).1"),
}
_OVERSEAS = N_("Model Rules r. 5.3.1, as adopted")

# Who coordinates at a Remote Point in India, by the kind of place.
_IN_INDIA: dict[PostKind, tuple[str, str]] = {
    PostKind.TRIAL_COURT: (
        N_("At another court: an official whom its District Judge nominates"),
        N_("Model Rules r. 5.3.2, as adopted"),
    ),
    PostKind.MAGISTRATES_COURT: (
        N_("At another court: an official whom its District Judge nominates"),
        N_("Model Rules r. 5.3.2, as adopted"),
    ),
    PostKind.LEGAL_SERVICES: (
        N_("At a legal services authority: a person nominated by its Chair or Secretary"),
        N_("Model Rules r. 5.3.3, as adopted"),
    ),
    PostKind.PRISON: (
        N_("At a prison: the Superintendent or the officer in charge"),
        N_("Model Rules r. 5.3.4, as adopted"),
    ),
    PostKind.HOSPITAL: (
        N_("At a government hospital: the Medical Superintendent or an authorised person"),
        N_("Model Rules r. 5.3.5, as adopted"),
    ),
    PostKind.GOVERNMENT_OFFICE: (
        N_("At a government office: its head or an authorised official"),
        N_("Model Rules r. 5.3.8, as adopted"),
    ),
}
_HOME_FOR_CHILDREN = (
    N_("At a home for children: its Superintendent, officer in charge or authorised official"),
    N_("Model Rules r. 5.3.6, as adopted"),
)
_HOME_FOR_WOMEN = (
    N_("At a home for women: its Superintendent, officer in charge or authorised official"),
    N_("Model Rules r. 5.3.7, as adopted"),
)
_APPOINTED = (
    N_("At a place the rules do not list: a fit, willing and impartial person whom the court appoints"),
    N_("Model Rules r. 5.3.10, as adopted"),
)
_NO_FACILITY = (
    N_("No video link at the place: the court asks the District Judge there to appoint a coordinator nearby"),
    N_("Model Rules r. 5.4, as adopted"),
)


def required_duties(facts: Mapping[str, bool], *, remote_kind: PostKind, high_court: str) -> tuple[RequiredDuty, ...]:
    """Every duty this hearing needs, and those it may have, the Court Point's first; one entry a duty.

    `facts` answers every named fact: a missing one is a KeyError, never a no.
    """
    found = [
        _court(Duty.JUDGE, N_("Conducts the hearing, records the evidence and signs it"), _record(facts)),
        _court(
            Duty.COURT_COORDINATOR, N_("A coordinator is needed at both points"), N_("Model Rules r. 5.1, as adopted")
        ),
        _court(Duty.PROSECUTION, N_("Calls and examines the witness"), N_("Model Rules r. 12.5, as adopted")),
        _court(
            Duty.DEFENCE,
            N_(
                "Evidence is taken in the presence of the accused, or of the advocate when attendance is dispensed with"
            ),
            _presence(facts),
        ),
    ]
    if facts["custody_accused"]:
        why = N_("The accused is in custody: the place of custody joins the same link")
        found.append(_court(Duty.PRISON, why, N_("Model Rules r. 12.8, as adopted")))
    found.append(_remote_coordinator(facts, remote_kind=remote_kind, high_court=high_court))
    found += [*_interpreter(facts), *_support(facts), *_magistrate(facts)]
    return tuple(found)


def missing(required: Iterable[RequiredDuty], participants: Iterable[Duty]) -> tuple[RequiredDuty, ...]:
    """The required duties that none of the participants fills."""
    filled = frozenset(participants)
    return tuple(duty for duty in required if duty.required and duty.duty not in filled)


def _court(duty: Duty, why: str, authority: str) -> RequiredDuty:
    return RequiredDuty(duty, End.COURT, why, authority, required=True)


def _remote(duty: Duty, why: str, authority: str, *, required: bool = True) -> RequiredDuty:
    return RequiredDuty(duty, End.REMOTE, why, authority, required=required)


def _record(facts: Mapping[str, bool]) -> str:
    return N_("BNSS ss. 310–312") if facts["bnss"] else N_("CrPC ss. 275–278")


def _presence(facts: Mapping[str, bool]) -> str:
    return N_("BNSS s. 308") if facts["bnss"] else N_("CrPC s. 273")


def _remote_coordinator(facts: Mapping[str, bool], *, remote_kind: PostKind, high_court: str) -> RequiredDuty:
    """Abroad an official of the Indian mission, whatever the place; in India by the kind of the place."""
    if facts["overseas"]:
        why = N_("Abroad: an official of the Indian mission, be it consulate, embassy or High Commission")
        return _remote(Duty.REMOTE_COORDINATOR, why, _OWN_NUMBERS.get(high_court, _OVERSEAS))
    if facts["no_facility"]:
        why, authority = _NO_FACILITY
    elif remote_kind is PostKind.SHELTER_HOME:
        why, authority = _HOME_FOR_CHILDREN if facts["child"] else _HOME_FOR_WOMEN
    else:
        why, authority = _IN_INDIA.get(remote_kind, _APPOINTED)
    return _remote(Duty.REMOTE_COORDINATOR, why, authority)


def _interpreter(facts: Mapping[str, bool]) -> list[RequiredDuty]:
    if facts["speech_disability"]:
        why = N_("The witness cannot speak: an interpreter or special educator, and the examination is videographed")
        authority = N_("BSA s. 125") if facts["bnss"] else N_("Model Rules r. 5.9.2, as adopted")
        return [_remote(Duty.INTERPRETER, why, authority)]
    if facts["interpreter"]:
        why = N_("The witness needs an interpreter, at the point the court orders")
        return [_remote(Duty.INTERPRETER, why, N_("Model Rules r. 5.9.1, as adopted"))]
    return []


def _support(facts: Mapping[str, bool]) -> list[RequiredDuty]:
    """Required once the court allowed one; for a child in a POCSO case the law only says that one may be there."""
    pocso_child = facts["child"] and facts["pocso"]
    authority = N_("POCSO Act s. 33(4)") if pocso_child else N_("Model Rules r. 16.2, as adopted")
    if facts["support_person"]:
        return [_remote(Duty.SUPPORT_PERSON, N_("The court allowed a support person beside the witness"), authority)]
    if facts["child"]:
        why = N_("A person whom the child trusts may be beside the child")
        return [_remote(Duty.SUPPORT_PERSON, why, authority, required=False)]
    return []


def _magistrate(facts: Mapping[str, bool]) -> list[RequiredDuty]:
    """By mutual legal assistance the host court takes part; otherwise only if the order or the host's law asks."""
    if not facts["overseas"]:
        return []
    if facts["route_b"]:
        why = N_("By mutual legal assistance the court of the host country takes part")
        bangladesh = N_("Bangladesh: Mutual Assistance in Criminal Matters Act 2012, ss. 15–18")
        elsewhere = N_("The law of the host country; confirm locally")
        return [_remote(Duty.MAGISTRATE, why, bangladesh if facts["host_bangladesh"] else elsewhere)]
    why = N_("Only if the court's order or the law of the host country asks for a host magistrate")
    return [_remote(Duty.MAGISTRATE, why, N_("The order of the court, or host-country law"), required=False)]
