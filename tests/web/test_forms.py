"""A posted form becomes typed values, or is shown again with everything kept and every error named."""

from datetime import date, time

import pytest
from werkzeug.datastructures import MultiDict

from tests.web.tiny_app import Colour, protected, tiny_app
from vctestimony.domain import entered
from vctestimony.web.forms import Form, FormRefused, KeyMissing, NotOffered, fresh_key


def posted(*pairs: tuple[str, str]) -> Form:
    return Form(MultiDict(pairs))


def refusals(form: Form) -> list[tuple[str | None, type[Exception]]]:
    with pytest.raises(FormRefused) as refused:
        form.check()
    return [(error.field, type(error)) for error in refused.value.errors]


def test_a_good_form_gives_typed_values() -> None:
    with posted(
        ("title", " CRL  214/2026 "), ("on", "14/9/2026"), ("at", "14.30"), ("colour", "red"), ("adult", "yes"),
        ("minutes", "৯০"), ("agree", "yes"), ("version", "3"),
    ) as form:  # fmt: skip
        read = (
            form.text("title"), form.date("on"), form.clock("at"), form.choice("colour", Colour),
            form.yes_no("adult"), form.integer("minutes", least=1, most=600), form.ticked("agree"), form.version(),
        )  # fmt: skip
    assert read == ("CRL 214/2026", date(2026, 9, 14), time(14, 30), Colour.RED, True, 90, True, 3)


def test_all_errors_are_gathered_in_the_order_of_reading() -> None:
    form = posted(("on", "31/04/2026"), ("at", "24:00"), ("colour", "green"))
    form.text("title")
    form.date("on")
    form.clock("at")
    form.choice("colour", Colour)
    form.yes_no("adult")
    assert refusals(form) == [
        ("title", entered.Missing),
        ("on", entered.NoSuchDay),
        ("at", entered.EndOfDay),
        ("colour", NotOffered),
        ("adult", entered.Missing),
    ]


def test_a_field_keeps_its_first_error() -> None:
    form = posted()
    form.text("title")
    form.refuse("title", NotOffered())
    assert refusals(form) == [("title", entered.Missing)]


def test_another_error_inside_the_block_is_not_hidden_by_refused_fields() -> None:
    with pytest.raises(ZeroDivisionError), posted() as form:
        form.text("title")
        raise ZeroDivisionError


def test_optional_fields_may_be_empty_but_not_wrong() -> None:
    form = posted(("on", " "), ("at", "noon"))
    read = (
        form.optional_text("note"),
        form.optional_long_text("story"),
        form.optional_date("on"),
        form.optional_integer("minutes", least=1, most=2),
        form.optional_choice("colour", Colour),
    )
    form.optional_clock("at")
    assert (read, refusals(form)) == (("", "", None, None, None), [("at", entered.NotAClockTime)])


@pytest.mark.abuse(16)
@pytest.mark.asvs("15.3.3")
def test_of_a_repeated_parameter_only_the_first_counts() -> None:
    assert posted(("title", "A"), ("title", "B")).text("title") == "A"


def test_several_ticks_are_read_as_a_set_and_unknown_ones_refused() -> None:
    assert posted(("c", "red"), ("c", "blue")).choices("c", Colour) == {Colour.RED, Colour.BLUE}
    assert posted().choices("c", Colour) == frozenset()
    form = posted(("c", "red"), ("c", "green"))
    form.choices("c", Colour)
    assert refusals(form) == [("c", NotOffered)]


def test_ticked_numbers_come_once_each_in_the_order_of_the_form() -> None:
    assert posted(("room", "7"), ("room", "3"), ("room", "7")).integers("room") == (7, 3)
    form = posted(("room", "7"), ("room", "x"))
    form.integers("room")
    assert refusals(form) == [("room", entered.NotANumber)]


def test_a_password_is_taken_exactly_as_typed() -> None:
    assert posted(("p", " a\tb ")).secret("p") == " a\tb "


@pytest.mark.parametrize("length", [0, 201])
def test_a_password_that_is_empty_or_too_long_is_refused(length: int) -> None:
    form = posted(("p", "x" * length))
    form.secret("p")
    assert [name for name, _ in refusals(form)] == ["p"]


def test_each_form_has_a_key_of_its_own() -> None:
    key = fresh_key()
    assert posted(("once", key)).key().key == key
    assert key != fresh_key()


def test_the_key_of_a_form_tells_other_answers_apart_and_no_other_version() -> None:
    key = ("once", fresh_key())
    first = posted(key, ("a", "1"), ("csrf_token", "x"), ("version", "1")).key()
    assert posted(key, ("a", "1"), ("csrf_token", "y"), ("version", "2")).key() == first
    assert posted(key, ("a", "2")).key() != first


@pytest.mark.parametrize("key", ["", "x" * 15, "x" * 101, "কখগঘঙচছজঝঞটঠডঢণত", "x" * 15 + "\n"])
@pytest.mark.abuse(104)
def test_a_form_without_a_proper_key_is_refused(key: str) -> None:
    form = posted(("once", key))
    form.key()
    assert refusals(form) == [("once", KeyMissing)]


def test_a_refused_form_is_shown_again_with_its_input_and_linked_errors() -> None:
    answer = tiny_app().test_client().post("/entry", data={"title": "<b>" * 9, "heard_on": "31/4/2026"})
    assert answer.status_code == 422
    assert "<title>Error: Entry</title>" in answer.text
    assert 'value="&lt;b&gt;&lt;b&gt;' in answer.text
    assert 'value="31/4/2026"' in answer.text
    assert '<a href="#f-heard_on">Heard on: The calendar has no such day.' in answer.text
    assert 'aria-describedby="h-heard_on e-heard_on" aria-invalid="true"' in answer.text


def test_a_good_form_goes_through() -> None:
    answer = tiny_app().test_client().post("/entry", data={"title": "Order", "heard_on": "2026-09-14"})
    assert answer.text == "created Order 2026-09-14"


def test_an_error_that_only_the_service_knows_stands_at_its_field() -> None:
    answer = tiny_app().test_client().post("/entry", data={"title": "service", "heard_on": "2026-09-14"})
    assert (answer.status_code, '<p class="error" id="e-title">' in answer.text) == (422, True)


def test_a_clash_shows_the_form_again_with_a_sentence_on_top() -> None:
    answer = tiny_app().test_client().post("/entry", data={"title": "clash", "heard_on": "14/9/2026"})
    assert answer.status_code == 409
    assert "<p>This clashes with what is already recorded.</p>" in answer.text
    assert 'value="14/9/2026"' in answer.text


@pytest.mark.abuse(103)
def test_a_form_overtaken_by_somebody_else_shows_what_they_saved_and_the_new_version() -> None:
    data = {"title": "stale", "heard_on": "14/9/2026", "version": "6", "once": "0123456789abcdef"}
    answer = tiny_app().test_client().post("/entry", data=data)
    assert answer.status_code == 409
    assert "Saved by somebody else meanwhile: <bdi>Stored title</bdi>" in " ".join(answer.text.split())
    assert '<input type="hidden" name="version" value="7">' in answer.text
    assert '<input type="hidden" name="once" value="0123456789abcdef">' in answer.text


def test_at_first_a_form_shows_what_is_stored_and_no_error() -> None:
    answer = tiny_app().test_client().get("/entry")
    assert 'value="Stored title"' in answer.text
    assert "Error:" not in answer.text


def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    answer = tiny_app(protected).test_client().post("/entry", data={"title": "Order"})
    assert answer.status_code == 400
    assert "The form was open too long" in answer.text
