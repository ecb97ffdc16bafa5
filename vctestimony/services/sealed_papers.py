"""The one use-case that prints a witness's name: the summons for the sealed cover, for whoever may open the vault.

The look into the vault is in the journal, with its reason, before anything is drawn; the print is there after it. The
name goes to the press and to the browser and nowhere else: not into number, file name, metadata, register or journal.
Neither the facts' digest nor the file's hash is made of it. The digest is made of everything else and of the sealed
bytes in the vault, so that the same facts give the same document again, and an identity that was entered anew gives
the next version. No command line prints it: nobody stands there who could be named for the look.
"""

from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents import KINDS
from vctestimony.domain.documents.forms import SEALED_SUMMONS
from vctestimony.domain.errors import Conflict
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, printing, vault, whereabouts
from vctestimony.services.access import hearing_for
from vctestimony.services.papers.forms_summons import named, nameless
from vctestimony.services.papers.making import Made
from vctestimony.services.printing import Draft, Printed
from vctestimony.services.unit import Unit, Units
from vctestimony.store import cases
from vctestimony.store.models import HearingRow


class NoNameSealed(Conflict):
    """A summons for the sealed cover without a name would be the ordinary one."""

    text = N_("The vault holds no name for this witness yet. Enter it in the witness's form first.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page says before it asks for the reason."""

    case_number: str
    pseudonym: str


def about(unit: Unit, reference: str, *, by: Actor) -> Asked:
    """For whom the summons would be, if this person may open the vault for it; NoTimeYet without a time."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
    pseudonym = vault.pseudonym_for(unit, hearing.witness.reference, by=by)
    nameless(unit, hearing, language=by.language)
    return Asked(hearing.case.number, pseudonym)


def print_summons(units: Units, reference: str, *, lang: str, reason: str, by: Actor) -> Printed:
    """The summons with the full name, for this one print and for this reason."""
    try:
        with units.writing() as unit:
            draft = _drafted(unit, reference, lang=lang, reason=reason, by=by)
    except vault.NOT_SHOWN as refusal:
        with units.reading() as unit:
            witness = hearing_for(unit, reference, by=by, action=Action.PRINT).witness.reference
        vault.note_refusal(units, witness, refusal, by=by)
        raise
    return printing.issue(units, draft, by=by)


def _drafted(unit: Unit, reference: str, *, lang: str, reason: str, by: Actor) -> Draft:
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
    whereabouts.check_paper(hearing, SEALED_SUMMONS, None, by=by)
    sheet = nameless(unit, hearing, language=lang)
    opened = vault.look(unit, hearing.witness.reference, reason=reason, by=by)
    identity = {field: dict(opened.fields).get(label, "") for field, label in vault.FIELDS.items()}
    if not identity["name"]:
        raise NoNameSealed()
    return Draft(
        kind=KINDS[SEALED_SUMMONS],
        key="|".join((hearing.reference, SEALED_SUMMONS, "", lang)),
        language=lang,
        made=Made(named(sheet, identity)),
        clocks=hearing_clocks.clocks_for(hearing),
        subject=hearing.reference,
        hearing_id=hearing.id,
        starts_at=hearing.starts_at,
        guarded=(sheet, _as_sealed(unit, hearing)),
    )


def _as_sealed(unit: Unit, hearing: HearingRow) -> tuple[tuple[str, str], ...]:
    """Which bytes the vault holds: other ones whenever an identity was written, and nothing can be read from them."""
    rows = cases.sealed_fields(unit.session, hearing.witness.id)
    return tuple((row.field, sha256(row.sealed).hexdigest()) for row in rows)
