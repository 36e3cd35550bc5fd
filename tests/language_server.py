"""Speaks to yaml-language-server as an editor does: opens a file, and asks for its problems, completions and hovers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

SERVER = os.environ.get("CVGEN_YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")


class LanguageServer:
    """A server that has opened the file ``profile.yaml`` of a folder; a context manager."""

    def __init__(self, folder: Path) -> None:
        assert SERVER
        self.path = folder / "profile.yaml"
        self.uri = self.path.as_uri()
        command = ["node", SERVER, "--stdio"] if SERVER.endswith(".js") else [SERVER, "--stdio"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number = self.version = 0
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self.settings = settings
        self.found: dict[int, list[Any]] = {}
        self._ask("initialize", processId=os.getpid(), rootUri=folder.as_uri(), capabilities=_CAPABILITIES)
        self._send(method="initialized", params={})
        self._send(method="workspace/didChangeConfiguration", params={"settings": settings})

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            stream.close()

    def write(self, text: str) -> list[str]:
        """Give the server ``text`` as the content of the file; the problems that it shows, with their lines from 1."""
        self.version += 1
        if self.version == 1:
            document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
            self._send(method="textDocument/didOpen", params={"textDocument": document})
        else:
            about = {"uri": self.uri, "version": self.version}
            self._send(
                method="textDocument/didChange", params={"textDocument": about, "contentChanges": [{"text": text}]}
            )
        while self.version not in self.found:
            self._receive()
        return [
            f"{problem['range']['start']['line'] + 1}: {problem['message']}" for problem in self.found[self.version]
        ]

    def complete(self, text: str) -> list[str]:
        """What the server offers at the ``|`` in ``text``."""
        answer = self._ask("textDocument/completion", **self._write_at(text))
        return [item["label"] for item in answer["items"]]

    def hover(self, text: str) -> str:
        """What the server shows for the word at the ``|`` in ``text``."""
        answer = self._ask("textDocument/hover", **self._write_at(text))
        return str(answer["contents"]["value"]) if answer else ""

    def _write_at(self, text: str) -> dict[str, Any]:
        before, _, after = text.partition("|")
        self.write(before + after)
        lines = before.split("\n")
        return {"textDocument": {"uri": self.uri}, "position": {"line": len(lines) - 1, "character": len(lines[-1])}}

    def _ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send(id=self.number, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("id") == self.number and "method" not in message:
                return message.get("result")

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered, and the problems that it sends are kept."""
        assert self.process.stdout
        size = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, "the server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(size))
        match message.get("method"):
            case "workspace/configuration":
                items = [self.settings.get(item["section"], {}) for item in message["params"]["items"]]
                self._send(id=message["id"], result=items)
            case "textDocument/publishDiagnostics" if message["params"]["uri"] == self.uri:
                self.found[message["params"].get("version", self.version)] = message["params"]["diagnostics"]
            case str() if "id" in message:
                self._send(id=message["id"], result=None)
        return message


_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {"versionSupport": True},
    },
    "workspace": {"configuration": True},
}
