"""Registry of transformations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.registry import Registry
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from metacompress.transforms.base import Transformation


class TransformationRegistry(Registry[type["Transformation[Any]"]]):
    """Registry of transformations, which can be chosen by their level, too."""

    def choices(self) -> list[str]:
        """All known names, and the levels."""
        return [*self.names(), *map(str, Level)]

    def chosen(self, names: object) -> object:
        """The names that a user gave; a level stands for every transformation of it.

        Raises:
            MissingDependencyError: to find those of a level, all are imported; one needs a package
                that is not installed.
            UsageError: a plug-in cannot be imported.
        """
        given = super().chosen(names)
        if not isinstance(given, (list, tuple)) or not any(level in given for level in Level):
            return given
        found: list[object] = []
        for one in given:
            several = self.of_level(Level(one)) if one in tuple(Level) else [one]
            found += [name for name in several if name not in found]
        return tuple(found)

    def of_level(self, level: Level) -> list[str]:
        """The names of the transformations of a level, sorted."""
        return [name for name in self.names() if self.get(name).level is level]

    def describe(self, name: str) -> str:
        """The level of a transformation and the first line of its docstring."""
        return f"{self.get(name).level}: {super().describe(name)}"


TRANSFORMS = TransformationRegistry(
    kind="transformation",
    group="metacompress.transforms",
    builtins={
        name: f"metacompress.transforms.{place}"
        for name, place in {
            "braces": "lexical.braces:Braces",
            "comments": "lexical.comments:Comments",
            "comprehension-to-loop": "control_flow.comprehension_to_loop:ComprehensionToLoop",
            "do-to-while": "control_flow.do_to_while:DoToWhile",
            "extract-local": "data_flow.extract_local:ExtractLocal",
            "flip-comparison": "syntactic.flip_comparison:FlipComparison",
            "for-to-while": "control_flow.for_to_while:ForToWhile",
            "format-string": "syntactic.format_string:FormatString",
            "if-to-switch": "control_flow.if_to_switch:IfToSwitch",
            "inline-local": "data_flow.inline_local:InlineLocal",
            "insert-dead-code": "control_flow.insert_dead_code:InsertDeadCode",
            "layout": "lexical.layout:Layout",
            "merge-declarations": "syntactic.merge_declarations:MergeDeclarations",
            "parentheses": "lexical.parentheses:Parentheses",
            "rename-identifiers": "lexical.rename_identifiers:RenameIdentifiers",
            "reorder-statements": "data_flow.reorder_statements:ReorderStatements",
            "rewrite-assignment": "syntactic.rewrite_assignment:RewriteAssignment",
            "rewrite-boolean": "syntactic.rewrite_boolean:RewriteBoolean",
            "rewrite-increment": "syntactic.rewrite_increment:RewriteIncrement",
            "rewrite-literal": "lexical.rewrite_literal:RewriteLiteral",
            "split-declarations": "syntactic.split_declarations:SplitDeclarations",
            "swap-if-branches": "control_flow.swap_if_branches:SwapIfBranches",
            "swap-operands": "syntactic.swap_operands:SwapOperands",
            "switch-to-if": "control_flow.switch_to_if:SwitchToIf",
            "ternary-to-if": "control_flow.ternary_to_if:TernaryToIf",
            "while-to-for": "control_flow.while_to_for:WhileToFor",
        }.items()
    },
)
