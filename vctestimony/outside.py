"""The one place that builds the outside world: the adapters that the settings ask for, behind the services' ports."""

import atexit
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from vctestimony.adapters.anchor_file import AnchorFile
from vctestimony.adapters.breached import BreachedList, nothing_breached
from vctestimony.adapters.busy_reading import CalendarReader
from vctestimony.adapters.calendar_import import CalendarFiles
from vctestimony.adapters.calendar_shelf import CalendarShelf
from vctestimony.adapters.clamd import Clamd
from vctestimony.adapters.clock import SystemClock
from vctestimony.adapters.daylight import Sun
from vctestimony.adapters.dkim_signing import KeyUnusable, signer_from
from vctestimony.adapters.fetching import PORTS, CalendarFetcher
from vctestimony.adapters.ical_feed import CalendarFeeds
from vctestimony.adapters.inbox_mime import MailReader
from vctestimony.adapters.inbox_places import InboxRefused, inbox_at
from vctestimony.adapters.kept_packs import KeptPacks
from vctestimony.adapters.languages import Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.adapters.mail import MailboxSender, Security, Sign, SmtpSender, unsigned
from vctestimony.adapters.openid import OpenIDProvider
from vctestimony.adapters.outbound import Outbound, allowed
from vctestimony.adapters.packs import load_packs
from vctestimony.adapters.passkeys import WebAuthnPasskeys
from vctestimony.adapters.passwords import Argon2Passwords
from vctestimony.adapters.pdf import PaperPress
from vctestimony.adapters.pdf_signing import PdfSignatures, RootsUnusable, TokenPlace, roots_in
from vctestimony.adapters.plan_runner import PlanRunner
from vctestimony.adapters.public_holidays import HolidayPackage
from vctestimony.adapters.scan_reading import ScanReader
from vctestimony.adapters.time_stamps import asking
from vctestimony.adapters.tokens import AnswerTokens, FieldTokens, OptionTokens, ReminderTokens
from vctestimony.adapters.typed_files import TypedFiles
from vctestimony.adapters.vault import FieldVault
from vctestimony.adapters.vault_keys import KeyFile
from vctestimony.adapters.witness_parts import WitnessParts
from vctestimony.config import DkimKey, Settings
from vctestimony.domain import retention
from vctestimony.domain.sop import Pack
from vctestimony.services.ports import Addresses, Inbox, Ports, Sender, Vetting
from vctestimony.settings.environment import SettingsRefused
from vctestimony.settings.keeping import ANCHOR_FILE
from vctestimony.settings.provider import ProviderSettings
from vctestimony.settings.signing import SigningSettings
from vctestimony.settings.vetting import VettingSettings


def build_ports(settings: Settings, *, languages: Languages, wake: Callable[[], None]) -> Ports:
    """The real outside world. A broken pack or calendar refuses the start here and names file, line and key."""
    letters, keys, outbound = _letters(settings, languages), KeyFile(settings.vault_file), outbound_of(settings)
    return Ports(
        clock=SystemClock(),
        calendars=CalendarShelf(settings.sop_dir / "calendars", HolidayPackage()),
        calendar_files=CalendarFiles(),
        daylight=Sun(),
        packs=_packs(settings),
        editions=KeptPacks(),
        vault=FieldVault(settings.vault_keys, renewed=keys.renewed),
        master_keys=keys,
        parts=WitnessParts(settings.witness_keys_dir),
        anchors=AnchorFile(settings.instance_dir / ANCHOR_FILE),
        passwords=Argon2Passwords(),
        vetting=_vetting(settings.vetting, outbound),
        passkeys=WebAuthnPasskeys(settings.public_url),
        provider=_provider(settings.provider, outbound),
        letters=letters,
        feeds=CalendarFeeds(letters, uid_host=_host(settings)),
        sender=_sender(settings, outbound),
        tokens=AnswerTokens(settings.secret_keys),
        option_tokens=OptionTokens(settings.secret_keys),
        reminder_tokens=ReminderTokens(settings.secret_keys),
        field_tokens=FieldTokens(settings.secret_keys),
        press=_press(settings, languages),
        signatures=_signatures(settings.signing, outbound),
        planner=PlanRunner(),
        words=languages,
        fetcher=CalendarFetcher(allow_http=settings.calendars_by_http, outbound=outbound),
        reader=CalendarReader(),
        scans=ScanReader(),
        inbox=_inbox(settings),
        mails=MailReader(authserv=settings.inbox.authserv),
        typed=TypedFiles(),
        random=os.urandom,
        addresses=_addresses(settings),
        wake=wake,
        schedule=_schedule(settings.keeping.retention),
    )


