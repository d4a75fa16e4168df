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
        "braces": "metacompress.transforms.braces:Braces",
        "comments": "metacompress.transforms.comments:Comments",
        "comprehension-to-loop": (
            "metacompress.transforms.comprehension_to_loop:ComprehensionToLoop"
        ),
        "do-to-while": "metacompress.transforms.do_to_while:DoToWhile",
        "extract-local": "metacompress.transforms.extract_local:ExtractLocal",
        "flip-comparison": "metacompress.transforms.flip_comparison:FlipComparison",
        "for-to-while": "metacompress.transforms.for_to_while:ForToWhile",
        "format-string": "metacompress.transforms.format_string:FormatString",
        "if-to-switch": "metacompress.transforms.if_to_switch:IfToSwitch",
        "inline-local": "metacompress.transforms.inline_local:InlineLocal",
        "insert-dead-code": "metacompress.transforms.insert_dead_code:InsertDeadCode",
        "layout": "metacompress.transforms.layout:Layout",
        "merge-declarations": "metacompress.transforms.merge_declarations:MergeDeclarations",
        "parentheses": "metacompress.transforms.parentheses:Parentheses",
        "rename-identifiers": "metacompress.transforms.rename_identifiers:RenameIdentifiers",
        "reorder-statements": "metacompress.transforms.reorder_statements:ReorderStatements",
        "rewrite-assignment": "metacompress.transforms.rewrite_assignment:RewriteAssignment",
        "rewrite-boolean": "metacompress.transforms.rewrite_boolean:RewriteBoolean",
        "rewrite-increment": "metacompress.transforms.rewrite_increment:RewriteIncrement",
        "rewrite-literal": "metacompress.transforms.rewrite_literal:RewriteLiteral",
        "split-declarations": "metacompress.transforms.split_declarations:SplitDeclarations",
        "swap-if-branches": "metacompress.transforms.swap_if_branches:SwapIfBranches",
        "swap-operands": "metacompress.transforms.swap_operands:SwapOperands",
        "switch-to-if": "metacompress.transforms.switch_to_if:SwitchToIf",
        "ternary-to-if": "metacompress.transforms.ternary_to_if:TernaryToIf",
        "while-to-for": "metacompress.transforms.while_to_for:WhileToFor",
    },
)
