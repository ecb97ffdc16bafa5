"""Pages speak the language of their reader, and every text can be found for translation."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.web.tiny_app import ROOT, tiny_app
from vctestimony.adapters import languages
from vctestimony.web.language import COOKIE

BENGALI, HINDI, ENGLISH = '<html lang="bn">', '<html lang="hi">', '<html lang="en">'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'


@pytest.fixture(scope="module")
def collected() -> Catalog:
    """What this project says: to look through all of it takes seconds."""
    return languages.collect(ROOT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with a text in its code and another in a template."""
    root = tmp_path / "project"
    marked = {
        "vctestimony/refusals.py": 'text = N_("This cannot be done.")\n',
        "templates/frame.html": "<a>{{ _('Skip to the page') }}</a>\n",
        "vctestimony/translations/babel.cfg": (languages.FOLDER / "babel.cfg").read_text(encoding="utf-8"),
    }
    for place, text in marked.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("asked", "lang"), [("bn-BD,en;q=0.5", BENGALI), ("hi", HINDI), ("fr", ENGLISH), ("", ENGLISH)]
)
def test_without_a_choice_the_browser_decides(asked: str, lang: str) -> None:
    assert lang in tiny_app().test_client().get("/", headers={"Accept-Language": asked}).text


def test_the_account_decides_before_the_browser() -> None:
    page = tiny_app(of_account=lambda: "hi").test_client().get("/", headers={"Accept-Language": "bn"})
    assert HINDI in page.text


def test_a_choice_made_here_decides_before_the_account_and_leads_back() -> None:
    client = tiny_app(of_account=lambda: "hi").test_client()
    answer = client.post("/language", data={"language": "bn", "back": "/entry?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entry?page=2")
    cookie = answer.headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie) == (True, True)
    assert BENGALI in client.get("/").text


@pytest.mark.parametrize(
    "back", ["", "https://evil.example/", "//evil.example/", "/\\evil.example", "/nowhere", "/language", "/a\nb"]
)
def test_the_way_back_leads_only_to_a_page_of_ours(back: str) -> None:
    answer = tiny_app().test_client().post("/language", data={"language": "bn", "back": back})
    assert answer.headers["Location"] == "/"


def test_a_language_we_do_not_speak_changes_nothing() -> None:
    client = tiny_app().test_client()
    answer = client.post("/language", data={"language": "xx", "back": "/"})
    assert "Set-Cookie" not in answer.headers
    client.set_cookie(COOKIE, "xx")
    assert ENGLISH in client.get("/").text


def test_every_language_is_offered_in_its_own_name() -> None:
    page = tiny_app().test_client().get("/").text
    for code, name in languages.NAMES.items():
        assert f'value="{code}" lang="{code}"' in page
        assert f">{name}</button>" in page


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_the_frame_is_translated(language: str) -> None:
    client = tiny_app().test_client()
    client.set_cookie(COOKIE, language)
    assert "Skip to the page" not in client.get("/").text


def test_a_text_without_a_translation_stays_english_and_nothing_stays_nothing() -> None:
    spoken = languages.Languages(languages.FOLDER)
    assert spoken.gettext("bn", "no such text 1f3a") == "no such text 1f3a"
    assert spoken.gettext("bn", "") == ""
    assert spoken.gettext("en", "Court Point") == "Court Point"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(languages.UnknownLanguage):
        languages.Languages(languages.FOLDER).translations("fr")


def test_texts_of_code_and_templates_are_collected(collected: Catalog) -> None:
    for text in ("This cannot be done.", "Skip to the page", "Next day in %(city)s"):
        assert collected.get(text) is not None
    plural = collected.get(("{count} hour", "{count} hours"))
    assert plural is not None


def test_what_a_catalogue_lacks_can_be_listed(tmp_path: Path, collected: Catalog) -> None:
    (tmp_path / "bn.po").write_text(PO.format(msgid="Skip to the page", msgstr="x"), encoding="utf-8")
    lacking = set(languages.untranslated(languages.read_catalogue(tmp_path, "bn"), collected))
    assert ("Skip to the page" in lacking, "This cannot be done." in lacking) == (False, True)


def test_updating_keeps_translations_adds_new_texts_and_is_stable(tmp_path: Path, project: Path) -> None:
    for language in ("hi", "bn"):
        (tmp_path / f"{language}.po").write_text(PO.format(msgid="Skip to the page", msgstr="x"), encoding="utf-8")
    assert languages.update(project, tmp_path) == {"hi": 1, "bn": 1}
    first = (tmp_path / "bn.po").read_bytes()
    assert b'msgid "This cannot be done."\nmsgstr ""' in first
    languages.update(project, tmp_path)
    assert (tmp_path / "bn.po").read_bytes() == first
    assert languages.Languages(tmp_path).gettext("bn", "Skip to the page") == "x"


def test_a_retired_translation_comes_back_with_its_text(tmp_path: Path, project: Path) -> None:
    retired = '\n#~ msgid "This cannot be done."\n#~ msgstr "y"\n'
    for language in ("hi", "bn"):
        text = PO.format(msgid="Skip to the page", msgstr="x") + retired
        (tmp_path / f"{language}.po").write_text(text, encoding="utf-8")
    languages.update(project, tmp_path)
    assert languages.Languages(tmp_path).gettext("hi", "This cannot be done.") == "y"
