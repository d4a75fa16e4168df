"""Walk over a syntax tree without recursion, in which each language registers its handlers."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias, TypeVar

from tree_sitter import Node

from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from metacompress.lang.scopes.symbols import SymbolTable

    Task: TypeAlias = Node | Callable[[], object]

T = TypeVar("T", bound="SymbolTable[Any]")
F = TypeVar("F", bound="Callable[[Any, Node], object]")

_NODE_TYPES: dict[Callable[..., object], tuple[str, ...]] = {}


def visits(*node_types: str) -> Callable[[F], F]:
    """Let a method of a walk visit the nodes of these types."""

    def register(method: F) -> F:
        _NODE_TYPES[method] = node_types
        return method

    return register


class Walk(Generic[T]):
    """One pass over a syntax tree; what is still to do lies on a stack, the next thing last.

    A task is a node to visit or a function to call. A handler visits the nodes of some types and
    says what comes next; the named children of a node without a handler are visited in order.
    A subclass has the handlers of its bases and its own; a method that it overrides must name its
    node types anew.

    Attributes:
        table: the scopes and symbols.
    """

    # The identifiers in an ERROR node have been set aside, unless a language reads them itself.
    _handlers: ClassVar[dict[str, Callable[..., object]]] = {"ERROR": lambda walk, node: None}

    def __init_subclass__(cls) -> None:
        methods = [member for member in vars(cls).values() if isinstance(member, FunctionType)]
        own = {kind: method for method in methods for kind in _NODE_TYPES.get(method, ())}
        cls._handlers = cls._handlers | own

    def __init__(self, table: T) -> None:
        self.table = table
        self._todo: list[Task] = []

    def run(self, tasks: Sequence[Task]) -> None:
        """Do ``tasks`` and all that follows from them."""
        self.next(tasks)
        todo, handlers = self._todo, self._handlers
        while todo:
            task = todo.pop()
            if isinstance(task, Node):
                handler = handlers.get(task.type)
                if handler is not None:
                    handler(self, task)
                elif task.named_child_count:
                    todo.extend(task.named_children[::-1])
            else:
                task()

    def next(self, tasks: Sequence[Task]) -> None:
        """Do ``tasks`` in this order, before anything else."""
        self._todo.extend(tasks[::-1])

    def inside(self, node: Node, tasks: Sequence[Task]) -> None:
        """Do ``tasks`` in a new scope that has the bytes of ``node``."""
        self.table.open(span_of(node))
        self.next([*tasks, self.table.leave])

    def descend(self, node: Node) -> None:
        """Visit the named children of ``node``."""
        self._todo.extend(node.named_children[::-1])


def others(node: Node, *taken: Node | None) -> list[Node]:
    """The named children of ``node`` but for those that are taken."""
    return [child for child in node.named_children if child not in taken]


def present(nodes: Iterable[Node | None]) -> list[Node]:
    """``nodes`` without those that the tree does not have."""
    return [node for node in nodes if node is not None]
