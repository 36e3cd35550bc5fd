"""What survives when something goes wrong? "make faults" makes hundreds of faults and prints a table by class.

    make faults [KILLS=200] [ARGS="--only 'full disk' --jobs 2"]

Exit code 1 if anything is wrong. Each failing case is printed, and runs alone with ARGS="--only NAME".
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.cases import list_faults
from faults.desk import COLUMNS, Fault, try_fault


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the faults that the command line asks for, print the table, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="moments per engine at which cvgen is killed")
    parser.add_argument("--only", default="", help="only cases whose class and name contain this")
    parser.add_argument("--every", type=int, default=1, help="only every Nth case")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    faults = [fault for fault in list_faults(chosen.kills) if chosen.only in fault.id][:: chosen.every]
    with ThreadPoolExecutor(chosen.jobs) as pool:
        results = [_tell(fault, wrong) for fault, wrong in zip(faults, pool.map(_try, faults), strict=True)]
    _print_table(faults, results)
    return int(any(results))


def _try(fault: Fault) -> dict[str, str]:
    try:
        return try_fault(fault)
    except Exception as error:  # a case that cannot be made proves nothing
        return {"wrong code": f"the case itself failed: {error!r}"}


def _tell(fault: Fault, wrong: dict[str, str]) -> dict[str, str]:
    for column, what in wrong.items():
        print(f"{fault.id}: {column}: {what}", flush=True)
    return wrong


def _print_table(faults: Sequence[Fault], results: Sequence[dict[str, str]]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fault, wrong in zip(faults, results, strict=True):
        for kind in (fault.kind, "all"):
            counts[kind].update(["cases", *wrong])
    columns = ("cases", *COLUMNS)
    print("\n" + "class".ljust(18) + "".join(column.rjust(len(column) + 2) for column in columns))
    for kind in [kind for kind in counts if kind != "all"] + ["all"]:
        row = "".join(str(counts[kind][column]).rjust(len(column) + 2) for column in columns)
        print(kind.ljust(18) + row)


if __name__ == "__main__":
    sys.exit(main())
