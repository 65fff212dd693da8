"""Starts and stops child processes: account, process group, and the end of a killed parent."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The account that servers run as when the supervisor is root, which PostgreSQL refuses."""

    uid: int
    gid: int

    def give(self, *paths: Path) -> None:
        """Make this account the owner of these files or folders, not of what folders contain."""
        for path in paths:
            os.chown(path, self.uid, self.gid)

    def can_run(self, argv: Sequence[str | Path], *, cwd: Path) -> bool:
        """Whether this command succeeds when run as the account.

        Also tells whether every folder on the way to the program lets the account through.
        """
        try:
            done = subprocess.run(
                argv,
                cwd=cwd,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=20,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Whether the account may search this folder and every folder above it."""
        return all(self._may_search(parent) for parent in (folder, *folder.parents))

    def _may_search(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        if found.st_gid == self.gid:
            return bool(found.st_mode & 0o010)
        return bool(found.st_mode & 0o001)


def service_account() -> Account | None:
    """`nobody` when this process is root; None, for the same account, when it is not."""
    if os.geteuid() != 0:
        return None
    found = pwd.getpwnam("nobody")
    return Account(found.pw_uid, found.pw_gid)


def server_folder(path: Path, run_as: Account | None) -> Path:
    """Make the folder at `path` that one server keeps its data in, open to its account only.

    Where `path` lies below a folder the account may not enter, the real folder is made under
    /var/lib or /var/tmp and `path` becomes a link to it. Returns the real folder.
    """
    if path.is_symlink():
        real = Path(os.readlink(path))
        if not real.is_dir():
            path.unlink()
            return server_folder(path, run_as)
    elif not path.exists() and run_as is not None and not run_as.can_enter(path.parent.resolve()):
        base = next(base for base in ("/var/lib", "/var/tmp") if os.access(base, os.W_OK))
        real = Path(tempfile.mkdtemp(prefix="nel-participation-", dir=base))
        path.symlink_to(real)
    else:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = path.resolve()
    if run_as is not None:
        run_as.give(real)
    return real


def remove_server_folder(path: Path) -> None:
    """Remove a folder made by `server_folder`, wherever it was made."""
    if path.is_symlink():
        shutil.rmtree(os.readlink(path), ignore_errors=True)
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def spawn(
    argv: Sequence[str | Path],
    *,
    run_as: Account | None,
    cwd: Path,
    env: Mapping[str, str],
    signal_on_parent_death: signal.Signals,
    stdin: int | IO[Any] = subprocess.DEVNULL,
    output: int | IO[Any] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group, so that Ctrl-C reaches the supervisor alone.

    On Linux the kernel sends it `signal_on_parent_death` when this process is killed. Call from
    the main thread, as the kernel sends the signal when the calling thread ends.
    """
    return subprocess.Popen(
        argv,
        cwd=cwd,
        env=dict(env),
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        process_group=0,
        user=run_as.uid if run_as else None,
        group=run_as.gid if run_as else None,
        extra_groups=[] if run_as else None,
        preexec_fn=_signal_on_death_of(os.getpid(), signal_on_parent_death),
    )


def request_signal_on_parent_death(death_signal: signal.Signals) -> None:
    """Have the kernel send this process the signal when its own parent is killed."""
    _signal_on_death_of(os.getppid(), death_signal)()


def _signal_on_death_of(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    def request() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        # The parent ended before the request was made, so the kernel will send nothing.
        if os.getppid() != parent:
            os.kill(os.getpid(), death_signal)

    return request


def terminate(
    process: subprocess.Popen[bytes], stop_signal: signal.Signals, timeout: float
) -> None:
    """Send a child the stop signal, wait up to `timeout` seconds, then kill its process group."""
    if process.poll() is None:
        process.send_signal(stop_signal)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
