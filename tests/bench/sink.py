"""A mail server in a process of its own: `python -m tests.bench.sink PORT`.

It takes everything and keeps nothing.
"""

import asyncio
import sys
from typing import Any

from aiosmtpd.smtp import SMTP


class Take:
    """Says yes."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # the server's name for it
        return "250 Taken"


async def serve(port: int) -> None:
    """Until stopped."""
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Take()), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
