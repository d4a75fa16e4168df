"""Commands that refuse an option of one value given twice: the first would be lost silently."""

from __future__ import annotations

from collections import Counter
from typing import Any

from typer.core import TyperCommand, TyperOption

from metacompress.errors import UsageError


class SingleValueCommand(TyperCommand):
    """Fails where an option that takes one value, or a switch with two sides, is repeated."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse ``args``, as they come, after counting their options.

        Raises:
            UsageError: an option is given twice that is not repeatable.
        """
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        for option, count in Counter(order).items():
            if (
                count > 1
                and isinstance(option, TyperOption)
                and not option.multiple
                and not option.count
                and (not option.is_flag or option.secondary_opts)
            ):
                raise UsageError(
                    f"{option.opts[0]} is given {count} times and takes one value; give it once"
                )
        return super().parse_args(ctx, args)
