"""The table of docs/bad-days.md, made of the rows."""

from tests.torture.rows import ROWS

BEGIN, END = "<!-- rows -->", "<!-- end of rows -->"


def table() -> str:
    """Every row in Markdown."""
    lines = ["| id | bad day | shown by | longer form | not shown yet |", "|---|---|---|---|---|"]
    for name, row in ROWS.items():
        short = "<br>".join(f"`{place}`" for place in row.short) or "–"
        long = f"`python {' '.join(row.long)}`" if row.long else "–"
        lines.append(f"| {name} | {row.what} | {short} | {long} | {row.lacks or '–'} |")
    return "\n".join(lines)
