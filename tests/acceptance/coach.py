"""The real process: started, read, killed and started again; and a page that talks to it."""

from __future__ import annotations

import html
import json
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


class Coach:
    """`python -m bot` in a folder of its own."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.folder = folder
        self.arguments = arguments
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "COACH_WEB_PORT": "0",
            **environment,
        }
        self.log: list[str] = []
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Coach:
        """Start and wait for the line that says where it listens."""
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *self.arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._process = process
        assert process.stdout is not None
        assert process.stderr is not None
        self._reader = threading.Thread(target=self._keep, args=(process.stderr,), daemon=True)
        self._reader.start()
        line = process.stdout.readline()
        found = re.search(r"http://[^ )]*?(?=/healthz|\s|$|\))", line)
        assert found, (line, self.log)
        self.url = found[0]
        return self

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)
        self._close()

    def freeze(self) -> None:
        """SIGSTOP: it stands still and does not know it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> tuple[int, float]:
        """SIGTERM; the exit code and the seconds it took."""
        assert self._process is not None
        began = time.monotonic()
        self._process.terminate()
        code = self._process.wait(PATIENCE)
        self._close()
        return code, time.monotonic() - began

    def _close(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._reader.join(PATIENCE)
        self._process = None

    def __enter__(self) -> Coach:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self.stop()

    def _keep(self, stream: Any) -> None:
        with stream:
            for line in stream:
                self.log.append(line)


class Page:
    """A person at the web chat, without a browser: acts, and reads the transcript."""

    def __init__(self, coach: Coach, language: str = "fr") -> None:
        self.coach = coach
        self.language = language
        self.client = httpx.Client(timeout=PATIENCE)
        self.client.get(coach.url + "/")

    def act(self, action: dict[str, Any], *, key: str | None = None) -> httpx.Response:
        """Hand in one action, as the page does."""
        return self.client.post(
            self.coach.url + "/api/act",
            json={"id": key or str(uuid.uuid4()), "language": self.language, **action},
            headers={"origin": self.coach.url},
        )

    def say(self, text: str, *, key: str | None = None) -> httpx.Response:
        """Type a text or a command."""
        return self.act({"kind": "text", "text": text}, key=key)

    def press(self, label: str, *, key: str | None = None) -> httpx.Response:
        """Press the button whose label starts with `label`, on the newest message that has it."""
        return self.act(self.find(label), key=key)

    def find(self, label: str) -> dict[str, Any]:
        """The action of pressing that button."""
        for row in reversed(self.rows()):
            for choice in (c for line in row.get("buttons", []) for c in line):
                if choice["label"].startswith(label):
                    return {"kind": "press", "token": choice["token"], "message": row["seq"]}
        raise AssertionError(f"no button {label!r}: {self.texts()}")

    def rows(self) -> list[dict[str, Any]]:
        """The whole transcript, oldest first, as the stream gives it."""
        found: dict[int, dict[str, Any]] = {}
        with self.client.stream("GET", self.coach.url + "/api/stream?after=0") as stream:
            for line in stream.iter_lines():
                if line.startswith(("event: first", "event: beat")):
                    break
                if line.startswith("data:"):
                    row = json.loads(line.removeprefix("data:"))
                    found[row["seq"]] = row
        return [found[seq] for seq in sorted(found)]

    def texts(self) -> list[str]:
        """What the coach's messages say, oldest first."""
        return [plain(row.get("text", "")) for row in self.rows() if row["side"] == "coach"]

    def wait_for(self, part: str) -> str:
        """The newest coach's message with `part`, once it is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for text in reversed(self.texts()):
                if part in text:
                    return text
            time.sleep(0.05)
        raise AssertionError(f"never saw {part!r}: {self.texts()}")


def plain(text: str) -> str:
    """A message's words without markup and isolates."""
    return re.sub("[\u2066-\u2069]", "", html.unescape(re.sub(r"</?[bi]>", "", text)))
