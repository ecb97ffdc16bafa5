"""The one place that reads the environment, and the one that makes and reads the key files. All of it once, at start.

Every refusal here is one line that says which setting is wrong and what to write instead. No secret has a default:
`instance/` gets its own on the very first start, and only then.
"""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import urlsplit

from vctestimony.domain.sealing import KEY_BYTES, KeysUnusable, keys_in
from vctestimony.domain.wording import LANGUAGES
from vctestimony.settings.environment import Environment, SettingsRefused, refuse_open
from vctestimony.settings.inbox import InboxSettings, inbox_settings
from vctestimony.settings.keeping import KeepingSettings, keeping_settings
from vctestimony.settings.provider import ProviderSettings, provider_settings
from vctestimony.settings.signing import SigningSettings, signing_settings
from vctestimony.settings.vetting import VettingSettings, vetting_settings

PROJECT = Path(__file__).resolve().parent.parent
SIGNING_FILE = "secret.key"
VAULT_FILE = "vault.key"
PARTS_FOLDER = "witness-keys"
DATABASE_FILE = "vctestimony.sqlite"

SHORTEST_SECRET = 32
LOOPBACK = ("127.0.0.1", "localhost")

_SMTP_PORTS = {"none": 25, "starttls": 587, "tls": 465}
_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
_SELECTOR = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over; `security` is none, starttls or tls."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimKey:
    """With which key mails are signed, for which domain, and under which name the domain publishes the key."""

    path: Path
    domain: str
    selector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that may differ between two installations. Keys stand oldest first: the last one signs and seals."""

    instance_dir: Path
    database_url: str = field(repr=False)
    secret_keys: tuple[str, ...] = field(repr=False)
    vault_keys: Mapping[str, bytes] = field(repr=False)
    vault_file: Path | None = None
    """Where the vault's keys are read again while the service runs; None where VCT_VAULT_KEY sets them."""
    witness_keys_dir: Path = PROJECT / "instance" / PARTS_FOLDER
    backup_keys: str = field(default="", repr=False)
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = LOOPBACK
    smtp: SmtpServer | None = None
    dkim: DkimKey | None = None
    inbox: InboxSettings = field(default_factory=InboxSettings)
    keeping: KeepingSettings = field(default_factory=KeepingSettings)
    signing: SigningSettings = field(default_factory=SigningSettings)
    provider: ProviderSettings | None = None
    vetting: VettingSettings = field(default_factory=VettingSettings)
    mail_from: str = "calendar@localhost.localdomain"
    organiser: str = "calendar@localhost.localdomain"
    sop_dir: Path = PROJECT / "sop"
    templates_dir: Path = PROJECT / "templates"
    languages: tuple[str, ...] = LANGUAGES
    demo: bool = False
    worker_in_process: bool = True
    calendars_by_http: bool = False
    trusted_proxies: tuple[str, ...] = ()
    log: str = "json"
    session_idle_minutes: int = 30
    session_absolute_minutes: int = 480

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel by https only, wherever people reach the service by https."""
        return self.public_url.startswith("https://")

    @property
    def mailbox_dir(self) -> Path:
        """Where mails are laid down while no SMTP server is set."""
        return self.instance_dir / "mailbox"

    @property
    def inbox_dir(self) -> Path:
        """Where mails are read while no other inbox is set."""
        return self.instance_dir / "inbox"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings of this process. On the very first start it makes the instance folder and its keys."""
        env = Environment(os.environ if environ is None else environ)
        _refuse_debug(env)
        instance_dir = env.path("VCT_INSTANCE", default=PROJECT / "instance")
        url = database_url(env.text("VCT_DATABASE_URL"), instance_dir)
        _first_start(instance_dir, url)
        port = env.number("PORT", default=8000, lowest=1, highest=65535)
        public_url = _public_url(env.text("VCT_PUBLIC_URL") or f"http://127.0.0.1:{port}")
        mail_from, organiser = _mail_addresses(env)
        return cls(
            instance_dir=instance_dir,
            database_url=url,
            secret_keys=_secret_keys(env.text("VCT_SECRET_KEY") or _key_file(instance_dir / SIGNING_FILE)),
            vault_keys=_vault_keys(env.text("VCT_VAULT_KEY") or _key_file(instance_dir / VAULT_FILE)),
            vault_file=None if env.text("VCT_VAULT_KEY") else instance_dir / VAULT_FILE,
            witness_keys_dir=env.path("VCT_WITNESS_KEYS", default=instance_dir / PARTS_FOLDER),
            backup_keys=env.secret("VCT_BACKUP_KEY"),
            port=port,
            public_url=public_url,
            trusted_hosts=env.words("VCT_TRUSTED_HOSTS") or _hosts_of(public_url),
            smtp=_smtp(env),
            dkim=_dkim(env, sender=organiser),
            inbox=inbox_settings(env),
            keeping=keeping_settings(env),
            signing=signing_settings(env),
            provider=provider_settings(env),
            vetting=vetting_settings(env),
            mail_from=mail_from,
            organiser=organiser,
            sop_dir=env.folder("VCT_SOP", default=PROJECT / "sop"),
            templates_dir=env.folder("VCT_TEMPLATES", default=PROJECT / "templates"),
            languages=_languages(env.words("VCT_LANGUAGES") or LANGUAGES),
            demo=env.yes("VCT_DEMO", default=False),
            worker_in_process=env.yes("VCT_WORKER_IN_PROCESS", default=True),
            calendars_by_http=env.yes("VCT_CALENDARS_BY_HTTP", default=False),
            trusted_proxies=env.machines("VCT_TRUSTED_PROXIES"),
            log=env.one_of("VCT_LOG", ("json", "text")),
            **_session_minutes(env),
        )


