"""Faults planted into packs that stand together: each is named by file, line and key, in words."""

from pathlib import Path

import pytest

from tests.adapters.test_packs import HEAD, STEP, folder
from vctestimony.adapters.packs import LARGEST_FILE, check_packs, edition_of, load_packs
from vctestimony.domain.sop import MOST_NAMED, BrokenPack

OTHER = STEP.replace("B01", "B02").replace('blocks = "start"\n', 'blocks = "start"\nafter = ["B01"]\n')
CHANGE = """\
[[change]]
id = "B01"
difference.en = "Earlier."
difference.hi = "पहले।"
difference.bn = "আগে।"
offset = "T-45m"
"""
BASE = HEAD + STEP + OTHER
COURT = (
    HEAD.replace('id = "base"', 'id = "kerala"').replace("selects.always = true", 'selects.high_court = "kerala"')
    + CHANGE
)
RECORDING = HEAD.replace('id = "base"', 'id = "recording"').replace(
    "selects.always = true", 'selects.when.all = ["bnss"]'
)

NEVER = "The condition contradicts itself, so the step can never apply."
NEVER_CHANGED = "The step never applies where this pack does, so the change never takes place."


def told(place: Path, **files: str) -> list[str]:
    return [str(problem) for problem in check_packs(folder(place, **files))]


def line(text: str, start: str, *, nth: int = 0) -> int:
    return [number for number, one in enumerate(text.splitlines(), 1) if one.startswith(start)][nth]


def test_packs_without_a_fault_have_none(tmp_path: Path) -> None:
    assert told(tmp_path, base=BASE, kerala=COURT) == []


@pytest.mark.parametrize(
    ("right", "wrong", "at", "words"),
    [
        ('text.hi = "तैयार रहें।"', 'text.hi = "Be ready."', "text.hi", "B01.text.hi: The text is the same"),
        ('text.bn = "প্রস্তুত থাকুন।"', 'text.bn = "Be ready."', "text.bn", "B01.text.bn: The text is the same"),
        ('title.bn = "ভিত্তি"', 'title.bn = "आधार"', "title.bn", "title.bn: The text is the same in Hindi and Bengali."),
        ('"video_declined"]', '"overseas", "in_india"]', "when", "B01.when: The condition contradicts itself"),
        ('when.none = ["video_declined"]', 'when.all = ["route_a", "route_b"]', "when", "B01.when: The condition"),
        ('when.none = ["video_declined"]', 'when.all = ["rainy"]', "when", "B01.when: “rainy” is not a fact"),
        ('after = ["B01"]', 'after = ["B99"]', "after", "B02.after: The step comes after B99, which no pack has."),
        ("selects.always = true", 'selects.high_court = "goa"', "selects", "selects.high_court: “goa” is not a"),
        ('version = "1.2"\neff', 'version = "1.3"\neff', "version", "version: The changelog says nothing of"),
        ('id = "base"', 'id = "sources"', "id", "id: This id is kept for the list of legal sources."),
    ],
)  # fmt: skip
@pytest.mark.abuse(91)
@pytest.mark.threat("T29")
def test_a_fault_of_one_pack(tmp_path: Path, right: str, wrong: str, at: str, words: str) -> None:
    assert right in BASE
    broken = BASE.replace(right, wrong, 1)
    assert any(one.startswith(f"base.toml:{line(broken, at)}: {words}") for one in told(tmp_path, base=broken))


@pytest.mark.parametrize(
    ("right", "wrong", "at", "words"),
    [
        ('offset = "T-45m"', 'offset = "T-30m"', "offset", "B01.offset: The step has this “offset” already"),
        ('offset = "T-45m"', 'when.none = ["video_declined"]', "when", "B01.when: The step has this “when” already"),
        ('offset = "T-45m"', 'also = [{ code = "MR", rule = "5.6.1" }]', "also", "B01.also: The step cites this"),
        ('offset = "T-45m"\n', "", "id", "B01.id: The change names no part of the step that is different."),
        ('offset = "T-45m"', 'offset = "T-10m"', "offset", "B01.offset: B02 comes after B01, but is due"),
        ('offset = "T-45m"', 'when.all = ["bnss", "crpc"]', "when", "B01.when: The condition contradicts itself"),
        ('offset = "T-45m"', 'after = ["B02"]', "after", "B01.after: These steps wait for each other: B01, B02."),
        ('offset = "T-45m"', 'after = ["X99"]', "after", "B01.after: The step comes after X99, which no pack has."),
        ('offset = "T-45m"', 'evidence = "U"', "[[change]]", "B01.blocks: A step nobody has found"),
        ('offset = "T-45m"', "authority = []", "[[change]]", "B01.basis: The time is said to come from the law"),
        ('difference.hi = "पहले।"', 'difference.hi = "Earlier."', "difference.hi", "B01.difference.hi: The text"),
    ],
)  # fmt: skip
def test_a_fault_of_what_a_court_changes(tmp_path: Path, right: str, wrong: str, at: str, words: str) -> None:
    assert right in COURT
    broken = COURT.replace(right, wrong, 1)
    (found,) = told(tmp_path, base=BASE, kerala=broken)
    assert found.startswith(f"kerala.toml:{line(broken, at, nth=-1)}: {words}")


