"""The one place that says how a setting is read as what it means, and how a setting that cannot be used is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from re import compile as pattern

_YES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_ADDRESS = pattern(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class SettingsRefused(SystemExit):
    """A setting that the service will not start with.

    The text is one line for the person who starts it: where nobody catches it, Python prints it and exits with 1.
    """


@dataclass(frozen=True, slots=True)
class Environment:
    """Variables read as what they mean. An empty one counts as not set."""

    variables: Mapping[str, str]

    def text(self, name: str) -> str:
        """The text without the blanks around it."""
        return self.variables.get(name, "").strip()

    def words(self, name: str) -> tuple[str, ...]:
        """Words between blanks or commas."""
        return tuple(self.text(name).replace(",", " ").split())

    def path(self, name: str, *, default: Path) -> Path:
        """A path, absolute."""
        return Path(self.text(name) or default).expanduser().resolve()

    def folder(self, name: str, *, default: Path) -> Path:
        """A folder that is there."""
        path = self.path(name, default=default)
        if not path.is_dir():
            raise SettingsRefused(f"{name} names {path}, which is not a folder.")
        return path

    def file(self, name: str) -> Path:
        """A file that is there."""
        path = self.path(name, default=Path())
        if not path.is_file():
            raise SettingsRefused(f"{name} names {path}, which is not a file.")
        return path

    def optional_file(self, name: str) -> Path | None:
        """The same; None where nothing is set."""
        return self.file(name) if self.text(name) else None

    def secret(self, name: str) -> str:
        """A secret that stands in the variable, or in the first line of the file that NAME_FILE names."""
        if not self.text(f"{name}_FILE"):
            return self.text(name)
        if self.text(name):
            raise SettingsRefused(f"{name} and {name}_FILE are both set; keep one of them.")
        path = self.private_file(f"{name}_FILE")
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        if not lines or not lines[0].strip():
            raise SettingsRefused(f"{name}_FILE names {path}, which is empty.")
        return lines[0].strip()

    def private_file(self, name: str) -> Path:
        """A file that is there and that nobody but its owner may read."""
        path = self.file(name)
        if path.stat().st_mode & 0o077:
            raise SettingsRefused(f"{name} names {path}, which is open to others; run: chmod 600 {path}")
        return path

    def number(self, name: str, *, default: int, lowest: int, highest: int) -> int:
        """A whole number within its limits."""
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
            raise SettingsRefused(f"{name} is {text!r}; write a whole number from {lowest} to {highest}.")
        return int(text)

    def yes(self, name: str, *, default: bool) -> bool:
        """Yes or no, in one of the usual ways to write them."""
        text = self.text(name).lower()
        if text and text not in _YES:
            raise SettingsRefused(f"{name} is {text!r}; write yes or no.")
        return _YES.get(text, default)

    def address(self, name: str, *, default: str) -> str:
        """One mail address and nothing else."""
        text = self.text(name) or default
        if not _ADDRESS.fullmatch(text):
            raise SettingsRefused(f"{name} is {text!r}; write one plain mail address, such as calendar@court.example.")
        return text

    def one_of(self, name: str, words: tuple[str, ...]) -> str:
        """One of these words; the first where nothing is set."""
        word = self.text(name).lower() or words[0]
        if word not in words:
            raise SettingsRefused(f"{name} is {word!r}; write {' or '.join(words)}.")
        return word

    def machines(self, name: str) -> tuple[str, ...]:
        """Numeric addresses of machines."""
        try:
            return tuple(str(ip_address(word)) for word in self.words(name))
        except ValueError:
            raise SettingsRefused(f"{name} must hold numeric addresses, such as 127.0.0.1.") from None


def refuse_open(instance_dir: Path, database_url: str) -> None:
    """What others on the machine can read. A database in a folder that only its owner enters is out of their reach."""
    if instance_dir.stat().st_mode & 0o077:
        raise SettingsRefused(f"The folder {instance_dir} is open to others; run: chmod 700 {instance_dir}")
    place = database_url.removeprefix("sqlite:///")
    path = Path(place)
    if place == database_url or not path.is_file():
        return
    if path.stat().st_mode & 0o077 and path.resolve().parent.stat().st_mode & 0o077:
        raise SettingsRefused(f"The database file {path} is open to others; run: chmod 600 {path}")