def _mail_addresses(env: Environment) -> tuple[str, str]:
    """Whom mails are from, and who organises what they invite to."""
    mail_from = env.address("VCT_MAIL_FROM", default="calendar@localhost.localdomain")
    return mail_from, env.address("VCT_ORGANISER", default=mail_from)


def _session_minutes(env: Environment) -> dict[str, int]:
    idle = env.number("VCT_SESSION_IDLE_MINUTES", default=30, lowest=1, highest=1440)
    whole = env.number("VCT_SESSION_ABSOLUTE_MINUTES", default=480, lowest=idle, highest=1440)
    return {"session_idle_minutes": idle, "session_absolute_minutes": whole}


def _first_start(folder: Path, url: str) -> None:
    if not any((folder / name).exists() for name in (SIGNING_FILE, VAULT_FILE, DATABASE_FILE)):
        prepare_instance(folder)
    refuse_open(folder, url)


def keep_files_private() -> None:
    """What this process writes from now on nobody but its owner reads."""
    os.umask(0o077)


def prepare_instance(folder: Path) -> None:
    """Make the private folder and the keys that are not there yet; what is there is never written again."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(folder / SIGNING_FILE, secrets.token_urlsafe(48))
    vault_key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    _write_once(folder / VAULT_FILE, f"{secrets.token_hex(4)}:{vault_key}")


def _write_once(path: Path, line: str) -> None:
    """Whole or not at all, for the owner only; where two processes start at once, the first one's key stays."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _key_file(path: Path) -> str:
    if not path.is_file():
        raise SettingsRefused(f"The key file {path} is missing, though this is not a first start: put it back.")
    if path.stat().st_mode & 0o077:
        raise SettingsRefused(f"The key file {path} is open to others; run: chmod 600 {path}")
    return path.read_text(encoding="ascii", errors="replace").strip()


