"""HTTP for people: one file per page family. `PAGES` is the list of them."""

from flask import Blueprint

from vctestimony.web import answers, cases, checklists, help, witnesses

PAGES: tuple[Blueprint, ...] = (
    answers.bp,
    cases.bp,
    witnesses.bp,
    checklists.bp,
    help.bp,
)
# Whoever posts here proves who they are by the secret in the address, not by a cookie that another site could ride on.
SIGNED_LINKS: tuple[Blueprint, ...] = (answers.bp,)
