"""The one place that says what the rules ask of a court's recording, as adopted where this case is tried."""

from vctestimony.domain.casework import Regime
from vctestimony.domain.documents.citing import KERALA, Citing, Statement
from vctestimony.domain.documents.local_rules import Topic
from vctestimony.domain.record.fields import CHECK_NUMBERS, Source
from vctestimony.domain.recordings.entries import LIVE_STREAMING
from vctestimony.domain.wording import N_
from vctestimony.services.facts import facts_of
from vctestimony.services.papers.citing import citing
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_NONE_HERE = N_("Nobody records without authority of the court. This service records nothing and holds no recording.")
_MASTER = N_("The encrypted master copy and its hash are kept in the record of the case.")
_PASSWORD = N_("The presiding officer has the password.")
_ON_ORDER = N_("A recording is opened, shown or copied only on an order of the court.")
_WITHHELD = N_(
    "The recording of testimony is withheld until all evidence in the case is recorded; then it is for the bench and "
    "the court of appeal only."
)
_SIX_MONTHS = N_("The recording is kept for at least six months.")
_ASK = N_("No rule that was read says how long a recording is kept. Ask the court, and enter its answer.")
_CERTIFICATE = N_("Each time a recording is tendered in evidence, a certificate in two parts goes with it.")
_LIVE_STREAMING = N_(
    "Model Rules for Live-Streaming and Recording of Court Proceedings, as adopted by {high_court}, r. {rule}"
)
_GUJARAT = "gujarat"


def of_keeping(unit: Unit, hearing: HearingRow, *, language: str) -> tuple[Statement, ...]:
    """What holds of every recording."""
    cite = citing(unit, hearing, language=language)
    found = [cite.ruled(_NONE_HERE, Topic.NO_RECORDING, model="3(vi)")]
    if cite.rule_pack == KERALA:
        found += [cite.duty(text, cite.of(Source.KERALA, "8(17)–8(18)")) for text in (_MASTER, _PASSWORD)]
    elif cite.rule_pack == _GUJARAT:
        found.append(cite.recommended(_MASTER))
    else:
        found.append(cite.duty(_MASTER, cite.model("8.9")))
    return tuple(found)


def of_access(unit: Unit, hearing: HearingRow, *, language: str) -> tuple[Statement, ...]:
    """Who may have it: by law where Kerala's rules, or those on live-streaming, say so; else recommended."""
    cite = citing(unit, hearing, language=language)
    found = [
        cite.duty(_ON_ORDER, cite.of(Source.KERALA, "8(18)"))
        if cite.rule_pack == KERALA
        else cite.recommended(_ON_ORDER)
    ]
    if facts_of(hearing)[LIVE_STREAMING]:
        found.append(cite.duty(_WITHHELD, _live_streaming(cite, "5.7–5.8")))
    return tuple(found)


def of_time(unit: Unit, hearing: HearingRow, *, language: str) -> Statement:
    """For how long it is kept."""
    cite = citing(unit, hearing, language=language)
    if facts_of(hearing)[LIVE_STREAMING]:
        return cite.required(_SIX_MONTHS, _live_streaming(cite, "7.4"))
    return cite.recommended(_ASK)


def of_certificate(unit: Unit, hearing: HearingRow, *, language: str) -> Statement | None:
    """What goes with a recording that is tendered; None in a case under the old code, whose rule was not read."""
    cite = citing(unit, hearing, language=language)
    if hearing.case.regime is not Regime.BNSS:
        return None
    return cite.required(_CERTIFICATE, cite.of(Source.BSA, "63(4)"))


def _live_streaming(cite: Citing, rule: str) -> str:
    line = cite.translate(_LIVE_STREAMING).format(high_court=cite.high_court, rule=rule)
    return line if cite.numbers_alike else f"{line} ({cite.translate(CHECK_NUMBERS)})"
