"""Rows of posts, officials, accounts and their sessions."""

from datetime import datetime

from sqlalchemy import JSON, Double, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.people import PostKind, Role
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.resources import ResourceRow


class PostRow(Base):
    """A place with an address, a zone and a working calendar."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[PostKind] = mapped_column(word(PostKind))
    address: Mapped[str] = mapped_column(Text, default="")
    city: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2))
    zone: Mapped[str] = mapped_column(String(60))
    calendar_id: Mapped[str] = mapped_column(String(60))
    high_court: Mapped[str | None] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    # Tells which entries lie over the calendar (domain/calendar_entries.py, mark_of), so that a search need not read
    # them; no part of what a form of the post shows, so it does not count as a new version.
    calendar_mark: Mapped[str] = mapped_column(String(32), default="")
    # Degrees north and east; an order for daylight needs them.
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    # Whether its name and address are kept from whoever need not come there; None: as its kind has it
    # (domain/whereabouts.py).
    confidential: Mapped[bool | None]
    notice_minutes: Mapped[int] = mapped_column(default=24 * 60, server_default="1440")
    # What the mails of a court tell beyond the times (services/mail_settings.py).
    mails_tell_joining: Mapped[bool] = mapped_column(default=False, server_default=false())
    mails_tell_passcode: Mapped[bool] = mapped_column(default=False, server_default=false())
    mails_show_others: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Whether a second person says yes to each look at an identity (services/vault_grants.py).
    looks_need_two: Mapped[bool] = mapped_column(default=False, server_default=false())
    # At which hosts conferences of this court may be, one a word; empty: at any (domain/joining.py).
    joining_hosts: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class OfficialRow(Base):
    """A person with a designation, a post, an address and a language; bookable through its resource."""

    __tablename__ = "official"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    designation: Mapped[str] = mapped_column(String(200))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(5), default="en")
    duties: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_active: Mapped[bool] = mapped_column(default=True)
    calendar_mark: Mapped[str] = mapped_column(String(32), default="")
    # Since when name and addresses stand for nobody any more (services/leaving.py).
    anonymised_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    post: Mapped[PostRow] = relationship()
    resource: Mapped[ResourceRow] = relationship()

    __mapper_args__ = {"version_id_col": version}


class AccountRow(Base):
    """Somebody who can sign in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(word(Role))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(300))
    # The password was made by the service and handed over; only its owner may have the next one.
    must_change: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(5), default="en")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    # Since when signing in takes a second step (store/models/second_steps.py); None while the password is enough.
    second_step_at: Mapped[datetime | None] = mapped_column(Instant)
    # Opened by the demonstration: what it is signed in with is no secret.
    is_demonstration: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The second steps were taken away: until a new one is set up, the password alone leads nowhere without a link.
    set_up_by_link: Mapped[bool] = mapped_column(default=False, server_default=false())
    # By what the person at the provider of sign-ins is known (domain/sign_in_providers.py), once the two are linked.
    provider_subject: Mapped[str | None] = mapped_column(String(300), index=True, unique=True)
    anonymised_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    post: Mapped[PostRow | None] = relationship()
    official: Mapped[OfficialRow | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class WebSessionRow(Base):
    """A browser's session, kept here so that ending it ends it; the cookie holds only the key to the hash."""

    __tablename__ = "web_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    content: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    browser: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)
    # When whoever sits there last showed who it is, and when the second step was taken.
    proved_at: Mapped[datetime | None] = mapped_column(Instant)
    passed_at: Mapped[datetime | None] = mapped_column(Instant)


class AttemptRow(Base):
    """One counted try (sign-in, answer link) in a bucket, for limits that hold across processes."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(String(120), index=True)
    tried_at: Mapped[datetime] = mapped_column(Instant, index=True)


class SubmissionRow(Base):
    """A form's one-time key with the page its first submission led to, so that a double click changes nothing."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str] = mapped_column(String(300))
    content: Mapped[str | None] = mapped_column(String(64))
    """An HMAC of what was sent, under the form's key, which is not kept: nobody can try names against it."""
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
