"""Make the folder .venv hold exactly the locked dependencies, and this project.

Usage: sh tools/with_python.sh tools/environment.py runtime|dev

Exit: 0 .venv is ready (nothing is printed when it was already); 1 it is not, and
why; 130 ended by Ctrl+C. Standard library only: this installs everything else.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import venv
from dataclasses import asdict, dataclass
from pathlib import Path

from exclusive import exclusive
from messages import ToolError, run_tool, say

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
"""The lock of each kind of environment; dev holds everything runtime does."""
FORMAT = 1
"""Raise it when this file installs differently: every .venv is then made anew."""

_NO_CONTACT = re.compile(
    r"Retrying \(|Max retries|ConnectionError|ProxyError|SSLError|ReadTimeout|"
    r"name resolution|CERTIFICATE_VERIFY_FAILED|Network is unreachable"
)
_NO_PACKAGE = re.compile(r"No matching distribution found for (\S+)")


@dataclass(frozen=True)
class Stamp:
    """What .venv was made from; written last, so an interrupted run leaves none.

    Attributes:
        place: The folder's own path, which is written into its scripts.
        python: Major and minor version of its Python.
        runtime: Digest of what the runtime kind is made from.
        dev: The same for the dev kind; None when only runtime is installed.
    """

    place: str
    python: str
    runtime: str
    dev: str | None


def digest(root: Path, kind: str) -> str:
    """Return a digest of everything that decides what is installed for a kind."""
    total = hashlib.sha256(str(FORMAT).encode())
    for name in ("pyproject.toml", LOCKS[kind]):
        # Line ends are no difference: git may change them on checkout.
        total.update(hashlib.sha256((root / name).read_bytes().replace(b"\r\n", b"\n")).digest())
    return total.hexdigest()


def python_of(place: Path) -> Path:
    """Return the path of an environment's Python."""
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def python_version(python: Path) -> str | None:
    """Ask a Python for its version, such as "3.12"; None when it does not run."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [python, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() or None


def read_stamp(path: Path) -> Stamp | None:
    """Read a stamp; None when there is none that can be read."""
    try:
        return Stamp(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def ensure(root: Path, kind: str) -> None:
    """Make sure that .venv holds what a kind needs.

    Args:
        root: The project's folder.
        kind: "runtime" or "dev".

    Raises:
        ToolError: It cannot be installed; tells why.
    """
    place = root / ".venv"
    with exclusive(root / ".venv.lock", _say_waiting):
        stamp_path = place / "installed.json"
        stamp = read_stamp(stamp_path)
        runtime = digest(root, "runtime")
        usable = (
            stamp is not None
            and stamp.place == str(place)
            and stamp.runtime == runtime
            and stamp.python == python_version(python_of(place))
        )
        wanted = digest(root, "dev") if kind == "dev" else None
        if usable and stamp is not None:
            if wanted in (None, stamp.dev):
                return
            # Only dev tools are missing (or newer ones): they go on top.
            stamp_path.unlink()
        else:
            _create(place)
        _install(root, place, kind)
        made = Stamp(str(place), python_version(python_of(place)) or "", runtime, wanted)
        unfinished = stamp_path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
        unfinished.replace(stamp_path)


def _say_waiting() -> None:
    say("Venter på en annen installasjon …", "Waiting for another installation …")


def _create(place: Path) -> None:
    version = ".".join(str(number) for number in sys.version_info[:3])
    say(f"Lager .venv med Python {version} …", f"Making .venv with Python {version} …")
    try:
        # Cleared: what an older lock or an interrupted run left must not stay.
        venv.create(place, clear=True, with_pip=True, symlinks=sys.platform != "win32")
    except (subprocess.CalledProcessError, SystemExit) as error:
        # SystemExit is Debian's own way to say that a part is missing.
        raise ToolError(
            "Python klarte ikke å lage .venv: sjekk at Python er fullstendig installert "
            "(Debian og Ubuntu: sudo apt install python3-venv) og prøv igjen.",
            "Python could not make .venv: check that Python is completely installed "
            "(Debian and Ubuntu: sudo apt install python3-venv) and try again.",
        ) from error


def _install(root: Path, place: Path, kind: str) -> None:
    say(
        "Installerer avhengigheter (tar et minutt eller to) …",
        "Installing dependencies (takes a minute or two) …",
    )
    log = place / "install.log"
    log.write_bytes(b"")
    # Wheels only: no package runs code of its own, or needs a compiler, to be installed.
    _pip(place, log, root, "--require-hashes", "--only-binary=:all:", "-r", LOCKS[kind])
    # The project itself goes in the ordinary way, as an editable install, which gives
    # the command `casebook`. It is built by the setuptools the lock has just installed:
    # in an isolated build pip would fetch another one, without a hash and not offline.
    _pip(place, log, root, "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")


def run_pip(
    python: Path, folder: Path, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run pip, and keep all it prints as its output.

    Args:
        python: The Python whose pip it is.
        folder: The folder to run in.
        arguments: What it shall do.
        settings: Variables of the environment.
    """
    # PIP_USER: a person's own pip settings may install outside .venv.
    own = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(
        [python, "-m", "pip", *arguments],
        cwd=folder,
        env={**os.environ, **own, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _pip(place: Path, log: Path, root: Path, *arguments: str) -> None:
    done = run_pip(python_of(place), root, "install", *arguments)
    with log.open("a", encoding="utf-8") as file:
        file.write(done.stdout)
    if done.returncode != 0:
        raise explain(done.stdout)


def explain(output: str) -> ToolError:
    """Turn what pip printed before it failed into a sentence a person can act on."""
    if _NO_CONTACT.search(output):
        return ToolError(
            "Fikk ikke kontakt med pakkeregisteret, så avhengighetene ble ikke installert: "
            "sjekk nettforbindelsen (eventuelt mellomtjeneren) og prøv igjen.",
            "The package index could not be reached, so the dependencies were not installed: "
            "check the network connection (or the proxy) and try again.",
        )
    if "DO NOT MATCH THE HASHES" in output:
        return ToolError(
            "En pakke er ikke den som er låst (feil kontrollsum), så ingenting ble installert: "
            "prøv igjen, og si fra til dem som vedlikeholder prosjektet hvis det skjer på nytt.",
            "A package is not the locked one (wrong checksum), so nothing was installed: "
            "try again, and tell the project's maintainers if it happens again.",
        )
    missing = _NO_PACKAGE.search(output)
    if missing:
        version = ".".join(str(number) for number in sys.version_info[:2])
        return ToolError(
            f"Pakkeregisteret har ikke «{missing[1]}» for Python {version} på denne maskinen: "
            "prøv med Python 3.11–3.14.",
            f"The package index does not have “{missing[1]}” for Python {version} on this "
            "machine: try with Python 3.11–3.14.",
        )
    reasons = [line for line in output.splitlines() if line.startswith("ERROR:")]
    reason = reasons[-1].removeprefix("ERROR:").strip() if reasons else "pip"
    return ToolError(
        f"Installasjonen mislyktes ({reason}): se .venv/install.log.",
        f"The installation failed ({reason}): see .venv/install.log.",
    )


def _main() -> int:
    parser = argparse.ArgumentParser(description="Make .venv hold the locked dependencies.")
    parser.add_argument("kind", choices=LOCKS)
    ensure(ROOT, parser.parse_args().kind)
    return 0


if __name__ == "__main__":
    sys.exit(run_tool(_main))
