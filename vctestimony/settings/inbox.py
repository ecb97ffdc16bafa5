"""The one place that reads from where mail is read: a part of the settings (config.py)."""

from dataclasses import dataclass, field

from vctestimony.settings.environment import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """Where mail is read: a folder or an IMAP address, and whose word on senders is believed (RFC 8601)."""

    place: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    authserv: str = ""


def inbox_settings(env: Environment) -> InboxSettings:
    """As the environment says."""
    return InboxSettings(
        place=env.text("VCT_INBOX"),
        username=env.text("VCT_INBOX_USER"),
        password=env.secret("VCT_INBOX_PASSWORD"),
        authserv=env.text("VCT_INBOX_AUTHSERV"),
    )
