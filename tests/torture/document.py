"""The table of docs/bad-days.md, made of the rows and of the marks on tests."""

from tests.evidence.marks import PROJECT, Mark, marks
from tests.torture.rows import ROWS, shown_by

BEGIN, END = "<!-- rows -->", "<!-- end of rows -->"


def table(among: tuple[Mark, ...] | None = None) -> str:
    """Every row in Markdown."""
    found = marks() if among is None else among
    lines = ["| id | bad day | shown by | longer form | not shown yet |", "|---|---|---|---|---|"]
    for name, row in ROWS.items():
        short = "<br>".join(f"`{place}`" for place in shown_by(name, found)) or "–"
        long = f"`python {' '.join(row.long)}`" if row.long else "–"
        lines.append(f"| {name} | {row.what} | {short} | {long} | {row.lacks or '–'} |")
    return "\n".join(lines)


def write() -> None:
    """Put the table into the page, in place of the one before it."""
    page = PROJECT / "docs" / "bad-days.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    write()
