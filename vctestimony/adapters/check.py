"""The one place that checks everything an installation is made of before it is relied on; one line a problem."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError

from vctestimony.adapters import fonts
from vctestimony.adapters.catalogue import coverage
from vctestimony.adapters.court_calendars import check_calendars
from vctestimony.adapters.packs import check_packs, load_packs
from vctestimony.adapters.public_holidays import HolidayPackage
from vctestimony.domain import matrix, retention
from vctestimony.domain.errors import Refusal


def check_everything(sop: Path, templates: Path) -> list[str]:
    """What is wrong with rights, retention, packs, calendars, templates and fonts; empty when all is well."""
    found = [str(fault) for fault in (*matrix.FAULTS, *retention.FAULTS)]
    found += [str(problem) for problem in check_packs(sop)]
    found += check_catalogue(sop) if not found else []
    found += [str(problem) for problem in check_calendars(sop / "calendars", HolidayPackage())]
    return found + check_templates(templates) + _check_fonts()


def check_catalogue(sop: Path) -> list[str]:
    """Rows of the catalogue of obligations that no pack has; the packs themselves are in order."""
    try:
        missing = coverage(sop, load_packs(sop)).missing
    except Refusal as refusal:
        return [refusal.sentence()]
    return [f"catalogue: no pack has the row {row}" for row in missing]


def check_templates(folder: Path) -> list[str]:
    """Templates that cannot be read, by file and line."""
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"]
    )
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".html", ".txt"}):
        try:
            environment.parse(path.read_text(encoding="utf-8"))
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            line = getattr(error, "lineno", 1)
            found.append(f"{path.relative_to(folder)}:{line}: {error}")
    return found


def _check_fonts() -> list[str]:
    lacking = fonts.missing(None)
    return [f"fonts: missing {', '.join(lacking)}; install the package fonts-noto-core"] if lacking else []