def test_a_step_and_a_change_that_their_packs_rule_out(tmp_path: Path) -> None:
    for_crpc = OTHER.replace('when.none = ["video_declined"]', 'when.all = ["crpc"]').replace("B02", "B03")
    broken = RECORDING + for_crpc + CHANGE
    base = BASE.replace('when.none = ["video_declined"]', 'when.all = ["crpc"]', 1)
    assert told(tmp_path, base=base, recording=broken) == [
        f"recording.toml:{line(broken, 'when')}: B03.when: {NEVER}",
        f"recording.toml:{line(broken, 'id', nth=-1)}: B01.id: {NEVER_CHANGED}",
    ]


def test_a_change_of_a_pack_that_never_applies_beside_it(tmp_path: Path) -> None:
    gujarat = COURT.replace('"kerala"', '"gujarat"').replace("B01", "B05")
    own = COURT.replace(CHANGE, "") + STEP.replace("B01", "B05")
    (found,) = told(tmp_path, base=BASE, gujarat=gujarat, kerala=own)
    assert found.startswith(f"gujarat.toml:{line(gujarat, 'id', nth=-1)}: B05.id: The pack kerala, which has this step")


def test_times_out_of_order_in_one_pack_are_found_and_those_that_cannot_be_compared_are_not(tmp_path: Path) -> None:
    early = OTHER.replace("T-30m", "T-1d")
    (found,) = told(tmp_path, base=HEAD + STEP + early)
    number = line(HEAD + STEP + early, "offset", nth=1)
    assert found == (
        f"base.toml:{number}: B02.offset: B02 comes after B01, but is due before it: T-1d, the other T-30m."
    )
    for offset in ("before T", "order", "event", "promptly"):
        assert told(tmp_path, base=HEAD + STEP + OTHER.replace("T-30m", offset)) == []


def test_a_circle_that_no_case_can_have_is_none(tmp_path: Path) -> None:
    """B01 waits for B02 under the Sanhita only, and B02 for B01 under the old Code only."""
    first = STEP.replace('when.none = ["video_declined"]', 'when.all = ["bnss"]\nafter = ["B03"]')
    third = OTHER.replace("B02", "B03").replace('when.none = ["video_declined"]', 'when.all = ["crpc"]')
    assert told(tmp_path, base=HEAD + first + third) == []
    (found,) = told(tmp_path, base=HEAD + first + third.replace('["crpc"]', '["bnss"]'))
    assert "B01.after: These steps wait for each other: B01, B03." in found


def many(count: int, *, after: str) -> str:
    """So many steps, each after the one before it, and the first after the last."""
    names = [f"{phase}{number:03}" for phase in "B" for number in range(count)]
    parts = (
        STEP.replace("B01", name).replace("offset", f'after = ["{names[index - 1]}"]\noffset', 1)
        if index or after == "circle"
        else STEP.replace("B01", name)
        for index, name in enumerate(names)
    )
    return HEAD + "".join(parts)


@pytest.mark.abuse(91)
def test_a_circle_of_a_thousand_steps_is_told_in_a_short_message(tmp_path: Path) -> None:
    (found,) = told(tmp_path, base=many(1000, after="circle"))
    assert "B000.after: These steps wait for each other: B000, B001, " in found
    assert found.endswith(f"B{MOST_NAMED - 1:03}, ….")


def test_a_thousand_faults_are_each_told_at_their_line(tmp_path: Path) -> None:
    broken = many(1000, after="line").replace('"video_declined"', '"rainy"')
    found = told(tmp_path, base=broken)
    assert len(found) == 1000
    assert found[-1].startswith(f"base.toml:{line(broken, 'when', nth=-1)}: B999.when: “rainy”")


@pytest.mark.abuse(91)
@pytest.mark.threat("T29")
def test_what_is_no_text_or_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(b'[pack]\nid = "\xff"\n')
    with (tmp_path / "huge.toml").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert told(tmp_path, base=BASE) == [
        "huge.toml:1: The file is larger than 4 MB, which no pack is. Split it.",
        "odd.toml:2: This is not text in UTF-8. Save the file in that encoding.",
    ]
    with pytest.raises(BrokenPack):
        load_packs(tmp_path)


def test_comments_and_layout_make_no_other_edition(tmp_path: Path) -> None:
    laid_out = BASE.replace("\n\n", "\n").replace("[pack]\n", "# A lawyer's remark.\n\n[pack]\n")
    same, other = edition_of(laid_out, name="base.toml"), edition_of(BASE.replace("T-30m", "T-31m"), name="base.toml")
    assert same.digest == edition_of(BASE, name="base.toml").digest != other.digest
