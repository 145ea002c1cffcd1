"""A Bot API server that hands out presses at a fixed rate and times what comes back.

    python -m tools.bench.server PLAN.json RATE

PLAN is a list of [chat, message, data]. Prints its port, then at the end one JSON line: the
milliseconds from each press's due moment to the first call that answers it, and counts.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

from aiohttp import web

BOT = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Server:
    """Presses out, calls in."""

    def __init__(self, plan: list[list[Any]], rate: float) -> None:
        self.plan = plan
        # Update ids of its own for each run: those of another are known already.
        self.first = int(time.time()) * 1000
        self.gap = 1 / rate
        self.began = 0.0
        self.confirmed = 0
        self.waits: dict[int, float] = {}
        self.edits = 0
        self.answers = 0
        self.open_of: dict[int, list[int]] = {}
        self.stray = itertools.count(900_000)

    def due_at(self, number: int) -> float:
        return self.began + number * self.gap

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        given = await _arguments(request)
        result = await getattr(self, f"on_{method}", self.on_other)(given)
        return web.json_response({"ok": True, "result": result})

    async def on_other(self, given: dict[str, Any]) -> Any:
        return True

    async def on_getme(self, given: dict[str, Any]) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    async def on_getupdates(self, given: dict[str, Any]) -> Any:
        offset = int(given.get("offset") or 0)
        self.confirmed = max(self.confirmed, offset - self.first)
        if not self.began:
            # The load begins a moment after the first look: who measures is told just before.
            self.began = time.monotonic() + 2.0
            asyncio.get_running_loop().call_later(1.5, lambda: print("soon", flush=True))
        until = time.monotonic() + min(10.0, float(given.get("timeout") or 0))
        while True:
            now = time.monotonic()
            due = int((now - self.began) / self.gap) + 1 if now >= self.began else 0
            last = min(due, len(self.plan), self.confirmed + 100)
            if last > self.confirmed:
                return [self.update(n) for n in range(self.confirmed, last)]
            if now >= until:
                return []
            await asyncio.sleep(0.002)

    def update(self, number: int) -> dict[str, Any]:
        chat, message, data = self.plan[number]
        person = {"id": chat, "is_bot": False, "first_name": "Amal", "language_code": "fr"}
        where = {"id": chat, "type": "private", "first_name": "Amal"}
        shown = {"message_id": message, "date": 1, "chat": where, "from": BOT, "text": "?"}
        query = {"id": str(number), "from": person, "chat_instance": "1", "data": data}
        open_ones = self.open_of.setdefault(chat, [])
        if number not in self.waits and number not in open_ones:
            open_ones.append(number)
        return {
            "update_id": self.first + number,
            "callback_query": query | {"message": shown},
        }

    async def on_answercallbackquery(self, given: dict[str, Any]) -> Any:
        self.note(int(given["callback_query_id"]))
        self.answers += 1
        return True

    async def on_editmessagetext(self, given: dict[str, Any]) -> Any:
        chat = int(given["chat_id"])
        if open_ones := self.open_of.get(chat):
            self.note(open_ones[0])
        self.edits += 1
        where = {"id": chat, "type": "private"}
        number = int(given.get("message_id") or 1)
        return {"message_id": number, "date": 1, "chat": where, "from": BOT, "text": "ok"}

    async def on_sendmessage(self, given: dict[str, Any]) -> Any:
        return await self.on_editmessagetext({**given, "message_id": next(self.stray)})

    def note(self, number: int) -> None:
        self.waits.setdefault(number, time.monotonic() - self.due_at(number))
        open_ones = self.open_of.get(self.plan[number][0], [])
        if number in open_ones:
            open_ones.remove(number)

    async def end(self) -> None:
        """Wait until every press is answered and all is quiet."""
        calls = -1
        while len(self.waits) < len(self.plan) or calls != self.edits + self.answers:
            calls = self.edits + self.answers
            await asyncio.sleep(1.5)


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return {**request.query, **(await request.json())}
    return {**request.query, **(await request.post())}


async def main(plan: list[list[Any]], rate: float) -> None:
    server = Server(plan, rate)
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", server.call)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    try:
        async with asyncio.timeout(len(plan) / rate * 2 + 20):
            await server.end()
    except TimeoutError:
        pass
    waits = [round(each * 1000, 2) for each in server.waits.values()]
    print(json.dumps({"ms": waits, "edits": server.edits, "answers": server.answers}), flush=True)
    await asyncio.sleep(5)  # the bots' last words


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text("utf-8")), float(sys.argv[2])))
