"""The one place that reads what the court sets of keeping and proving: a part of the settings (config.py)."""

from dataclasses import dataclass
from pathlib import Path

from vctestimony.settings.environment import Environment

ANCHOR_FILE = "journal-anchors.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingSettings:
    """Who is mailed the journal's anchors, and the file with the court's own days of retention; empty, None: none."""

    anchor_mail: str = ""
    retention: Path | None = None


def keeping_settings(env: Environment) -> KeepingSettings:
    """As the environment says."""
    return KeepingSettings(
        anchor_mail=env.address("VCT_ANCHOR_MAIL", default="") if env.text("VCT_ANCHOR_MAIL") else "",
        retention=env.optional_file("VCT_RETENTION"),
    )
