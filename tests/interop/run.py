"""Opens what we export with the programs that people use. Needs Python 3.10 and cargo; Node 18 for Recogito's reader,
unzip for brat's archive, Chromium for the printed report.

Installs the readers under target/interop from PyPI and npm, once; writes the exports; runs every reader. One whose
program is not there or cannot be installed is "not run", with the reason. Ends with 1 if a reader finds other labels
or other words, else with 2 if one was not run, else with 0.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "interop"
BIN = TARGET / "python" / ("Scripts" if os.name == "nt" else "bin")

# The readers, with the package or the program that each needs.
PACKAGES = {
    "read_cassis.py": "dkpro-cassis",
    "read_conll.py": "nltk",
    "read_jsonld.py": "PyLD",
    "read_label_studio.py": "label-studio-sdk",
    "read_lxml.py": "lxml",
    "read_spacy.py": "spacy",
}
PROGRAMS = {"read_brat.py": ["unzip"], "read_print.py": ["chromium", "chromium-browser", "google-chrome"]}
# Python's own modules are all that these need.
ALONE = ["read_csv.py", "read_doccano.py"]
IN_NODE = "read_recogito.mjs"

# Seconds for all that is installed: a registry that does not answer is no reason to wait.
PATIENCE = 240
START = time.monotonic()


class Missing(Exception):
    """Why a reader cannot run, in half a sentence."""


def attempt(command, what, **options):
    """Runs a command; its first line of complaint becomes the reason."""
    left = max(5, PATIENCE - (time.monotonic() - START))
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=left, **options)
    except FileNotFoundError:
        raise Missing(f"{command[0]} is not there") from None
    except subprocess.TimeoutExpired:
        raise Missing(f"{what} was not ready after {PATIENCE} s") from None
    if done.returncode != 0:
        said = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        reason = next((line for line in said if line.lower().startswith(("error", "npm err"))), said[-1] if said else "no reason given")
        raise Missing(f"{what} ended with {done.returncode}: {reason}")


def once(folder, lock, install):
    """Installs unless it was done with this very lock file."""
    mark = folder / "installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not mark.is_file() or mark.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install()
        mark.write_text(wanted)


def install_python():
    """All packages at once; where that fails, each by itself. Gives back the reasons of those that failed."""
    python, lock, reasons = BIN / "python", HERE / "requirements.txt", {}

    def make():
        try:
            venv.create(TARGET / "python", with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Missing(f"the virtual environment of Python: {error}") from None
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--timeout=15", "--retries=1"]
        try:
            attempt([*pip, "--requirement", lock], "pip")
        except Missing:
            for package in PACKAGES.values():
                try:
                    attempt([*pip, "--constraint", lock, package], "pip")
                except Missing as reason:
                    reasons[package] = str(reason)
        if reasons:
            raise Missing("some packages")

    try:
        once(TARGET / "python", lock, make)
    except Missing as reason:
        return reasons or {package: str(reason) for package in PACKAGES.values()}
    return {}


def install_node():
    """Gives back the reason if that fails."""

    def make():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, TARGET / "node" / name)
        npm = shutil.which("npm")
        if npm is None or shutil.which("node") is None:
            raise Missing("node and npm are not there")
        options = ["--loglevel=error", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=15000"]
        attempt([npm, "ci", *options], "npm", cwd=TARGET / "node")

    try:
        once(TARGET / "node", HERE / "package-lock.json", make)
    except Missing as reason:
        return str(reason)
    # A module is found beside the file that imports it, so the reader stands where its packages are.
    shutil.copy(HERE / IN_NODE, TARGET / "node")
    return None


def main():
    reasons, no_node = install_python(), install_node()
    files = TARGET / "files"
    shutil.rmtree(files, ignore_errors=True)
    export = ["cargo", "run", "--quiet", "--package", "annotator-core", "--example", "export", "--", files]
    subprocess.run(export, cwd=ROOT, check=True)

    unreachable = {name: reasons[package] for name, package in PACKAGES.items() if package in reasons}
    for name, needs in PROGRAMS.items():
        if not any(map(shutil.which, needs)):
            unreachable[name] = f"{needs[0]} is not there"
    python = BIN / "python" if (BIN / "python").exists() or (BIN / "python.exe").exists() else sys.executable
    commands = {name: [python, HERE / name, files] for name in sorted([*PACKAGES, *PROGRAMS, *ALONE])}
    commands[IN_NODE] = ["node", TARGET / "node" / IN_NODE, files]
    if no_node:
        unreachable[IN_NODE] = no_node

    failed, not_run = [], []
    for name, command in commands.items():
        if name in unreachable:
            not_run.append(name)
            print(f"{name}: NOT RUN: {unreachable[name]}", flush=True)
            continue
        print(name, flush=True)
        if subprocess.run(command).returncode != 0:
            failed.append(name)
    print(f"{len(commands) - len(failed) - len(not_run)} passed, {len(failed)} failed, {len(not_run)} not run")
    for what, names in (("failed", failed), ("not run", not_run)):
        if names:
            print(f"{what}: {', '.join(names)}")
    return 1 if failed else 2 if not_run else 0


if __name__ == "__main__":
    sys.exit(main())
