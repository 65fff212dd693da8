"""Child processes: as whom they run, in which group, and what becomes of them without us."""

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
    """Whom servers run as where we are root: PostgreSQL refuses root, the rest need not be it."""

    uid: int
    gid: int

    def own(self, *paths: Path) -> None:
        """Give it these files or folders, and nothing else."""
        for path in paths:
            os.chown(path, self.uid, self.gid)

    def can_run(self, argv: Sequence[str | Path], *, cwd: Path) -> bool:
        """Whether this command line works for it; the only honest test of a path of folders."""
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
        """Whether every folder down to this one lets it through."""
        return all(self._may_search(parent) for parent in (folder, *folder.parents))

    def _may_search(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        if found.st_gid == self.gid:
            return bool(found.st_mode & 0o010)
        return bool(found.st_mode & 0o001)


def account() -> Account | None:
    """Whom servers run as: nobody where we are root, else ourselves (None)."""
    if os.geteuid() != 0:
        return None
    found = pwd.getpwnam("nobody")
    return Account(found.pw_uid, found.pw_gid)


def room(path: Path, who: Account | None) -> Path:
    """A folder for a server at `path`, open to its account only.

    Where `path` lies below a folder the account may not enter, the room is made where system
    services keep theirs, and `path` is a link to it.
    """
    if path.is_symlink():
        real = Path(os.readlink(path))
        if not real.is_dir():
            path.unlink()
            return room(path, who)
    elif not path.exists() and who is not None and not who.can_enter(path.parent.resolve()):
        base = next(base for base in ("/var/lib", "/var/tmp") if os.access(base, os.W_OK))
        real = Path(tempfile.mkdtemp(prefix="nel-participation-", dir=base))
        path.symlink_to(real)
    else:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = path.resolve()
    if who is not None:
        who.own(real)
    return real


def clear_room(path: Path) -> None:
    """Take a room away, wherever it was made."""
    if path.is_symlink():
        shutil.rmtree(os.readlink(path), ignore_errors=True)
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def spawn(
    argv: Sequence[str | Path],
    *,
    who: Account | None,
    cwd: Path,
    env: Mapping[str, str],
    when_we_die: signal.Signals,
    stdin: int | IO[Any] = subprocess.DEVNULL,
    output: int | IO[Any] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own, so that Ctrl-C reaches only us.

    On Linux the kernel sends it `when_we_die` should we be killed. Call from the main thread:
    the kernel watches the thread.
    """
    return subprocess.Popen(
        argv,
        cwd=cwd,
        env=dict(env),
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        process_group=0,
        user=who.uid if who else None,
        group=who.gid if who else None,
        extra_groups=[] if who else None,
        preexec_fn=_die_with(os.getpid(), when_we_die),
    )


def die_with_parent(sent: signal.Signals) -> None:
    """Ask the kernel to send us this signal should the process that started us be killed."""
    _die_with(os.getppid(), sent)()


def _die_with(parent: int, sent: signal.Signals) -> Callable[[], None]:
    def ask() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        # Killed between our birth and the request: the signal would never come.
        if os.getppid() != parent:
            os.kill(os.getpid(), sent)

    return ask


def end(process: subprocess.Popen[bytes], sent: signal.Signals, patience: float) -> None:
    """Ask a child to end, wait, and after `patience` seconds make its whole group end."""
    if process.poll() is None:
        process.send_signal(sent)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
