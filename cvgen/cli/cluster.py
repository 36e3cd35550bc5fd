"""What a worker of a cluster calls for ``cvgen batch --scheduler``; as a command does, it describes the machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cvgen.backends.host import PASSED_ON
from cvgen.backends.programs import LocalRunner
from cvgen.pipeline.roster.order import read_order
from cvgen.pipeline.roster.parcel import Parcel, Reply
from cvgen.pipeline.roster.render_parcel import ArrivedBundle, Stations

_STATIONS = Stations()


def render_parcel(message: Mapping[str, object], parcel: Parcel, *bundles: ArrivedBundle) -> Reply:
    """Render ``parcel`` as the order in ``message`` says, with the programs and fonts of this machine."""
    from distributed import get_worker

    order = read_order(message)
    own = {name: value for name, value in os.environ.items() if name in PASSED_ON | {"PATH"}}
    order = replace(order, environ={**own, **order.environ})
    runner = LocalRunner(order.environ.get("PATH", os.defpath))
    return _STATIONS.render(order, parcel, bundles, runner, Path(get_worker().local_directory))
