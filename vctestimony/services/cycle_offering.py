"""The use-case that prints the transcript as a soft copy and lets it be signed; drawing it holds no transaction."""

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Stale
from vctestimony.domain.record import cycle_rules as rules
from vctestimony.domain.record.cycle import Made, Move, Rung
from vctestimony.domain.signing import Purpose
from vctestimony.services import printing, signing
from vctestimony.services.cycle_steps import Place, check_seen, check_text, place_for, write
from vctestimony.services.printing import Printed
from vctestimony.services.signing_cycle import CODE
from vctestimony.services.unit import Unit, Units

TRANSCRIPT = "transcript"


def offer(units: Units, reference: str, *, number: int, language: str, by: Actor) -> str:
    """Print the transcript and make it ready for the electronic signature; the code of the soft copy.

    The same text gives the same soft copy again, with the signatures that it has.
    """
    with units.reading() as unit:
        _, text = _ready(unit, reference, number=number, by=by)
    printed = printing.print_for(units, reference, TRANSCRIPT, lang=language, by=by)
    with units.writing() as unit:
        place, text_now = _ready(unit, reference, number=number, by=by)
        if text_now != text:
            raise Stale()
        return _offered(unit, place, printed, text=text, language=language, by=by)


def _ready(unit: Unit, reference: str, *, number: int, by: Actor) -> tuple[Place, str]:
    place = place_for(unit, reference, Rung.OFFERED, by=by)
    rules.check_turn(place.stands, Rung.OFFERED, said=place.said)
    check_seen(place, number)
    return place, check_text(unit, place, Rung.OFFERED)


def _offered(unit: Unit, place: Place, printed: Printed, *, text: str, language: str, by: Actor) -> str:
    hearing, content = place.hearing, printed.content
    code = signing.offer(unit, hearing, purpose=Purpose.TRANSCRIPT, content=content, language=language, by=by)
    new = Made(
        number=len(place.made) + 1,
        move=Move.DONE,
        rung=Rung.OFFERED,
        path=place.stands.path,
        happened_at=unit.now,
        by=by.name,
        facts={CODE: code, "document": printed.number, "version": str(printed.version)},
        text_sha256=text,
    )
    write(unit, hearing, new, "cycle.step_done", by=by)
    return code
