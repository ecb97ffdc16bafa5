"""The one place that gathers the facts of a hearing: what was asked of case, order and witness, and what follows."""

from vctestimony.domain.casework import MAY_ARISE, Regime, Route, Signing, recognised_identity
from vctestimony.domain.casework import Instance as Trial
from vctestimony.domain.facts import Facts
from vctestimony.domain.people import PostKind
from vctestimony.store.models import CaseRow, HearingRow, OrderRow, PostRow, WitnessRow

HOME = "IN"


def facts_of(hearing: HearingRow) -> Facts:
    """Every named fact of this hearing; an unasked question refuses (MissingFact), it is never taken as no."""
    return facts_from(case=hearing.case, order=hearing.order, witness=hearing.witness, remote=hearing.remote)


def facts_from(*, case: CaseRow, order: OrderRow, witness: WitnessRow, remote: PostRow) -> Facts:
    """The same before there is a hearing, for the place where the witness would sit."""
    overseas = remote.country != HOME
    return Facts(
        {
            **case.facts,
            **order.facts,
            **witness.facts,
            **_of_place(remote),
            **_of_case(case, overseas=overseas),
            "route_a": overseas and order.route is Route.A,
            "route_b": overseas and order.route is Route.B,
            "digital_signatures": order.signing is Signing.DIGITAL,
            "no_recognised_id": not recognised_identity(witness.identity_document),
            "bangladesh_victim": witness.nationality == "BD" and case.facts.get("trafficking", False),
            "video_declined": False,
            **dict.fromkeys(MAY_ARISE, True),
        }
    )


def _of_place(remote: PostRow) -> dict[str, bool]:
    return {
        "overseas": remote.country != HOME,
        "in_india": remote.country == HOME,
        "host_bangladesh": remote.country == "BD",
        "host_nepal": remote.country == "NP",
        "host_uk": remote.country == "GB",
        "at_mission": remote.kind is PostKind.MISSION,
        "other_place": remote.kind is PostKind.OTHER,
    }


def _of_case(case: CaseRow, *, overseas: bool) -> dict[str, bool]:
    return {
        "bnss": case.regime is Regime.BNSS,
        "crpc": case.regime is Regime.CRPC,
        "sessions": case.instance is Trial.SESSIONS,
        "magistrate": case.instance is Trial.MAGISTRATE,
        "officer_abroad_bound": overseas and case.rule_pack == "delhi",
    }
