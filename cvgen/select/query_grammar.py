"""What a query may consist of: a part of Jinja's expressions that costs little time and memory, whoever wrote it.

Each part costs time in proportion to the text that it is given and gives hardly more text back. What makes text or
numbers grow is left out, such as ``*``, ``~``, ``%``, and the filters ``center``, ``format`` and ``replace``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from math import isinf

from jinja2 import StrictUndefined, nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cvgen.diagnostics import BadValueError, did_you_mean, nearest, one_of

MOST_CHARACTERS = 2000
"""The most characters of a query; even the operators alone then end at once."""
EXAMPLE = "write for example: first or co_first, year >= 2023, status == 'preprint'"
FILTERS: Mapping[str, int] = {
    "abs": 0, "capitalize": 0, "count": 0, "d": 2, "default": 2, "first": 0, "float": 1, "int": 1, "join": 1, "last": 0,
    "length": 0, "list": 0, "lower": 0, "map": 1, "max": 0, "min": 0, "reject": 2, "round": 0, "select": 2, "sort": 0,
    "string": 0, "title": 0, "trim": 0, "unique": 0, "upper": 0, "wordcount": 0,
}  # fmt: skip
"""The words after ``|``, with the most values in brackets after each."""
_OF_EACH = frozenset({"capitalize", "float", "int", "length", "lower", "string", "title", "trim", "upper"})
"""The filters that ``map`` may use."""
METHODS = frozenset({"casefold", "count", "endswith", "find", "lower", "startswith", "strip", "upper"})
"""The methods of texts: ``title.startswith('On ')``."""
_LONGEST_SEPARATOR = 10
_OPERATORS: Mapping[type[nodes.Node], str] = {
    nodes.Mul: "*", nodes.Pow: "**", nodes.Mod: "%", nodes.FloorDiv: "//", nodes.Concat: "~",
}  # fmt: skip
_PLAIN = (
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand,
    nodes.CondExpr, nodes.Add, nodes.Sub, nodes.Div, nodes.Neg, nodes.Pos, nodes.Test, nodes.Getitem,
)  # fmt: skip
"""The parts that are allowed everywhere."""


@lru_cache(maxsize=1)
def query_environment() -> ImmutableSandboxedEnvironment:
    """The environment of all queries. It evaluates nothing while it compiles."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, optimized=False)
    environment.globals.clear()
    return environment


def parse_query(source: str) -> nodes.Template:
    """The tree of ``source``, all of whose parts queries may have.

    Raises BadValueError, whose message follows the query, for a part that they may not have; TemplateSyntaxError for
    what is no expression; and RecursionError, MemoryError or ValueError for extreme nesting and numbers.
    """
    if len(source) > MOST_CHARACTERS:
        hint = "write a shorter one; for many entries, give them a tag and write: 'a-tag' in tags"
        raise BadValueError(f"there are {len(source):,} characters; at most {MOST_CHARACTERS:,} are read", hint)
    parser = Parser(query_environment(), source, state="variable")
    expression = parser.parse_expression()
    if not parser.stream.eos:
        parser.fail("unexpected text after the expression")
    joins = 0
    for node in _walk(expression):
        _check(node)
        joins += isinstance(node, nodes.Filter) and node.name == "join"
    if joins > 1:
        raise BadValueError("'join' is used more than once", "use it once")
    return nodes.Template([nodes.Output([expression])], lineno=1)


def _walk(root: nodes.Node) -> Iterator[nodes.Node]:
    """Every node of the tree, without a limit of depth; a method's name belongs to its call."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            waiting += [node.node.node, *node.args]
        else:
            waiting += node.iter_child_nodes()


def _check(node: nodes.Node) -> None:
    match node:
        case nodes.Filter():
            _check_filter(node)
        case nodes.Test():
            _check_word(node.name, "is", query_environment().tests)
        case nodes.Call(node=nodes.Getattr(attr=name)) if name in METHODS:
            _check_values(node, 2, name)
        case nodes.Call(node=nodes.Getattr(attr=name)) | nodes.Getattr(attr=name):
            raise BadValueError(f".{name} is not known", f"after a dot, {one_of(f'{m}(…)' for m in METHODS)}")
        case nodes.Call(node=nodes.Name(name=name)):
            raise BadValueError(f"{name}(…) is not known", EXAMPLE)
        case nodes.Const(value=float(value)) if isinf(value):
            raise BadValueError("a number is too large", "write a smaller one")
        case nodes.Getitem(arg=nodes.Slice()):
            raise BadValueError("parts such as [1:2] are not known", "write for example: title.startswith('On ')")
        case _ if sign := _OPERATORS.get(type(node)):
            raise BadValueError(f"{sign!r} cannot be used", "queries have + - / and comparisons such as >= or in")
        case _ if not isinstance(node, _PLAIN):
            raise BadValueError("there is a part that queries do not have", EXAMPLE)


def _check_word(word: str, after: str, known: Collection[str]) -> None:
    """Raise BadValueError for a word that is not among ``known``."""
    names = [name for name in known if name.isalpha()]
    if word not in known:
        near = nearest(word, names)
        raise BadValueError(f"{word!r} after {after!r} is not known", did_you_mean(near) if near else EXAMPLE)


def _check_filter(node: nodes.Filter) -> None:
    _check_word(node.name, "|", FILTERS)
    _check_values(node, FILTERS[node.name], node.name)
    first = node.args[0] if node.args else None
    typed = first.value if isinstance(first, nodes.Const) else None
    if node.name == "join" and first and not (isinstance(typed, str) and len(typed) <= _LONGEST_SEPARATOR):
        raise BadValueError("'join' needs a short text in quotes", "write for example: keywords | join(', ')")
    if node.name == "map":
        _check_word(str(typed), "map", _OF_EACH)
    if node.name in ("select", "reject") and first:
        _check_word(str(typed), node.name, query_environment().tests)


def _check_values(node: nodes.Filter | nodes.Call, most: int, name: str) -> None:
    """Raise BadValueError for more than ``most`` values in the brackets, and for values with a name."""
    if len(node.args) > most or node.kwargs or node.dyn_args or node.dyn_kwargs:
        said = f"at most {most} values" if most > 1 else "one value" if most else "no value"
        raise BadValueError(f"{name!r} takes {said} in brackets", EXAMPLE)
