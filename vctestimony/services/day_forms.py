"""The one place that says when a form of the log that a device keeps is no longer the one that would be shown now."""

import json
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.waiting import WAITING
from vctestimony.services import logbook
from vctestimony.services.access import hearing_for
from vctestimony.services.day_keys import first_of
from vctestimony.services.record_values import named_at
from vctestimony.services.unit import Unit


def form_marks(unit: Unit, reference: str, *, language: str, by: Actor) -> dict[str, str]:
    """By kind, a mark of what its form shows: it changes with whoever reads it and the language, the people named, what
    comes first, what waits for such an entry, the stage of the hearing, and every day."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    log = logbook.entries(unit, hearing)
    first = first_of(hearing, log)

    def word(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    whole = [by.account_id, language, hearing.state, hearing.version, unit.now.date().isoformat()]
    whole += [named_at(hearing, end, word=word) for end in End]
    own = {
        kind: [*first(kind), *(one.number for one in WAITING[kind](log))] if kind in WAITING else first(kind)
        for kind in Kind
        if ENTRIES[kind].key
    }
    return {kind: sha256(json.dumps([*whole, kind, told]).encode()).hexdigest()[:10] for kind, told in own.items()}
