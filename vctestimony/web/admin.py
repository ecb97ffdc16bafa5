"""Pages of the administrator: the local mailbox, whether the journal is whole. Accounts are in `people.py`."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import anchors, destroying, held_mails, inbox_views, journal
from vctestimony.services.clocks import both_clocks
from vctestimony.web import mailbox
from vctestimony.web.context import current_actor, reading, requires, service

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("")
@requires(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """What an administrator can do."""
    has_mailbox = isinstance(service().ports.sender, mailbox.Mailbox)
    with reading() as unit:
        held, keys = held_mails.is_held(unit), destroying.count_waiting(unit)
        mails, fails = inbox_views.count_open(unit, by=current_actor()), inbox_views.is_failing(unit)
    return render_template(
        "admin/index.html", has_mailbox=has_mailbox, mails=mails, inbox_fails=fails, held=held, keys=keys
    )


@bp.get("/journal")
@requires(Action.ADMINISTER)
def verify() -> ResponseReturnValue:
    """Whether nothing in the journal was changed; not what stands in it."""
    with reading() as unit:
        count, broken = journal.verify(unit)
        anchored, _unread = anchors.compare(unit)
        head = anchors.head(unit)
    at = both_clocks(head.at, by=current_actor()) if head.at else None
    return render_template("admin/journal.html", count=count, broken=broken, anchored=anchored, head=head, at=at)


@bp.get("/mailbox")
@requires(Action.ADMINISTER)
def mails() -> ResponseReturnValue:
    """The mails that would have left, a page of them: the newest, or from the one that is named on."""
    by = current_actor()
    kept, older = mailbox.part(mailbox.of(service().ports.sender).list(), first=request.args.get("from", ""))
    dated = [(mail, mailbox.written_at(mail.date)) for mail in kept]
    lines = [(mail, both_clocks(at, by=by) if at else None) for mail, at in dated]
    return render_template("admin/mailbox.html", mails=lines, older=older)


@bp.get("/mailbox/<name>")
@requires(Action.ADMINISTER)
def mail(name: str) -> ResponseReturnValue:
    """One mail, its HTML as text only."""
    ports = service().ports
    shown = mailbox.opened(mailbox.of(ports.sender).read(name), public_url=ports.addresses.public_url)
    at = both_clocks(shown.written_at, by=current_actor()) if shown.written_at else None
    return render_template("admin/mail.html", mail=shown, at=at, name=name)


@bp.get("/mailbox/<name>/raw")
@requires(Action.ADMINISTER)
def raw(name: str) -> ResponseReturnValue:
    """The very bytes, to open in a mail program."""
    content = mailbox.of(service().ports.sender).read(name)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type="message/rfc822", headers=disposition)
