"""Chromium opens the report under the policy that it carries, without a complaint, and prints it on A4."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import truth

# Points; a browser rounds to its own pixels.
A4 = (595.3, 841.9)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))

for name in ("sample", "hard", "hard.en"):
    with tempfile.TemporaryDirectory() as folder:
        printed = pathlib.Path(folder) / "report.pdf"
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += ["--enable-logging=stderr", f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        report = truth.path(name, ".html").resolve().as_uri()
        said = subprocess.run([*command, report], capture_output=True, text=True, timeout=60).stderr
        complaints = [line for line in said.splitlines() if "CONSOLE" in line]
        assert not complaints, complaints
        boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed.read_bytes())
        sizes = {(float(width), float(height)) for width, height in boxes}
        if not sizes or any(abs(found - wanted) > 1 for size in sizes for found, wanted in zip(size, A4)):
            sys.exit(f"{name}: printed on {sizes}, not on A4")
        print(f"  {name}: {len(boxes)} pages of A4")
