"""What ``~`` gives in a citation style: Jinja's own makes strings, which have lost the look of a text."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from cvgen.backends.citations import text
from cvgen.model.inline import RichText


def join_parts(*parts: object) -> object:
    """The ``parts`` one after the other: a text if one of them is a text, else a string."""
    said = [part if isinstance(part, RichText) else str(part) for part in parts]
    return text(*said) if any(isinstance(part, RichText) for part in said) else "".join(map(str, said))


class LookKeeper(NodeTransformer):
    """Makes each ``~`` of a template a call of ``join_parts``."""

    def visit_Concat(self, joined: nodes.Concat) -> nodes.Node:  # noqa: N802
        """The call that takes the place of ``joined``."""
        self.generic_visit(joined)
        function = nodes.ImportedName(f"{__name__}.{join_parts.__name__}", lineno=joined.lineno)
        return nodes.Call(function, joined.nodes, [], None, None, lineno=joined.lineno)
