"""Prints text safely: no control sequence from a file reaches the terminal."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSAFE = re.compile(
    r"(?P<colour>\x1b\[[0-9;]*m)"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters except tab and newline, marks that turn the direction of text, and bytes that are not UTF-8.

The colours that cvgen sets itself pass.
"""


def echo(text: str = "", *, err: bool = False) -> None:
    r"""Print ``text`` and a newline; what could change the terminal is printed as ``\u001b``.

    Raises ClickException if it cannot be written, for example to a full disk.
    """
    try:
        click.echo(make_printable(text), err=err)
    except BrokenPipeError:  # the reader needs no more; click ends the command in silence
        raise
    except OSError as error:
        raise click.ClickException(f"cannot print: {error.strerror}") from None


@contextlib.contextmanager
def say_if_slow(text: str) -> Iterator[None]:
    """Print ``text`` on a terminal if the block takes more than a second."""
    from threading import Timer

    timer = Timer(1, lambda: echo(text, err=True))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def end_unprinted(error: OSError) -> NoReturn:
    """End the program, which could not print because of ``error``; say so if stderr can be written."""
    with contextlib.suppress(OSError):
        click.echo(f"Error: cannot print: {error.strerror}", err=True)
    sys.exit(1)


def flush_output() -> None:
    """Write what is still in the buffers; drop what cannot be written, so that the exit code stays the same."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def make_printable(text: str) -> str:
    """``text`` with every character that could change the terminal written as ``\\u001b``, also valid in JSON."""
    return _UNSAFE.sub(lambda found: found["colour"] or f"\\u{ord(found[0]):04x}", text)
