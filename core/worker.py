"""Whether the worker is about to end, for tasks that take long."""

from mmap import mmap

#: One byte that a worker shares with its child processes, which are not told of its end.
_ending = mmap(-1, 1)


def end() -> None:
    """Say, to this process and to the child processes it has, that the worker is to end."""
    _ending[0] = 1


def is_ending() -> bool:
    """Whether the worker is to end: a long task then begins nothing more."""
    return bool(_ending[0])
