"""What every reader must find: the annotation file itself, and a way to say what was found instead."""

import json
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path()
# `NAME.json` is the annotation file, `NAME.FORMAT.json` is not.
NAMES = sorted(path.stem for path in FOLDER.glob("*.json") if "." not in path.stem)


def read(name):
    """The text and the placed annotations as (label, start, end, words), sorted; positions in code points."""
    file = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    text = file["release"]["text"]
    placed = [a for a in file["annotations"] if "codePoints" in a]
    rows = sorted((a["label"], *a["codePoints"], a["exact"]) for a in placed)
    assert all(text[start:end] == exact for _, start, end, exact in rows)
    return file, text, rows


def path(name, suffix):
    return FOLDER / f"{name}{suffix}"


def same(what, found, expected):
    """Compares, shows the first differences, and ends the program if there are any."""
    found, expected = list(found), list(expected)
    if found != expected:
        missing = [row for row in expected if row not in found][:3]
        surplus = [row for row in found if row not in expected][:3]
        sys.exit(f"{what}: {len(found)} found, {len(expected)} expected\n  missing {missing}\n  surplus {surplus}")
    print(f"  {what}: {len(expected)} alike")
