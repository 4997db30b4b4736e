"""Opens what we export with the programs that people use. Needs Python 3.10, Node 18, unzip and cargo.

Installs the readers under target/interop from PyPI and npm, once; writes the exports; runs every `read_*`.
Ends with 1 if a reader finds other labels or other words, with 2 if the readers cannot be installed.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "interop"


def installed(folder, lock, install):
    """Installs unless it was done with this very lock file."""
    mark = folder / "installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not mark.is_file() or mark.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install()
        mark.write_text(wanted)


def install_python():
    venv.create(TARGET / "python", with_pip=True)
    pip = [TARGET / "python/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", HERE / "requirements.txt"], check=True)


def install_node():
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TARGET / "node" / name)
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=TARGET / "node", check=True)


def main():
    missing = [name for name in ("node", "npm", "unzip", "cargo") if shutil.which(name) is None]
    if missing:
        print(f"interop needs {', '.join(missing)}; not run")
        return 2
    try:
        installed(TARGET / "python", HERE / "requirements.txt", install_python)
        installed(TARGET / "node", HERE / "package-lock.json", install_node)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"the readers cannot be installed: {error}")
        return 2
    files = TARGET / "files"
    shutil.rmtree(files, ignore_errors=True)
    export = ["cargo", "run", "--quiet", "--package", "annotator-core", "--example", "export", "--", files]
    subprocess.run(export, cwd=ROOT, check=True)

    # A module is found beside the file that imports it, so the reader for Node stands where its packages are.
    shutil.copy(HERE / "read_recogito.mjs", TARGET / "node")
    readers = [[TARGET / "python/bin/python", path, files] for path in sorted(HERE.glob("read_*.py"))]
    readers.append(["node", TARGET / "node/read_recogito.mjs", files])
    failed = []
    for reader in readers:
        name = pathlib.Path(reader[1]).name
        print(name, flush=True)
        if subprocess.run(reader).returncode != 0:
            failed.append(name)
    if failed:
        print("failed:", ", ".join(failed))
    print(f"{len(readers) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
