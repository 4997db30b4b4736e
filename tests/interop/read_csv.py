"""Python's csv reads both tables, with `;` and with `,`; no cell would be a formula."""

import csv

import truth


def rows_of(name, infix, suffix, delimiter):
    # utf-8-sig takes the byte order mark away: without one the first heading would differ.
    with open(truth.path(name + infix, suffix), encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=delimiter, strict=True))
    for row in rows:
        assert None not in row and None not in row.values(), "a row with another number of cells"
        bad = [cell for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
        assert not bad, bad
    return rows


def plain(cell):
    return cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n") else cell


for name in truth.NAMES:
    file, text, rows = truth.read(name)
    for infix, delimiter in (("", ";"), (".en", ",")):
        table = [r for r in rows_of(name, infix, ".annotations.csv", delimiter) if r["codepoint_start"]]
        found = sorted(
            (r["label"], int(r["codepoint_start"]), int(r["codepoint_end"]), plain(r["exact"])) for r in table
        )
        truth.same(f"{name}{infix}, annotations", found, rows)
        units = text.encode("utf-16-le")
        for row in table:
            start, end = int(row["utf16_start"]), int(row["utf16_end"])
            assert units[2 * start : 2 * end].decode("utf-16-le") == plain(row["exact"])
        table = rows_of(name, infix, ".sentences.csv", delimiter)
        found = [[int(r["codepoint_start"]), int(r["codepoint_end"])] for r in table]
        truth.same(f"{name}{infix}, sentences", found, [s["codePoints"] for s in file["sentences"]])
        assert all(plain(r["text"]) == text[s:e] for r, (s, e) in zip(table, found))
