"""The one place for what a seal fixes: the whole record as data, and its paper, made from that data and nothing else.

Everything that is printed stands in the data as finished words: whoever has the data (record.json in the file) has the
paper, and the same release of the service makes the same bytes of it again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from vctestimony.domain.paper import Imprint
from vctestimony.domain.record.content import canonical
from vctestimony.services.fixed_paper import data_of
from vctestimony.services.record_basis import basis_of
from vctestimony.services.record_content import content_of
from vctestimony.services.record_enclosures import beside
from vctestimony.services.record_paper import seal_of, sealed_sheet, sheet
from vctestimony.services.statements import statements
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


def fixed(unit: Unit, hearing: HearingRow, *, language: str, code: str, sealed_at: datetime) -> str:
    """The record as canonical data under that code; the same while nothing of it changes."""
    basis = basis_of(unit, hearing, language=language)
    found = statements(unit, hearing, language=language, basis=basis)
    mark = {"code": code, "sealed_at": sealed_at.isoformat()}
    content = content_of(unit, hearing, basis=basis, found=found, language=language, mark=mark)
    head = cast("Mapping[str, object]", content["journal"])
    seal = replace(
        seal_of(unit, hearing, sha256="", code=code, sealed_at=sealed_at),
        journal_number=cast("int", head["number"]),
        journal_head=cast("str", head["hash"]),
    )
    imprint = Imprint(number=code, version=1, printed=seal.sealed, verify_url=seal.verify_url)
    paper = sealed_sheet(sheet(unit, hearing, basis=basis, found=found, language=language), seal, imprint)
    enclosures = beside(unit, hearing, basis=basis, language=language)
    return canonical({**content, **data_of(paper, enclosures, edition=unit.ports.press.edition)})
