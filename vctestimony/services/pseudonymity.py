"""The one place that keeps the witness's real name out of what is written at a hearing."""

from vctestimony.domain.errors import Invalid
from vctestimony.domain.record.naming import names
from vctestimony.domain.recordings.names import gives_away
from vctestimony.domain.wording import N_
from vctestimony.services import vault
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


class RealName(Invalid):
    """Record, log and deposition know the witness by pseudonym only."""

    text = N_("This text holds the real name of the witness. Write {pseudonym} instead. Nothing was saved.")


class NameOfFile(Invalid):
    """A file's name travels where the record does not."""

    text = N_(
        "The name of this file holds something that would identify the witness. Have the file renamed, or write its "
        "number without that part. Nothing was saved."
    )


def check_unnamed(unit: Unit, hearing: HearingRow, *texts: str, field: str) -> None:
    """Refuse texts in which the sealed name stands whole. The name is compared here and shown to nobody.

    The name stays sealed where nothing was written.
    """
    if not any(text.strip() for text in texts):
        return
    name = vault.sealed_name(unit, hearing.witness)
    if any(names(text, name) for text in texts):
        raise RealName(field=field, pseudonym=hearing.witness.pseudonym)


def check_file_name(unit: Unit, hearing: HearingRow, name: str, *, field: str) -> None:
    """Refuse a file's name in which a word of the sealed name, or another sealed value, stands in any spelling."""
    sealed = vault.sealed_values(unit, hearing.witness)
    people = [sealed[key] for key in ("name", "parentage") if key in sealed]
    others = [value for key, value in sealed.items() if key not in ("name", "parentage")]
    if gives_away(name, names=people, others=others):
        raise NameOfFile(field=field)
