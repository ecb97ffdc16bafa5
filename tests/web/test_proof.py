"""The page that compares a code with the register, in the hands of somebody who tries codes."""

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.world import World
from vctestimony.web.verify import MOST_WRONG


def test_trying_codes_is_stopped_after_thirty_wrong_ones(browser: Browser, world: World) -> None:
    for _ in range(MOST_WRONG):
        browser.get("/verify/R-00000000", status=404)
    answer = browser.ask("/verify/R-00000000")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("code", ["R-00000000", "%3Cscript%3E", "নমুনা"])
def test_an_unknown_code_gets_a_clear_page(app: Flask, world: World, code: str) -> None:
    page = Browser(app).get(f"/verify/{code}", status=404)
    assert "<script>" not in page.response.text
