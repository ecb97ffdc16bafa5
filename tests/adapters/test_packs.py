"""Reading pack files: what is right is read whole, what is wrong is named by file, line and key."""

from pathlib import Path

import pytest

from vctestimony.adapters.packs import check_packs, load_packs
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import Basis, BrokenPack, Gate, head_words

SOURCES = """\
[[source]]
code = "MR"
title.en = "Model Rules"
title.hi = "आदर्श नियम"
title.bn = "আদর্শ বিধি"
cites = "rule"
adopted = true
"""
HEAD = """\
[pack]
id = "base"
title.en = "Base"
title.hi = "आधार"
title.bn = "ভিত্তি"
version = "1.2"
effective_on = 2026-11-23
status = "draft"
selects.always = true
sources = ["Model Rules"]
[[pack.changelog]]
version = "1.2"
on = 2026-11-23
what = "First."
"""
STEP = """\
[[step]]
id = "B01"
text.en = "Be ready."
text.hi = "तैयार रहें।"
text.bn = "প্রস্তুত থাকুন।"
roles = ["RPC"]
offset = "T-30m"
basis = "law"
evidence = "R"
authority = [{ code = "MR", rule = "5.6.1" }]
when.none = ["video_declined"]
blocks = "start"
"""
FIRST_STEP_LINE = HEAD.count("\n") + 1


def folder(place: Path, **files: str) -> Path:
    (place / "sources.toml").write_text(SOURCES, encoding="utf-8")
    for name, content in files.items():
        (place / f"{name}.toml").write_text(content, encoding="utf-8")
    return place


def places(place: Path, **files: str) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.key) for problem in check_packs(folder(place, **files))]


def line(key: str) -> int:
    """The line of the file at which the first step has `key`."""
    starts = [number for number, text in enumerate(STEP.splitlines()) if text.startswith(key)]
    return FIRST_STEP_LINE + starts[0]


def test_a_sound_pack_is_read_whole(tmp_path: Path) -> None:
    (pack,) = load_packs(folder(tmp_path, base=HEAD + STEP))
    (step,) = pack.steps
    assert (pack.id, pack.version, pack.draft, pack.changelog[0].what) == ("base", "1.2", True, "First.")
    assert (step.text.of("hi"), step.text.of("bn"), step.text.of("fr")) == ("तैयार रहें।", "প্রস্তুত থাকুন।", "Be ready.")
    assert (step.roles, step.basis, step.blocks) == ((Duty.REMOTE_COORDINATOR,), Basis.LAW, Gate.START)
    assert (step.authority[0].source.title.en, step.authority[0].rule) == ("Model Rules", "5.6.1")
    assert (step.condition.none, step.pack_id, step.pack_version) == (("video_declined",), "base", "1.2")
    assert check_packs(tmp_path) == []


REVIEWED = 'reviewed_by = "A. Lawyer"\nreviewed_on = 2027-01-31'
ADOPTED = 'adopted_by = "High Court of Kerala"\nadopted_on = 2027-03-01\nadopted_under = "Notification 12/2027"'


@pytest.mark.parametrize(
    ("status", "said", "words"),
    [
        ("draft", "", "in effect from 2026-11-23; draft, not signed off by a lawyer"),
        ("reviewed", REVIEWED, "in effect from 2026-11-23; reviewed by A. Lawyer on 2027-01-31"),
        (
            "adopted",
            ADOPTED,
            "in effect from 2026-11-23; adopted by High Court of Kerala on 2027-03-01 (Notification 12/2027)",
        ),
    ],
)
def test_a_pack_says_who_reviewed_or_adopted_it_and_when(tmp_path: Path, status: str, said: str, words: str) -> None:
    head = HEAD.replace('status = "draft"', f'status = "{status}"\n{said}')
    (pack,) = load_packs(folder(tmp_path, base=head + STEP))
    assert head_words(pack.head) == f"version 1.2, {words}"
    assert {pack.draft, pack.steps[0].draft} == {status == "draft"}


@pytest.mark.parametrize(
    ("status", "said", "keys"),
    [
        ("draft", REVIEWED, ["reviewed_by", "reviewed_on"]),
        ("reviewed", "", ["reviewed_by", "reviewed_on"]),
        ("reviewed", f"{REVIEWED}\n{ADOPTED}", ["adopted_by", "adopted_on", "adopted_under"]),
        ("adopted", REVIEWED, ["adopted_by", "adopted_on", "adopted_under"]),
        ("adopted", f'{ADOPTED}\nreviewed_by = "A. Lawyer"', ["reviewed_on"]),
    ],
)
def test_a_status_without_what_it_needs_is_named(tmp_path: Path, status: str, said: str, keys: list[str]) -> None:
    head = HEAD.replace('status = "draft"', f'status = "{status}"\n{said}')
    problems = check_packs(folder(tmp_path, base=head + STEP))
    assert sorted(problem.key for problem in problems) == keys
    for problem in problems:
        assert f"{problem.key} =" in head.splitlines()[problem.line - 1] or problem.line == 1


