"""The one place that makes the redacted copy of a sealed record, and tells it as data.

It is made from the data of the seal. What identifies the witness is opened here, compared with every text, and shown
to nobody; where a mark cannot do, nothing is printed.
"""

import json
from collections.abc import Iterable, Iterator
from functools import partial

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.documents.record import LeftOut, RedactedSheet
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.hearing import End
from vctestimony.domain.people import SCREENED, PostKind
from vctestimony.domain.record.fields import authority
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.masking import LEFT_LABELS, Hidden, Left, Masks
from vctestimony.domain.record.persons_named import names_in
from vctestimony.domain.record.redaction import (
    GROUNDS,
    GROUNDS_IN_FACTS,
    Answered,
    Redacted,
    grounds,
    redact,
    texts_of,
    whole_answers,
)
from vctestimony.domain.record.unnamed import AS
from vctestimony.domain.wording import LANGUAGES, N_
from vctestimony.services import left_words, vault
from vctestimony.services.papers.making import Asked, Made, NotForThisHearing
from vctestimony.services.record_paper import sealed_sheet_of
from vctestimony.services.statements import numbers_alike
from vctestimony.services.unit import Unit
from vctestimony.store import records
from vctestimony.store.models import HearingRow, SealedRecordRow

# Where anybody may know that hearings are held; elsewhere the place tells where the witness lives or is kept.
_PUBLIC_PLACES = frozenset(
    {PostKind.TRIAL_COURT, PostKind.MAGISTRATES_COURT, PostKind.MISSION, PostKind.GOVERNMENT_OFFICE}
)
FORMAT = "vctestimony-redacted/1"
_NO_GROUND = N_("recommended; the facts of this case name no rule and no order that asks for it")
_NOT_SEALED = N_("Its record is not sealed yet.")
_OTHER_LANGUAGE = N_("Its record was sealed in another language. Print the redacted copy in that one.")


class StillReadable(Conflict):
    """Something that identifies the witness could not be left out."""

    text = N_(
        "The redacted copy was not printed: something that identifies the witness would still stand in it. "
        "Add the words in which it stands to those that are left out, then print again."
    )


def check(unit: Unit, hearing: HearingRow, asked: Asked) -> SealedRecordRow:
    """The sealed record that the copy would be of; NotForThisHearing where there is none, or in another language."""
    row = records.sealed(unit.session, hearing.id)
    if row is None or row.language != asked.language:
        why = _NOT_SEALED if row is None else _OTHER_LANGUAGE
        raise NotForThisHearing(why=unit.ports.words.gettext(asked.language, why))
    return row


def made(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The copy that others may read. No file travels inside it."""
    row = check(unit, hearing, asked)
    sealed = sealed_sheet_of(unit, hearing, row)
    if sealed.seal is None:
        raise Absent()
    word = partial(unit.ports.words.gettext, asked.language)
    answered = whole_answers(_log(row))
    masks = Masks((*_hidden(unit, hearing, row), *_beside(hearing, row, answered)), public=_public(unit, hearing))
    copy = redact(sealed, masks, answered, translate=word)
    if any(map(masks.still_in, texts_of(copy.sheet))):
        raise StillReadable()
    court = word(HIGH_COURTS[hearing.case.rule_pack])
    facts = grounds(json.loads(row.content)["facts"])
    alike = numbers_alike(unit, hearing)
    has_ground = any(facts[name] for name in GROUNDS_IN_FACTS)
    rests_on = authority(GROUNDS, facts=facts, high_court=court, numbers_alike=alike, translate=word)
    whole, besides = copy.sheet, left_words.besides(unit, hearing)
    return Made(
        RedactedSheet(
            heading=whole.heading,
            source=sealed.seal,
            authority=rests_on if has_ground else word(_NO_GROUND),
            left=_left(copy, word=word),
            besides=besides,
            groups=whole.groups,
            log=whole.log,
            deposition=whole.deposition,
            interruptions=whole.interruptions,
            documents=whole.documents,
            certificate=whole.certificate,
            continues=whole.continues,
        ),
        facts={"words_besides": len(besides.numbers), "words_sha256": besides.sha256},
    )


def as_data(sheet: RedactedSheet) -> dict[str, object]:
    """What a copy was made from and with which words of the court, for programs; nothing of what it leaves out."""
    besides = sheet.besides
    return {
        "format": FORMAT,
        "record": {"code": sheet.source.code, "sha256": sheet.source.sha256},
        "left_out": [{"what": one.label, "times": one.count} for one in sheet.left],
        "words_besides": {"count": len(besides.numbers), "sha256": besides.sha256, "numbers": list(besides.numbers)},
    }


def _hidden(unit: Unit, hearing: HearingRow, row: SealedRecordRow) -> tuple[Hidden, ...]:
    """What identifies her: from the vault, from the court, and from the record itself."""
    known = [Hidden(AS[field], value) for field, value in vault.sealed_values(unit, hearing.witness).items()]
    known += left_words.hidden(unit, hearing)
    content = json.loads(row.content)
    place = content["hearing"]["remote_point"]
    if PostKind(place["kind"]) not in _PUBLIC_PLACES:
        known += [Hidden(Left.ADDRESS, place[part] or "") for part in ("address", "room", "name")]
    screened = {duty.value for duty in SCREENED}
    known += [
        Hidden(Left.PERSONS, person["name"])
        for person in content["persons"]
        if person["duty"] in screened and person["end"] == End.REMOTE.value
    ]
    return tuple(one for one in known if one.value.strip())


def _beside(hearing: HearingRow, row: SealedRecordRow, answered: Iterable[Answered]) -> Iterator[Hidden]:
    """Whom the answers that are left out whole name, but for those whose part in the hearing anybody may read."""
    screened = {duty.value for duty in SCREENED}
    persons = json.loads(row.content)["persons"]
    known = [hearing.witness.pseudonym, *(one["name"] for one in persons if one["duty"] not in screened)]
    for one in answered:
        if one.what is Left.PERSONS:
            yield from (Hidden(Left.PERSONS, name) for name in names_in(one.value, known=known))


def _public(unit: Unit, hearing: HearingRow) -> tuple[str, ...]:
    """What the paper says anyway: the case, the court and where it is, the cities of the clocks in every language's
    letters, the pseudonym."""
    court, word = hearing.court, unit.ports.words.gettext
    cities = (word(language, city) for language in LANGUAGES for city in (court.city, hearing.remote.city))
    told = (court.name, court.address, *cities, hearing.witness.pseudonym, hearing.case.number)
    return (*told, hearing.remote.name) if hearing.remote.kind in _PUBLIC_PLACES else told


def _log(row: SealedRecordRow) -> Iterable[tuple[int, Kind, dict[str, str]]]:
    return ((entry["number"], Kind(entry["kind"]), entry["facts"]) for entry in json.loads(row.content)["log"])


def _left(copy: Redacted, *, word: partial[str]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(label=word(LEFT_LABELS[what]), count=count) for what, count in copy.left if count)