def _letters(settings: Settings, languages: Languages) -> LetterComposer:
    return LetterComposer(languages, templates=settings.templates_dir / "email")


def _packs(settings: Settings) -> Callable[[], tuple[Pack, ...]]:
    packs = load_packs(settings.sop_dir)
    return lambda: packs


def _host(settings: Settings) -> str:
    return urlsplit(settings.public_url).hostname or "localhost"


def _schedule(own: Path | None) -> Mapping[retention.Held, retention.Rule]:
    """What is kept for how long; days that the court set wrongly refuse the start and are named."""
    if own is None:
        return retention.SCHEDULE
    schedule, faults = retention.with_days(own.read_text(encoding="utf-8", errors="replace"))
    if faults:
        raise SettingsRefused(f"VCT_RETENTION names {own}: " + "; ".join(f"{one.key}: {one.reason}" for one in faults))
    return schedule


def _provider(found: ProviderSettings | None, outbound: Outbound) -> OpenIDProvider | None:
    if found is None:
        return None
    return OpenIDProvider(
        issuer=found.issuer,
        client=(found.client_id, found.client_secret),
        name=found.name,
        scopes=found.scopes,
        passed_by=found.passed_by,
        outbound=outbound,
    )


def _vetting(found: VettingSettings, outbound: Outbound) -> Vetting:
    return Vetting(
        breached=BreachedList(found.breached).holds if found.breached else nothing_breached,
        scanner=Clamd(found.clamd, outbound=outbound) if found.clamd else None,
    )


def _press(settings: Settings, languages: Languages) -> PaperPress:
    press = PaperPress(
        templates=settings.templates_dir / "pdf", languages=languages, fonts=None, instance=settings.instance_dir
    )
    atexit.register(press.close)
    return press


def _addresses(settings: Settings) -> Addresses:
    return Addresses(
        public_url=settings.public_url,
        organiser_name="Hearing desk",
        organiser_address=settings.organiser,
        uid_host=_host(settings),
        anchors_to=settings.keeping.anchor_mail,
    )


def _inbox(settings: Settings) -> Inbox:
    found, own = settings.inbox, settings.inbox_dir
    try:
        return inbox_at(
            found.place, username=found.username, password=found.password, own_folder=own, now=SystemClock().now
        )
    except InboxRefused as refused:
        raise SettingsRefused(refused.sentence()) from refused


def outbound_of(settings: Settings) -> Outbound:
    """Where this process may connect. The mailbox of VCT_INBOX has a list of its own (adapters/inbox_places.py)."""
    smtp = settings.smtp
    ports = PORTS.values() if settings.calendars_by_http else (PORTS["https"],)
    servers = [*([(smtp.host, smtp.port)] if smtp else ()), *settings.vetting.servers]
    issuer = settings.provider.issuer if settings.provider else ""
    return allowed(servers, addresses=[settings.signing.stamps_from, issuer], public_ports=ports)


def _sender(settings: Settings, outbound: Outbound) -> Sender:
    smtp, sign = settings.smtp, _signature(settings.dkim)
    if smtp is None:
        return MailboxSender(settings.mailbox_dir, sign=sign)
    return SmtpSender(
        host=smtp.host,
        port=smtp.port,
        security=Security(smtp.security),
        username=smtp.username,
        password=smtp.password,
        sign=sign,
        outbound=outbound,
    )


def _signature(key: DkimKey | None) -> Sign:
    """What signs mails; nothing where no key is set. A key that cannot be used refuses the start."""
    if key is None:
        return unsigned
    try:
        return signer_from(key.path, domain=key.domain, selector=key.selector)
    except KeyUnusable as problem:
        raise SettingsRefused(f"VCT_DKIM_KEY names {key.path}, which cannot be used: {problem}.") from problem


def _signatures(found: SigningSettings, outbound: Outbound) -> PdfSignatures:
    """What signs and judges signatures. A root that cannot be read refuses the start, for without it all would look
    unknown."""
    try:
        roots = roots_in(found.roots) if found.roots else ()
    except RootsUnusable as problem:
        raise SettingsRefused(
            f"VCT_TRUSTED_ROOTS holds {problem}, which is no certificate or cannot be read; take it out."
        ) from problem
    token = found.token
    place = TokenPlace(module=token.module, name=token.name, label=token.label) if token else None
    ask = asking(found.stamps_from, outbound) if found.stamps_from else None
    return PdfSignatures(roots=roots, place=place, ask=ask)
