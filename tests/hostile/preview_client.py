"""Starts ``cvgen preview``, does what an order says to it, and ends it: 0 if each answer had a status that is right.

    python preview_client.py ORDER.json [OPTION …]

An order is a list of steps. TOKEN, PORT and ORIGIN in them are those of the preview. A step is one of

    {"send": "GET /TOKEN/ HTTP/1.1…", "right": [200], "times": 1, "more": 0}   bytes in latin-1, and so many letters x
    {"post": "flag", "body": …, "right": [200, 400, 422]}                      a request as the page sends it
    {"put": "profile.yaml", "text": "…"}  or  {"put": …, "link": "../x"}  or  {"put": …, "pipe": true}
    {"open": true}                                                             in a browser
    {"hold": 50, "send": "…"}                                                  connections that stay open

After each step a proper request is answered, or this ends with 7. All answers go to ``../out/answers``.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS = 900
_DEAD = 7
_STATE = "GET /TOKEN/state HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n"


class Client:
    """A preview and what it answers."""

    def __init__(self, options: list[str]) -> None:
        command = [sys.executable, "-m", "cvgen", "preview", "profile.yaml", "--no-open", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], SECONDS)
        address = self.process.stdout.readline().decode().strip() if ready else ""
        if not address:
            sys.exit(self.process.wait(SECONDS))
        self.origin, self.token, _ = address.rsplit("/", 2)
        self.port = int(self.origin.rpartition(":")[2])
        self.held: list[socket.socket] = []
        self.answers = Path("../out/answers").open("ab")  # noqa: SIM115

    def fill(self, text: str) -> bytes:
        for word, value in (("TOKEN", self.token), ("PORT", str(self.port)), ("ORIGIN", self.origin)):
            text = text.replace(word, value)
        return text.encode("latin-1", "replace")

    def send(self, data: bytes, seconds: float, *, ends: bool = False) -> int:
        """The status of the answer; 0 if there is none. ``ends`` tells the preview that no more is sent."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), SECONDS) as connected:
            connected.settimeout(seconds)
            try:
                connected.sendall(data)
                if ends:
                    connected.shutdown(socket.SHUT_WR)
                while part := connected.recv(1 << 16):
                    answer += part
            except OSError:
                pass
        self.answers.write(answer + b"\n")
        first = answer.split(b"\r\n")[0].split()
        return int(first[1]) if len(first) > 1 and first[0].startswith(b"HTTP/") else 0

    def post(self, name: str, body: Any) -> int:
        data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else json.dumps(body).encode()
        head = (f"POST /TOKEN/{name} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: ORIGIN\r\nConnection: close\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n")  # fmt: skip
        return self.send(self.fill(head) + data, SECONDS)

    def wait(self, quiet: float = 0.3) -> None:
        """Wait until the preview has shown, or said, what the files are now."""
        end, since = time.monotonic() + SECONDS, time.monotonic()
        before = b""
        while time.monotonic() < end:
            with socket.create_connection(("127.0.0.1", self.port), SECONDS) as connected:
                connected.settimeout(SECONDS)
                connected.sendall(self.fill(_STATE))
                answer = b"".join(iter(lambda: connected.recv(1 << 16), b""))
            if not answer.startswith(b"HTTP/1.1 200"):
                self.fail(f"the preview answers no longer: {answer[:40]!r}")
            state = answer.partition(b"\r\n\r\n")[2]
            if state != before:
                before, since = state, time.monotonic()
            if json.loads(state)["status"] in ("ready", "failed") and time.monotonic() - since >= quiet:
                self.answers.write(state + b"\n")
                said = json.loads(state)
                if said["bug"]:
                    sys.stderr.write(said["bug"])
                return
            time.sleep(0.05)
        self.fail(f"the preview is not ready: {before[:300]!a}")

    def fail(self, why: str) -> None:
        sys.stderr.write(f"{why}\n")
        self.process.send_signal(signal.SIGINT)
        self.process.wait(SECONDS)
        sys.exit(_DEAD)

    def open(self) -> None:
        """Open the page in a browser, in which no text of the profile may become a script."""
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu"],
                env={**os.environ, "HOME": home},  # it writes there
                timeout=0,
            )
            page = browser.new_page()
            page.set_default_timeout(SECONDS * 1000)
            page.goto(f"{self.origin}/{self.token}/")
            page.locator("#sheets img, #alert:visible").first.wait_for()
            page.wait_for_timeout(1000)
            shown = page.content() + page.title()
            browser.close()
        if "RANMARK" in shown:
            self.fail("a script of the profile runs in the page")

    def end(self) -> None:
        for connected in self.held:
            connected.close()
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(SECONDS)
        self.answers.close()
        sys.exit(code)


def do(client: Client, step: dict[str, Any]) -> None:
    """Do one step."""
    if "put" in step:
        path = Path(step["put"])
        path.unlink(missing_ok=True)
        if "link" in step:
            path.symlink_to(step["link"])
        elif "pipe" in step:
            os.mkfifo(path)
        else:
            path.write_text(step["text"], "utf-8")
        time.sleep(0.5)
    elif "open" in step:
        client.open()
    elif "hold" in step:
        for _ in range(step["hold"]):
            connected = socket.create_connection(("127.0.0.1", client.port), SECONDS)
            connected.sendall(client.fill(step["send"]))
            client.held.append(connected)
    else:
        for _ in range(step.get("times", 1)):
            data = client.fill(step["send"]) + b"x" * step.get("more", 0) if "send" in step else b""
            if data:
                status = client.send(data, SECONDS, ends=0 in step["right"])
            else:
                status = client.post(step["post"], step["body"])
            if status not in step["right"]:
                client.fail(f"status {status}, not {step['right']}: {str(step)[:200]!a}")


def main() -> None:
    """Do all steps."""
    order, *options = sys.argv[1:]
    client = Client(options)
    client.wait(0)
    for step in json.loads(Path(order).read_text("utf-8")):
        do(client, step)
        client.wait()
    client.end()


if __name__ == "__main__":
    main()
