"""The one place that reads by what passwords and files are vetted before they are taken. Off unless set."""

from dataclasses import dataclass
from pathlib import Path

from vctestimony.settings.environment import Environment, SettingsRefused

_HERE = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VettingSettings:
    """A sorted file of hashes of stolen passwords, and where clamd listens: the path of a socket, or host:port."""

    breached: Path | None = None
    clamd: str = ""

    @property
    def servers(self) -> list[tuple[str, int]]:
        """Where clamd listens, if it does so at a port.

        >>> VettingSettings(clamd="127.0.0.1:3310").servers, VettingSettings(clamd="/run/clamd.ctl").servers
        ([('127.0.0.1', 3310)], [])
        """
        host, _, port = self.clamd.rpartition(":")
        return [(host, int(port))] if host and not self.clamd.startswith("/") else []


def vetting_settings(env: Environment) -> VettingSettings:
    """Both, as far as they are set. Files go to clamd as they are, readable on the way: it must be on this machine."""
    clamd = env.text("VCT_CLAMD")
    host, _, port = clamd.rpartition(":")
    if clamd and not clamd.startswith("/") and not (host in _HERE and port.isascii() and port.isdigit()):
        raise SettingsRefused(f"VCT_CLAMD is {clamd!r}; write the path of its socket, or 127.0.0.1:3310.")
    return VettingSettings(breached=env.optional_file("VCT_BREACHED_PASSWORDS"), clamd=clamd)