@pytest.mark.parametrize(
    ("right", "wrong", "key", "at"),
    [
        ('offset = "T-30m"', 'offset = "half past"', "step.0.offset", "offset"),
        ('basis = "law"', 'basis = "custom"', "step.0.basis", "basis"),
        ('evidence = "R"', 'evidence = "X"', "step.0.evidence", "evidence"),
        ('roles = ["RPC"]', 'roles = ["USHER"]', "step.0.roles.0", "roles"),
        ('roles = ["RPC"]', "roles = []", "step.0.roles", "roles"),
        ('blocks = "start"', 'blocks = "stop"', "step.0.blocks", "blocks"),
        ('blocks = "start"', 'blcoks = "start"', "step.0.blcoks", "blocks"),
        ('text.bn = "প্রস্তুত থাকুন।"', "", "step.0.text.bn", "text.en"),
        ('text.hi = "तैयार रहें।"', 'text.hi = ""', "step.0.text.hi", "text.hi"),
        ('basis = "law"\n', "", "step.0.basis", "[[step]]"),
        ('code = "MR"', 'code = "MRR"', "step.0.authority", "authority"),
        ('id = "B01"', 'id = "Z01"', "step.0.id", "id"),
        ('"video_declined"', '"rainy"', "B01.when", "when"),
        ('when.none = ["video_declined"]', 'when.all = ["bnss", "crpc"]', "B01.when", "when"),
        ('when.none = ["video_declined"]', 'after = ["B99"]', "B01.after", "when"),
    ],
)
def test_a_fault_of_a_step_is_named_by_file_line_and_key(
    tmp_path: Path, right: str, wrong: str, key: str, at: str
) -> None:
    assert right in STEP
    broken = HEAD + STEP.replace(right, wrong)
    assert places(tmp_path, base=broken) == [("base.toml", line(at), key)]


@pytest.mark.parametrize(
    ("right", "wrong", "number", "key"),
    [
        ('status = "draft"', 'status = "final"', 8, "pack.status"),
        ('title.hi = "आधार"', "title.hi = 3", 4, "pack.title.hi"),
        ('version = "1.2"\neff', "eff", 1, "pack.version"),
        ('version = "1.2"\neff', 'version = "1.3"\neff', 6, "version"),
        ('what = "First."', 'what = ""', 14, "pack.changelog.0.what"),
        ("selects.always = true", 'selects.when.all = ["rainy"]', 9, "selects"),
        ("selects.always = true", 'selects.always = true\ninherits = ["bsae"]', 10, "inherits"),
    ],
)
def test_a_fault_of_the_head_is_named_by_file_line_and_key(
    tmp_path: Path, right: str, wrong: str, number: int, key: str
) -> None:
    assert right in HEAD
    assert places(tmp_path, base=HEAD.replace(right, wrong) + STEP) == [("base.toml", number, key)]


def test_a_file_that_is_not_toml_is_named_by_its_line(tmp_path: Path) -> None:
    broken = HEAD + STEP.replace('offset = "T-30m"', "offset = T-30m")
    assert places(tmp_path, base=broken) == [("base.toml", line("offset"), "")]


def test_a_file_that_ends_too_early_is_named_by_its_last_line(tmp_path: Path) -> None:
    broken = HEAD + '[[step]]\nroles = ["RPC"'
    assert places(tmp_path, base=broken) == [("base.toml", broken.count("\n") + 1, "")]


def test_a_step_given_twice_is_named_at_the_second(tmp_path: Path) -> None:
    second = FIRST_STEP_LINE + STEP.count("\n") + 1
    assert places(tmp_path, base=HEAD + STEP + STEP) == [("base.toml", second, "B01.id")]


def test_a_circle_is_named_at_the_after_of_its_first_step(tmp_path: Path) -> None:
    first = STEP.replace("blocks", 'after = ["B02"]\nblocks')
    second = STEP.replace('"B01"', '"B02"').replace("blocks", 'after = ["B01"]\nblocks')
    assert places(tmp_path, base=HEAD + first + second) == [("base.toml", line("blocks"), "B01.after")]


def test_a_change_without_a_target_or_a_difference_is_named(tmp_path: Path) -> None:
    change = '[[change]]\nid = "B99"\nbasis = "sequence"\n'
    at = FIRST_STEP_LINE + STEP.count("\n")
    assert places(tmp_path, base=HEAD + STEP + change) == [
        ("base.toml", at, "B99.difference"),
        ("base.toml", at + 1, "B99.id"),
    ]


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    second = HEAD.replace('id = "base"', 'id = "other"') + STEP.replace('basis = "law"', 'basis = "x"')
    third = STEP.replace('offset = "T-30m"', 'offset = "x"').replace('"R"', '"x"')
    with pytest.raises(BrokenPack) as refusal:
        load_packs(folder(tmp_path, base=HEAD + third, other=second))
    named = [(problem.file, problem.key) for problem in refusal.value.problems]
    assert named == [("base.toml", "step.0.offset"), ("base.toml", "step.0.evidence"), ("other.toml", "step.0.basis")]
    assert all(f"{file}:" in str(refusal.value) for file in ("base.toml", "other.toml"))


def test_a_folder_without_packs_is_a_fault(tmp_path: Path) -> None:
    assert [problem.sentence() for problem in check_packs(folder(tmp_path))] == [
        "There is no rule pack in this folder."
    ]


def test_packs_without_their_list_of_sources_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(HEAD + STEP, encoding="utf-8")
    assert ("sources.toml", 1, "") in [(item.file, item.line, item.key) for item in check_packs(tmp_path)]


def test_a_problem_reads_as_place_key_and_sentence(tmp_path: Path) -> None:
    (problem,) = check_packs(folder(tmp_path, base=HEAD + STEP.replace("blocks", "blcoks")))
    assert (
        str(problem)
        == f"base.toml:{line('blocks')}: step.0.blcoks: This key is not known. Correct its spelling or remove it."
    )
