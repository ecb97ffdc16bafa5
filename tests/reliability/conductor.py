"""Lets the processes of one run play, kills them at random moments, lets it calm down, and counts what came of it."""

import random
import socket
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from tests.fakes import NOW
from tests.reliability import clerk, mail_server
from tests.reliability.processes import Place, Player, do_business, let_go, opened, send, serve, take_mail, units_of
from tests.reliability.town import Town, found, share_of
from tests.reliability.truth import Findings, findings, undone
from vctestimony.services.unit import Units
from vctestimony.store.models import JournalRow

CLERKS = 2
WEB, WORKER, CLERK, MAIL = "web", "worker", "clerk", "mail server"
RATE = 20.0
"""A minute of the service in three seconds of ours."""
STEPS_BETWEEN_KILLS = (2, 40)
"""Entries in the journal: changes, and mails that left."""
LONGEST_WAIT, LONGEST_PAUSE, LONGEST_DEATH = 5.0, 0.2, 0.3
LEASE_AND_MORE = timedelta(minutes=20)
STILL_SECONDS, SETTLING_SECONDS = 6, 120
_CHANGES = (
    "hearing.booked",
    "hearing.moved",
    "hearing.cancelled",
    "hearing.people_named",
    "hearing.rooms_changed",
)


class NeverCalm(Exception):
    """Mail still waits though nobody disturbs any more, or a process died that nobody had killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run: how many workers, how much is done to how many hearings; the same seed gives the same dice."""

    engine: str
    workers: int
    operations: int
    hearings: int
    seed: int
    all_at_once: bool = False
    """Whether each kill is of everything, as when the power fails, instead of one process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did and what came of it."""

    plan: Plan
    changes: Counter[str]
    over_http: int
    kills: Counter[str]
    faults: Counter[str]
    seconds: float
    found: Findings


def run(plan: Plan, *, url: str, folder: Path) -> Outcome:
    """One run on an empty, migrated database; `folder` is empty and belongs to it."""
    place = Place(folder=folder, url=url, web_port=_free_port(), smtp_port=_free_port())
    place.clock.start(NOW, rate=RATE)
    app = opened(place)
    with app.app_context():
        units = units_of(app)
        town = found(units, hearings=plan.hearings)
        players = _players(plan, place, town)
        began = time.monotonic()
        try:
            _disturb(plan, app, units, players)
            _calm(place, app, units, players)
        finally:
            for player in players:
                player.kill()
        seconds = time.monotonic() - began
        outcome = _outcome(plan, place, units, players, seconds)
    let_go(app)
    return outcome


def _players(plan: Plan, place: Place, town: Town) -> list[Player]:
    seed = plan.seed * 1000
    clerks = [
        Player(CLERK, do_business, (place, share_of(town, number, CLERKS)), seed=seed + 100 * number)
        for number in range(CLERKS)
    ]
    workers = [Player(WORKER, send, (place,)) for _ in range(plan.workers)]
    return [Player(MAIL, take_mail, (place,), seed=seed), Player(WEB, serve, (place,)), *workers, *clerks]


def _disturb(plan: Plan, app: Flask, units: Units, players: list[Player]) -> None:
    """Kill one after the other until enough is done."""
    dice = random.Random(plan.seed)
    for player in players:
        player.start(app)
    while sum(_changes(units).values()) < plan.operations:
        _wait_for_steps(units, dice.randint(*STEPS_BETWEEN_KILLS))
        time.sleep(dice.uniform(0, LONGEST_PAUSE))
        _check_alive(players)
        victims = players if plan.all_at_once else [dice.choice(players)]
        for victim in victims:
            victim.stop()
        for victim in victims:
            victim.kill()
            victim.kills += 1
        time.sleep(dice.uniform(0, LONGEST_DEATH))
        for victim in victims:
            victim.start(app)


def _wait_for_steps(units: Units, steps: int) -> None:
    """Until so much happened, or nothing does: a kill is to hit something at work, on a slow machine too."""
    goal, until = _journal_length(units) + steps, time.monotonic() + LONGEST_WAIT
    while _journal_length(units) < goal and time.monotonic() < until:
        time.sleep(0.05)


def _journal_length(units: Units) -> int:
    with units.reading() as unit:
        return unit.session.scalar(sa.select(sa.func.max(JournalRow.id))) or 0


def _calm(place: Place, app: Flask, units: Units, players: list[Player]) -> None:
    """The clerks go home, the server behaves, leases and pauses run out: what is left must leave now."""
    (place.folder / mail_server.CALM).touch()
    for player in players:
        if player.kind in {CLERK, WORKER}:
            player.kill()
    time.sleep(2 * mail_server.SLOWEST)
    place.clock.put_forward(LEASE_AND_MORE)
    for player in players:
        if player.kind == WORKER:
            player.start(app)
    _wait_until_all_left(place, units, players)


def _wait_until_all_left(place: Place, units: Units, players: list[Player]) -> None:
    """Where nothing moves, something waits for its hour: let it come; but run no lease out while mails leave."""
    left, moved_at, put_at = _undone(units), time.monotonic(), time.monotonic()
    while left:
        time.sleep(0.5)
        _check_alive(players)
        before, left, now = left, _undone(units), time.monotonic()
        if left != before:
            moved_at = put_at = now
        if now - moved_at > SETTLING_SECONDS:
            raise NeverCalm(f"{left} mails still wait")
        if now - put_at > STILL_SECONDS:
            place.clock.put_forward(LEASE_AND_MORE)
            put_at = now


def _check_alive(players: list[Player]) -> None:
    dead = [player.kind for player in players if player.died_by_itself]
    if dead:
        raise NeverCalm(f"died by itself: {', '.join(dead)}")


def _undone(units: Units) -> int:
    with units.reading() as unit:
        return undone(unit)


def _changes(units: Units) -> Counter[str]:
    """What was changed for good, by the journal."""
    query = sa.select(JournalRow.action, sa.func.count()).where(JournalRow.action.in_(_CHANGES))
    with units.reading() as unit:
        return Counter(dict(unit.session.execute(query.group_by(JournalRow.action)).tuples().all()))


def _outcome(plan: Plan, place: Place, units: Units, players: list[Player], seconds: float) -> Outcome:
    kills: Counter[str] = Counter()
    for player in players:
        kills[player.kind] += player.kills
    changes = _changes(units)
    done = clerk.deeds_done(place.folder / clerk.DONE)
    with units.reading() as unit:
        return Outcome(
            plan=plan,
            changes=changes,
            over_http=sum(count for (_, way), count in done.items() if way == "http"),
            kills=kills,
            faults=mail_server.faults(place.folder),
            seconds=seconds,
            found=findings(unit, mail_server.accepted(place.folder)),
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
