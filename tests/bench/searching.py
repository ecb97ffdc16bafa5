"""Measures the search itself, without any database: against the naive way, and as days and people grow."""

from collections.abc import Sequence

from tests.bench import portioned
from tests.bench.measuring import Row, Size, Unequal, each, milliseconds, once, side_by_side
from tests.bench.naive import starts_of
from tests.bench.questions import Question, questions
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_causes import start_causes
from vctestimony.domain.slot_explaining import Run, runs_of
from vctestimony.domain.slots import Cause, find, leave_one_out


def core(question: Question) -> list[int]:
    """The starts alone: windows at hand, one sweep, the grid."""
    board = SlotBoard(question.search, question.pattern, question.resources)
    return [start for _, starts in board.offered(board.free_starts()) for start in starts]


def rows(size: Size) -> list[Row]:
    """Every measurement of the search."""
    asked = questions(size.questions)
    against = (_against_naive(asked, size), _against_portion(asked, size))
    return [*against, *_with_reasons(asked, size), *_explaining(asked, size), *_growth(size)]


def check(asked: Sequence[Question], answers: Sequence[list[int]]) -> int:
    """Refuse to measure two things that disagree; gives how many starts were compared."""
    for number, (question, other) in enumerate(zip(asked, answers, strict=True), start=1):
        if (one := core(question)) != other:
            raise Unequal(question=number, one=len(one), other=len(other))
    return sum(len(answer) for answer in answers)


def _against_naive(asked: Sequence[Question], size: Size) -> Row:
    answers: list[list[int]] = []
    naive = once(lambda: answers.extend(starts_of(question) for question in asked)) / len(asked)
    compared = check(asked, answers)
    fast = milliseconds(each(asked, core), rounds=size.rounds) / len(asked)
    note = f"{naive:.2f} against {fast:.3f}; {compared} starts of {len(asked)} questions equal"
    return Row("R1 naive search ÷ search", "–", naive / fast, 250, at_most=False, note=note)


def _against_portion(asked: Sequence[Question], size: Size) -> Row:
    compared = check(asked, [portioned.starts_of(question) for question in asked])
    slow, fast = side_by_side(each(asked, portioned.starts_of), each(asked, core), rounds=size.rounds)
    note = f"{slow / len(asked):.2f} against {fast / len(asked):.3f}; {compared} starts of {len(asked)} questions equal"
    return Row("R2 search with the library portion ÷ search", "–", slow / fast, 20, at_most=False, note=note)


def _with_reasons(asked: Sequence[Question], size: Size) -> tuple[Row, Row]:
    search, helping = each(asked, core), each(asked, lambda one: leave_one_out(one.search, one.pattern, one.resources))
    finding = each(asked, lambda one: find(one.search, one.pattern, one.resources))
    helps, fast = side_by_side(helping, search, rounds=size.rounds)
    every, bare = side_by_side(finding, search, rounds=size.rounds)
    refused = sum(len(find(one.search, one.pattern, one.resources).refusals) for one in asked) / len(asked)
    count = len(asked)
    return (
        Row("R12 who stands in the way ÷ search", "–", helps / fast, 3, note=_against(helps / count, fast / count)),
        Row(
            f"search with every reason of {refused:.0f} refused days ÷ search",
            "–",
            every / bare,
            note=_against(every / count, bare / count),
        ),
    )


def _explaining(asked: Sequence[Question], size: Size) -> tuple[Row, Row]:
    """Every cause of every start: of one date against the search it stands in, and against asking start by start."""
    search, telling = each(asked, core), each(asked, _day_explained)
    told, fast = side_by_side(telling, search, rounds=size.rounds)
    some = asked[: max(len(asked) // 10, 1)]
    single, swept = side_by_side(each(some, _start_by_start), each(some, _day_explained), rounds=size.rounds)
    count = len(asked)
    return (
        Row(
            "R12 every cause of every start of a day ÷ search",
            "–",
            told / fast,
            3,
            note=_against(told / count, fast / count),
        ),
        Row("start by start ÷ all starts of a day at once", "–", single / swept, note=_against(single, swept)),
    )


def _day_explained(question: Question) -> tuple[Run, ...]:
    board = SlotBoard(question.search, question.pattern, question.resources)
    return runs_of(board, board.days[len(board.days) // 2])


def _start_by_start(question: Question) -> list[tuple[Cause, ...]]:
    board = SlotBoard(question.search, question.pattern, question.resources)
    day = board.days[len(board.days) // 2]
    starts = range(day.start_min, day.end_min, question.search.step_minutes)
    return [start_causes(board, start) for start in starts]


def _against(one: float, other: float) -> str:
    return f"{one:.3f} against {other:.3f}"


def _growth(size: Size) -> list[Row]:
    count = max(size.questions // 4, 1)

    def timed(days: int, people: int) -> float:
        asked = questions(count, days=days, people=people)
        return milliseconds(each(asked, core), rounds=size.rounds) / count

    usual, year, many = timed(60, 6), timed(365, 6), timed(60, 96)
    return [
        Row("R7 365 days ÷ 60 days", "–", year / usual, 6.5, note=_against(year, usual)),
        Row("R7 100 resources ÷ 10", "–", many / usual, 10, note=_against(many, usual)),
    ]
