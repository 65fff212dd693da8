"""A mail server in a process of its own: `python -m tests.bench.sink PORT [MILLISECONDS]`.

It takes everything and keeps nothing; it accepts a message after so many milliseconds.
"""

import asyncio
import sys
from typing import Any

from aiosmtpd.smtp import SMTP


class Take:
    """Says yes, after a while."""

    def __init__(self, milliseconds: int) -> None:
        self.seconds = milliseconds / 1000

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # the server's name for it
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return "250 Taken"


async def serve(port: int, milliseconds: int) -> None:
    """Until stopped."""
    taker = Take(milliseconds)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(taker), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
