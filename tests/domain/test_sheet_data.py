"""A sheet as data: what is read back is the very same sheet, and other data is refused."""

import json

import pytest

from tests.adapters import paper_samples
from vctestimony.domain.documents.record import RecordSheet
from vctestimony.domain.record.content import canonical
from vctestimony.domain.record.sheet_data import NotASheet, as_data, from_data


@pytest.mark.parametrize("lang", ["en", "hi", "bn"])
@pytest.mark.parametrize("sealed", [True, False])
def test_a_record_comes_back_as_it_was(lang: str, *, sealed: bool) -> None:
    sheet = paper_samples.record(lang, sealed=sealed)
    text = canonical({"paper": as_data(sheet)})
    assert from_data(RecordSheet, json.loads(text)["paper"]) == sheet


@pytest.mark.parametrize("change", [{"log": None}, {"heading": []}, {"certificate": 3}, {"unknown": ""}])
def test_what_is_no_sheet_is_refused(change: dict[str, object]) -> None:
    data = as_data(paper_samples.record("en", sealed=True))
    assert isinstance(data, dict)
    with pytest.raises(NotASheet):
        from_data(RecordSheet, data | change)
