"""The one place that keeps out of what is typed, mailed and journalled whatever says who the witness is.

Everything compares what is sealed with the text, across scripts and spellings (domain/record/unnamed.py), and shows it
to nobody. Refused is what somebody of a court or post writes, who can write it anew; replaced by the pseudonym what
comes by mail or by link, for whoever sends it need not learn whether it was her name.
"""

import re
from collections.abc import Iterable

from vctestimony.domain.errors import Invalid
from vctestimony.domain.record.unnamed import Telling
from vctestimony.domain.recordings.names import gives_away
from vctestimony.domain.sealing import VaultShut
from vctestimony.domain.wording import N_
from vctestimony.services import vault
from vctestimony.services.unit import Unit
from vctestimony.store.models import CaseRow, HearingRow

_RUNS = re.compile("[^\\W\\d_\u0900-\u09ff]+|[\u0900-\u09ff]+|\\d+")
"""What is parted by lines, dots and a change of script in a file's name."""


class RealName(Invalid):
    """Record, log, deposition, mails and journal know the witness by pseudonym only."""

    text = N_(
        "This text names the witness, or tells something that is sealed: a telephone, an address, the number of a "
        "document. Write {pseudonym} instead. Nothing was saved."
    )


class NameOfFile(Invalid):
    """A file's name travels where the record does not."""

    text = N_(
        "The name of this file holds something that would identify the witness. Have the file renamed, or write its "
        "number without that part. Nothing was saved."
    )


def check_unnamed(unit: Unit, hearing: HearingRow, *texts: str, field: str) -> None:
    """Refuse reasons, notes and descriptions that name her, or tell anything that is sealed about her.

    What is sealed stays so where nothing was written.
    """
    if any(text.strip() for text in texts):
        telling = _telling(unit, hearing)
        _refuse(hearing, map(telling.hints_at_her, texts), field=field)


def check_speech(unit: Unit, hearing: HearingRow, *texts: str, field: str) -> None:
    """Refuse what was said or recorded where her whole name stands in it; the rest the redacted copy leaves out."""
    if any(text.strip() for text in texts):
        telling = _telling(unit, hearing)
        _refuse(hearing, map(telling.names_her, texts), field=field)


def check_reason(unit: Unit, hearing: HearingRow, reason: str, *, field: str = "reason") -> None:
    """The same as `check_unnamed` for what must be possible without the keys: a move, a cancellation.

    Where nothing can be opened nothing can be compared, and nobody here could have read the name.
    """
    try:
        check_unnamed(unit, hearing, reason, field=field)
    except VaultShut:
        return


def check_of_case(unit: Unit, case: CaseRow, *texts: str, field: str) -> None:
    """Refuse what is written about a case where it names one of its witnesses; that of a parent may be its title."""
    for witness in case.witnesses:
        try:
            telling = Telling({"name": vault.sealed_name(unit, witness)})
        except VaultShut:
            continue
        if any(map(telling.names_her, texts)):
            raise RealName(field=field, pseudonym=witness.pseudonym)


def without_name(unit: Unit, hearing: HearingRow, text: str) -> str:
    """What an official wrote by mail or link, with the pseudonym where it names her; as it is without the keys."""
    if not text.strip():
        return text
    try:
        telling = _telling(unit, hearing)
    except VaultShut:
        return text
    return telling.replaced(text, pseudonym=hearing.witness.pseudonym) if telling.hints_at_her(text) else text


def check_file_name(unit: Unit, hearing: HearingRow, name: str, *, field: str) -> None:
    """Refuse a file's name in which a word of the sealed name, or another sealed value, stands in any spelling."""
    sealed = vault.sealed_values(unit, hearing.witness)
    people = [sealed[key] for key in ("name", "parentage") if key in sealed]
    others = [value for key, value in sealed.items() if key not in ("name", "parentage")]
    spaced = " ".join(_RUNS.findall(name))
    if gives_away(name, names=people, others=others) or Telling(sealed).hints_at_her(spaced):
        raise NameOfFile(field=field)


def _telling(unit: Unit, hearing: HearingRow) -> Telling:
    """What is sealed; the names of those who take part and of the posts are no secret."""
    people = (person.official.name for person in hearing.participants)
    posts = (word for post in (hearing.court, hearing.remote) for word in (post.name, post.city))
    public = (*people, *posts, hearing.witness.pseudonym)
    return Telling(vault.sealed_values(unit, hearing.witness), public=public)


def _refuse(hearing: HearingRow, found: Iterable[bool], *, field: str) -> None:
    if any(found):
        raise RealName(field=field, pseudonym=hearing.witness.pseudonym)
