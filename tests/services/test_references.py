"""References tell neither order nor count nor time."""

import os
from dataclasses import replace
from itertools import pairwise

import pytest

from vctestimony.services.ports import Ports
from vctestimony.services.references import ALPHABET, new_reference
from vctestimony.services.unit import Units


@pytest.mark.threat("T8")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_thousand_references_follow_no_order(units: Units, ports: Ports) -> None:
    with units.with_ports(replace(ports, random=os.urandom)).reading() as unit:
        made = [new_reference(unit, "H") for _ in range(1000)]
    assert len(set(made)) == 1000
    rises = sum(one < next_one for one, next_one in pairwise(made))
    assert 400 < rises < 600
    for place in range(2, 10):
        assert {one[place] for one in made} == set(ALPHABET)
