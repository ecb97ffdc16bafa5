"""HTTP for people: one file per page family. `PAGES` is the list of them."""

from flask import Blueprint

from vctestimony.web import (
    account,
    admin,
    answers,
    booking,
    busy,
    calendars,
    cases,
    checklists,
    day,
    depositions,
    finding,
    guide,
    hearings,
    journal,
    officials,
    people,
    places,
    planning,
    procedures,
    records,
    rooms,
    verify,
    weeks,
    witnesses,
)

PAGES: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    answers.bp,
    booking.bp,
    busy.bp,
    calendars.bp,
    cases.bp,
    checklists.bp,
    day.bp,
    depositions.bp,
    finding.bp,
    guide.bp,
    hearings.bp,
    journal.bp,
    officials.bp,
    people.bp,
    places.bp,
    planning.bp,
    procedures.bp,
    records.bp,
    rooms.bp,
    verify.bp,
    weeks.bp,
    witnesses.bp,
)
# Whoever posts here proves who they are by the secret in the address, not by a cookie that another site could ride on.
SIGNED_LINKS: tuple[Blueprint, ...] = (answers.bp,)
