"""The one place that makes the cards from which oaths and affirmations are read."""

from collections.abc import Mapping

from vctestimony.domain.documents import oaths
from vctestimony.domain.documents.cards import ChildPart, OathCard, Spoken
from vctestimony.domain.documents.citing import BANGLADESH_OATHS, KERALA, Citing, Statement
from vctestimony.domain.people import Duty
from vctestimony.domain.record.fields import Source
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_paper import heading
from vctestimony.services.facts import facts_of
from vctestimony.services.papers import consent, declarations
from vctestimony.services.papers.citing import citing, name_of
from vctestimony.services.papers.making import Asked, Made, Maker, NotForThisHearing
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

GUJARAT = "gujarat"
_OATH, _AFFIRMATION = N_("Oath"), N_("Affirmation")
_NO_INTERPRETER = N_("No interpreter is needed, and nobody is named as one.")
_WHO_ADMINISTERS = N_(
    "The presiding officer administers, or the Court Point Coordinator on his or her direction; record who did."
)
_HER_LANGUAGE = N_("In the witness's own language; where this card is not in it, the interpreter says each line.")
_CHOICE = N_("The witness may affirm instead of swearing; the court may allow another form that binds her community.")
_IRREGULARITY = N_("An omission or irregularity in the oath does not make the evidence invalid.")
_INTERPRETER_FIRST = N_("The interpreter is sworn first, with a card of their own.")
_BANGLADESH = N_(
    "Where the court in Bangladesh itself swears the witness, its own forms are used instead of this card."
)
_QUESTIONS = (
    N_("Do you know what it is to tell the truth, and what it is to tell a lie?"),
    N_("If I said that it is night now, would that be the truth or a lie?"),
    N_("When you are asked something here, what should you say?"),
    N_("Do you know what it means to swear, or to promise solemnly, to tell the truth?"),
)
_ASKING = N_("Ask in words like these, gently, before any oath; write down the answers and the opinion of the court.")
_PROVISO = N_(
    "A child under twelve who understands the duty of speaking the truth, but not what an oath or affirmation is, "
    "takes none. The evidence is admissible all the same, and the child must still tell the truth."
)
_INTERPRETER_MUST = N_(
    "Whoever interprets swears or affirms before the witness does, who then speaks through the interpreter."
)
_OFFICIAL = N_("The court's own interpreter, sworn on taking office, need not swear again.")
_NO_POLICE = N_("Never a police officer in a police case.")
_NO_INTEREST = N_("No interest in the case, no relation to a party or to the witness.")
_INTERPRETER_AFFIRMS = N_("The interpreter may affirm instead of swearing.")


def oath_of_witness(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """Form 1, and for a child under twelve what comes before it; everything else by the facts of the hearing."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    return Made(
        OathCard(
            heading=heading(unit, hearing, language=asked.language),
            name=hearing.witness.pseudonym,
            languages=hearing.witness.languages,
            oath=_spoken(_OATH, oaths.WITNESS_SWEARS, asked.language, cite),
            affirmation=_spoken(_AFFIRMATION, oaths.WITNESS_AFFIRMS, asked.language, cite),
            statements=_of_witness(cite, facts),
            child=_child(cite) if facts["child_under_12"] else None,
        )
    )


def oath_of_interpreter(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """Form 3, for whoever interprets at this hearing; ruled where nobody is named yet."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    name = name_of(hearing, Duty.INTERPRETER)
    if not (name or facts["interpreter"] or facts["speech_disability"]):
        raise NotForThisHearing(why=cite.translate(_NO_INTERPRETER))
    return Made(
        OathCard(
            heading=heading(unit, hearing, language=asked.language),
            name=name,
            languages=hearing.witness.languages,
            oath=_spoken(_OATH, oaths.INTERPRETER_SWEARS, asked.language, cite),
            affirmation=_spoken(_AFFIRMATION, oaths.INTERPRETER_AFFIRMS, asked.language, cite),
            statements=_of_interpreter(cite),
        )
    )


def _spoken(title: str, formula: oaths.Formula, language: str, cite: Citing) -> Spoken:
    original = "" if language == oaths.GOVERNING else formula.original
    return Spoken(title=cite.translate(title), lines=formula.lines[language], original=original)


def _of_witness(cite: Citing, facts: Mapping[str, bool]) -> tuple[Statement, ...]:
    """What to mind; without a rule of the High Court where its own rules have none on the oath (Gujarat)."""
    by_rule = () if cite.rule_pack == GUJARAT else (cite.model("8.2", kerala="8(7)"),)
    in_practice = (cite.of(Source.KERALA_PRACTICE, "53"),) if cite.rule_pack == KERALA else ()
    return (
        cite.required(_WHO_ADMINISTERS, cite.of(Source.OATHS, "6(2)"), *by_rule),
        cite.required(_HER_LANGUAGE, *in_practice) if in_practice else cite.recommended(_HER_LANGUAGE),
        cite.allowed(_CHOICE, cite.of(Source.OATHS, "5, 6")),
        *((cite.duty(_INTERPRETER_FIRST, cite.of(Source.OATHS, "4(1)(b)")),) if facts["interpreter"] else ()),
        *((_of_host_court(cite),) if facts["route_b"] and facts["host_bangladesh"] else ()),
        cite.stated(_IRREGULARITY, cite.of(Source.OATHS, "7")),
    )


def _of_host_court(cite: Citing) -> Statement:
    return cite.duty(_BANGLADESH, cite.translate(BANGLADESH_OATHS))


def _child(cite: Citing) -> ChildPart:
    return ChildPart(
        questions=tuple(cite.translate(question) for question in _QUESTIONS),
        asking=cite.recommended(_ASKING),
        proviso=cite.required(_PROVISO, cite.translate(N_("Oaths Act 1969, s. 4(1), proviso"))),
    )


def _of_interpreter(cite: Citing) -> tuple[Statement, ...]:
    no_police = (
        cite.required(_NO_POLICE, cite.of(Source.KERALA_PRACTICE, "54"))
        if cite.rule_pack == KERALA
        else cite.recommended(_NO_POLICE)
    )
    return (
        cite.duty(_INTERPRETER_MUST, cite.of(Source.OATHS, "4(1)(b)")),
        no_police,
        cite.recommended(_NO_INTEREST),
        cite.allowed(_INTERPRETER_AFFIRMS, cite.of(Source.OATHS, "5")),
        cite.stated(_OFFICIAL, cite.of(Source.OATHS, "4(2)"), cite.translate(N_("check the full text"))),
        cite.required(_WHO_ADMINISTERS, cite.of(Source.OATHS, "6(2)")),
    )


MAKERS: dict[str, Maker] = {
    "oath-interpreter": oath_of_interpreter,
    "oath-witness": oath_of_witness,
    **declarations.MAKERS,
    **consent.MAKERS,
}
