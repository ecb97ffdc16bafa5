"""HTTP for people: one file per page family. `PAGES` is the list of them."""

from flask import Blueprint

from vctestimony.web import (
    account,
    admin,
    answers,
    cases,
    checklists,
    help,
    journal,
    people,
    procedures,
    witnesses,
)

PAGES: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    answers.bp,
    cases.bp,
    checklists.bp,
    help.bp,
    journal.bp,
    people.bp,
    procedures.bp,
    witnesses.bp,
)
# Whoever posts here proves who they are by the secret in the address, not by a cookie that another site could ride on.
SIGNED_LINKS: tuple[Blueprint, ...] = (answers.bp,)
