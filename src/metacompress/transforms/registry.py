"""The transformations that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.registry import Registry

if TYPE_CHECKING:
    from metacompress.transforms.base import Transformation

TRANSFORMS: Registry[type[Transformation]] = Registry(
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