def _secret_keys(text: str) -> tuple[str, ...]:
    keys = tuple(text.split())
    if not keys or any(len(key.encode()) < SHORTEST_SECRET or len(set(key)) < SHORTEST_SECRET // 4 for key in keys):
        raise SettingsRefused(
            f"VCT_SECRET_KEY or {SIGNING_FILE} can be guessed; each secret needs {SHORTEST_SECRET} random characters."
        )
    return keys


def _vault_keys(text: str) -> Mapping[str, bytes]:
    try:
        return MappingProxyType(keys_in(text))
    except KeysUnusable as error:
        raise SettingsRefused(
            f"VCT_VAULT_KEY or {VAULT_FILE} cannot be used; a key is ID:BASE64, {KEY_BYTES} random bytes."
        ) from error


def database_url(text: str, instance_dir: Path) -> str:
    """The address of the database as the driver wants it; without one, a file in the instance folder."""
    if not text:
        return f"sqlite:///{instance_dir / DATABASE_FILE}"
    scheme, colon, rest = text.partition(":")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and colon:
        return f"postgresql+psycopg:{rest}"
    if scheme != "sqlite":
        raise SettingsRefused("VCT_DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return text


def _refuse_debug(env: Environment) -> None:
    if env.yes("FLASK_DEBUG", default=False):
        raise SettingsRefused("FLASK_DEBUG shows visitors a console; unset it to start the service.")


def _public_url(text: str) -> str:
    if not _PUBLIC_URL.fullmatch(text):
        raise SettingsRefused(f"VCT_PUBLIC_URL is {text!r}; write it like https://testimony.example")
    return text.rstrip("/")


def _hosts_of(public_url: str) -> tuple[str, ...]:
    """The host people use, and this machine's own names for its health checks."""
    return tuple(dict.fromkeys((str(urlsplit(public_url).hostname), *LOOPBACK)))


def _languages(words: tuple[str, ...]) -> tuple[str, ...]:
    if not set(words) <= set(LANGUAGES):
        raise SettingsRefused(f"VCT_LANGUAGES may name {', '.join(LANGUAGES)}; it says {' '.join(words)!r}.")
    return tuple(dict.fromkeys(words))


def _smtp(env: Environment) -> SmtpServer | None:
    host = env.text("VCT_SMTP_HOST")
    if not host:
        return None
    security = env.text("VCT_SMTP_SECURITY").lower() or "starttls"
    if security not in _SMTP_PORTS:
        raise SettingsRefused(f"VCT_SMTP_SECURITY is {security!r}; write starttls, tls or none.")
    if security == "none" and host not in LOOPBACK:
        raise SettingsRefused("VCT_SMTP_SECURITY may be none only for a server on this machine; write starttls or tls.")
    username, password = env.text("VCT_SMTP_USER"), env.secret("VCT_SMTP_PASSWORD")
    if bool(username) != bool(password):
        raise SettingsRefused("VCT_SMTP_USER and VCT_SMTP_PASSWORD (or …_FILE) belong together; set both or neither.")
    port = env.number("VCT_SMTP_PORT", default=_SMTP_PORTS[security], lowest=1, highest=65535)
    return SmtpServer(host=host, port=port, security=security, username=username, password=password)


def _dkim(env: Environment, *, sender: str) -> DkimKey | None:
    """The key that mails are signed with. It helps for the sender's domain only, or one above it (RFC 7489 3.1.1)."""
    if not env.text("VCT_DKIM_KEY"):
        return None
    own = sender.rpartition("@")[2].lower()
    domain, selector = env.text("VCT_DKIM_DOMAIN").lower() or own, env.text("VCT_DKIM_SELECTOR") or "vctestimony"
    if not f".{own}".endswith(f".{domain}") or "." not in domain:
        raise SettingsRefused(
            f"VCT_DKIM_DOMAIN is {domain!r}, but mail is sent from {own}; write that, or one above it."
        )
    if not _SELECTOR.fullmatch(selector):
        raise SettingsRefused(f"VCT_DKIM_SELECTOR is {selector!r}; write letters, digits and hyphens, such as 2026a.")
    return DkimKey(path=env.private_file("VCT_DKIM_KEY"), domain=domain, selector=selector)
