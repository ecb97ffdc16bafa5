"""The day of the hearing and what follows, as the court takes it in the browser: log, deposition, record, seal."""

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.desk import Desk

SOON = 30_000
DEPOSITION = (
    "Q. What were you promised?\nA. Work in a tailoring shop.\n\nQ. Was there a shop?\nA. No. There was a locked house."
)
CROSS = (
    "Q. By which border post did you come?\nA. আমাকে পেট্রাপোল দিয়ে আনা হয়েছিল।\n"
    "Translation: I was brought by Benapole.\nExhibits: P-5"
)
TRANSLATED = {"answer_language": "bn", "translation_language": "en", "translated_by": "The interpreter"}
READY: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("ready_remote", {}),
    ("link_tested", {"result": "good", "by_whom": "Both coordinators"}),
    ("room_swept", {"persons": "PW-11 and the consul", "devices": "none", "notes": "none"}),
    ("lobby_locked", {}),
)
BEFORE: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("link_connected", {}),
    ("seen_and_heard", {}),
    ("phones_off", {}),
    ("presence_court", {"persons": "Judge, prosecutor, defence, coordinator", "accused": "present"}),
    ("presence_remote", {"persons": "PW-11 and the Remote Point Coordinator"}),
    (
        "identity_seen",
        {"document": "Passport of Bangladesh", "ending": "7123", "compared_by": "The consul", "copy_given": "yes"},
    ),
    (
        "coercion_checked",
        {"asked_by": "The judge", "question": "Are you free?", "answer": "Nobody forces me.", "free": "yes"},
    ),
    ("interpreter_sworn", {"name": "The interpreter", "languages": "Bengali to Marathi", "independent": "yes"}),
    ("oath", {"form": "affirmation", "administered_by": "The presiding officer", "language": "Bengali"}),
    ("stage_began", {"stage": "chief"}),
    ("link_lost", {}),
    ("link_restored", {"cause": "Power cut", "undisturbed": "yes", "repeated": "yes"}),
    (
        "document_shown",
        {
            "what": "Passbook",
            "original": "With the court",
            "mark": "P-5",
            "manner": "Held before the camera",
            "leave": "given",
        },
    ),
    ("stage_began", {"stage": "cross"}),
)
AFTER: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("demeanour", {"remark": "Calm."}),
    ("read_over", {"manner": "interpreted", "corrections": "None"}),
    ("admitted_correct", {}),
    ("quality_asked", {"answers": "Nobody complained."}),
    ("quality_satisfied", {}),
    ("remote_closing", {"reported_by": "Rina Das, over the link"}),
)


def write(desk: Desk, hearing: str, script: tuple[tuple[str, Mapping[str, str]], ...]) -> None:
    """Write the entries: what asks nothing with one press on the run sheet, the rest by its form."""
    for kind, answers in script:
        desk.go(f"/hearings/{hearing}/day")
        at_once = desk.page.locator(f"main form[action$='/log/{kind}'] button[data-key]")
        if at_once.count():
            assert not answers
            press_once(desk, kind)
            continue
        desk.go(f"/hearings/{hearing}/day/log/{kind}")
        desk.fill(**answers)
        desk.press("Write into the log")


def press_once(desk: Desk, kind: str) -> None:
    """Press a button that writes at once; ends when one more entry stands in the log and nothing waits."""
    button = desk.page.locator(f"main form[action$='/log/{kind}'] button[data-key]")
    if not desk.javascript:
        with desk.page.expect_navigation():
            button.click()
        return
    entries = desk.page.locator("#log tbody tr")
    before = entries.count()
    button.click()
    expect(entries).to_have_count(before + 1, timeout=SOON)
    expect(desk.page.locator("#live-count")).to_be_empty(timeout=SOON)


def take_down(desk: Desk, hearing: str, *, stage: str, text: str, **besides: str) -> None:
    """Paste the deposition, with what is said beside its words."""
    desk.go(f"/hearings/{hearing}/deposition")
    if besides and desk.javascript:
        desk.page.locator("#add details summary").first.click()
    desk.fill(stage=stage, text=text, **besides)
    desk.press("Add to the deposition")


def correct(desk: Desk, hearing: str, number: int, *, answer: str) -> None:
    """Put an answer right at the reading over."""
    desk.go(f"/hearings/{hearing}/deposition/{number}")
    desk.fill(answer=answer)
    desk.press("Save the line")


def state_the_rest(desk: Desk, hearing: str) -> int:
    """Fill in whatever the record still misses; gives how many statements that were."""
    filled = 0
    while True:
        desk.go(f"/hearings/{hearing}/record")
        missing = desk.page.locator(f"main section.act a[href^='/hearings/{hearing}/record/']")
        if not missing.count():
            return filled
        with desk.page.expect_navigation():
            missing.first.click()
        desk.fill(value="Stated by the court: none.")
        desk.press("Save")
        filled += 1


def seal(desk: Desk, hearing: str, *, language: str) -> str:
    """Seal the record; gives the code under which anybody can compare it."""
    desk.go(f"/hearings/{hearing}/seal")
    desk.fill(language=language)
    desk.press("Seal the record now")
    link = desk.page.locator("main a[href^='/verify/']").first.get_attribute("href")
    assert link, desk.text()
    return link.rpartition("/")[2]
