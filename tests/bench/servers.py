"""Processes the bench measures: web servers and a mail server, started and stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A process that listens on the port, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.005)
    raise RuntimeError(f"Nothing listens on port {port}.")


def gunicorn(application: str, port: int) -> list[str]:
    """A sync worker: gthread under keep-alive measured bimodal."""
    return [
        "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--no-control-socket",
    ]


def get(
    port: int, address: str, times: int, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """Ask so many times, each on a new connection; the last answer."""
    for _ in range(times):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", address, headers=headers or {})
        response = connection.getresponse()
        response.read()
        connection.close()
        if response.status >= 400:
            raise RuntimeError(f"{address} answered {response.status}.")
    return response
