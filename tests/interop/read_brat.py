"""unzip tests the archive; Python opens text and standoff in text mode, as brat does; every fragment is its words."""

import re
import subprocess
import tempfile

import truth

for name in truth.NAMES:
    _, text, rows = truth.read(name)
    archive = truth.path(name, ".brat.zip")
    subprocess.run(["unzip", "-tq", archive], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["unzip", "-q", archive, "-d", folder], check=True)
        lf = open(f"{folder}/essai.txt", encoding="utf-8").read()
        assert lf == text.replace("\r\n", "\n").replace("\r", "\n")
        lines = open(f"{folder}/essai.ann", encoding="utf-8").read().splitlines()
        entities = open(f"{folder}/annotation.conf", encoding="utf-8").read()
        visual = open(f"{folder}/visual.conf", encoding="utf-8").read()
    known = entities.split("[entities]\n")[1].split("\n\n")[0].splitlines()
    assert all(re.fullmatch("[a-zA-Z0-9_-]+", label) for label in known) and len(known) == len(set(known))
    assert all(f"{label} | " in visual and f"{label}\tfgColor" in visual for label in known)
    found = []
    for line in (line for line in lines if line.startswith("T")):
        match = re.fullmatch(r"T\d+\t([a-zA-Z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]+)", line)
        assert match and match[1] in known, line
        pairs = [tuple(map(int, pair.split())) for pair in match[2].split(";")]
        pieces = [lf[start:end] for start, end in pairs]
        assert " ".join(pieces).replace("\t", " ") == match[3] and not any("\n" in piece for piece in pieces), line
        found.append("".join(match[3].split()))
    truth.same(f"{name}, standoff", sorted(found), sorted("".join(words.split()) for *_, words in rows))
    for line in (line for line in lines if line.startswith("A")):
        # brat's own pattern of an attribute: type, target, value.
        assert re.fullmatch(r"A\d+\t(.+?) (T\d+) (.+?)", line), line
    assert all(line[0] in "TA#" for line in lines)
