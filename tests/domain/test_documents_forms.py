"""What each High Court's request form asks, and how its rules are cited: read texts by their own numbers only."""

import pytest

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.documents.local_rules import CHECK_NUMBER, LOCAL_RULES, Topic, cited
from vctestimony.domain.documents.request_forms import REQUEST_FORMS, Item
from vctestimony.domain.paper import Force

READ = {"gujarat", "kerala", "punjab-haryana"}


def test_every_high_court_has_its_rules_and_its_form() -> None:
    assert set(LOCAL_RULES) == set(REQUEST_FORMS) == set(HIGH_COURTS)
    assert {court for court, rules in LOCAL_RULES.items() if rules.was_read} == READ
    assert all(set(rules.says) == set(Topic) for rules in LOCAL_RULES.values())


@pytest.mark.parametrize("court", HIGH_COURTS)
def test_a_rule_of_a_text_that_was_not_read_is_never_cited_without_a_warning(court: str) -> None:
    for topic in Topic:
        citation = cited(court, topic, high_court="the court", translate=str)
        rule = LOCAL_RULES[court].says[topic]
        if rule.force in {Force.REQUIRED, Force.SUGGESTED}:
            assert citation.endswith(f"r. {rule.number}" + ("" if court in READ else f" ({CHECK_NUMBER})"))
        else:
            assert not rule.number
            assert citation == "" or citation.endswith("(confirm locally)")


def test_kerala_asks_for_its_own_items_in_its_own_order() -> None:
    assert [item for item, _ in REQUEST_FORMS["kerala"].items] == [
        Item.CASE,
        Item.COURT,
        Item.CAUSE,
        Item.DATE,
        Item.COURT_POINT,
        Item.REMOTE_POINT,
        Item.PEOPLE_WITH_ADDRESS,
        Item.STAGE,
        Item.REASONS,
        Item.OTHER,
    ]
    assert REQUEST_FORMS["kerala"].is_served


@pytest.mark.parametrize("court", sorted(set(HIGH_COURTS) - {"kerala"}))
def test_other_courts_have_the_form_of_the_model_rules_and_say_so_where_theirs_was_not_read(court: str) -> None:
    form = REQUEST_FORMS[court]
    assert [item for item, _ in form.items] == [
        Item.CASE,
        Item.CAUSE,
        Item.DATE,
        Item.COURT_POINT,
        Item.REMOTE_POINT,
        Item.PEOPLE,
        Item.REASONS,
        Item.NATURE,
    ]
    assert ("check the court's own form" in form.caution) == (court != "punjab-haryana")
    assert not form.is_served


def test_gujarat_names_no_figure_and_has_rules_of_its_own_where_they_were_read() -> None:
    assert LOCAL_RULES["gujarat"].ready_minutes is None
    assert LOCAL_RULES["gujarat"].says[Topic.ORIGINAL].force is Force.RECOMMENDED
    assert LOCAL_RULES["kerala"].says[Topic.ROUTING].force is Force.REQUIRED
    assert LOCAL_RULES["delhi"].says[Topic.ROUTING].force is Force.CONFIRM


@pytest.mark.parametrize(
    ("court", "number"), [("punjab-haryana", "8.8.1–8.8.2"), ("bombay", "8.8.1–8.8.2"), ("kerala", "8(16)")]
)
def test_the_hard_copy_is_preferably_sent_within_three_days_and_not_required(court: str, number: str) -> None:
    rule = LOCAL_RULES[court].says[Topic.ORIGINAL]
    assert (rule.number, rule.force, rule.mark) == (number, Force.SUGGESTED, "Preferably")
