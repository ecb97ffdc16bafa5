"""Every route says who may use it, and only the routes listed here are open to everybody."""

import pytest
from flask import Flask

OPEN = {
    "account.enter",
    "account.sign_in",
    "account_address.confirm",
    "account_address.look",
    "account_link.anew",
    "account_link.ask",
    "account_link.choose",
    "account_link.enter_anew",
    "account_link.lost",
    "account_link.take",
    "answers.ask",
    "answers.give",
    "event_files.of_answer_link",
    "feeds.read",
    "field.receive",
    "field.settle",
    "field.show",
    "field.worker",
    "help.glossary",
    "help.healthz",
    "help.readyz",
    "joining_links.look",
    "joining_links.send",
    "joining_links.show",
    "language.choose",
    "option_answers.ask",
    "option_answers.give",
    "passkey.take",
    "provider.back",
    "provider.go",
    "reminder_links.ask",
    "reminder_links.take",
    "second_step.ask",
    "second_step.leave",
    "second_step.mail_link",
    "second_step.take",
    "verify.ask",
    "verify.compare",
    "verify.compare_with",
    "verify.look",
    "verify.show",
}
# Flask's own door to the files in web/static.
WITHOUT_VIEW = {"static"}


def unmarked(app: Flask) -> list[str]:
    """Routes that do not say who may use them."""
    return sorted(
        name for name, view in app.view_functions.items() if name not in WITHOUT_VIEW and not hasattr(view, "action")
    )


def open_routes(app: Flask) -> set[str]:
    return {name for name, view in app.view_functions.items() if getattr(view, "action", name) is None}


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    assert unmarked(app) == []


def test_only_the_listed_routes_are_open_to_everybody(app: Flask) -> None:
    assert open_routes(app) <= OPEN


@pytest.mark.abuse(11)
def test_a_route_that_says_nothing_is_found() -> None:
    app = Flask("planted")
    app.add_url_rule("/planted", "planted", lambda: "")
    assert unmarked(app) == ["planted"]


@pytest.mark.abuse(11)
@pytest.mark.threat("T1")
@pytest.mark.asvs("8.2.1")
def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    let_in = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN | WITHOUT_VIEW or "GET" not in (rule.methods or set()):
            continue
        path = rule.rule
        for name, converter in rule._converters.items():
            path = path.replace(f"<{name}>", "1").replace(f"<int:{name}>", "1")
            assert converter is not None
        if client.get(path, base_url="http://127.0.0.1:8000").status_code != 302:
            let_in.append(rule.endpoint)
    assert let_in == []
