"""The commands of `flask --app wsgi`, one short function each. Exit 0 done, 1 refused with the reason, 2 wrong call."""

from threading import Event

from flask import Flask

from vctestimony.adapters.outbound import Outbound
from vctestimony.cli import (
    archives,
    backups,
    data,
    doctor,
    mails,
    pack_lists,
    record,
    recording,
    reminders,
    retention,
    running,
    signing,
    times,
    vault_keys,
)
from vctestimony.cli.at_hand import WORKER
from vctestimony.config import Settings


def bind(app: Flask, settings: Settings, *, wake: Event, outbound: Outbound) -> None:
    """Give the application its commands."""
    app.extensions[WORKER] = (settings, wake, app, outbound)
    for command in (
        *running.COMMANDS,
        *backups.COMMANDS,
        *doctor.COMMANDS,
        *times.GROUPS,
        *data.GROUPS,
        *archives.GROUPS,
        *record.GROUPS,
        *mails.GROUPS,
        *pack_lists.GROUPS,
        *recording.GROUPS,
        *reminders.GROUPS,
        *retention.GROUPS,
        *signing.GROUPS,
        *vault_keys.GROUPS,
    ):
        app.cli.add_command(command)
